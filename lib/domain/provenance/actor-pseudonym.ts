import { invariant } from '@/lib/kernel/invariant'
import { type Bytes, concat, toHex, utf8 } from './bytes'
import { DIGEST_BYTES, type Sha256 } from './digest'

export const ACTOR_ROLES = ['buyer', 'merchant', 'operator', 'arbitrator'] as const
export type ActorRole = (typeof ACTOR_ROLES)[number]

/** A timer or a job of ours. */
export const SYSTEM_ACTOR = 'system'

export const ACTOR_PSEUDONYM = /^(?:system|(?:buyer|merchant|operator|arbitrator):[0-9a-f]{32})$/u

/**
 * The name under which a person stands in the log: the role and a salted hash of the id. The same person has the same
 * name as long as the salt is the same; without the salt the name leads to nobody.
 */
export function actorPseudonym(sha256: Sha256, salt: Bytes, role: ActorRole, actorId: string): string {
  invariant(salt.length === DIGEST_BYTES, 'a salt has 32 bytes')
  const hash = toHex(sha256(concat(utf8('keybond/actor/v1\n'), salt, utf8(`${role}\n${actorId}`))))
  return `${role}:${hash.slice(0, 32)}`
}
