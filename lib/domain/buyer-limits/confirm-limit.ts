import { recordOperatorAction } from '@/lib/domain/accounts'
import type { Actor } from '@/lib/domain/actor'
import type { Tx } from '@/lib/domain/tx'
import { Refusal } from '@/lib/kernel/refusal'

/**
 * An operator has looked at a proposal and puts it in force until a day: silence on this buyer's complaints leads to the arbitrators from
 * now on; complaints that are open stay as they are. Refuses `access/not-found`, `buyer-limit/decided` when somebody was quicker,
 * `buyer-limit/until` for a day that is over.
 */
export async function confirmLimit(
  tx: Tx,
  id: string,
  { until, note }: { readonly until: Date; readonly note: string },
  actor: Actor,
  now: Date,
): Promise<void> {
  if (until <= now) throw new Refusal('buyer-limit/until')
  const { count } = await tx.buyerLimit.updateMany({
    where: { id, state: 'PROPOSED' },
    data: { state: 'IN_FORCE', until, note, decidedAt: now, decidedById: actor.id },
  })
  if (count === 0) throw await whyNot(tx, id)
  const action = { verb: 'confirm-limit', subject: 'buyer-limit', subjectId: id, note }
  await recordOperatorAction(tx, { userId: actor.id, ...action }, now)
}

export async function whyNot(tx: Tx, id: string): Promise<Refusal> {
  const there = await tx.buyerLimit.count({ where: { id } })
  return new Refusal(there > 0 ? 'buyer-limit/decided' : 'access/not-found')
}
