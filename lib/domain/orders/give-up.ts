import { returnCoupon } from '@/lib/domain/coupons'
import { postTransfers, walletBackPosting } from '@/lib/domain/ledger'
import { releaseReservedCdks } from '@/lib/domain/stock'
import { type Tx, sql } from '@/lib/domain/tx'
import { invariant } from '@/lib/kernel/invariant'
import { Refusal } from '@/lib/kernel/refusal'
import type { Actor } from '@/lib/domain/actor'
import { type LockedCheckout, type LockedOrder, lockCheckout } from './lock-checkout'
import { moveOrder } from './move-order'

/**
 * The pay window ran out: CDKs return to stock, money of the wallet to the wallet, and the coupon may be used again.
 * Racing with the payment, whoever locks the checkout first wins; a payment that comes second is served again or
 * refunded by `recordPayment`. Refuses `order/not-due`.
 */
export async function expireCheckout(tx: Tx, checkoutId: string, actor: Actor, now: Date): Promise<void> {
  if (!(await giveUp(tx, 'expire', checkoutId, actor, now))) throw new Refusal('order/not-due')
}

/**
 * The buyer gives up an unpaid checkout, all orders of it: they have one payment. A payment that comes all the same is
 * refunded. Refuses `order/not-awaiting-payment`.
 */
export async function cancelCheckout(tx: Tx, checkoutId: string, actor: Actor, now: Date): Promise<void> {
  if (!(await giveUp(tx, 'cancel', checkoutId, actor, now))) throw new Refusal('order/not-awaiting-payment')
}

async function giveUp(
  tx: Tx,
  name: 'expire' | 'cancel',
  checkoutId: string,
  actor: Actor,
  now: Date,
): Promise<boolean> {
  const checkout = await lockCheckout(tx, checkoutId)
  const ended: LockedOrder[] = []
  for (const order of checkout.orders) {
    if (order.status !== 'AWAITING_PAYMENT') continue
    const set = [sql`"dueAt" = NULL`, sql`"closedAt" = ${now}`]
    if (!(await moveOrder(tx, { name, orderId: order.id, actor, now, set }))) continue
    const released = await releaseReservedCdks(tx, { merchantId: order.merchantId, orderId: order.id }, actor, now)
    const held = order.delivery === 'MANUAL' ? 0 : order.quantity
    invariant(released === held, `order ${order.id} held ${released} of ${held} CDKs`)
    ended.push(order)
  }
  if (ended.length === 0) return false
  // The coupon before the wallet, as in placing: in one order, nobody waits for each other.
  if (checkout.hasCoupon) await returnCoupon(tx, checkoutId, now)
  await returnMoney(tx, checkout, ended, now)
  return true
}

/** Money that orders, ended unpaid, held of the buyer's wallet goes back to it. */
export async function returnMoney(
  tx: Tx,
  { buyerId, checkoutWalletMinor }: LockedCheckout,
  ended: readonly LockedOrder[],
  now: Date,
): Promise<void> {
  if (checkoutWalletMinor === 0) return
  invariant(buyerId, "money of a wallet that is nobody's")
  await postTransfers(
    tx,
    ended.map((order) => walletBackPosting(order, buyerId)),
    now,
  )
}
