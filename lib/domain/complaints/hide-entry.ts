import type { Actor } from '@/lib/domain/actor'
import type { Tx } from '@/lib/domain/tx'
import { Refusal } from '@/lib/kernel/refusal'
import { appendEntry } from './append-entry'
import { lockCase } from './lock-case'

/**
 * Takes the actor's own message out of everybody's view, also in a closed case; its hash stays, and that it was hidden is an entry
 * itself. Refuses `access/not-found` for anything else, and a second time.
 */
export async function hideEntry(
  tx: Tx,
  { complaintId, seq }: { readonly complaintId: string; readonly seq: number },
  actor: Actor,
  now: Date,
): Promise<void> {
  await lockCase(tx, complaintId)
  const { count } = await tx.caseEntry.updateMany({
    where: { complaintId, seq, type: 'message', actorKind: actor.kind, actorId: actor.id, hiddenAt: null },
    data: { hiddenAt: now },
  })
  if (count === 0) throw new Refusal('access/not-found')
  await appendEntry(tx, complaintId, { type: 'hidden', actor, body: { seq } }, now)
}
