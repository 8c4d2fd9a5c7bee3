import { claimCdks, deliverReservedCdks, releaseReservedCdks } from '@/lib/domain/stock'
import { type Tx, sql } from '@/lib/domain/tx'
import { invariant } from '@/lib/kernel/invariant'
import { SYSTEM } from '@/lib/domain/actor'
import type { LockedOrder } from './lock-checkout'
import { moveOrder } from './move-order'

/**
 * Hands a locked, paid order its CDKs and starts the inspection clock: those reserved, or, of an expired order, claimed
 * anew. False when it cannot be served (any more) and its money has to go back.
 */
export async function deliverOrder(tx: Tx, order: LockedOrder, now: Date): Promise<boolean> {
  const { id: orderId, merchantId, variantId, quantity, status } = order
  const late = status === 'EXPIRED'
  // What a suspended merchant promised in time is kept; nothing new is taken from him.
  if (late ? !order.merchantSells : status !== 'AWAITING_PAYMENT') return false
  if (late) {
    const found = await claimCdks(tx, { merchantId, variantId, orderId, quantity, actor: SYSTEM, until: now, now })
    if (found < quantity) {
      await releaseReservedCdks(tx, { merchantId, orderId }, SYSTEM, now)
      return false
    }
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
  const delivered = await deliverReservedCdks(tx, merchantId, orderId, now)
  invariant(delivered === quantity, `order ${orderId} owes ${quantity}, held ${delivered}`)
  return true
}
