import type { Tx } from '@/lib/domain/tx'
import { Refusal } from '@/lib/kernel/refusal'
import { type PaidOrder, lockPaidOrder } from './lock-order'

/**
 * A merchant's order that waits for delivery by hand, locked: of two of his staff, and of him and the clock, the second finds it
 * done. Refuses `access/not-found` (another merchant's), `delivery/not-awaiting`, `order/frozen`, and `delivery/too-late` from
 * the deadline on, whether the clock has come by or not.
 */
export async function lockAwaiting(tx: Tx, merchantId: string, orderId: string, now: Date): Promise<PaidOrder> {
  const own = await tx.order.count({ where: { id: orderId, merchantId } })
  if (own === 0) throw new Refusal('access/not-found')
  const order = await lockPaidOrder(tx, orderId).catch((error: unknown) => {
    if (error instanceof Refusal && error.code === 'order/not-refundable') return null
    throw error
  })
  if (order?.status !== 'AWAITING_DELIVERY') throw new Refusal('delivery/not-awaiting')
  if (order.frozen) throw new Refusal('order/frozen')
  if (order.dueAt === null || order.dueAt <= now) throw new Refusal('delivery/too-late')
  return order
}
