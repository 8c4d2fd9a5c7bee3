import { invariant } from '@/lib/kernel/invariant'
import { EMPTY_TREE, appendLeaves, treeRoot } from './compact-range'
import type { Digest, Sha256 } from './digest'
import { decodeTile } from './entry-bundle'
import {
  type LeafRange,
  type TreeNode,
  consistencyRanges,
  inclusionRanges,
  rangeHash,
  subtreesOf,
} from './merkle-ranges'
import { TILE_WIDTH, type TileRef, type TileShelf, tilePath, tileWidth } from './tile-path'

const LEVELS_PER_TILE = 8

/** Paths of the tiles that `inclusionProof` reads: a handful, whatever the size. */
export function tilesForInclusion(index: number, size: number): string[] {
  return tilesFor(inclusionRanges(index, size), size)
}

export function tilesForConsistency(oldSize: number, size: number): string[] {
  return tilesFor(consistencyRanges(oldSize, size), size)
}

/** The proof that leaf `index` is in the tree of `size` leaves, from the tiles of that tree. */
export function inclusionProof(sha256: Sha256, index: number, size: number, shelf: TileShelf): Digest[] {
  return inclusionRanges(index, size).map((range) => rangeHash(sha256, range, nodeReader(sha256, size, shelf)))
}

/** The proof that the tree of `size` leaves begins with the tree of `oldSize`. */
export function consistencyProof(sha256: Sha256, oldSize: number, size: number, shelf: TileShelf): Digest[] {
  return consistencyRanges(oldSize, size).map((range) => rangeHash(sha256, range, nodeReader(sha256, size, shelf)))
}

function tilesFor(ranges: readonly LeafRange[], size: number): string[] {
  return [...new Set(ranges.flatMap(subtreesOf).map((node) => tilePath(placeOf(node, size).ref)))]
}

function nodeReader(sha256: Sha256, size: number, shelf: TileShelf): (node: TreeNode) => Digest {
  return (node) => {
    const { ref, from, count } = placeOf(node, size)
    const bytes = shelf.get(tilePath(ref))
    const hashes = bytes && decodeTile(bytes)
    invariant(hashes?.length === ref.width, `${tilePath(ref)} is missing or of another width`)
    return treeRoot(sha256, appendLeaves(sha256, EMPTY_TREE, hashes.slice(from, from + count)))
  }
}

/** Where a node is found: the tile, and which of its hashes make it up. */
function placeOf({ level, index }: TreeNode, size: number): { ref: TileRef; from: number; count: number } {
  const tileLevel = Math.floor(level / LEVELS_PER_TILE)
  const count = 2 ** (level % LEVELS_PER_TILE)
  const first = index * count
  const tile = Math.floor(first / TILE_WIDTH)
  return {
    ref: { level: tileLevel, index: tile, width: tileWidth(tileLevel, tile, size) },
    from: first - tile * TILE_WIDTH,
    count,
  }
}
