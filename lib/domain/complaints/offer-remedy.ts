import type { Actor } from '@/lib/domain/actor'
import type { Tx } from '@/lib/domain/tx'
import type { Remedy } from '@/lib/infra/prisma/enums'
import type { Minor } from '@/lib/kernel/money'
import { Refusal } from '@/lib/kernel/refusal'
import { HOUR_MS, after } from '@/lib/kernel/time'
import { appendEntry } from './append-entry'
import { type LockedCase, lockCaseOf } from './lock-case'
import { moveCase } from './move-case'
import { noteReply } from './note-reply'
import { requireBeforeArbitration, requireInTime } from './require-move'
import { requireWords } from './require-words'

export interface OfferRemedyInput {
  readonly merchantId: string
  readonly complaintId: string
  readonly remedy: Remedy
  /** With COMPENSATION only. */
  readonly amountMinor: Minor | null
  /** Why, in the merchant's words. */
  readonly text: string
}

/**
 * A merchant offers something else than what was demanded; the buyer has buyerEvidenceHours to answer, but an offer puts the arbitrators
 * off by an hour at most. Refuses `access/not-found`, `complaint/not-now` (also after his time has run out), `complaint/amount`,
 * `input/invalid`.
 */
export async function offerRemedy(
  tx: Tx,
  { merchantId, complaintId, remedy, amountMinor, text }: OfferRemedyInput,
  actor: Actor,
  now: Date,
): Promise<void> {
  const locked = await lockCaseOf(tx, merchantId, complaintId)
  requireBeforeArbitration(locked)
  requireInTime(locked, now)
  requireAmount(locked, remedy, amountMinor)
  const words = requireWords(text)
  const offer = { remedy, amountMinor }
  await moveCase(tx, complaintId, { name: 'offer', actor, set: { offer, dueAt: answerBy(locked, now) } }, now)
  await noteReply(tx, locked, now)
  await appendEntry(tx, complaintId, { type: 'offered', actor, body: { ...offer, text: words } }, now)
}

function answerBy({ rules, escalateAt }: LockedCase, now: Date): Date {
  const whole = after(now, rules.buyerEvidenceHours * HOUR_MS)
  const least = after(now, HOUR_MS)
  const latest = escalateAt > least ? escalateAt : least
  return whole < latest ? whole : latest
}

function requireAmount({ units, order }: LockedCase, remedy: Remedy, amountMinor: Minor | null): void {
  const priceMinor = units.reduce((sum, unit) => sum + unit.priceMinor, 0)
  const leftMinor = order ? order.totalMinor - order.refundedMinor : 0
  const mostMinor = units.length === 0 ? leftMinor : Math.min(priceMinor, leftMinor)
  const sound =
    remedy === 'COMPENSATION'
      ? amountMinor !== null && Number.isSafeInteger(amountMinor) && amountMinor > 0 && amountMinor <= mostMinor
      : amountMinor === null
  if (!sound) throw new Refusal('complaint/amount', { mostMinor })
}
