import { type UserInput, createUser, recordOperatorAction } from '@/lib/domain/accounts'
import type { Actor } from '@/lib/domain/actor'
import type { Tx } from '@/lib/domain/tx'
import { setEmployer } from './set-employer'

export interface OpenArbitratorInput extends Pick<UserInput, 'email' | 'passwordHash' | 'displayName'> {
  /** Whom they work for besides (Unified Social Credit Code); null for nobody. */
  readonly employerNumber: string | null
}

/** Opens the account of an arbitrator, who gets cases from now on. Refuses `auth/email-taken`. Returns the user's id. */
export async function openArbitrator(
  tx: Tx,
  { employerNumber, ...user }: OpenArbitratorInput,
  actor: Actor,
  now: Date,
): Promise<string> {
  const userId = await createUser(tx, { ...user, role: 'ARBITRATOR', merchantId: null }, now)
  const what = { verb: 'open-arbitrator', subject: 'user', subjectId: userId, note: null }
  await recordOperatorAction(tx, { userId: actor.id, ...what }, now)
  if (employerNumber !== null) await setEmployer(tx, { userId, number: employerNumber }, actor, now)
  return userId
}
