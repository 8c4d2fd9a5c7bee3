import type { PlacedCheckout } from '@/lib/domain/orders'
import type { InTransaction } from '@/lib/domain/tx'
import { verifyPassword } from '@/lib/infra/crypto/password'
import { Refusal } from '@/lib/kernel/refusal'
import type { Limit } from './rate-limit'

/**
 * A submit that came before may be repeated by whoever sent it: this browser, or one that knows the passcode. Anybody
 * else who got hold of its key (it stands in an address) is refused `order/key-reused`. Guesses count as those at
 * look-up do: past the limit even the right passcode is refused `auth/rate-limited`.
 */
export async function requireOwnReplay(
  run: InTransaction,
  limit: Limit,
  { checkoutId, orders: [order] }: Pick<PlacedCheckout, 'checkoutId' | 'orders'>,
  passcode: string,
  opened: readonly string[],
): Promise<void> {
  if (opened.includes(checkoutId)) return
  await limit('lookup:number', order?.number ?? checkoutId)
  const checkout = await run((tx) =>
    tx.checkout.findUnique({ where: { id: checkoutId }, select: { passcodeHash: true } }),
  )
  if (!(await verifyPassword(passcode, checkout?.passcodeHash ?? null))) throw new Refusal('order/key-reused')
}
