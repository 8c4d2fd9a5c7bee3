import type { Actor } from '@/lib/domain/actor'
import type { Tx } from '@/lib/domain/tx'
import { Refusal } from '@/lib/kernel/refusal'
import { appendEntry } from './append-entry'
import { evidenceUntil } from './clock'
import { lockCase, lockCaseOf } from './lock-case'
import { moveCase } from './move-case'
import { noteReply } from './note-reply'
import { requireInTime } from './require-move'
import { requireWords } from './require-words'

export interface AskInput {
  readonly complaintId: string
  /** What the buyer is to bring. */
  readonly text: string
}

/**
 * A merchant asks the buyer for evidence, once in a case; the buyer has buyerEvidenceHours, silence closes the case. Refuses
 * `access/not-found`, `complaint/not-now` (also after his time has run out), `complaint/asked-before`, `input/invalid`.
 */
export async function askForEvidence(
  tx: Tx,
  { merchantId, complaintId, text }: AskInput & { readonly merchantId: string },
  actor: Actor,
  now: Date,
): Promise<void> {
  const locked = await lockCaseOf(tx, merchantId, complaintId)
  requireInTime(locked, now)
  if (locked.askedAt) throw new Refusal('complaint/asked-before')
  const words = requireWords(text)
  const set = { askedAt: now, dueAt: evidenceUntil(now, locked.rules) }
  await moveCase(tx, complaintId, { name: 'ask', actor, set }, now)
  await noteReply(tx, locked, now)
  await appendEntry(tx, complaintId, { type: 'asked', actor, body: { by: 'MERCHANT', text: words } }, now)
}

/**
 * The arbitrator who has the case asks the buyer for evidence, while no ruling is proposed. Silence closes the case; during an appeal it
 * only gives it back to the arbitrator. Refuses `access/not-found` (not his case), `complaint/not-now`, `input/invalid`.
 */
export async function askAsArbitrator(tx: Tx, { complaintId, text }: AskInput, actor: Actor, now: Date): Promise<void> {
  const { state, rules, ...locked } = await lockCase(tx, complaintId)
  const his = state === 'APPEALED' ? [locked.appealArbitratorId] : [locked.arbitratorId, locked.secondId]
  if (actor.id === null || !his.includes(actor.id)) throw new Refusal('access/not-found')
  if (locked.proposal !== null) throw new Refusal('complaint/not-now')
  const words = requireWords(text)
  const set = { outcome: null, dueAt: evidenceUntil(now, rules) }
  await moveCase(tx, complaintId, { name: 'ask-as-arbitrator', actor, set }, now)
  await appendEntry(tx, complaintId, { type: 'asked', actor, body: { by: 'ARBITRATOR', text: words } }, now)
}
