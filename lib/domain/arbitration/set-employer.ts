import { recordOperatorAction } from '@/lib/domain/accounts'
import type { Actor } from '@/lib/domain/actor'
import type { Tx } from '@/lib/domain/tx'
import { Refusal } from '@/lib/kernel/refusal'

export interface SetEmployerInput {
  readonly userId: string
  /** Unified Social Credit Code; null: nobody. */
  readonly number: string | null
}

/**
 * Says whom somebody works for: an arbitrator gets no case of that company as a merchant, nor of a buyer who works there too. Cases that
 * they have stay theirs. Refuses `access/not-found`.
 */
export async function setEmployer(
  tx: Tx,
  { userId, number }: SetEmployerInput,
  actor: Actor,
  now: Date,
): Promise<void> {
  const trimmed = (number ?? '').trim().toUpperCase()
  const employerNumber = trimmed === '' ? null : trimmed
  const { count } = await tx.user.updateMany({ where: { id: userId }, data: { employerNumber } })
  if (count === 0) throw new Refusal('access/not-found')
  const what = { verb: 'set-employer', subject: 'user', subjectId: userId, note: employerNumber }
  await recordOperatorAction(tx, { userId: actor.id, ...what }, now)
}
