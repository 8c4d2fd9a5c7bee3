import { z } from 'zod'
import { Evidence } from '@/lib/domain/disputes'
import { accountId, disputedOf } from '@/lib/domain/ledger'
import { type Tx, empty, selectRows, sql } from '@/lib/domain/tx'
import { DisputeState, OrderStatus } from '@/lib/infra/prisma/enums'
import type { Page } from '@/lib/queries/page'
import { type AdminList, type Span, listPage, within } from './list'
import { type OperatorActionRow, selectOperatorActions } from './operator-actions'
import { ordersColumn, ordersOf } from './orders-of'
import { type TransferRow, selectTransfers, touching } from './transfers'

const Row = {
  id: z.string(),
  provider: z.string(),
  disputeRef: z.string(),
  paymentId: z.string(),
  amountMinor: z.number(),
  currency: z.string(),
  reason: z.string(),
  state: z.enum(DisputeState),
  evidenceDueAt: z.date().nullable(),
  openedAt: z.date(),
  submittedAt: z.date().nullable(),
  closedAt: z.date().nullable(),
  lastError: z.string().nullable(),
  orders: ordersColumn,
}
const DisputeRow = z.object(Row)
export type DisputeRow = z.infer<typeof DisputeRow>

const COLUMNS = sql`
  d.id, d.provider, d."disputeRef", d."paymentId", d."amountMinor", d.currency, d.reason, d.state::text AS state, d."evidenceDueAt", d."openedAt",
  d."submittedAt", d."closedAt", d."lastError", ${ordersOf(sql`p."checkoutId"`)} AS orders`
const FROM = sql`dispute d JOIN payment p ON p.id = d."paymentId"`

export interface DisputeFilter extends Span {
  readonly state?: DisputeState | undefined
  readonly provider?: string | undefined
}

/** Payers' disputes, latest first; those that want evidence by their deadline. */
export function disputes({ state, provider, ...span }: DisputeFilter): AdminList<DisputeRow> {
  const byDeadline = state === 'NEEDS_RESPONSE'
  return {
    row: DisputeRow,
    columns: COLUMNS,
    from: sql`${FROM} WHERE TRUE
      ${state ? sql`AND d.state = ${state}::"DisputeState"` : empty} ${provider ? sql`AND d.provider = ${provider}` : empty}
      ${within(sql`d."openedAt"`, span)}`,
    at: byDeadline ? sql`COALESCE(d."evidenceDueAt", d."openedAt")` : sql`d."openedAt"`,
    id: sql`d.id`,
    oldestFirst: byDeadline,
  }
}

export async function listDisputes(db: Tx, filter: DisputeFilter, page: number): Promise<Page<DisputeRow>> {
  return listPage(db, disputes(filter), page)
}

const AdminDispute = z.object({
  ...Row,
  evidence: Evidence,
  dueAt: z.date().nullable(),
  /** Null when the clock handed it in. */
  submittedBy: z.string().nullable(),
  captureRef: z.string(),
  capturedMinor: z.number(),
  capturedAt: z.date(),
  /** The orders that the disputed payment paid for. */
  paid: z.array(
    z.object({
      id: z.string(),
      number: z.string(),
      status: z.enum(OrderStatus),
      totalMinor: z.number(),
      frozen: z.boolean(),
      merchantId: z.string(),
      merchant: z.string(),
      deliveredAt: z.coerce.date().nullable(),
      firstRevealedAt: z.coerce.date().nullable(),
    }),
  ),
})
export type AdminDispute = z.infer<typeof AdminDispute>

export interface AdminDisputePage {
  readonly dispute: AdminDispute
  readonly transfers: readonly TransferRow[]
  readonly actions: readonly OperatorActionRow[]
}

/** One dispute with its evidence, orders, postings and what operators did. Three statements. */
export async function findAdminDispute(db: Tx, id: string): Promise<AdminDisputePage | null> {
  const [dispute] = await selectRows(
    db,
    AdminDispute,
    sql`
      SELECT ${COLUMNS}, d.evidence, d."dueAt", u."displayName" AS "submittedBy", p."captureRef", p."amountMinor" AS "capturedMinor", p."capturedAt",
        COALESCE((SELECT jsonb_agg(to_jsonb(x) ORDER BY x.id) FROM (
          SELECT o.id, o.number, o.status, o."totalMinor", o."frozenAt" IS NOT NULL AS frozen, o."merchantId", m.name AS merchant, o."deliveredAt",
                 o."firstRevealedAt"
          FROM checkout k JOIN "order" o ON o."checkoutId" = k.id JOIN merchant m ON m.id = o."merchantId"
          WHERE k."paidPaymentId" = p.id) AS x), '[]'::jsonb) AS paid
      FROM ${FROM} LEFT JOIN "user" u ON u.id = d."submittedById" WHERE d.id = ${id}::uuid`,
  )
  if (!dispute) return null
  const transfers = await selectTransfers(db, touching(accountId(disputedOf(id, dispute.currency))))
  return { dispute, transfers, actions: await selectOperatorActions(db, id) }
}
