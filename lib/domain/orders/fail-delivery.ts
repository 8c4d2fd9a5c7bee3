import { type Actor, SYSTEM } from '@/lib/domain/actor'
import { notifyMerchant } from '@/lib/domain/notifications'
import type { Tx } from '@/lib/domain/tx'
import { type Minor } from '@/lib/kernel/money'
import { Refusal } from '@/lib/kernel/refusal'
import { type PaidOrder, lockPaidOrder } from './lock-order'
import { lockAwaiting } from './lock-awaiting'
import { freeToDecline, takeLatePenalty } from './late-penalty'
import { partToRefund } from './part-to-refund'
import { refundLocked } from './refund-order'

/**
 * The promised time of an order of manual delivery ran out: the buyer gets everything back, the merchant's deposit pays the penalty
 * into the protection fund, both are told. Racing with the merchant's delivery, whoever has the row first wins. Refuses
 * `order/not-due` when it is not due, was delivered, declined or refunded before, or a dispute keeps it.
 */
export async function failDelivery(tx: Tx, orderId: string, now: Date): Promise<void> {
  const order = await lockPaidOrder(tx, orderId).catch((error: unknown) => {
    if (error instanceof Refusal && error.code === 'order/not-refundable') return null
    throw error
  })
  const due = order && order.status === 'AWAITING_DELIVERY' && order.dueAt !== null && order.dueAt <= now
  if (!due || order.frozen) throw new Refusal('order/not-due')
  const penaltyMinor = await takeLatePenalty(tx, order, now)
  const facts = { name: 'fail-delivery', reason: 'not-delivered', data: { penaltyMinor } } as const
  await giveUp(tx, order, facts, SYSTEM, now)
  const { number, merchantId, currency } = order
  const data = { orderId, number, penaltyMinor, currency }
  await notifyMerchant(tx, merchantId, { kind: 'delivery-overdue', dedupeKey: orderId, data }, now)
}

/**
 * The merchant will not deliver: the buyer gets everything back and is told. In the first half of the promised time it costs the
 * merchant nothing, afterwards as much as letting it run out. Refuses what `lockAwaiting` refuses. Returns the penalty.
 */
export async function declineDelivery(
  tx: Tx,
  {
    merchantId,
    orderId,
    note = null,
  }: { readonly merchantId: string; readonly orderId: string; readonly note?: string | null },
  actor: Actor,
  now: Date,
): Promise<Minor> {
  const order = await lockAwaiting(tx, merchantId, orderId, now)
  const penaltyMinor = freeToDecline(order, now) ? 0 : await takeLatePenalty(tx, order, now)
  const facts = { name: 'decline-delivery', reason: 'declined', note, data: { penaltyMinor } } as const
  await giveUp(tx, order, facts, actor, now)
  return penaltyMinor
}

async function giveUp(
  tx: Tx,
  order: PaidOrder,
  facts: Parameters<typeof refundLocked>[3],
  actor: Actor,
  now: Date,
): Promise<void> {
  const part = await partToRefund(tx, order, { all: true })
  await refundLocked(tx, order, part, facts, actor, now)
}
