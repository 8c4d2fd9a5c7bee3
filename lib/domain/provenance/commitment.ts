import { canonicalJson } from '@/lib/kernel/canonical-json'
import { invariant } from '@/lib/kernel/invariant'
import { type Bytes, concat, toHex, utf8 } from './bytes'
import { DIGEST_BYTES, type Sha256 } from './digest'

/** What an event says beyond its public columns, such as `{ orderId }`: only a salted commitment of it is chained. */
export type CommittedData = { readonly [key: string]: Scalar | readonly Scalar[] }
type Scalar = string | number | boolean | null

const DOMAIN = utf8('keybond/commitment/v1\n')

/** A fresh salt. Whoever destroys it has made the data behind its commitment unprovable and unguessable for good. */
export function newSalt(): Bytes {
  return crypto.getRandomValues(new Uint8Array(DIGEST_BYTES))
}

/** What is hashed: the salt's length is fixed, so salt and data cannot trade places. */
export function commitmentPreimage(salt: Bytes, data: CommittedData): Bytes {
  invariant(salt.length === DIGEST_BYTES, 'a salt has 32 bytes')
  return concat(DOMAIN, salt, utf8(canonicalJson(data)))
}

/** The commitment as lower-case hex: binds to `data`, tells nothing of it without the salt. */
export function commit(sha256: Sha256, salt: Bytes, data: CommittedData): string {
  return toHex(sha256(commitmentPreimage(salt, data)))
}
