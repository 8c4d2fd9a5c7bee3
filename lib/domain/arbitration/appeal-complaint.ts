import type { Actor } from '@/lib/domain/actor'
import { appendEntry, lockCase, moveCase } from '@/lib/domain/complaints'
import type { Tx } from '@/lib/domain/tx'
import { invariant } from '@/lib/kernel/invariant'
import { Refusal } from '@/lib/kernel/refusal'
import { DAY_MS, after } from '@/lib/kernel/time'
import { firstRuling } from './first-ruling'
import { buyerLost, isForBuyer, requireReasons } from './verdict'

/**
 * The side that lost something appeals, once in a case and within `appealDays`: another arbitrator decides for good. Of both sides at the same
 * moment the first counts. The caller has made sure that the actor is a side of the case. Refuses `complaint/not-now`, `complaint/nothing-to-appeal`,
 * `complaint/ruling-incomplete` for the reasons.
 */
export async function appealComplaint(
  tx: Tx,
  { complaintId, reasons }: { readonly complaintId: string; readonly reasons: string },
  actor: Actor,
  now: Date,
): Promise<void> {
  const { kind: side } = actor
  invariant(side === 'BUYER' || side === 'MERCHANT', `${side} is no side of a complaint`)
  const locked = await lockCase(tx, complaintId)
  const { state, appealedAt, dueAt, rules } = locked
  if (state !== 'RULED' || appealedAt || !dueAt || dueAt <= now) throw new Refusal('complaint/not-now')
  requireReasons(reasons)
  const ruling = await firstRuling(tx, complaintId)
  const lost = side === 'BUYER' ? buyerLost(locked, ruling) : isForBuyer(ruling)
  if (!lost) throw new Refusal('complaint/nothing-to-appeal')
  const clock = { dueAt: after(now, rules.arbitrationRefundDays * DAY_MS), alarmedAt: null }
  await moveCase(tx, complaintId, { name: 'appeal', actor, set: { ...clock, appealedAt: now, appealBy: side } }, now)
  await appendEntry(tx, complaintId, { type: 'appealed', actor, body: { side, reasons: reasons.trim() } }, now)
}
