import { claimCdks, deliverReservedCdks, releaseReservedCdks, replaceReservedCdks } from '@/lib/domain/stock'
import { type Tx, sql } from '@/lib/domain/tx'
import { invariant } from '@/lib/kernel/invariant'
import { SYSTEM } from '@/lib/domain/actor'
import type { LockedOrder } from './lock-checkout'
import { moveOrder } from './move-order'

/**
 * Hands a locked, paid order its CDKs and starts the inspection clock: those reserved, or, of an expired order, claimed
 * anew. Those that may not be delivered any more (frozen, too short of validity) are replaced. False when it cannot be served (any more)
 * and its money has to go back; an order that still waited for its payment is then cancelled.
 */
export async function deliverOrder(tx: Tx, order: LockedOrder, now: Date): Promise<boolean> {
  const { id: orderId, status } = order
  const late = status === 'EXPIRED'
  // What a suspended merchant promised in time is kept; nothing new is taken from him.
  if (late ? !(order.merchantSells && order.soldAlike) : status !== 'AWAITING_PAYMENT') return false
  if (!(await handOver(tx, order, now))) {
    await releaseReservedCdks(tx, { merchantId: order.merchantId, orderId }, SYSTEM, now)
    if (!late) await cancelUndeliverable(tx, orderId, now)
    return false
  }
  const moved = await moveOrder(tx, {
    name: late ? 'deliver-late' : 'deliver',
    orderId,
    actor: SYSTEM,
    now,
    set: [
      sql`"paidAt" = ${now}`,
      sql`"deliveredAt" = ${now}`,
      sql`"closedAt" = NULL`,
      sql`"dueAt" = ${now}::timestamptz + make_interval(hours => (snapshot->'rules'->>'inspectionHours')::int)`,
    ],
  })
  invariant(moved, `order ${orderId} was locked as ${status} and moved away`)
  return true
}

async function handOver(tx: Tx, order: LockedOrder, now: Date): Promise<boolean> {
  const { id: orderId, merchantId, variantId, quantity, validityDays, status } = order
  const of = { merchantId, variantId, orderId, quantity, validityDays }
  if (status === 'EXPIRED') {
    const found = await claimCdks(tx, { ...of, actor: SYSTEM, until: now, now })
    if (found < quantity) return false
  }
  if (await deliverReservedCdks(tx, of, now)) return true
  return (await replaceReservedCdks(tx, of, now)) && deliverReservedCdks(tx, of, now)
}

async function cancelUndeliverable(tx: Tx, orderId: string, now: Date): Promise<void> {
  const set = [sql`"dueAt" = NULL`, sql`"closedAt" = ${now}`]
  const moved = await moveOrder(tx, { name: 'undeliverable', orderId, actor: SYSTEM, now, set })
  invariant(moved, `order ${orderId} was locked as unpaid and moved away`)
}
