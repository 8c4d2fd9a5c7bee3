import { type Bytes, concat } from './bytes'
import type { Digest, Sha256 } from './digest'

/** RFC 6962 2.1: leaves and inner nodes are hashed under different first bytes, so neither can pass for the other. */
export function leafPreimage(entry: Uint8Array): Bytes {
  return concat(Uint8Array.of(0), entry)
}

export function nodePreimage(left: Digest, right: Digest): Bytes {
  return concat(Uint8Array.of(1), left, right)
}

export function leafHash(sha256: Sha256, entry: Uint8Array): Digest {
  return sha256(leafPreimage(entry))
}

export function nodeHash(sha256: Sha256, left: Digest, right: Digest): Digest {
  return sha256(nodePreimage(left, right))
}
