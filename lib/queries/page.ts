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

/** Every row carries how many were found, so that counting needs no statement of its own. */
const Counted = z.looseObject({ listFound: z.int() })

export interface ListStatement {
  readonly columns: Sql
  /** FROM .. WHERE, without ORDER BY. */
  readonly from: Sql
  readonly orderBy: Sql
}

/** One page of a list in one statement, whatever its length. A page beyond the last shows the last. */
export async function selectPage<Row>(
  db: Tx,
  row: z.ZodType<Row>,
  { columns, from, orderBy }: ListStatement,
  wanted: number,
  size = PAGE_SIZE,
): Promise<Page<Row>> {
  const asked = Math.max(1, wanted)
  const raw = await selectRows(
    db,
    Counted,
    sql`
      WITH counted AS MATERIALIZED (
        SELECT count(*)::int AS found FROM (SELECT 1 FROM ${from} LIMIT ${MOST_COUNTED + 1}) AS upto
      )
      SELECT ${columns}, (SELECT found FROM counted) AS "listFound" FROM ${from}
      ORDER BY ${orderBy} LIMIT ${size}
      OFFSET (SELECT least(${asked - 1}::int, greatest(0, (least(found, ${MOST_COUNTED}::int) - 1) / ${size}::int)) * ${size}::int FROM counted)`,
  )
  // The last page of a list that is not empty has a row, so no row means that nothing was found.
  const found = raw[0]?.listFound ?? 0
  const total = Math.min(found, MOST_COUNTED)
  const pages = Math.max(1, Math.ceil(total / size))
  return {
    rows: raw.map((each) => row.parse(each)),
    page: Math.min(asked, pages),
    pages,
    total,
    more: found > MOST_COUNTED,
  }
}

/** A LIKE pattern that finds `text` anywhere, its own % and _ taken literally. */
export function containing(text: string): string {
  return `%${text.replaceAll(/[\\%_]/gu, String.raw`\$&`)}%`
}

/** A LIKE pattern that finds what starts with `text`. */
export function startingWith(text: string): string {
  return containing(text).slice(1)
}
