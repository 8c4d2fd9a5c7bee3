import { sameBytes } from './bytes'
import { type Digest, digest } from './digest'
import { nodePreimage } from './merkle-hash'

export interface TreeHead {
  readonly size: number
  readonly root: Digest
}

/** RFC 9162 2.1.3.2: whether `leaf` (a leaf's hash) is number `index` of the tree. */
export async function verifyInclusion(
  leaf: Digest,
  index: number,
  { size, root }: TreeHead,
  proof: readonly Digest[],
): Promise<boolean> {
  if (!isIndex(index) || !isIndex(size) || index >= size) return false
  let [fn, sn, hash] = [index, size - 1, leaf]
  for (const step of proof) {
    if (sn === 0) return false
    if (fn % 2 === 1 || fn === sn) {
      hash = await join(step, hash)
      while (fn % 2 === 0 && fn !== 0) [fn, sn] = [half(fn), half(sn)]
    } else hash = await join(hash, step)
    ;[fn, sn] = [half(fn), half(sn)]
  }
  return sn === 0 && sameBytes(hash, root)
}

/** RFC 9162 2.1.4.2: whether the newer tree begins with all of the older one, unchanged and in the same order. */
export async function verifyConsistency(older: TreeHead, newer: TreeHead, proof: readonly Digest[]): Promise<boolean> {
  if (!isIndex(older.size) || !isIndex(newer.size) || older.size > newer.size) return false
  if (older.size === newer.size) return proof.length === 0 && sameBytes(older.root, newer.root)
  // Every tree goes on from the empty one; its root is a constant and must be stated right all the same.
  if (older.size === 0) return proof.length === 0 && sameBytes(older.root, await digest(new Uint8Array()))
  const [first, ...rest] = isPowerOfTwo(older.size) ? [older.root, ...proof] : proof
  if (!first || proof.length === 0) return false
  let [fn, sn, fr, sr] = [older.size - 1, newer.size - 1, first, first]
  while (fn % 2 === 1) [fn, sn] = [half(fn), half(sn)]
  for (const step of rest) {
    if (sn === 0) return false
    if (fn % 2 === 1 || fn === sn) {
      ;[fr, sr] = [await join(step, fr), await join(step, sr)]
      while (fn % 2 === 0 && fn !== 0) [fn, sn] = [half(fn), half(sn)]
    } else sr = await join(sr, step)
    ;[fn, sn] = [half(fn), half(sn)]
  }
  return sn === 0 && sameBytes(fr, older.root) && sameBytes(sr, newer.root)
}

const join = (left: Digest, right: Digest) => digest(nodePreimage(left, right))
const half = (n: number) => Math.floor(n / 2)
const isIndex = (n: number) => Number.isSafeInteger(n) && n >= 0

function isPowerOfTwo(n: number): boolean {
  let rest = n
  while (rest % 2 === 0) rest /= 2
  return rest === 1
}
