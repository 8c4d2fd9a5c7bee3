import { z } from 'zod'
import { accountId, externalRef, suspenseOf } from '@/lib/domain/ledger'
import { type Sql, type Tx, empty, selectRows, sql } from '@/lib/domain/tx'
import { CheckoutPurpose, DisputeState, PaymentUse, RefundMethod, RefundStatus } from '@/lib/infra/prisma/enums'
import type { Page } from '@/lib/queries/page'
import { minorColumn } from '@/lib/queries/columns'
import { type AdminList, type Span, listPage, within } from './list'
import { type OperatorActionRow, selectOperatorActions } from './operator-actions'
import { ordersColumn, ordersOf } from './orders-of'
import { type TransferRow, selectTransfers, touching } from './transfers'

/** What of a payment still stands in suspense: of an unknown one it waits for an operator. */
const SUSPENSE = sql`
  COALESCE((SELECT b."creditsMinor" - b."debitsMinor" FROM ledger_account a JOIN ledger_balance b ON b."accountId" = a.id
            WHERE a.kind = 'SUSPENSE' AND a."ownerKey" = p.id::text AND a.currency = p.currency), 0)`

const Row = {
  id: z.string(),
  provider: z.string(),
  captureRef: z.string(),
  amountMinor: z.number(),
  refundedMinor: z.number(),
  /** Still in suspense. */
  suspenseMinor: minorColumn,
  currency: z.string(),
  use: z.enum(PaymentUse),
  capturedAt: z.date(),
  recordedAt: z.date(),
  checkoutId: z.string().nullable(),
  purpose: z.enum(CheckoutPurpose).nullable(),
  orders: ordersColumn,
}
const PaymentRow = z.object(Row)
export type PaymentRow = z.infer<typeof PaymentRow>

const COLUMNS = sql`
  p.id, p.provider, p."captureRef", p."amountMinor", p."refundedMinor", ${SUSPENSE}::bigint AS "suspenseMinor", p.currency, p.use::text AS use,
  p."capturedAt", p."recordedAt", p."checkoutId", k.purpose::text AS purpose, ${ordersOf(sql`p."checkoutId"`)} AS orders`
const FROM = sql`payment p LEFT JOIN checkout k ON k.id = p."checkoutId"`

export interface PaymentFilter extends Span {
  readonly use?: PaymentUse | undefined
  readonly provider?: string | undefined
  /** The provider's id of the capture, or a whole e-mail address. */
  readonly q?: string | undefined
  /** Only what an operator has to decide. */
  readonly waiting?: boolean
}

/** Captures, latest first; those that wait for a decision oldest first. */
export function payments({ use, provider, q, waiting = false, ...span }: PaymentFilter): AdminList<PaymentRow> {
  return {
    row: PaymentRow,
    columns: COLUMNS,
    from: sql`${FROM} WHERE TRUE
      ${use ? sql`AND p.use = ${use}::"PaymentUse"` : empty} ${provider ? sql`AND p.provider = ${provider}` : empty}
      ${waiting ? WAITING : empty} ${q ? foundBy(q) : empty} ${within(sql`p."capturedAt"`, span)}`,
    at: sql`p."capturedAt"`,
    id: sql`p.id`,
    oldestFirst: waiting,
  }
}

/** Of payments `p`: unknown, and not gone back yet. */
export const WAITING = sql`AND p.use = 'UNKNOWN' AND ${SUSPENSE} > 0`

function foundBy(q: string): Sql {
  return q.includes('@') ? sql`AND k.email = ${q.toLowerCase()}` : sql`AND p."captureRef" = ${q}`
}

export async function listPayments(db: Tx, filter: PaymentFilter, page: number): Promise<Page<PaymentRow>> {
  return listPage(db, payments(filter), page)
}

const AdminPayment = z.object({
  ...Row,
  email: z.string().nullable(),
  providerRef: z.string().nullable(),
  refunds: z.array(
    z.object({
      id: z.string(),
      method: z.enum(RefundMethod),
      status: z.enum(RefundStatus),
      amountMinor: z.number(),
      currency: z.string(),
      reason: z.string(),
      createdAt: z.coerce.date(),
      settledAt: z.coerce.date().nullable(),
    }),
  ),
  disputes: z.array(
    z.object({
      id: z.string(),
      state: z.enum(DisputeState),
      amountMinor: z.number(),
      openedAt: z.coerce.date(),
    }),
  ),
})
export type AdminPayment = z.infer<typeof AdminPayment>

export interface AdminPaymentPage {
  readonly payment: AdminPayment
  readonly transfers: readonly TransferRow[]
  readonly actions: readonly OperatorActionRow[]
}

/** One capture: where its money went, what was decided about it by whom. Three statements. */
export async function findAdminPayment(db: Tx, id: string): Promise<AdminPaymentPage | null> {
  const [payment] = await selectRows(
    db,
    AdminPayment,
    sql`
      SELECT ${COLUMNS}, k.email, k."providerRef",
        COALESCE((SELECT jsonb_agg(to_jsonb(r) ORDER BY r.id) FROM (
          SELECT id, method, status, "amountMinor", currency, reason, "createdAt", "settledAt" FROM refund WHERE "paymentId" = p.id) AS r), '[]'::jsonb) AS refunds,
        COALESCE((SELECT jsonb_agg(to_jsonb(d) ORDER BY d.id) FROM (
          SELECT id, state, "amountMinor", "openedAt" FROM dispute WHERE "paymentId" = p.id) AS d), '[]'::jsonb) AS disputes
      FROM ${FROM} WHERE p.id = ${id}::uuid`,
  )
  if (!payment) return null
  const suspense = accountId(suspenseOf(id, payment.currency))
  const captured = externalRef(payment.provider, 'capture', payment.captureRef)
  const transfers = await selectTransfers(db, sql`f."externalRef" = ${captured} OR ${touching(suspense)}`)
  return { payment, transfers, actions: await selectOperatorActions(db, id) }
}
