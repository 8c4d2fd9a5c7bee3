import { type Bytes, NO_EVENT, type Sha256, commit, fromHex, toHex, utf8 } from '@/lib/domain/provenance'
import { canonicalJson, type Json } from '@/lib/kernel/canonical-json'
import { invariant } from '@/lib/kernel/invariant'

/** One entry as it is hashed; whoever has body and salt can check the commitment, whoever has the rest the chain. */
export interface CaseEntryFacts {
  readonly complaintId: string
  /** 0 for `opened`, then without gaps. */
  readonly seq: number
  readonly type: string
  /** Milliseconds since 1970, UTC. */
  readonly at: number
  /** As in the provenance log, within the order. */
  readonly actorPseudonym: string
  /** Hex over salt and body. */
  readonly commitment: string
  /** Hash of the entry before, hex; NO_EVENT for the first. */
  readonly prevHash: string
}

export const NO_ENTRY = NO_EVENT

/** The commitment of an entry's body, hex. */
export function commitEntry(sha256: Sha256, salt: Bytes, body: Json): string {
  return commit(sha256, salt, { body: canonicalJson(body) })
}

/** The bytes whose SHA-256 is the entry's hash. Pure: runs in a browser too. */
export function entryPreimage(entry: CaseEntryFacts): Bytes {
  const { actorPseudonym, at, commitment, complaintId, prevHash, seq, type } = entry
  return utf8(
    `keybond/case-entry/v1\n${canonicalJson({ actorPseudonym, at, commitment, complaintId, prevHash, seq, type })}`,
  )
}

/** The entry's hash. */
export function entryHash(sha256: Sha256, entry: CaseEntryFacts): Bytes {
  const hash = fromHex(toHex(sha256(entryPreimage(entry))))
  invariant(hash, 'a digest is hex')
  return hash
}
