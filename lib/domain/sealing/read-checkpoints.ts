import { z } from 'zod'
import { type Sql, type Tx, selectRows, sql } from '@/lib/domain/tx'

const Row = z.object({
  size: z.number(),
  note: z.string(),
  witnesses: z.array(z.string()),
  lines: z.array(z.string()),
})

/** A published tree head. */
export interface PublishedCheckpoint {
  readonly size: number
  /** The signed note with the lines of the witnesses below the log's own. */
  readonly note: string
  /** The vkeys of those witnesses. */
  readonly witnesses: readonly string[]
}

const LARGEST = Number.MAX_SAFE_INTEGER

/** The newest checkpoint, as it is served; null before the first. */
export async function findCheckpoint(tx: Tx, notAbove = LARGEST): Promise<PublishedCheckpoint | null> {
  return find(tx, sql`SELECT * FROM log_checkpoint WHERE size <= ${notAbove}::bigint ORDER BY size DESC LIMIT 1`)
}

/** The newest that a witness has cosigned. */
export async function findCosigned(tx: Tx): Promise<PublishedCheckpoint | null> {
  return find(tx, sql`SELECT * FROM log_checkpoint WHERE size = (SELECT max(size) FROM log_cosignature)`)
}

export async function findOldestCheckpoint(tx: Tx): Promise<PublishedCheckpoint | null> {
  return find(tx, sql`SELECT * FROM log_checkpoint ORDER BY size LIMIT 1`)
}

async function find(tx: Tx, which: Sql): Promise<PublishedCheckpoint | null> {
  const [row] = await selectRows(
    tx,
    Row,
    sql`
      SELECT c.size::float8 AS size, c.note,
             ARRAY(SELECT w.witness FROM log_cosignature w WHERE w.size = c.size ORDER BY w.witness) AS witnesses,
             ARRAY(SELECT w.line FROM log_cosignature w WHERE w.size = c.size ORDER BY w.witness) AS lines
      FROM (${which}) AS c`,
  )
  if (!row) return null
  const { size, note, witnesses, lines } = row
  return { size, note: note + lines.map((line) => `${line}\n`).join(''), witnesses }
}
