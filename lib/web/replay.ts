import type { InTransaction } from '@/lib/domain/tx'
import { verifyPassword } from '@/lib/infra/crypto/password'
import { Refusal } from '@/lib/kernel/refusal'

/**
 * A submit that came before may be repeated by whoever sent it: this browser, or one that knows the passcode. Anybody
 * else who got hold of its key is refused `order/key-reused`.
 */
export async function requireOwnReplay(
  run: InTransaction,
  checkoutId: string,
  passcode: string,
  opened: readonly string[],
): Promise<void> {
  if (opened.includes(checkoutId)) return
  const checkout = await run((tx) =>
    tx.checkout.findUnique({ where: { id: checkoutId }, select: { passcodeHash: true } }),
  )
  if (!(await verifyPassword(passcode, checkout?.passcodeHash ?? null))) throw new Refusal('order/key-reused')
}
