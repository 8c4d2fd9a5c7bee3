import { z } from 'zod'
import {
  type Bytes,
  type Tile,
  type TileRef,
  type TileShelf,
  concat,
  parseTilePath,
  tilePath,
} from '@/lib/domain/provenance'
import { type Tx, selectRows, sql } from '@/lib/domain/tx'
import { invariant } from '@/lib/kernel/invariant'

/** In the column `level`, entry bundles stand below the tiles of hashes. */
const ENTRIES_LEVEL = -1
const HASH_BYTES = 32

const Row = z.object({ level: z.number(), index: z.number(), width: z.number(), bytes: z.instanceof(Uint8Array) })

/** The tiles at `paths` as they were when they were as wide as the path says; what is not that wide (yet) is not on the shelf. */
export async function readShelf(tx: Tx, paths: readonly string[]): Promise<TileShelf> {
  const refs = paths.map((path) => {
    const ref = parseTilePath(path)
    invariant(ref, `${path} is no path of a tile`)
    return ref
  })
  const rows = await selectRows(
    tx,
    Row,
    sql`
      SELECT level, index::float8 AS index, width, bytes FROM log_tile
      WHERE (level, index) IN (
        SELECT * FROM unnest(${refs.map(storedLevel)}::smallint[], ${refs.map(({ index }) => index)}::bigint[]))`,
  )
  const stored = new Map(rows.map((row) => [`${row.level}/${row.index}`, row]))
  return new Map(
    refs.flatMap((ref) => {
      const row = stored.get(`${storedLevel(ref)}/${ref.index}`)
      const bytes = row && firstOf(ref, row)
      return bytes ? [[tilePath(ref), bytes] as const] : []
    }),
  )
}

/** Writes tiles, each in its widest form. They go as one string of bytes: arrays of bytes are sent as text, at twice the size. */
export async function storeTiles(tx: Tx, tiles: readonly Tile[]): Promise<void> {
  const lengths = tiles.map(({ bytes }) => bytes.length)
  let end = 0
  const starts = lengths.map((length) => (end += length) - length + 1)
  await tx.$executeRaw(sql`
    INSERT INTO log_tile (level, index, width, bytes)
    SELECT level, index, width, substring(${concat(...tiles.map(({ bytes }) => bytes))}::bytea FROM start FOR length)
    FROM unnest(
      ${tiles.map(({ ref }) => storedLevel(ref))}::smallint[], ${tiles.map(({ ref }) => ref.index)}::bigint[],
      ${tiles.map(({ ref }) => ref.width)}::int[], ${starts}::int[], ${lengths}::int[]) AS tile (level, index, width, start, length)
    ON CONFLICT (level, index) DO UPDATE SET width = EXCLUDED.width, bytes = EXCLUDED.bytes`)
}

function storedLevel({ level }: TileRef): number {
  return level === 'entries' ? ENTRIES_LEVEL : level
}

/** A narrower tile is the beginning of a wider one. Entries say their lengths; where the last wanted one ends is counted. */
function firstOf({ level, width }: TileRef, stored: z.infer<typeof Row>): Bytes | null {
  if (stored.width < width) return null
  if (stored.width === width) return new Uint8Array(stored.bytes)
  if (level !== 'entries') return new Uint8Array(stored.bytes.subarray(0, width * HASH_BYTES))
  const view = new DataView(stored.bytes.buffer, stored.bytes.byteOffset, stored.bytes.byteLength)
  let end = 0
  for (let entry = 0; entry < width && end + 2 <= view.byteLength; entry++) end += 2 + view.getUint16(end)
  return new Uint8Array(stored.bytes.subarray(0, end))
}
