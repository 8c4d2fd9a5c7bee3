import { recordOperatorAction } from '@/lib/domain/accounts'
import type { Actor } from '@/lib/domain/actor'
import type { Tx } from '@/lib/domain/tx'
import { Refusal } from '@/lib/kernel/refusal'

export interface ReviewInput {
  readonly batchId: string
  readonly verdict: 'APPROVED' | 'REJECTED'
  /** The merchant reads it. */
  readonly note: string | null
  /** How many proofs were looked at: the decision is about those. */
  readonly seenProofs: number
}

/**
 * An operator's word on what a merchant says of a batch, with his name to it; it may be changed. It stops nothing by itself: what
 * must not be sold is frozen. Refuses `access/not-found`, `batch/proofs-changed` when a file came or went meanwhile.
 */
export async function reviewBatch(tx: Tx, input: ReviewInput, actor: Actor, now: Date): Promise<void> {
  const { batchId, verdict, note, seenProofs } = input
  const { count } = await tx.stockBatch.updateMany({
    where: { id: batchId },
    data: { review: verdict, reviewedAt: now, reviewedById: actor.id, reviewNote: note },
  })
  if (count === 0) throw new Refusal('access/not-found')
  // The row is held now: an upload that came first is counted, one that comes later makes the batch pending again.
  if ((await tx.batchProof.count({ where: { batchId } })) !== seenProofs) throw new Refusal('batch/proofs-changed')
  const verb = verdict === 'APPROVED' ? 'approve-batch' : 'reject-batch'
  await recordOperatorAction(tx, { userId: actor.id, verb, subject: 'batch', subjectId: batchId, note }, now)
}
