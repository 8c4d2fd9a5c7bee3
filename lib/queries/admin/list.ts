import { z } from 'zod'
import { type Sql, type Tx, empty, selectRows, sql } from '@/lib/domain/tx'
import { type Page, selectPage } from '@/lib/queries/page'

/** Rows of an export that one statement asks for. */
const CHUNK = 1_000

/** A list that is shown in pages and exported whole, by the same statement. */
export interface AdminList<Row> {
  readonly row: z.ZodType<Row>
  readonly columns: Sql
  /** FROM .. WHERE, without ORDER BY; the condition of an export's next part is added with AND. */
  readonly from: Sql
  /** What it is ordered by: a moment (to the millisecond) that no row is without, then the id. */
  readonly at: Sql
  readonly id: Sql
  readonly oldestFirst?: boolean
}

/** One page of a list, in one statement. */
export async function listPage<Row>(db: Tx, list: AdminList<Row>, page: number): Promise<Page<Row>> {
  return selectPage(db, list.row, { columns: list.columns, from: list.from, orderBy: orderOf(list) }, page)
}

const Keyed = z.looseObject({ keyAt: z.date(), keyId: z.uuid() })

/** Every row of a list, a thousand a statement, each from where the last one ended: any length costs the same memory. */
export async function* allRows<Row>(db: Tx, list: AdminList<Row>, chunk = CHUNK): AsyncGenerator<Row, void> {
  let after: z.infer<typeof Keyed> | undefined
  do {
    const raw: z.infer<typeof Keyed>[] = await selectRows(
      db,
      Keyed,
      sql`
        SELECT ${list.columns}, ${list.at} AS "keyAt", ${list.id} AS "keyId" FROM ${list.from} ${beyond(list, after)}
        ORDER BY ${orderOf(list)} LIMIT ${chunk}`,
    )
    for (const each of raw) yield list.row.parse(each)
    after = raw.length < chunk ? undefined : raw.at(-1)
  } while (after)
}

function beyond<Row>({ at, id, oldestFirst }: AdminList<Row>, after: z.infer<typeof Keyed> | undefined): Sql {
  if (!after) return empty
  const key = sql`(${after.keyAt}::timestamptz, ${after.keyId}::uuid)`
  return oldestFirst ? sql`AND (${at}, ${id}) > ${key}` : sql`AND (${at}, ${id}) < ${key}`
}

function orderOf<Row>({ at, id, oldestFirst }: AdminList<Row>): Sql {
  return oldestFirst ? sql`${at}, ${id}` : sql`${at} DESC, ${id} DESC`
}

/** When something happened, by the days of the address. */
export interface Span {
  readonly from?: Date | undefined
  readonly until?: Date | undefined
}

export function within(at: Sql, { from, until }: Span): Sql {
  return sql`${from ? sql`AND ${at} >= ${from}` : empty} ${until ? sql`AND ${at} < ${until}` : empty}`
}
