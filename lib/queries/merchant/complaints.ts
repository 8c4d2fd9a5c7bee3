import { z } from 'zod'
import { FAILURES, type Failure } from '@/lib/domain/complaints'
import { type Sql, type Tx, empty, selectRows, sql } from '@/lib/domain/tx'
import { CaseSide, ComplaintOutcome, ComplaintState, Remedy } from '@/lib/infra/prisma/enums'
import { type Page, selectPage, startingWith } from '@/lib/queries/page'

/** Complaints of a CSV that one statement asks for. */
const CHUNK = 1_000

/** `mine`: the merchant is to answer. */
export const COMPLAINT_VIEWS = { mine: 'mine', running: 'running', closed: 'closed' } as const

export interface ComplaintFilter {
  readonly view?: keyof typeof COMPLAINT_VIEWS | undefined
  readonly state?: ComplaintState | undefined
  readonly failure?: Failure | undefined
  /** How the case's or its order's number begins. */
  readonly number?: string | undefined
}

const MerchantComplaintRow = z.object({
  id: z.string(),
  number: z.string(),
  orderId: z.string(),
  orderNumber: z.string(),
  titleZh: z.string(),
  titleEn: z.string().nullable(),
  failure: z.enum(FAILURES),
  demand: z.enum(Remedy),
  /** How many CDKs it is about; 0 for what is wrong with the charge. */
  units: z.number(),
  stakeMinor: z.number(),
  currency: z.string(),
  state: z.enum(ComplaintState),
  outcome: z.enum(ComplaintOutcome).nullable(),
  limited: z.boolean(),
  dueAt: z.date().nullable(),
  openedAt: z.date(),
  repliedAt: z.date().nullable(),
  escalatedAt: z.date().nullable(),
  appealedAt: z.date().nullable(),
  appealBy: z.enum(CaseSide).nullable(),
  closedAt: z.date().nullable(),
  /** Something was said or done in it that the merchant has not seen. */
  unread: z.boolean(),
})
export type MerchantComplaintRow = z.infer<typeof MerchantComplaintRow>

const COLUMNS = sql`
  c.id, c.number, c."orderId", o.number AS "orderNumber", o.snapshot->'product'->>'titleZh' AS "titleZh",
  o.snapshot->'product'->>'titleEn' AS "titleEn", c.failure, c.demand::text AS demand, c."stakeMinor", c.currency, c.state::text AS state,
  c.outcome::text AS outcome, c.limited, c."dueAt", c."openedAt", c."repliedAt", c."escalatedAt", c."appealedAt",
  c."appealBy"::text AS "appealBy", c."closedAt",
  (SELECT count(*)::int FROM complaint_unit u WHERE u."complaintId" = c.id) AS units,
  c."entrySeq" > COALESCE((SELECT r.seq FROM case_read r WHERE r."complaintId" = c.id AND r.side = 'MERCHANT'), -1) AS unread`

// What waits for the merchant first, then what runs, by the clock; what is over by its end.
const BY_DEADLINE = sql`
  CASE c.state WHEN 'OPEN' THEN 0 WHEN 'CLOSED' THEN 2 ELSE 1 END, c."dueAt" NULLS LAST, c."closedAt" DESC, c.id DESC`

/** The merchant's complaints: those that wait for him first, then by their clock. */
export async function listMerchantComplaints(
  db: Tx,
  merchantId: string,
  filter: ComplaintFilter,
  page: number,
): Promise<Page<MerchantComplaintRow>> {
  const statement = { columns: COLUMNS, from: complaintsOf(merchantId, filter), orderBy: BY_DEADLINE }
  return selectPage(db, MerchantComplaintRow, statement, page)
}

/** The same complaints for a CSV, latest first, a thousand a statement: any number takes the same memory. */
export async function* exportMerchantComplaints(
  db: Tx,
  merchantId: string,
  filter: ComplaintFilter,
  chunk = CHUNK,
): AsyncGenerator<MerchantComplaintRow, void> {
  let last: MerchantComplaintRow | undefined
  do {
    const beyond = last ? sql`AND (c."openedAt", c.id) < (${last.openedAt}::timestamptz, ${last.id}::uuid)` : empty
    const rows: MerchantComplaintRow[] = await selectRows(
      db,
      MerchantComplaintRow,
      sql`
        SELECT ${COLUMNS} FROM ${complaintsOf(merchantId, filter)} ${beyond} ORDER BY c."openedAt" DESC, c.id DESC LIMIT ${chunk}`,
    )
    yield* rows
    last = rows.length < chunk ? undefined : rows.at(-1)
  } while (last)
}

function complaintsOf(merchantId: string, { view, state, failure, number }: ComplaintFilter): Sql {
  return sql`complaint c JOIN "order" o ON o."merchantId" = c."merchantId" AND o.id = c."orderId"
    WHERE c."merchantId" = ${merchantId}::uuid ${view ? sql`AND ${VIEWS[view]}` : empty}
    ${state ? sql`AND c.state = ${state}::"ComplaintState"` : empty}
    ${failure ? sql`AND c.failure = ${failure}` : empty}
    ${number ? sql`AND (c.number LIKE ${startingWith(number)} OR o.number LIKE ${startingWith(number)})` : empty}`
}

const VIEWS: Readonly<Record<keyof typeof COMPLAINT_VIEWS, Sql>> = {
  mine: sql`c.state = 'OPEN'`,
  running: sql`c.state <> 'CLOSED'`,
  closed: sql`c.state = 'CLOSED'`,
}

const Counts = z.object({ mine: z.number(), running: z.number() })

/** How many wait for the merchant, and how many run at all. */
export async function countMerchantComplaints(db: Tx, merchantId: string): Promise<z.infer<typeof Counts>> {
  const [counts] = await selectRows(
    db,
    Counts,
    sql`
      SELECT count(*) FILTER (WHERE ${VIEWS.mine})::int AS mine, count(*)::int AS running
      FROM complaint c WHERE c."merchantId" = ${merchantId}::uuid AND c.state <> 'CLOSED'`,
  )
  return counts ?? { mine: 0, running: 0 }
}
