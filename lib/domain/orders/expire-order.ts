import { releaseReservedCdks } from '@/lib/domain/stock'
import { type Tx, sql } from '@/lib/domain/tx'
import { invariant } from '@/lib/kernel/invariant'
import { Refusal } from '@/lib/kernel/refusal'
import type { Actor } from './actor'
import { moveOrder } from './move-order'

/**
 * The pay window ran out: the reserved CDKs return to stock. Racing with the payment, whoever moves the order first
 * wins; a payment that comes second is re-allocated or refunded by `recordPayment`. Refuses `order/not-due`.
 */
export async function expireOrder(tx: Tx, orderId: string, actor: Actor, now: Date): Promise<void> {
  if (!(await giveUp(tx, 'expire', orderId, actor, now))) throw new Refusal('order/not-due')
}

/** The buyer gives up an unpaid order. A payment that comes all the same is refunded. Refuses `order/not-awaiting-payment`. */
export async function cancelOrder(tx: Tx, orderId: string, actor: Actor, now: Date): Promise<void> {
  if (!(await giveUp(tx, 'cancel', orderId, actor, now))) throw new Refusal('order/not-awaiting-payment')
}

async function giveUp(tx: Tx, name: 'expire' | 'cancel', orderId: string, actor: Actor, now: Date): Promise<boolean> {
  const order = await moveOrder(tx, { name, orderId, actor, now, set: [sql`"dueAt" = NULL`, sql`"closedAt" = ${now}`] })
  if (!order) return false
  const released = await releaseReservedCdks(tx, order.merchantId, order.id)
  invariant(released === order.quantity, `order ${order.id} held ${released} of ${order.quantity} CDKs`)
  return true
}
