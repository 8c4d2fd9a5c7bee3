import type { Actor } from '@/lib/domain/actor'
import type { Tx } from '@/lib/domain/tx'
import { appendEntry } from './append-entry'
import { notBefore } from './clock'
import { lockCaseOf } from './lock-case'
import { moveCase } from './move-case'
import { noteReply } from './note-reply'
import { requireInTime } from './require-move'
import { requireWords } from './require-words'

export interface ContestComplaintInput {
  readonly merchantId: string
  readonly complaintId: string
  /** What the merchant holds against it. */
  readonly text: string
}

/**
 * A merchant contests, which also takes back an offer: on to the arbitrators at escalateAt, or when either side says so. Refuses
 * `access/not-found`, `complaint/not-now` (also after his time has run out), `input/invalid`.
 */
export async function contestComplaint(
  tx: Tx,
  { merchantId, complaintId, text }: ContestComplaintInput,
  actor: Actor,
  now: Date,
): Promise<void> {
  const locked = await lockCaseOf(tx, merchantId, complaintId)
  requireInTime(locked, now)
  const words = requireWords(text)
  const dueAt = notBefore(now, locked.escalateAt)
  await moveCase(tx, complaintId, { name: 'contest', actor, set: { dueAt } }, now)
  await noteReply(tx, locked, now)
  await appendEntry(tx, complaintId, { type: 'contested', actor, body: { text: words } }, now)
}
