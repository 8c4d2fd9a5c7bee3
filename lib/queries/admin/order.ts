import { z } from 'zod'
import { OrderSnapshot } from '@/lib/domain/orders'
import { type Tx, selectRows, sql } from '@/lib/domain/tx'
import { AccountKind, CdkState, EventVerdict, OrderStatus, PaymentUse, RefundStatus } from '@/lib/infra/prisma/enums'
import { type Json, hashJson } from '@/lib/kernel/canonical-json'
import { minorColumn } from '@/lib/queries/columns'
import { type OrderEventRow, selectOrderEvents } from '@/lib/queries/order-events'
import { type OrderMoney, selectOrderMoney } from '@/lib/queries/order-money'

const AdminOrder = z.object({
  id: z.string(),
  number: z.string(),
  status: z.enum(OrderStatus),
  merchantId: z.string(),
  merchant: z.string(),
  checkoutId: z.string(),
  buyerId: z.string().nullable(),
  email: z.string(),
  provider: z.string(),
  providerRef: z.string().nullable(),
  quantity: z.number(),
  totalMinor: z.number(),
  feeMinor: z.number(),
  currency: z.string(),
  placedAt: z.date(),
  dueAt: z.date().nullable(),
  closedAt: z.date().nullable(),
  firstRevealedAt: z.date().nullable(),
  rawSnapshot: z.json(),
  snapshotHash: z.string(),
  cdks: z.array(z.object({ id: z.string(), state: z.enum(CdkState), revealedAt: z.coerce.date().nullable() })),
  payments: z.array(
    z.object({
      id: z.string(),
      captureRef: z.string(),
      amountMinor: z.number(),
      use: z.enum(PaymentUse),
      capturedAt: z.coerce.date(),
      recordedAt: z.coerce.date(),
    }),
  ),
  refunds: z.array(
    z.object({
      id: z.string(),
      amountMinor: z.number(),
      reason: z.string(),
      status: z.enum(RefundStatus),
      providerRef: z.string().nullable(),
      attempts: z.number(),
      lastError: z.string().nullable(),
      createdAt: z.coerce.date(),
      settledAt: z.coerce.date().nullable(),
    }),
  ),
  callbacks: z.array(
    z.object({
      id: z.string(),
      type: z.string().nullable(),
      verdict: z.enum(EventVerdict),
      reason: z.string().nullable(),
      receivedAt: z.coerce.date(),
    }),
  ),
})
export type AdminOrder = z.infer<typeof AdminOrder>

const OrderTransfer = z.object({
  id: z.string(),
  at: z.date(),
  code: z.string(),
  minor: minorColumn,
  debitId: z.string(),
  debitKind: z.enum(AccountKind),
  creditId: z.string(),
  creditKind: z.enum(AccountKind),
})
export type OrderTransfer = z.infer<typeof OrderTransfer>

export interface AdminOrderPage {
  readonly order: AdminOrder
  readonly snapshot: OrderSnapshot
  /** The snapshot's hash as computed now; the order was not tampered with while it equals the stored one. */
  readonly computedHash: string
  readonly money: OrderMoney
  readonly events: readonly OrderEventRow[]
  readonly transfers: readonly OrderTransfer[]
}

/** Everything about one order, in four statements. */
export async function findAdminOrder(db: Tx, orderId: string): Promise<AdminOrderPage | null> {
  const [order] = await selectRows(
    db,
    AdminOrder,
    sql`
      SELECT o.id, o.number, o.status::text AS status, o."merchantId", m.name AS merchant, o."checkoutId", c."buyerId", c.email, c.provider,
             c."providerRef", o.quantity, o."totalMinor", o."feeMinor", o.currency, o."placedAt", o."dueAt", o."closedAt", o."firstRevealedAt",
             o.snapshot AS "rawSnapshot", o."snapshotHash",
             COALESCE((SELECT jsonb_agg(to_jsonb(x) ORDER BY x.id) FROM (
               SELECT id, state, "revealedAt" FROM cdk WHERE "orderId" = o.id ORDER BY id LIMIT 200) AS x), '[]'::jsonb) AS cdks,
             COALESCE((SELECT jsonb_agg(to_jsonb(x) ORDER BY x.id) FROM (
               SELECT id, "captureRef", "amountMinor", use, "capturedAt", "recordedAt" FROM payment WHERE "checkoutId" = c.id) AS x), '[]'::jsonb) AS payments,
             COALESCE((SELECT jsonb_agg(to_jsonb(x) ORDER BY x.id) FROM (
               SELECT id, "amountMinor", reason, status, "providerRef", attempts, "lastError", "createdAt", "settledAt"
               FROM refund WHERE "orderId" = o.id) AS x), '[]'::jsonb) AS refunds,
             COALESCE((SELECT jsonb_agg(to_jsonb(x) ORDER BY x.id) FROM (
               SELECT id, type, verdict, reason, "receivedAt" FROM payment_event WHERE "checkoutId" = c.id ORDER BY id LIMIT 100) AS x), '[]'::jsonb) AS callbacks
      FROM "order" o JOIN checkout c ON c.id = o."checkoutId" JOIN merchant m ON m.id = o."merchantId"
      WHERE o.id = ${orderId}::uuid`,
  )
  if (!order) return null
  const money = await selectOrderMoney(db, orderId)
  const events = await selectOrderEvents(db, order.merchantId, orderId)
  const transfers = await selectTransfers(db, orderId)
  return {
    order,
    snapshot: OrderSnapshot.parse(order.rawSnapshot),
    computedHash: hashOf(order.rawSnapshot),
    money,
    events,
    transfers,
  }
}

function hashOf(snapshot: Json): string {
  return hashJson(snapshot)
}

/** The order's transfers and those of its refunds (settling one names no order). */
async function selectTransfers(db: Tx, orderId: string): Promise<OrderTransfer[]> {
  return selectRows(
    db,
    OrderTransfer,
    sql`
      SELECT t.id, t.at, t.code, t."amountMinor" AS minor, t."debitId", d.kind::text AS "debitKind", t."creditId", c.kind::text AS "creditKind"
      FROM ledger_transfer t JOIN ledger_account d ON d.id = t."debitId" JOIN ledger_account c ON c.id = t."creditId"
      WHERE t.id IN (
        SELECT id FROM ledger_transfer WHERE "orderId" = ${orderId}::uuid
        UNION SELECT f.id FROM refund r JOIN ledger_transfer f
          ON f."idempotencyKey" IN ('refund:' || r.id || ':start', 'refund:' || r.id || ':settled', 'payment:' || r."paymentId" || ':stray')
        WHERE r."orderId" = ${orderId}::uuid)
      ORDER BY t.at, t.id`,
  )
}
