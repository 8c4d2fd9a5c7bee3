import type { Actor } from '@/lib/domain/actor'
import { type PaidOrder, failDelivery, lockPaidOrder } from '@/lib/domain/orders'
import type { Tx } from '@/lib/domain/tx'
import { portionOf } from '@/lib/kernel/money'
import { Refusal } from '@/lib/kernel/refusal'
import { type OpenComplaintInput, type OpenedComplaint, openComplaint } from './open-complaint'
import { recordsOf } from './records'
import { ruleByRecords } from './rule-by-records'

export interface OpenedCase extends OpenedComplaint {
  readonly refunded: false
  /** The records decided for all of it: it is closed, and what was demanded granted. */
  readonly ruled: boolean
  /** The case of those CDKs that the records do not decide, where they do for others. */
  readonly rest: OpenedComplaint | null
}

/** `refunded`: the promised time had run out, everything goes back; there is no case. */
export type OpenedOrRefunded = OpenedCase | { readonly refunded: true }

/**
 * Opens a complaint and lets the records rule at once, in one transaction. When they decide for some CDKs only there are two cases: one
 * that is ruled, one that waits for the merchant. An order of manual delivery whose time ran out is refunded in full, as its clock would.
 * The order's row is taken first. Refuses what `openComplaint` does, `complaint/promised-until` (ms since 1970), and `complaint/was-delivered`.
 */
export async function openAndRule(
  tx: Tx,
  input: OpenComplaintInput,
  actor: Actor,
  now: Date,
): Promise<OpenedOrRefunded> {
  const order = await lockPaidOrder(tx, input.orderId).catch((error: unknown) => {
    throw error instanceof Refusal ? new Refusal('order/not-delivered') : error
  })
  if (input.failure === 'NOT_DELIVERED') return refundUndelivered(tx, order, now)
  const facts = await recordsOf(tx, { order, failure: input.failure, cdkIds: input.cdkIds })
  const cdkIds = [...new Set(input.cdkIds)]
  const decided = cdkIds.filter((id) => facts.some((fact) => fact.cdkId === id))
  const [first, second] = decided.length === 0 ? [input, null] : split(input, cdkIds, decided)
  const opened = await openComplaint(tx, first, actor, now)
  // Before the ruling: it may end with nothing left of the order.
  const rest = second && (await openComplaint(tx, second, actor, now))
  const ruled = await ruleByRecords(tx, opened.complaintId, now)
  return { refunded: false, ...opened, ruled, rest }
}

async function refundUndelivered(tx: Tx, order: PaidOrder, now: Date): Promise<{ readonly refunded: true }> {
  if (order.status !== 'AWAITING_DELIVERY') throw new Refusal('complaint/was-delivered')
  if (order.frozen || order.dueAt === null) throw new Refusal('order/frozen')
  if (order.dueAt > now) throw new Refusal('complaint/promised-until', { untilAt: order.dueAt.getTime() })
  await failDelivery(tx, order.id, now)
  return { refunded: true }
}

/** By CDK; a compensation that was asked for all of them in shares that add up to it. */
function split(
  input: OpenComplaintInput,
  cdkIds: readonly string[],
  decided: readonly string[],
): [OpenComplaintInput, OpenComplaintInput | null] {
  const others = cdkIds.filter((id) => !decided.includes(id))
  const { demandMinor } = input
  if (others.length === 0) return [input, null]
  const shareMinor = demandMinor === null ? null : Math.max(1, portionOf(demandMinor, decided.length, cdkIds.length))
  const restMinor = demandMinor === null || shareMinor === null ? null : demandMinor - shareMinor
  return [
    { ...input, cdkIds: decided, demandMinor: shareMinor },
    { ...input, cdkIds: others, demandMinor: restMinor },
  ]
}
