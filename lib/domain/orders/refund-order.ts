import { postTransfers, refundPosting } from '@/lib/domain/ledger'
import { openRefund } from '@/lib/domain/payments'
import { takeBackCdks } from '@/lib/domain/stock'
import { type Tx, sql } from '@/lib/domain/tx'
import { invariant } from '@/lib/kernel/invariant'
import { Refusal } from '@/lib/kernel/refusal'
import type { Actor } from './actor'
import { moveOrder } from './move-order'

/**
 * Gives the buyer the whole order's money back before release, no fee kept. The provider is asked afterwards, outside
 * the transaction (`settleRefund`). Racing with confirmation exactly one happens. Refuses `order/not-refundable`.
 * Returns the refund's id.
 */
export async function refundOrder(tx: Tx, orderId: string, actor: Actor, reason: string, now: Date): Promise<string> {
  const set = [sql`"dueAt" = NULL`, sql`"closedAt" = ${now}`]
  const order = await moveOrder(tx, { name: 'refund', orderId, actor, now, set, data: { reason } })
  if (!order) throw new Refusal('order/not-refundable')
  const taken = await takeBackCdks(tx, order.merchantId, order.id)
  invariant(taken === order.quantity, `order ${order.id} had ${taken} of ${order.quantity} CDKs delivered`)
  const { paidPayment } = await tx.checkout.findUniqueOrThrow({
    where: { id: order.checkoutId },
    select: { paidPayment: { select: { id: true, provider: true } } },
  })
  invariant(paidPayment, `order ${order.id} was delivered without a payment`)
  const { totalMinor: amountMinor, currency, merchantId } = order
  const refundId = await openRefund(
    tx,
    { paymentId: paidPayment.id, order: { id: order.id, merchantId }, amountMinor, currency, reason },
    now,
  )
  await postTransfers(tx, [refundPosting(order, refundId, paidPayment.provider)], now)
  return refundId
}
