import type { Actor } from '@/lib/domain/actor'
import type { Tx } from '@/lib/domain/tx'
import { Refusal } from '@/lib/kernel/refusal'
import { appendEntry } from './append-entry'
import { lockCase } from './lock-case'
import { requireWords } from './require-words'

/**
 * Any side says something in a case that is not closed; the edge has checked that the actor is one. It cannot be edited, only hidden
 * (`hideEntry`). Refuses `access/not-found`, `complaint/not-now`, `input/invalid`. Returns the entry's number.
 */
export async function sayInCase(
  tx: Tx,
  { complaintId, text }: { readonly complaintId: string; readonly text: string },
  actor: Actor,
  now: Date,
): Promise<number> {
  const { state } = await lockCase(tx, complaintId)
  if (state === 'CLOSED') throw new Refusal('complaint/not-now')
  return appendEntry(tx, complaintId, { type: 'message', actor, body: { text: requireWords(text) } }, now)
}
