import { recordOperatorAction } from '@/lib/domain/accounts'
import type { Actor } from '@/lib/domain/actor'
import type { Tx } from '@/lib/domain/tx'
import { Refusal } from '@/lib/kernel/refusal'

/**
 * An operator has looked at a code that two merchants brought and writes down what came of it. Refuses `access/not-found`,
 * `batch/pair-handled` when somebody was quicker.
 */
export async function handlePair(
  tx: Tx,
  { pairId, note }: { readonly pairId: string; readonly note: string },
  actor: Actor,
  now: Date,
): Promise<void> {
  const { count } = await tx.fingerprintPair.updateMany({
    where: { id: pairId, handledAt: null },
    data: { handledAt: now, handledById: actor.id, note },
  })
  if (count === 0) {
    const there = await tx.fingerprintPair.count({ where: { id: pairId } })
    throw new Refusal(there > 0 ? 'batch/pair-handled' : 'access/not-found')
  }
  const action = { verb: 'handle-pair', subject: 'pair', subjectId: pairId, note }
  await recordOperatorAction(tx, { userId: actor.id, ...action }, now)
}
