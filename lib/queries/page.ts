import { z } from 'zod'
import { type Sql, type Tx, selectRows, sql } from '@/lib/domain/tx'

export const PAGE_SIZE = 25
/** Counting stops here: nobody pages further, and a count over millions of rows would be what the page waits for. */
const MOST_COUNTED = 10_000

/** One page of a list. `total` stops at MOST_COUNTED; `more` says that it did. */
export interface Page<Row> {
  readonly rows: readonly Row[]
  readonly page: number
  readonly pages: number
  readonly total: number
  readonly more: boolean
}

export interface ListStatement {
  readonly columns: Sql
  /** FROM .. WHERE, without ORDER BY. */
  readonly from: Sql
  readonly orderBy: Sql
}

/** One page of a list in two statements, whatever its length. A page beyond the last shows the last. */
export async function selectPage<Row>(
  db: Tx,
  row: z.ZodType<Row>,
  { columns, from, orderBy }: ListStatement,
  wanted: number,
  size = PAGE_SIZE,
): Promise<Page<Row>> {
  const [counted] = await selectRows(
    db,
    z.object({ total: z.number() }),
    sql`SELECT count(*)::int AS total FROM (SELECT 1 FROM ${from} LIMIT ${MOST_COUNTED + 1}) AS counted`,
  )
  const found = counted?.total ?? 0
  const total = Math.min(found, MOST_COUNTED)
  const pages = Math.max(1, Math.ceil(total / size))
  const page = Math.min(Math.max(1, wanted), pages)
  const rows = await selectRows(
    db,
    row,
    sql`SELECT ${columns} FROM ${from} ORDER BY ${orderBy} LIMIT ${size} OFFSET ${(page - 1) * size}`,
  )
  return { rows, page, pages, total, more: found > MOST_COUNTED }
}

/** A LIKE pattern that finds `text` anywhere, its own % and _ taken literally. */
export function containing(text: string): string {
  return `%${text.replaceAll(/[\\%_]/gu, String.raw`\$&`)}%`
}

/** A LIKE pattern that finds what starts with `text`. */
export function startingWith(text: string): string {
  return containing(text).slice(1)
}
