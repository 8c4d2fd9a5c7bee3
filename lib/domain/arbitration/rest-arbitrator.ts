import { recordOperatorAction } from '@/lib/domain/accounts'
import type { Actor } from '@/lib/domain/actor'
import type { Tx } from '@/lib/domain/tx'
import { Refusal } from '@/lib/kernel/refusal'

/**
 * Lets an arbitrator rest (no new cases; those that they have stay theirs until an operator reassigns them) or come back. Asked twice:
 * nothing new. Refuses `access/not-found` for whoever is none.
 */
export async function restArbitrator(
  tx: Tx,
  { userId, resting }: { readonly userId: string; readonly resting: boolean },
  actor: Actor,
  now: Date,
): Promise<void> {
  if ((await tx.user.count({ where: { id: userId, role: 'ARBITRATOR' } })) === 0) throw new Refusal('access/not-found')
  const { count } = await tx.user.updateMany({
    where: { id: userId, restingSince: resting ? null : { not: null } },
    data: { restingSince: resting ? now : null },
  })
  if (count === 0) return
  const verb = resting ? 'rest-arbitrator' : 'wake-arbitrator'
  await recordOperatorAction(tx, { userId: actor.id, verb, subject: 'user', subjectId: userId, note: null }, now)
}
