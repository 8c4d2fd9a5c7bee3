import type { Actor } from '@/lib/domain/actor'
import { notifyBuyer } from '@/lib/domain/notifications'
import { type CdkVault, type HandFault, deliverUnits } from '@/lib/domain/stock'
import { type Tx, sql } from '@/lib/domain/tx'
import { invariant } from '@/lib/kernel/invariant'
import { Refusal } from '@/lib/kernel/refusal'
import { lockAwaiting } from './lock-awaiting'
import { moveOrder } from './move-order'
import { priceOfCdks } from './part-to-refund'
import { refundOrder } from './refund-order'

export interface HandDelivery {
  readonly merchantId: string
  readonly orderId: string
  readonly deliveredById: string
  readonly fileName: string | null
  /** One CDK each; empty ones are passed over. */
  readonly lines: readonly { readonly line: number; readonly code: string }[]
  /** With fewer CDKs than were bought: deliver these and refund the others at once. */
  readonly refundRest: boolean
}

export interface HandDelivered {
  /** 0 when a line was faulty: then nothing was delivered and nothing stored. */
  readonly delivered: number
  readonly refunded: number
  readonly faults: readonly HandFault[]
}

/**
 * A merchant delivers a paid order of manual delivery: what he typed becomes a batch of CDKs that are the order's, in this
 * transaction, and the inspection clock starts. A line that is a duplicate (in the text, of his own, known on the mall) is
 * answered by line, and nothing is delivered; it is no refusal, so that the pair stays written down for operators. Of two
 * who deliver at once, and of him and the clock, one does. Refuses what `lockAwaiting` refuses, `delivery/no-codes`,
 * `delivery/too-many`, `delivery/too-few`, `delivery/nothing-would-be-left`.
 */
export async function deliverByHand(
  tx: Tx,
  vault: CdkVault,
  { orderId, merchantId, deliveredById, refundRest, ...given }: HandDelivery,
  actor: Actor,
  now: Date,
): Promise<HandDelivered> {
  const order = await lockAwaiting(tx, merchantId, orderId, now)
  const { variantId, quantity } = order
  const lines = given.lines.filter(({ code }) => code !== '')
  if (lines.length === 0) throw new Refusal('delivery/no-codes')
  if (lines.length > quantity) throw new Refusal('delivery/too-many', { given: lines.length, quantity })
  const missing = quantity - lines.length
  if (missing > 0 && !refundRest) throw new Refusal('delivery/too-few', { given: lines.length, quantity })
  if (missing > 0 && priceOfCdks(order, missing) === order.totalMinor - order.refundedMinor) {
    throw new Refusal('delivery/nothing-would-be-left')
  }
  const of = { merchantId, variantId, orderId, uploadedById: deliveredById, fileName: given.fileName }
  const faults = await deliverUnits(tx, vault, { ...of, lines }, actor, now)
  if (faults.length > 0) return { delivered: 0, refunded: 0, faults }
  const moved = await moveOrder(tx, {
    name: 'deliver-by-hand',
    orderId,
    actor,
    now,
    set: [
      sql`"deliveredAt" = ${now}`,
      sql`"dueAt" = ${now}::timestamptz + make_interval(hours => (snapshot->'rules'->>'inspectionHours')::int)`,
    ],
    data: { units: lines.length },
  })
  invariant(moved, `order ${orderId} was locked as awaiting delivery and moved away`)
  if (missing > 0) {
    await refundOrder(tx, { orderId, wanted: { undelivered: missing }, reason: 'not-delivered' }, actor, now)
  }
  const data = { numbers: [order.number] }
  await notifyBuyer(tx, { orderId }, { kind: 'order-delivered', dedupeKey: orderId, data }, now)
  return { delivered: lines.length, refunded: missing, faults: [] }
}
