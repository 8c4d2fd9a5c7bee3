import { z } from 'zod'
import { FAILURES } from '@/lib/domain/complaints'
import { type Tx, selectRows, sql } from '@/lib/domain/tx'
import { ComplaintOutcome, ComplaintState, Remedy } from '@/lib/infra/prisma/enums'
import { type Page, selectPage } from '@/lib/queries/page'
import { STANDING, assignedTo, standingOf } from './role'

const CaseLine = z.object({
  ...STANDING,
  id: z.string(),
  number: z.string(),
  merchant: z.string(),
  failure: z.enum(FAILURES),
  demand: z.enum(Remedy),
  stakeMinor: z.number(),
  currency: z.string(),
  state: z.enum(ComplaintState),
  outcome: z.enum(ComplaintOutcome).nullable(),
  /** The next step that the clock takes. */
  dueAt: z.date().nullable(),
  ruledAt: z.date().nullable(),
  closedAt: z.date().nullable(),
  /** Of the ruling that stands; null before one. */
  forBuyer: z.boolean().nullable(),
})
export type CaseLine = z.infer<typeof CaseLine>

/** More than anybody can have before him: the load is balanced. */
const MOST_OPEN = 200

const FROM = sql`complaint x
  JOIN "order" o ON o."merchantId" = x."merchantId" AND o.id = x."orderId" JOIN merchant m ON m.id = x."merchantId"`

function columnsFor(userId: string) {
  return sql`
    ${standingOf(userId)}, x.id, x.number, m.name AS merchant, x.failure, x.demand::text AS demand, x."stakeMinor", x.currency,
    x.state::text AS state, x.outcome::text AS outcome, x."dueAt", x."ruledAt", x."closedAt",
    (SELECT r."forBuyer" FROM ruling r WHERE r."complaintId" = x.id ORDER BY r.appeal DESC LIMIT 1) AS "forBuyer"`
}

/** An arbitrator's own cases that are not closed, by the time until which each should be ruled. */
export async function listMyCases(db: Tx, userId: string): Promise<CaseLine[]> {
  return selectRows(
    db,
    CaseLine,
    sql`
      SELECT ${columnsFor(userId)} FROM ${FROM} WHERE ${assignedTo(userId)} AND x.state <> 'CLOSED'
      ORDER BY "targetAt", x.id LIMIT ${MOST_OPEN}`,
  )
}

/** His own closed cases, latest first. */
export async function listMyClosedCases(db: Tx, userId: string, page: number): Promise<Page<CaseLine>> {
  const columns = columnsFor(userId)
  const from = sql`${FROM} WHERE ${assignedTo(userId)} AND x.state = 'CLOSED'`
  return selectPage(db, CaseLine, { columns, from, orderBy: sql`x."closedAt" DESC, x.id DESC` }, page)
}
