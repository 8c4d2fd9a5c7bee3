import { type Bytes, sameBytes } from './bytes'
import { type CompactRange, EMPTY_TREE, appendLeaves, treeRoot } from './compact-range'
import type { Digest, Sha256 } from './digest'
import { decodeEntries, decodeTile } from './entry-bundle'
import { EMPTY_EDGE, type TileEdge, growTiles } from './grow-tiles'
import { leafHash } from './merkle-hash'
import { TILE_WIDTH, type TileRef, tilePath, tileWidth } from './tile-path'
import type { TreeHead } from './verify-proofs'

/** Reads a resource of the log by path; null when there is none. */
export type ReadTile = (path: string) => Promise<Bytes | null>

export interface TileAudit {
  /** Paths of the resources that are not what the signed root stands for, with the first position that differs. */
  readonly wrong: readonly { readonly path: string; readonly at: number }[]
  /** False when neither the entries nor the hashes lead to the root: then it cannot be told which of them changed. */
  readonly rootFound: boolean
}

interface Side {
  tree: CompactRange
  edge: TileEdge
  /** Tiles above level 0 as this side makes them. */
  above: Map<string, Bytes>
}

/**
 * Reads every tile and entry bundle of a tree, one after the other, and holds them against the signed root. The root is
 * made twice, from the entries and from the leaf hashes; the side that leads to it convicts the other.
 */
export async function auditTiles(sha256: Sha256, head: TreeHead, read: ReadTile): Promise<TileAudit> {
  const byEntries: Side = { tree: EMPTY_TREE, edge: EMPTY_EDGE, above: new Map() }
  const byHashes: Side = { tree: EMPTY_TREE, edge: EMPTY_EDGE, above: new Map() }
  const differences: { readonly entries: TileRef; readonly hashes: TileRef; readonly at: number }[] = []
  for (let index = 0; index * TILE_WIDTH < head.size; index++) {
    const width = tileWidth(0, index, head.size)
    const [entries, hashes] = [{ level: 'entries', index, width } as const, { level: 0, index, width } as const]
    const fromEntries = ((await decodeAt(read, entries, decodeEntries)) ?? []).map((entry) => leafHash(sha256, entry))
    const stored = (await decodeAt(read, hashes, decodeTile)) ?? []
    const at = firstDifference(fromEntries, stored)
    if (at !== null) differences.push({ entries, hashes, at })
    grow(sha256, byEntries, fromEntries)
    grow(sha256, byHashes, stored)
  }
  const leads = (side: Side) => side.tree.size === head.size && sameBytes(treeRoot(sha256, side.tree), head.root)
  const truth = [byEntries, byHashes].find(leads)
  if (!truth) return { wrong: differences.flatMap(both), rootFound: false }
  const wrong = differences.map(({ entries, hashes, at }) => ({
    path: tilePath(truth === byEntries ? hashes : entries),
    at,
  }))
  for (const [path, expected] of truth.above) {
    const stored = await read(path)
    const at = firstDifference(decodeTile(expected) ?? [], (stored && decodeTile(stored)) ?? [])
    if (at !== null) wrong.push({ path, at })
  }
  return { wrong, rootFound: true }
}

function grow(sha256: Sha256, side: Side, leaves: readonly Digest[]): void {
  const { edge, tiles } = growTiles(sha256, side.edge, leaves)
  side.edge = edge
  side.tree = appendLeaves(sha256, side.tree, leaves)
  for (const { ref, bytes } of tiles) {
    if (ref.level === 0) continue
    // A partial tile that has grown takes the place of its narrower self.
    side.above.delete(tilePath({ ...ref, width: ref.width - 1 }))
    side.above.set(tilePath(ref), bytes)
  }
}

async function decodeAt<T>(read: ReadTile, ref: TileRef, decode: (bytes: Bytes) => T[] | null): Promise<T[] | null> {
  const bytes = await read(tilePath(ref))
  return bytes && decode(bytes)
}

function firstDifference(one: readonly Digest[], other: readonly Digest[]): number | null {
  const length = Math.max(one.length, other.length)
  for (let at = 0; at < length; at++) {
    const [left, right] = [one[at], other[at]]
    if (!left || !right || !sameBytes(left, right)) return at
  }
  return null
}

const both = ({ entries, hashes, at }: { entries: TileRef; hashes: TileRef; at: number }) => [
  { path: tilePath(entries), at },
  { path: tilePath(hashes), at },
]
