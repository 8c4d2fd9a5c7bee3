import { z } from 'zod'
import { OrderSnapshot } from '@/lib/domain/orders'
import { type Tx, selectRows, sql } from '@/lib/domain/tx'
import {
  CdkState,
  DisputeState,
  EventVerdict,
  OrderStatus,
  PaymentUse,
  RefundMethod,
  RefundStatus,
} from '@/lib/infra/prisma/enums'
import type { Json } from '@/lib/kernel/canonical-json'
import { hashJson } from '@/lib/kernel/hash-json'
import { type OrderEventRow, selectOrderEvents } from '@/lib/queries/order-events'
import { type OrderMoney, selectOrderMoney } from '@/lib/queries/order-money'
import { ChainEvent, chainColumn } from '@/lib/queries/provenance'
import { type OperatorActionRow, selectOperatorActions } from './operator-actions'
import { DECISION, Decision } from './refunds'
import { type TransferRow, selectTransfers } from './transfers'

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
  unitPriceMinor: z.number(),
  discountMinor: z.number(),
  promoMinor: z.number(),
  totalMinor: z.number(),
  walletMinor: z.number(),
  feeMinor: z.number(),
  refundedMinor: z.number(),
  refundedUnits: z.number(),
  /** Code of the coupon that the checkout holds. */
  coupon: z.string().nullable(),
  currency: z.string(),
  placedAt: z.date(),
  dueAt: z.date().nullable(),
  closedAt: z.date().nullable(),
  firstRevealedAt: z.date().nullable(),
  /** Since when a dispute keeps it as it is. */
  frozenAt: z.date().nullable(),
  disputes: z.array(z.object({ id: z.string(), state: z.enum(DisputeState), amountMinor: z.number() })),
  /** The other orders of the same payment. */
  siblings: z.array(z.object({ id: z.string(), number: z.string() })),
  matureAt: z.date().nullable(),
  maturedAt: z.date().nullable(),
  rawSnapshot: z.json(),
  snapshotHash: z.string(),
  cdks: z.array(
    z.object({
      id: z.string(),
      state: z.enum(CdkState),
      revealedAt: z.coerce.date().nullable(),
      refunded: z.boolean(),
      /** Its whole life so far, in other orders too. */
      chain: z.array(ChainEvent),
    }),
  ),
  payments: z.array(
    z.object({
      id: z.string(),
      captureRef: z.string(),
      amountMinor: z.number(),
      currency: z.string(),
      refundedMinor: z.number(),
      use: z.enum(PaymentUse),
      capturedAt: z.coerce.date(),
      recordedAt: z.coerce.date(),
    }),
  ),
  refunds: z.array(
    z.object({
      id: z.string(),
      orderRefundId: z.string().nullable(),
      method: z.enum(RefundMethod),
      amountMinor: z.number(),
      currency: z.string(),
      reason: z.string(),
      status: z.enum(RefundStatus),
      providerRef: z.string().nullable(),
      attempts: z.number(),
      lastError: z.string().nullable(),
      createdAt: z.coerce.date(),
      settledAt: z.coerce.date().nullable(),
    }),
  ),
  decisions: z.array(Decision),
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

export interface AdminOrderPage {
  readonly order: AdminOrder
  readonly snapshot: OrderSnapshot
  /** The snapshot's hash as computed now; the order was not tampered with while it equals the stored one. */
  readonly computedHash: string
  readonly money: OrderMoney
  readonly events: readonly OrderEventRow[]
  readonly transfers: readonly TransferRow[]
  readonly actions: readonly OperatorActionRow[]
}

/** Everything about one order, in five statements. */
export async function findAdminOrder(db: Tx, orderId: string): Promise<AdminOrderPage | null> {
  const [order] = await selectRows(
    db,
    AdminOrder,
    sql`
      SELECT o.id, o.number, o.status::text AS status, o."merchantId", m.name AS merchant, o."checkoutId", c."buyerId", c.email, c.provider,
             c."providerRef", o.quantity, o."unitPriceMinor", o."discountMinor", o."promoMinor", o."totalMinor", o."walletMinor", o."feeMinor",
             o."refundedMinor", o."refundedUnits", o.currency, o."placedAt", o."dueAt", o."closedAt", o."firstRevealedAt", o."frozenAt",
             e."matureAt", e."maturedAt",
             (SELECT n.code FROM coupon_use u JOIN coupon n ON n.id = u."couponId" WHERE u."checkoutId" = c.id) AS coupon,
             COALESCE((SELECT jsonb_agg(to_jsonb(x) ORDER BY x.id) FROM (
               SELECT d.id, d.state, d."amountMinor" FROM dispute d JOIN payment p ON p.id = d."paymentId" WHERE p."checkoutId" = c.id) AS x), '[]'::jsonb) AS disputes,
             COALESCE((SELECT jsonb_agg(to_jsonb(x) ORDER BY x.id) FROM (
               SELECT s.id, s.number FROM "order" s WHERE s."checkoutId" = c.id AND s.id <> o.id) AS x), '[]'::jsonb) AS siblings,
             o.snapshot AS "rawSnapshot", o."snapshotHash",
             COALESCE((SELECT jsonb_agg(to_jsonb(x) ORDER BY x.id) FROM (
               SELECT k.id, k.state, k."revealedAt", EXISTS (SELECT FROM refund_unit u WHERE u."orderId" = o.id AND u."cdkId" = k.id) AS refunded,
                      ${chainColumn(sql`k.id`)} AS chain
               FROM cdk k WHERE k."orderId" = o.id ORDER BY k.id LIMIT 200) AS x), '[]'::jsonb) AS cdks,
             COALESCE((SELECT jsonb_agg(to_jsonb(x) ORDER BY x.id) FROM (
               SELECT id, "captureRef", "amountMinor", currency, "refundedMinor", use, "capturedAt", "recordedAt" FROM payment WHERE "checkoutId" = c.id) AS x), '[]'::jsonb) AS payments,
             COALESCE((SELECT jsonb_agg(to_jsonb(x) ORDER BY x.id) FROM (
               SELECT id, "orderRefundId", method, "amountMinor", currency, reason, status, "providerRef", attempts, "lastError", "createdAt", "settledAt"
               FROM refund WHERE "orderId" = o.id) AS x), '[]'::jsonb) AS refunds,
             COALESCE((SELECT jsonb_agg(to_jsonb(x) ORDER BY x.id) FROM (
               SELECT ${DECISION} FROM order_refund d WHERE d."orderId" = o.id) AS x), '[]'::jsonb) AS decisions,
             COALESCE((SELECT jsonb_agg(to_jsonb(x) ORDER BY x.id) FROM (
               SELECT id, type, verdict, reason, "receivedAt" FROM payment_event WHERE "checkoutId" = c.id ORDER BY id LIMIT 100) AS x), '[]'::jsonb) AS callbacks
      FROM "order" o JOIN checkout c ON c.id = o."checkoutId" JOIN merchant m ON m.id = o."merchantId"
      LEFT JOIN earning e ON e."orderId" = o.id
      WHERE o.id = ${orderId}::uuid`,
  )
  if (!order) return null
  const money = await selectOrderMoney(db, orderId)
  const events = await selectOrderEvents(db, order.merchantId, orderId)
  const transfers = await transfersOf(db, orderId)
  return {
    order,
    snapshot: OrderSnapshot.parse(order.rawSnapshot),
    computedHash: hashOf(order.rawSnapshot),
    money,
    events,
    transfers,
    actions: await selectOperatorActions(db, orderId),
  }
}

function hashOf(snapshot: Json): string {
  return hashJson(snapshot)
}

/** The transactions that touched the order, those of its refunds included: settling one need not name the order. */
async function transfersOf(db: Tx, orderId: string): Promise<TransferRow[]> {
  return selectTransfers(
    db,
    sql`f."orderId" = ${orderId}::uuid OR f."idempotencyKey" IN (
      SELECT k.key FROM refund r CROSS JOIN LATERAL (
        SELECT unnest(ARRAY['refund:' || r.id || ':start', 'refund:' || r.id || ':to-wallet', 'refund:' || r.id || ':by-hand']) AS key
        UNION ALL SELECT 'refund:' || r.id || step || n FROM generate_series(0, r.attempt) AS n, unnest(ARRAY[':sent:', ':failed:']) AS step) AS k
      WHERE r."orderId" = ${orderId}::uuid)`,
  )
}
