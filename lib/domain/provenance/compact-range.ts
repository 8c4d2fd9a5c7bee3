import { invariant } from '@/lib/kernel/invariant'
import { type Bytes, concat } from './bytes'
import { DIGEST_BYTES, type Digest, type Sha256 } from './digest'
import { nodeHash } from './merkle-hash'
import { foldSubtrees } from './merkle-ranges'

/** All that is needed to go on with a tree: a hash for each 1 in the binary form of its size, the biggest subtree first. */
export interface CompactRange {
  readonly size: number
  readonly hashes: readonly Digest[]
}

export const EMPTY_TREE: CompactRange = { size: 0, hashes: [] }

/** The tree with more leaves: about one hash a leaf, whatever the size. */
export function appendLeaves(sha256: Sha256, tree: CompactRange, leafHashes: readonly Digest[]): CompactRange {
  const hashes = [...tree.hashes]
  let size = tree.size
  for (const leaf of leafHashes) {
    let hash = leaf
    // As many subtrees are joined as the old size ends in ones.
    for (let rest = size; rest % 2 === 1; rest = (rest - 1) / 2) {
      const left = hashes.pop()
      invariant(left, `a tree of ${size} leaves lacks a subtree`)
      hash = nodeHash(sha256, left, hash)
    }
    hashes.push(hash)
    size += 1
  }
  return { size, hashes }
}

/** The Merkle Tree Hash (RFC 6962 2.1). */
export function treeRoot(sha256: Sha256, tree: CompactRange): Digest {
  return foldSubtrees(sha256, tree.hashes)
}

/** For one column of the sealer's row: the hashes one after the other. */
export function encodeTree(tree: CompactRange): Bytes {
  return concat(...tree.hashes)
}

/** The tree of `size` leaves read back; bytes of another length are not its state. */
export function decodeTree(size: number, bytes: Uint8Array): CompactRange {
  const count = size.toString(2).replaceAll('0', '').length
  invariant(Number.isSafeInteger(size) && bytes.length === count * DIGEST_BYTES, `no state of a tree of ${size} leaves`)
  return {
    size,
    hashes: Array.from({ length: count }, (_, at) => bytes.slice(at * DIGEST_BYTES, (at + 1) * DIGEST_BYTES)),
  }
}
