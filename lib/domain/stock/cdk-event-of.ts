import type { Actor } from '@/lib/domain/actor'
import {
  type ActorRole,
  type CdkEventType,
  type CommittedData,
  SYSTEM_ACTOR,
  actorPseudonym,
  utf8,
} from '@/lib/domain/provenance'
import { sha256 } from './sha256'

/** What happens to CDKs, told once for all of them. */
export interface Happening {
  readonly type: CdkEventType
  readonly actor: Actor
  /** The order (or, outside orders, the batch, export, import) that it belongs to: people have one name within it and no other elsewhere. */
  readonly scopeId: string
  /** Behind the commitment; `{ orderId }` ties an event to its order. */
  readonly details: CommittedData
  readonly now: Date
}

const ROLE = {
  BUYER: 'buyer',
  MERCHANT: 'merchant',
  OPERATOR: 'operator',
  ARBITRATOR: 'arbitrator',
} as const satisfies Record<string, ActorRole>

/** The name in the log of whoever acts: the same within a scope, unlinkable between scopes. A guest's is that of his order. */
export function pseudonymOf({ kind, id }: Actor, scopeId: string): string {
  if (kind === 'SYSTEM') return SYSTEM_ACTOR
  const salt = sha256(utf8(`keybond/actor-scope/v1\n${scopeId}`))
  return actorPseudonym(sha256, salt, ROLE[kind], id ?? scopeId)
}
