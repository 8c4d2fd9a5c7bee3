import { takeBackCdks } from '@/lib/domain/stock'
import { type Tx, sql } from '@/lib/domain/tx'
import { invariant } from '@/lib/kernel/invariant'
import type { Json } from '@/lib/kernel/canonical-json'
import type { Actor } from '@/lib/domain/actor'
import type { PaidOrder } from './lock-order'
import { moveOrder } from './move-order'
import type { RefundedPart } from './part-to-refund'
import { recordOrderEvent } from './record-order-event'

export interface Cause {
  readonly name: 'refund' | 'chargeback' | 'decline-delivery' | 'fail-delivery'
  readonly actor: Actor
  readonly data: Readonly<Record<string, Json>>
  /** Its CDKs were found bad: none returns to stock. */
  readonly bad?: boolean
}

/**
 * Counts what has gone back on the locked order, takes its CDKs back, and closes it as REFUNDED once the whole total has
 * gone: otherwise it stays as it is, with the event `<name>-part`.
 */
export async function closeRefunded(
  tx: Tx,
  order: PaidOrder,
  { amountMinor, cdkIds, units }: RefundedPart,
  { name, actor, data: facts, bad = false }: Cause,
  now: Date,
): Promise<void> {
  const { id: orderId, merchantId } = order
  const taken = await takeBackCdks(tx, { merchantId, orderId, cdkIds, bad }, actor, now)
  invariant(taken === cdkIds.length, `order ${orderId} gave back ${taken} of ${cdkIds.length} CDKs`)
  const data = { ...facts, amountMinor, units }
  const counted = [
    sql`"refundedMinor" = "refundedMinor" + ${amountMinor}::int`,
    sql`"refundedUnits" = "refundedUnits" + ${units}::int`,
  ]
  if (order.refundedMinor + amountMinor < order.totalMinor) {
    await tx.order.update({
      where: { id: orderId },
      data: { refundedMinor: { increment: amountMinor }, refundedUnits: { increment: units } },
    })
    await recordOrderEvent(tx, order, `${name}-part`, actor, data, now)
    return
  }
  const set = [
    ...counted,
    sql`"dueAt" = NULL`,
    sql`"closedAt" = COALESCE("closedAt", ${now})`,
    sql`"frozenAt" = NULL`,
    sql`"pausedSeconds" = NULL`,
  ]
  const moved = await moveOrder(tx, { name, orderId, actor, now, set, data })
  invariant(moved, `order ${orderId} was locked as ${order.status} and moved away`)
}
