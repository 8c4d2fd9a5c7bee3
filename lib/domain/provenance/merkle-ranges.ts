import { invariant } from '@/lib/kernel/invariant'
import type { Digest, Sha256 } from './digest'
import { nodeHash } from './merkle-hash'

/** Leaves `start` to `end`, `end` excluded. */
export interface LeafRange {
  readonly start: number
  readonly end: number
}

/** A complete subtree: leaves `index * 2^level` to `(index + 1) * 2^level`, the end excluded. */
export interface TreeNode {
  readonly level: number
  readonly index: number
}

/** RFC 6962 2.1.1, PATH(index, D[size]): the ranges whose hashes are the inclusion proof, leaf first. */
export function inclusionRanges(index: number, size: number): LeafRange[] {
  requireSizes(index + 1, size)
  const path = (start: number, end: number): LeafRange[] => {
    if (end - start === 1) return []
    const split = start + largestPowerBelow(end - start)
    return index < split ? [...path(start, split), { start: split, end }] : [...path(split, end), { start, end: split }]
  }
  return path(0, size)
}

/** RFC 6962 2.1.2, PROOF(oldSize, D[size]): the ranges whose hashes are the consistency proof. None from nothing. */
export function consistencyRanges(oldSize: number, size: number): LeafRange[] {
  requireSizes(oldSize, size)
  const proof = (start: number, end: number, known: boolean): LeafRange[] => {
    if (oldSize === end) return known ? [] : [{ start, end }]
    const split = start + largestPowerBelow(end - start)
    return oldSize <= split
      ? [...proof(start, split, known), { start: split, end }]
      : [...proof(split, end, false), { start, end: split }]
  }
  return oldSize === 0 ? [] : proof(0, size, true)
}

/** The complete subtrees that make up a range of a proof, biggest first. */
export function subtreesOf({ start, end }: LeafRange): TreeNode[] {
  const nodes: TreeNode[] = []
  for (let at = start; at < end;) {
    let [level, width] = [0, 1]
    while (width * 2 <= end - at) [level, width] = [level + 1, width * 2]
    nodes.push({ level, index: at / width })
    at += width
  }
  return nodes
}

/** The Merkle Tree Hash of a range of a proof, out of the hashes of its complete subtrees. */
export function rangeHash(sha256: Sha256, range: LeafRange, hashOf: (node: TreeNode) => Digest): Digest {
  return foldSubtrees(sha256, subtreesOf(range).map(hashOf))
}

/** Joins the hashes of complete subtrees, biggest first, from the right. */
export function foldSubtrees(sha256: Sha256, hashes: readonly Digest[]): Digest {
  if (hashes.length === 0) return sha256(new Uint8Array())
  return hashes.reduceRight((right, left) => nodeHash(sha256, left, right))
}

/** The k of the RFC: the largest power of two below `n`, for n above 1. */
function largestPowerBelow(n: number): number {
  let power = 1
  while (power * 2 < n) power *= 2
  return power
}

function requireSizes(part: number, whole: number): void {
  const sound = Number.isSafeInteger(part) && Number.isSafeInteger(whole) && part >= 0 && part <= whole
  invariant(sound, `no proof of ${part} in a tree of ${whole}`)
}
