import { z } from 'zod'
import { type Tx, empty, selectRows, sql } from '@/lib/domain/tx'
import { ActorKind, RefundMethod, RefundStatus } from '@/lib/infra/prisma/enums'
import type { Page } from '@/lib/queries/page'
import { type AdminList, type Span, listPage, within } from './list'
import { type OperatorActionRow, selectOperatorActions } from './operator-actions'
import { type TransferRow, selectTransfers, withKeys } from './transfers'

/** Steps that a decision may be booked in: one for each account that bore part of it, times where it went. */
const MOST_STEPS = 20

const Row = {
  id: z.string(),
  method: z.enum(RefundMethod),
  status: z.enum(RefundStatus),
  amountMinor: z.number(),
  currency: z.string(),
  reason: z.string(),
  /** Of the capture that it goes back to; null for a wallet leg. */
  provider: z.string().nullable(),
  paymentId: z.string().nullable(),
  attempt: z.number(),
  attempts: z.number(),
  lastError: z.string().nullable(),
  providerRef: z.string().nullable(),
  dueAt: z.date().nullable(),
  createdAt: z.date(),
  settledAt: z.date().nullable(),
  orderId: z.string().nullable(),
  orderNumber: z.string().nullable(),
}
const RefundRow = z.object(Row)
export type RefundRow = z.infer<typeof RefundRow>

const COLUMNS = sql`
  r.id, r.method::text AS method, r.status::text AS status, r."amountMinor", r.currency, r.reason, p.provider, r."paymentId", r.attempt, r.attempts,
  r."lastError", r."providerRef", r."dueAt", r."createdAt", r."settledAt", o.id AS "orderId", o.number AS "orderNumber"`
const FROM = sql`refund r LEFT JOIN payment p ON p.id = r."paymentId" LEFT JOIN "order" o ON o.id = r."orderId"`

export interface RefundFilter extends Span {
  readonly status?: RefundStatus | undefined
  readonly method?: RefundMethod | undefined
  readonly provider?: string | undefined
}

/** Legs of refunds, latest first; those that are not at their end oldest first, because the oldest has waited longest. */
export function refunds({ status, method, provider, ...span }: RefundFilter): AdminList<RefundRow> {
  return {
    row: RefundRow,
    columns: COLUMNS,
    from: sql`${FROM} WHERE TRUE
      ${status ? sql`AND r.status = ${status}::"RefundStatus"` : empty} ${method ? sql`AND r.method = ${method}::"RefundMethod"` : empty}
      ${provider ? sql`AND p.provider = ${provider}` : empty} ${within(sql`r."createdAt"`, span)}`,
    at: sql`r."createdAt"`,
    id: sql`r.id`,
    oldestFirst: status !== undefined && status !== 'SUCCEEDED',
  }
}

export async function listRefunds(db: Tx, filter: RefundFilter, page: number): Promise<Page<RefundRow>> {
  return listPage(db, refunds(filter), page)
}

/** A decision to give money of an order back, and who bore it. */
export const Decision = z.object({
  id: z.string(),
  amountMinor: z.number(),
  promoMinor: z.number(),
  feeMinor: z.number(),
  currency: z.string(),
  reason: z.string(),
  note: z.string().nullable(),
  actorKind: z.enum(ActorKind),
  actorName: z.string().nullable(),
  fromEscrowMinor: z.number(),
  fromPendingMinor: z.number(),
  fromAvailableMinor: z.number(),
  fromDepositMinor: z.number(),
  fromFundMinor: z.number(),
  cdks: z.number(),
  createdAt: z.coerce.date(),
})
export type Decision = z.infer<typeof Decision>

/** Columns of `order_refund d`. */
export const DECISION = sql`
  d.id, d."amountMinor", d."promoMinor", d."feeMinor", d.currency, d.reason, d.note, d."actorKind"::text AS "actorKind",
  (SELECT u."displayName" FROM "user" u WHERE u.id = d."actorId" AND u.role <> 'BUYER') AS "actorName",
  d."fromEscrowMinor", d."fromPendingMinor", d."fromAvailableMinor", d."fromDepositMinor", d."fromFundMinor",
  (SELECT count(*)::int FROM refund_unit x WHERE x."orderRefundId" = d.id) AS cdks, d."createdAt"`

const AdminRefund = z.object({
  ...Row,
  orderRefundId: z.string().nullable(),
  /** Of whom it is; only an account has a wallet. */
  buyer: z.string().nullable(),
  hasWallet: z.boolean(),
  decision: Decision.nullable(),
})
export type AdminRefund = z.infer<typeof AdminRefund>

export interface AdminRefundPage {
  readonly refund: AdminRefund
  readonly transfers: readonly TransferRow[]
  readonly actions: readonly OperatorActionRow[]
}

/** One leg with the decision behind it, what it posted and what operators did. Three statements. */
export async function findAdminRefund(db: Tx, id: string): Promise<AdminRefundPage | null> {
  const [refund] = await selectRows(
    db,
    AdminRefund,
    sql`
      SELECT ${COLUMNS}, r."orderRefundId", COALESCE(w.email, k.email) AS buyer, COALESCE(w.id, k."buyerId") IS NOT NULL AS "hasWallet",
             (SELECT to_jsonb(x) FROM (SELECT ${DECISION} FROM order_refund d WHERE d.id = r."orderRefundId") AS x) AS decision
      FROM ${FROM} LEFT JOIN checkout k ON k.id = COALESCE(p."checkoutId", o."checkoutId") LEFT JOIN "user" w ON w.id = r."walletUserId"
      WHERE r.id = ${id}::uuid`,
  )
  if (!refund) return null
  const transfers = await selectTransfers(db, withKeys(keysOf(refund)))
  return { refund, transfers, actions: await selectOperatorActions(db, id) }
}

/** Whatever a leg and its decision may have been posted under. */
function keysOf({ id, orderRefundId, attempt }: AdminRefund): string[] {
  const steps = Array.from(
    { length: orderRefundId === null ? 0 : MOST_STEPS },
    (_, n) => `refund:${orderRefundId}:${n}`,
  )
  const tries = Array.from({ length: attempt + 1 }, (_, n) => [`refund:${id}:sent:${n}`, `refund:${id}:failed:${n}`])
  return [...steps, `refund:${id}:start`, ...tries.flat(), `refund:${id}:to-wallet`, `refund:${id}:by-hand`]
}
