import { z } from 'zod'
import { FAILURES } from '@/lib/domain/complaints'
import { OrderSnapshot } from '@/lib/domain/orders'
import { type Tx, selectRows, sql } from '@/lib/domain/tx'
import {
  ActorKind,
  CdkState,
  ComplaintOutcome,
  ComplaintState,
  OrderStatus,
  RefundStatus,
} from '@/lib/infra/prisma/enums'
import { CURRENCIES } from '@/lib/kernel/money'
import { maskEmail } from '@/lib/queries/columns'
import { type OrderEventRow, selectOrderEvents } from '@/lib/queries/order-events'
import { type OrderMoney, selectOrderMoney } from '@/lib/queries/order-money'
import { ChainEvent, chainColumn } from '@/lib/queries/provenance'

const MOST_CDKS = 200

const Cdk = z.object({
  id: z.string(),
  /** The same for good: 1 is the first CDK that the order was given. */
  position: z.number(),
  state: z.enum(CdkState),
  revealedAt: z.coerce.date().nullable(),
  refunded: z.boolean(),
  /** Its whole life so far, in other orders too. */
  chain: z.array(ChainEvent),
})

const Decision = z
  .object({
    id: z.string(),
    amountMinor: z.number(),
    /** Platform fee that was given back with it, after release. */
    feeMinor: z.number(),
    reason: z.string(),
    note: z.string().nullable(),
    actorKind: z.enum(ActorKind),
    createdAt: z.coerce.date(),
    settledAt: z.coerce.date().nullable(),
    cdkIds: z.array(z.string()),
    /** How each of its ways back stands; none of a lost dispute, whose money the provider moved itself. */
    legs: z.array(z.enum(RefundStatus)),
    fromEscrowMinor: z.number(),
    fromPendingMinor: z.number(),
    fromAvailableMinor: z.number(),
    fromDepositMinor: z.number(),
    fromFundMinor: z.number(),
  })
  .transform(({ legs, ...decision }) => ({ ...decision, status: worstOf(legs) }))
export type MerchantRefund = z.infer<typeof Decision>

const Earning = z.object({
  earnedMinor: z.number(),
  /** Part of it that still stands in the pending balance. */
  pendingMinor: z.number(),
  matureAt: z.coerce.date(),
  maturedAt: z.coerce.date().nullable(),
  heldAt: z.coerce.date().nullable(),
})

const OrderCase = z.object({
  id: z.string(),
  number: z.string(),
  failure: z.enum(FAILURES),
  state: z.enum(ComplaintState),
  outcome: z.enum(ComplaintOutcome).nullable(),
  dueAt: z.coerce.date().nullable(),
  openedAt: z.coerce.date(),
})

const MerchantOrder = z.object({
  id: z.string(),
  number: z.string(),
  status: z.enum(OrderStatus),
  quantity: z.number(),
  unitPriceMinor: z.number(),
  /** Off by a coupon, and the part of it that the platform pays. */
  discountMinor: z.number(),
  promoMinor: z.number(),
  totalMinor: z.number(),
  feeMinor: z.number(),
  refundedMinor: z.number(),
  refundedUnits: z.number(),
  currency: z.enum(CURRENCIES),
  placedAt: z.date(),
  deliveredAt: z.date().nullable(),
  firstRevealedAt: z.date().nullable(),
  dueAt: z.date().nullable(),
  /** Since when a payer's dispute keeps it as it is. */
  frozenAt: z.date().nullable(),
  /** Since when a complaint keeps it from release. */
  complainedAt: z.date().nullable(),
  closedAt: z.date().nullable(),
  /** Masked: the merchant needs to recognise the buyer, not to write past the platform. */
  buyer: z.string().transform(maskEmail),
  snapshot: OrderSnapshot,
  snapshotHash: z.string(),
  variantId: z.string(),
  earning: Earning.nullable(),
  cdks: z.array(Cdk),
  refunds: z.array(Decision),
  cases: z.array(OrderCase),
})
export type MerchantOrder = z.infer<typeof MerchantOrder>

export interface MerchantOrderPage {
  readonly order: MerchantOrder
  readonly money: OrderMoney
  readonly events: readonly OrderEventRow[]
}

/** One order of the merchant in three statements: facts, money by the ledger, events. Null for another merchant's. */
export async function findMerchantOrder(
  db: Tx,
  merchantId: string,
  orderId: string,
): Promise<MerchantOrderPage | null> {
  const [order] = await selectRows(
    db,
    MerchantOrder,
    sql`
      SELECT o.id, o.number, o.status::text AS status, o.quantity, o."unitPriceMinor", o."discountMinor", o."promoMinor", o."totalMinor",
             o."feeMinor", o."refundedMinor", o."refundedUnits", o.currency, o."placedAt", o."deliveredAt", o."firstRevealedAt", o."dueAt",
             o."frozenAt", o."complainedAt", o."closedAt", c.email AS buyer, o.snapshot, o."snapshotHash", o."variantId",
             (SELECT to_jsonb(e) FROM earning e WHERE e."orderId" = o.id) AS earning,
             ${CDKS} AS cdks, ${DECISIONS} AS refunds, ${CASES} AS cases
      FROM "order" o JOIN checkout c ON c.id = o."checkoutId"
      WHERE o.id = ${orderId}::uuid AND o."merchantId" = ${merchantId}::uuid`,
  )
  if (!order) return null
  const money = await selectOrderMoney(db, orderId)
  const events = await selectOrderEvents(db, merchantId, orderId)
  return { order, money, events }
}

// A refunded CDK that nobody saw is another order's by now, perhaps: only that it left is said of it here.
const CDKS = sql`
  COALESCE((SELECT jsonb_agg(to_jsonb(k) ORDER BY k.position) FROM (
    SELECT k.id, row_number() OVER (ORDER BY k.id)::int AS position, u."cdkId" IS NOT NULL AS refunded,
           CASE WHEN k."orderId" = o.id THEN k.state::text ELSE 'AVAILABLE' END AS state,
           CASE WHEN k."orderId" = o.id THEN k."revealedAt" END AS "revealedAt",
           ${chainColumn(sql`k.id`)} AS chain
    FROM cdk k LEFT JOIN refund_unit u ON u."orderId" = o.id AND u."cdkId" = k.id
    WHERE k."merchantId" = o."merchantId" AND (k."orderId" = o.id OR k.id IN (SELECT "cdkId" FROM refund_unit WHERE "orderId" = o.id))
    ORDER BY k.id LIMIT ${MOST_CDKS}) AS k), '[]'::jsonb)`

const DECISIONS = sql`
  COALESCE((SELECT jsonb_agg(to_jsonb(r) ORDER BY r."createdAt", r.id) FROM (
    SELECT d.id, d."amountMinor", d."feeMinor", d.reason, d.note, d."actorKind", d."createdAt", d."fromEscrowMinor", d."fromPendingMinor",
           d."fromAvailableMinor", d."fromDepositMinor", d."fromFundMinor",
           (SELECT max(l."settledAt") FROM refund l WHERE l."orderRefundId" = d.id) AS "settledAt",
           ARRAY(SELECT u."cdkId" FROM refund_unit u WHERE u."orderRefundId" = d.id) AS "cdkIds",
           ARRAY(SELECT l.status::text FROM refund l WHERE l."orderRefundId" = d.id) AS legs
    FROM order_refund d WHERE d."merchantId" = o."merchantId" AND d."orderId" = o.id) AS r), '[]'::jsonb)`

const CASES = sql`
  COALESCE((SELECT jsonb_agg(jsonb_build_object('id', x.id, 'number', x.number, 'failure', x.failure, 'state', x.state, 'outcome', x.outcome,
                                                'dueAt', x."dueAt", 'openedAt', x."openedAt") ORDER BY x."openedAt" DESC, x.id)
            FROM complaint x WHERE x."orderId" = o.id), '[]'::jsonb)`

/** A refund in two legs stands where the one stands that is furthest from its end. */
function worstOf(legs: readonly RefundStatus[]): RefundStatus {
  return (['FAILED', 'PENDING', 'SENT'] as const).find((status) => legs.includes(status)) ?? 'SUCCEEDED'
}
