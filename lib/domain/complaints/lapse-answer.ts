import { SYSTEM } from '@/lib/domain/actor'
import type { Tx } from '@/lib/domain/tx'
import { appendEntry } from './append-entry'
import { undecidedAt } from './clock'
import { closeCase } from './close-case'
import { lockCase } from './lock-case'
import { moveCase } from './move-case'
import { requireMove } from './require-move'

/**
 * The buyer did not bring what he was asked for, by the merchant or an arbitrator: the case is closed, its CDKs stay unresolved (it may be
 * reopened once). After a ruling nothing is taken back by silence: the appeal goes on. Refuses `complaint/not-now`.
 */
export async function lapseAnswer(tx: Tx, complaintId: string, now: Date): Promise<void> {
  const locked = await lockCase(tx, complaintId)
  requireMove(locked, 'close-unanswered', now)
  await appendEntry(tx, complaintId, { type: 'lapsed', actor: SYSTEM, body: { what: 'EVIDENCE' } }, now)
  if (locked.appealedAt) {
    const dueAt = undecidedAt(locked.appealedAt, locked.rules)
    await moveCase(tx, complaintId, { name: 'resume-appeal', actor: SYSTEM, set: { dueAt } }, now)
  } else {
    await closeCase(tx, locked, { name: 'close-unanswered', outcome: 'UNANSWERED', actor: SYSTEM }, now)
  }
}
