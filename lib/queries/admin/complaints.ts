import { z } from 'zod'
import { SECOND_ARBITRATOR_FROM } from '@/lib/domain/arbitration'
import { FAILURES, type Failure } from '@/lib/domain/complaints'
import { type Tx, empty, sql } from '@/lib/domain/tx'
import { ComplaintOutcome, ComplaintState, Remedy } from '@/lib/infra/prisma/enums'
import { type Page, startingWith } from '@/lib/queries/page'
import { type AdminList, type Span, listPage, within } from './list'

/** What a list shows of a case. */
const SHOWN = {
  id: z.string(),
  number: z.string(),
  orderId: z.string(),
  order: z.string(),
  merchantId: z.string(),
  merchant: z.string(),
  failure: z.enum(FAILURES),
  demand: z.enum(Remedy),
  stakeMinor: z.number(),
  currency: z.string(),
  state: z.enum(ComplaintState),
  outcome: z.enum(ComplaintOutcome).nullable(),
  openedAt: z.date(),
  repliedAt: z.date().nullable(),
  escalatedAt: z.date().nullable(),
  dueAt: z.date().nullable(),
  closedAt: z.date().nullable(),
}
const ComplaintRow = z.object(SHOWN)
export type ComplaintRow = z.infer<typeof ComplaintRow>

const COLUMNS = sql`
  x.id, x.number, x."orderId", o.number AS "order", x."merchantId", m.name AS merchant, x.failure, x.demand::text AS demand, x."stakeMinor",
  x.currency, x.state::text AS state, x.outcome::text AS outcome, x."openedAt", x."repliedAt", x."escalatedAt", x."dueAt", x."closedAt"`
const FROM = sql`complaint x
  JOIN "order" o ON o."merchantId" = x."merchantId" AND o.id = x."orderId" JOIN merchant m ON m.id = x."merchantId"`

export interface ComplaintFilter extends Span {
  /** Start of a case's or an order's number, or the buyer's whole e-mail address. */
  readonly q?: string | undefined
  readonly merchantId?: string | undefined
  readonly failure?: Failure | undefined
  readonly state?: ComplaintState | undefined
  readonly outcome?: ComplaintOutcome | undefined
}

/** Complaints of the whole mall, latest first. */
export function adminComplaints({
  q,
  merchantId,
  failure,
  state,
  outcome,
  ...span
}: ComplaintFilter): AdminList<ComplaintRow> {
  const number = q && !q.includes('@') ? startingWith(q.toUpperCase()) : null
  return {
    row: ComplaintRow,
    columns: COLUMNS,
    from: sql`${FROM} WHERE TRUE
      ${q?.includes('@') ? sql`AND o."checkoutId" IN (SELECT id FROM checkout WHERE email = ${q.toLowerCase()})` : empty}
      ${number === null ? empty : sql`AND (x.number LIKE ${number} OR o.number LIKE ${number})`}
      ${merchantId ? sql`AND x."merchantId" = ${merchantId}::uuid` : empty}
      ${failure ? sql`AND x.failure = ${failure}` : empty}
      ${state ? sql`AND x.state = ${state}::"ComplaintState"` : empty}
      ${outcome ? sql`AND x.outcome = ${outcome}::"ComplaintOutcome"` : empty}
      ${within(sql`x."openedAt"`, span)}`,
    at: sql`x."openedAt"`,
    id: sql`x.id`,
  }
}

export async function listAdminComplaints(db: Tx, filter: ComplaintFilter, page: number): Promise<Page<ComplaintRow>> {
  return listPage(db, adminComplaints(filter), page)
}

/** Why a case stands on the list of what is overdue; the first that applies. */
const OVERDUE = ['UNASSIGNED', 'ALARM', 'LATE', 'MISSED'] as const

const OverdueRow = z.object({
  ...SHOWN,
  why: z.enum(OVERDUE),
  /** Since when it waits: for an arbitrator, or for the step that its clock should have taken. */
  since: z.date(),
})
export type OverdueRow = z.infer<typeof OverdueRow>

const RULE = (name: 'arbitrationHours' | 'arbitrationAlarmDays') => sql`(o.snapshot->'rules'->>${name}::text)::int`
const ARBITRATED = sql`x.state IN ('ESCALATED', 'APPEALED')`
/** When the case came before the arbitrator who has it now. */
const BEFORE_ARBITRATOR_SINCE = sql`COALESCE(x."appealedAt", x."escalatedAt")`
const UNASSIGNED = sql`(
  x.state = 'APPEALED' AND x."appealArbitratorId" IS NULL
  OR x.state = 'ESCALATED' AND (x."arbitratorId" IS NULL OR x."secondId" IS NULL AND x."stakeMinor" >= ${SECOND_ARBITRATOR_FROM}::int))`

/**
 * Cases for which nobody does what is to be done, longest first: no arbitrator without a tie was found; beyond the target or the alarm that
 * the order promised; a clock that ran out before `missedAt` and that the worker did not take.
 */
export function overdueComplaints(now: Date, missedAt: Date): AdminList<OverdueRow> {
  const alarm = sql`(${ARBITRATED} AND ${BEFORE_ARBITRATOR_SINCE} + ${RULE('arbitrationAlarmDays')} * interval '1 day' <= ${now})`
  const late = sql`(${ARBITRATED} AND ${BEFORE_ARBITRATOR_SINCE} + ${RULE('arbitrationHours')} * interval '1 hour' <= ${now})`
  const missed = sql`(x."dueAt" <= ${missedAt})`
  return {
    row: OverdueRow,
    columns: sql`${COLUMNS},
      CASE WHEN ${UNASSIGNED} THEN 'UNASSIGNED' WHEN ${alarm} THEN 'ALARM' WHEN ${late} THEN 'LATE' ELSE 'MISSED' END AS why,
      CASE WHEN ${ARBITRATED} THEN ${BEFORE_ARBITRATOR_SINCE} ELSE x."dueAt" END AS since`,
    from: sql`${FROM} WHERE x.state <> 'CLOSED' AND (${UNASSIGNED} OR ${late} OR ${alarm} OR ${missed})`,
    at: sql`CASE WHEN ${ARBITRATED} THEN ${BEFORE_ARBITRATOR_SINCE} ELSE x."dueAt" END`,
    id: sql`x.id`,
    oldestFirst: true,
  }
}

export async function listOverdueComplaints(
  db: Tx,
  now: Date,
  missedAt: Date,
  page: number,
): Promise<Page<OverdueRow>> {
  return listPage(db, overdueComplaints(now, missedAt), page)
}
