import { verifyPassword } from '@/lib/infra/crypto/password'
import type { Db } from '@/lib/infra/db'
import { Refusal } from '@/lib/kernel/refusal'
import type { Limit } from './rate-limit'

export interface LookUp {
  readonly number: string
  readonly passcode: string
  readonly ip: string
}

/**
 * The guest checkout behind an order number and its passcode. A wrong number, a wrong passcode and an account's order
 * cost the same work and get the same answer `order/lookup-failed`; counted per number and per address before any work.
 */
export async function requireGuestCheckout(
  db: Db,
  limit: Limit,
  { number, passcode, ip }: LookUp,
): Promise<{ checkoutId: string; number: string }> {
  const normal = normaliseNumber(number)
  await limit('lookup:ip', ip)
  await limit('lookup:number', normal)
  const order = await db.order.findUnique({
    where: { number: normal },
    select: { checkout: { select: { id: true, passcodeHash: true } } },
  })
  const right = await verifyPassword(passcode, order?.checkout.passcodeHash ?? null)
  if (!order || !right) throw new Refusal('order/lookup-failed')
  return { checkoutId: order.checkout.id, number: normal }
}

/** Order numbers as they are stored; people type spaces, small letters, and the letters that base32 leaves out. */
export function normaliseNumber(typed: string): string {
  const compact = typed.toUpperCase().replace(/[\s-]/gu, '')
  return compact.slice(0, 2) + compact.slice(2).replaceAll('O', '0').replace(/[IL]/gu, '1')
}
