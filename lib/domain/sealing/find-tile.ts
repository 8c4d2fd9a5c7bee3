import { type Bytes, parseTilePath } from '@/lib/domain/provenance'
import type { Tx } from '@/lib/domain/tx'
import { readShelf } from './stored-tiles'

/** The tile or entry bundle at a path of C2SP tlog-tiles; null when there is none (yet), or when the path is spelt otherwise. */
export async function findTile(tx: Tx, path: string): Promise<Bytes | null> {
  if (!parseTilePath(path)) return null
  return (await readShelf(tx, [path])).get(path) ?? null
}
