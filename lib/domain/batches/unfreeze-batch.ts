import { recordOperatorAction } from '@/lib/domain/accounts'
import type { Actor } from '@/lib/domain/actor'
import type { Tx } from '@/lib/domain/tx'
import { Refusal } from '@/lib/kernel/refusal'

/**
 * An operator lets a frozen batch go again: what buyers hold may be looked at from this commit on, what is frozen in stock goes back
 * to it by and by (`sweepBatches`); of a retired batch it retires. What was refunded stays refunded. Refuses `batch/not-frozen`.
 */
export async function unfreezeBatch(
  tx: Tx,
  { batchId, note }: { readonly batchId: string; readonly note: string },
  actor: Actor,
  now: Date,
): Promise<void> {
  const { count } = await tx.stockBatch.updateMany({
    where: { id: batchId, frozenAt: { not: null } },
    data: { frozenAt: null, frozenById: null, frozenReason: null, dueAt: now },
  })
  if (count === 0) throw new Refusal('batch/not-frozen')
  const action = { verb: 'unfreeze-batch', subject: 'batch', subjectId: batchId, note }
  await recordOperatorAction(tx, { userId: actor.id, ...action }, now)
}
