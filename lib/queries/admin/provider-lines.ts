import { z } from 'zod'
import { type Tx, empty, selectRows, sql } from '@/lib/domain/tx'
import type { Page } from '@/lib/queries/page'
import { type AdminList, type Span, listPage, within } from './list'
import { type OperatorActionRow, selectOperatorActions } from './operator-actions'

const Run = z.object({
  provider: z.string(),
  pulledTo: z.date(),
  startedAt: z.date(),
  finishedAt: z.date().nullable(),
  lines: z.number(),
  matched: z.number(),
  open: z.number(),
  lastError: z.string().nullable(),
})
export type ReconciliationRun = z.infer<typeof Run>

/** The last reconciliation of each provider. */
export async function listReconciliations(db: Tx): Promise<ReconciliationRun[]> {
  return selectRows(
    db,
    Run,
    sql`SELECT provider, "pulledTo", "startedAt", "finishedAt", lines, matched, open, "lastError" FROM reconciliation ORDER BY provider`,
  )
}

/** A line is matched, explained by an operator, or open. */
export const LINE_STATES = { open: 'open', matched: 'matched', explained: 'explained' } as const
export type LineState = keyof typeof LINE_STATES

const ProviderLineRow = z.object({
  id: z.string(),
  provider: z.string(),
  movementRef: z.string(),
  kind: z.string(),
  sourceRef: z.string(),
  providerRef: z.string().nullable(),
  amountMinor: z.number(),
  feeMinor: z.number(),
  currency: z.string(),
  at: z.date(),
  seenAt: z.date(),
  state: z.enum(LINE_STATES),
  transactionId: z.string().nullable(),
  matchedAt: z.date().nullable(),
  explanation: z.string().nullable(),
  explainedBy: z.string().nullable(),
})
export type ProviderLineRow = z.infer<typeof ProviderLineRow>

const STATE = sql`CASE WHEN l.explanation IS NOT NULL THEN 'explained' WHEN l."transactionId" IS NOT NULL THEN 'matched' ELSE 'open' END`
const COLUMNS = sql`
  l.id, l.provider, l."movementRef", l.kind, l."sourceRef", l."providerRef", l."amountMinor", l."feeMinor", l.currency, l.at, l."seenAt",
  ${STATE} AS state, l."transactionId", l."matchedAt", l.explanation, u."displayName" AS "explainedBy"`
const FROM = sql`provider_line l LEFT JOIN "user" u ON u.id = l."explainedById"`

export interface ProviderLineFilter extends Span {
  readonly provider?: string | undefined
  readonly state?: LineState | undefined
  readonly kind?: string | undefined
}

/** Lines of providers' own lists, latest first. */
export function providerLines({ provider, state, kind, ...span }: ProviderLineFilter): AdminList<ProviderLineRow> {
  return {
    row: ProviderLineRow,
    columns: COLUMNS,
    from: sql`${FROM} WHERE TRUE
      ${provider ? sql`AND l.provider = ${provider}` : empty} ${kind ? sql`AND l.kind = ${kind}` : empty}
      ${state ? sql`AND ${STATE} = ${state}` : empty} ${within(sql`l.at`, span)}`,
    at: sql`l.at`,
    id: sql`l.id`,
  }
}

export async function listProviderLines(
  db: Tx,
  filter: ProviderLineFilter,
  page: number,
): Promise<Page<ProviderLineRow>> {
  return listPage(db, providerLines(filter), page)
}

/** One line, with who explained it. Two statements. */
export async function findProviderLine(
  db: Tx,
  id: string,
): Promise<{ line: ProviderLineRow; actions: readonly OperatorActionRow[] } | null> {
  const [line] = await selectRows(db, ProviderLineRow, sql`SELECT ${COLUMNS} FROM ${FROM} WHERE l.id = ${id}::uuid`)
  return line ? { line, actions: await selectOperatorActions(db, id) } : null
}
