import { hash } from 'node:crypto'
import {
  type Bytes,
  type Digest,
  EMPTY_EDGE,
  EMPTY_TREE,
  type Sha256,
  appendLeaves,
  concat,
  encodeEntries,
  growTiles,
  leafHash,
  tilePath,
  treeRoot,
  utf8,
} from '@/lib/domain/provenance'

/** Node's own hash, as a sealer hands it in. */
export const sha256: Sha256 = (bytes) => new Uint8Array(hash('sha256', bytes, 'buffer'))

export const entriesOf = (count: number): Bytes[] => Array.from({ length: count }, (_, at) => utf8(`entry ${at}`))

export const leavesOf = (entries: readonly Bytes[]): Digest[] => entries.map((entry) => leafHash(sha256, entry))

export const rootOf = (leaves: readonly Digest[]): Digest => treeRoot(sha256, appendLeaves(sha256, EMPTY_TREE, leaves))

/** Every resource that a log of these entries serves, by path. */
export function shelfOf(entries: readonly Bytes[]): Map<string, Bytes> {
  const shelf = new Map<string, Bytes>()
  for (const { ref, bytes } of growTiles(sha256, EMPTY_EDGE, leavesOf(entries)).tiles) shelf.set(tilePath(ref), bytes)
  for (let index = 0; index * 256 < entries.length; index++) {
    const some = entries.slice(index * 256, (index + 1) * 256)
    shelf.set(tilePath({ level: 'entries', index, width: some.length }), encodeEntries(some))
  }
  return shelf
}

/** The same bytes with one bit of one of them turned, the lowest by default. */
export function turned(bytes: Uint8Array, at: number, bit = 1): Bytes {
  const copy = concat(bytes)
  copy[at] = (copy[at] ?? 0) ^ bit
  return copy
}
