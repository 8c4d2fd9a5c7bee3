import { invariant } from '@/lib/kernel/invariant'
import { concat } from './bytes'
import { decodeEntries, encodeEntries } from './entry-bundle'
import type { Tile } from './grow-tiles'
import { TILE_WIDTH, type TileRef, type TileShelf, tilePath, tileWidth } from './tile-path'

/** The partial entry bundle at the right edge of a tree of `size` leaves; null when its last bundle is full. */
export function edgeEntries(size: number): TileRef | null {
  const index = Math.floor(size / TILE_WIDTH)
  const width = tileWidth('entries', index, size)
  return width > 0 ? { level: 'entries', index, width } : null
}

/** The entry bundles to write when these entries come behind the first `size`; `shelf` has the partial one (`edgeEntries`). */
export function growEntries(size: number, shelf: TileShelf, entries: readonly Uint8Array[]): Tile[] {
  const ref = edgeEntries(size)
  const partial = ref ? shelf.get(tilePath(ref)) : new Uint8Array()
  invariant(
    partial && decodeEntries(partial)?.length === (ref?.width ?? 0),
    `a log of ${size} entries lacks its last bundle`,
  )
  const tiles: Tile[] = []
  let [index, from, before] = [Math.floor(size / TILE_WIDTH), 0, partial]
  while (from < entries.length) {
    const held = index * TILE_WIDTH < size ? size - index * TILE_WIDTH : 0
    const some = entries.slice(from, from + TILE_WIDTH - held)
    tiles.push({
      ref: { level: 'entries', index, width: held + some.length },
      bytes: concat(before, encodeEntries(some)),
    })
    ;[index, from, before] = [index + 1, from + some.length, new Uint8Array()]
  }
  return tiles
}
