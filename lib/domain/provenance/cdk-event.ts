import { invariant } from '@/lib/kernel/invariant'
import { type Bytes, toHex, utf8 } from './bytes'
import type { Sha256 } from './digest'

export const CDK_EVENT_TYPES = [
  'imported',
  'reserved',
  'released',
  'delivered',
  'revealed',
  'confirmed',
  'complained',
  'ruled',
  'replaced',
  'refunded',
  'retired',
  'exported',
  'frozen',
  'restored',
  'moved',
] as const
export type CdkEventType = (typeof CDK_EVENT_TYPES)[number]

export interface CdkEventFacts {
  readonly merchantId: string
  readonly cdkId: string
  readonly type: CdkEventType
  /** Milliseconds since 1970, UTC. */
  readonly at: number
  readonly actorPseudonym: string
  /** Hex; see `commit`. */
  readonly commitment: string
}

export interface CdkEvent extends CdkEventFacts {
  /** 0 for the import, then without gaps. */
  readonly seq: number
  /** Hash of the event before; NO_EVENT for the first. */
  readonly prevHash: string
  readonly hash: string
}

export const NO_EVENT = '0'.repeat(64)

/**
 * The bytes whose SHA-256 is the event's hash: the canonical JSON (RFC 8785) of every member but the hash itself, behind a
 * name of its own. The members stand here in canonical order, so that an import need not sort them a million times.
 */
export function eventPreimage(event: Omit<CdkEvent, 'hash'>): Bytes {
  const { actorPseudonym, at, cdkId, commitment, merchantId, prevHash, seq, type } = event
  return utf8(
    `keybond/cdk-event/v1\n${JSON.stringify({ actorPseudonym, at, cdkId, commitment, merchantId, prevHash, seq, type })}`,
  )
}

/**
 * The next event of a CDK's chain; `previous` is its last event, read under the CDK's row lock, and null for the import.
 * Of two transactions the later to lock may carry the earlier time: time never runs backwards in a chain.
 */
export function chainEvent(sha256: Sha256, previous: CdkEvent | null, facts: CdkEventFacts): CdkEvent {
  invariant((previous === null) === (facts.type === 'imported'), 'a CDK is imported once, before anything else')
  if (previous) {
    const same = previous.merchantId === facts.merchantId && previous.cdkId === facts.cdkId
    invariant(same, `event of ${facts.cdkId} after one of ${previous.cdkId}`)
  }
  const event = {
    merchantId: facts.merchantId,
    cdkId: facts.cdkId,
    seq: previous ? previous.seq + 1 : 0,
    type: facts.type,
    at: Math.max(facts.at, previous?.at ?? 0),
    actorPseudonym: facts.actorPseudonym,
    commitment: facts.commitment,
    prevHash: previous?.hash ?? NO_EVENT,
  }
  return { ...event, hash: toHex(sha256(eventPreimage(event))) }
}
