import { invariant } from '@/lib/kernel/invariant'
import { type Bytes, concat } from './bytes'
import { type CompactRange, EMPTY_TREE, appendLeaves, treeRoot } from './compact-range'
import type { Digest, Sha256 } from './digest'
import { decodeTile } from './entry-bundle'
import { TILE_WIDTH, type TileRef, type TileShelf, tilePath, tileWidth } from './tile-path'

export interface Tile {
  readonly ref: TileRef
  readonly bytes: Bytes
}

/** The partial tiles at the right edge of a tree, lowest level first: what new leaves are added to. */
export interface TileEdge {
  readonly size: number
  readonly levels: readonly (readonly Digest[])[]
}

export const EMPTY_EDGE: TileEdge = { size: 0, levels: [] }

/** The partial tiles of hashes in a tree of `size` leaves; `readEdge` takes them to go on with. */
export function edgeTiles(size: number): TileRef[] {
  const refs: TileRef[] = []
  for (let level = 0; TILE_WIDTH ** level <= size; level++) {
    const index = Math.floor(size / TILE_WIDTH ** (level + 1))
    const width = tileWidth(level, index, size)
    if (width > 0) refs.push({ level, index, width })
  }
  return refs
}

/** The edge of a tree of `size` leaves, out of the bytes of its partial tiles (`edgeTiles`). */
export function readEdge(size: number, shelf: TileShelf): TileEdge {
  const levels: Digest[][] = []
  for (let level = 0; TILE_WIDTH ** level <= size; level++) {
    const ref = edgeTiles(size).find((edge) => edge.level === level)
    const bytes = ref && shelf.get(tilePath(ref))
    const hashes = bytes ? decodeTile(bytes) : []
    invariant(
      hashes?.length === (ref?.width ?? 0),
      `the edge of a tree of ${size} leaves lacks its tile of level ${level}`,
    )
    levels.push(hashes)
  }
  return { size, levels }
}

/** The tree whose right edge this is. Its tiles were hashed as they filled up, so this costs a few hashes a level and none a leaf. */
export function edgeTree(sha256: Sha256, { size, levels }: TileEdge): CompactRange {
  const hashes = levels.toReversed().flatMap((partial) => appendLeaves(sha256, EMPTY_TREE, partial).hashes)
  return { size, hashes }
}

/**
 * Adds leaves and says which tiles of hashes are to be written: each one completed, and the partial ones that grew. A tile
 * is written whole, so writing it again changes nothing.
 */
export function growTiles(
  sha256: Sha256,
  edge: TileEdge,
  leafHashes: readonly Digest[],
): { readonly edge: TileEdge; readonly tiles: readonly Tile[] } {
  const tiles: Tile[] = []
  const levels: Digest[][] = []
  let fresh = leafHashes
  for (let level = 0; level < edge.levels.length || fresh.length > 0; level++) {
    const hashes = [...(edge.levels[level] ?? []), ...fresh]
    // How many tiles of this level are full already.
    let index = Math.floor(edge.size / TILE_WIDTH ** (level + 1))
    const above: Digest[] = []
    let from = 0
    for (; hashes.length - from >= TILE_WIDTH; from += TILE_WIDTH) {
      const full = hashes.slice(from, from + TILE_WIDTH)
      tiles.push({ ref: { level, index, width: TILE_WIDTH }, bytes: concat(...full) })
      above.push(treeRoot(sha256, appendLeaves(sha256, EMPTY_TREE, full)))
      index += 1
    }
    const rest = hashes.slice(from)
    if (rest.length > 0 && fresh.length > 0) {
      tiles.push({ ref: { level, index, width: rest.length }, bytes: concat(...rest) })
    }
    levels.push(rest)
    fresh = above
  }
  return { edge: { size: edge.size + leafHashes.length, levels }, tiles }
}
