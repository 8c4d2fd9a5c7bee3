import { recordOperatorAction } from '@/lib/domain/accounts'
import type { Actor } from '@/lib/domain/actor'
import type { Tx } from '@/lib/domain/tx'
import { whyNot } from './confirm-limit'

/**
 * An operator dismisses a proposal or ends a limit before its time; the complaints that led to it never count again. Refuses
 * `access/not-found`, `buyer-limit/decided` when it was lifted before.
 */
export async function liftLimit(
  tx: Tx,
  id: string,
  { note }: { readonly note: string },
  actor: Actor,
  now: Date,
): Promise<void> {
  const { count } = await tx.buyerLimit.updateMany({
    where: { id, state: { not: 'LIFTED' } },
    data: { state: 'LIFTED', until: null, note, decidedAt: now, decidedById: actor.id },
  })
  if (count === 0) throw await whyNot(tx, id)
  const action = { verb: 'lift-limit', subject: 'buyer-limit', subjectId: id, note }
  await recordOperatorAction(tx, { userId: actor.id, ...action }, now)
}
