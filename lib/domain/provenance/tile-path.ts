import type { Bytes } from './bytes'

/** Hashes of a full tile (C2SP tlog-tiles), and entries of a full bundle. */
export const TILE_WIDTH = 256
const MAX_LEVEL = 63

/** One static resource of the log: a tile of hashes at a level, or a bundle of entries. */
export interface TileRef {
  readonly level: number | 'entries'
  readonly index: number
  /** How many hashes or entries; below TILE_WIDTH the tile is partial. */
  readonly width: number
}

/** Bytes of tiles by path. */
export type TileShelf = ReadonlyMap<string, Bytes>

const PATH = /^tile\/(entries|0|[1-9]\d?)\/((?:x\d{3}\/)*\d{3})(?:\.p\/([1-9]\d{0,2}))?$/u

/** `tile/<L>/<N>[.p/<W>]`, `tile/entries/<N>[.p/<W>]`; 1234067 is written x001/x234/067. */
export function tilePath({ level, index, width }: TileRef): string {
  return `tile/${level}/${indexPath(index)}${width === TILE_WIDTH ? '' : `.p/${width}`}`
}

/** The resource a path names; null for any other spelling than `tilePath`'s. */
export function parseTilePath(path: string): TileRef | null {
  const match = PATH.exec(path)
  if (!match) return null
  const [, level = '', digits = '', partial] = match
  const ref: TileRef = {
    level: level === 'entries' ? level : Number(level),
    index: Number(digits.replaceAll(/[x/]/gu, '')),
    width: partial === undefined ? TILE_WIDTH : Number(partial),
  }
  const known = ref.level === 'entries' || ref.level <= MAX_LEVEL
  return known && Number.isSafeInteger(ref.index) && tilePath(ref) === path ? ref : null
}

/** How wide the tile at this place is in a tree of `size` leaves: 0 when it does not exist yet. */
export function tileWidth(level: number | 'entries', index: number, size: number): number {
  const hashes = Math.floor(size / TILE_WIDTH ** (level === 'entries' ? 0 : level))
  return Math.max(0, Math.min(TILE_WIDTH, hashes - index * TILE_WIDTH))
}

function indexPath(index: number): string {
  const groups = String(index)
    .padStart(Math.ceil(String(index).length / 3) * 3, '0')
    .match(/\d{3}/gu)
  return (groups ?? []).map((group, at, all) => (at < all.length - 1 ? `x${group}` : group)).join('/')
}
