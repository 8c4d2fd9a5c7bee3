import { z } from 'zod'
import { FROZEN_REASON } from '@/lib/domain/batches'
import { OrderSnapshot } from '@/lib/domain/orders'
import { type Tx, selectRows, sql } from '@/lib/domain/tx'
import { FAILURES } from '@/lib/domain/complaints'
import { ActorKind, ComplaintOutcome, ComplaintState, OrderStatus } from '@/lib/infra/prisma/enums'
import { CURRENCIES } from '@/lib/kernel/money'
import { ChainEvent, chainColumn } from '@/lib/queries/provenance'
import { type OrderMoney, readOrderMoney } from './order-money'
import { versionOf } from './order-version'
import { type BuyerScope, inScope } from './scope'

/** One delivered CDK without its code: that only comes as the answer to a reveal, and not once it was refunded. */
const Cdk = z.object({
  id: z.string(),
  revealedAt: z.coerce.date().nullable(),
  refunded: z.boolean(),
  /** Another one was delivered in its place. */
  replaced: z.boolean(),
  /** In a complaint that is open, or that was decided. */
  complained: z.boolean(),
  /** The mall froze its batch: it is not shown any more, and its price goes back. */
  inFrozenBatch: z.boolean(),
  /** Its import and what happened to it in this order. */
  chain: z.array(ChainEvent),
})
export type OrderCdk = z.infer<typeof Cdk>

const Entry = z.object({ id: z.string(), type: z.string(), at: z.coerce.date(), actorKind: z.enum(ActorKind) })
export type OrderTimelineEntry = z.infer<typeof Entry>

/** A complaint about this order. */
const Complaint = z.object({
  number: z.string(),
  failure: z.enum(FAILURES),
  state: z.enum(ComplaintState),
  outcome: z.enum(ComplaintOutcome).nullable(),
  dueAt: z.coerce.date().nullable(),
})

/** Another order of the same payment. */
const Sibling = z.object({
  number: z.string(),
  status: z.enum(OrderStatus),
  titleZh: z.string(),
  titleEn: z.string().nullable(),
  merchantName: z.string(),
  quantity: z.number(),
  totalMinor: z.number(),
})

const Head = z.object({
  id: z.string(),
  number: z.string(),
  checkoutId: z.string(),
  merchantId: z.string(),
  quantity: z.number(),
  totalMinor: z.number(),
  /** Part of it that came out of the buyer's wallet. */
  walletMinor: z.number(),
  refundedMinor: z.number(),
  refundedUnits: z.number(),
  /** Part of it for CDKs whose batch the mall froze. */
  frozenRefundedMinor: z.number(),
  currency: z.enum(CURRENCIES),
  status: z.enum(OrderStatus),
  snapshot: OrderSnapshot,
  snapshotHash: z.string(),
  dueAt: z.date().nullable(),
  /** Since when a dispute keeps it as it is. */
  frozenAt: z.date().nullable(),
  /** Since when an open complaint keeps it from being released. */
  complainedAt: z.date().nullable(),
  placedAt: z.date(),
  paidAt: z.date().nullable(),
  deliveredAt: z.date().nullable(),
  firstRevealedAt: z.date().nullable(),
  closedAt: z.date().nullable(),
  email: z.string(),
  guest: z.boolean(),
  /** Whether the payment was ever opened at the provider, so that asking there makes sense. */
  paymentOpened: z.boolean(),
  /** Who takes the payment, what the whole checkout costs, and what its provider is asked for. */
  provider: z.string(),
  checkoutTotalMinor: z.number(),
  checkoutDueMinor: z.number(),
  siblings: z.array(Sibling),
  contactEmail: z.string(),
  cdks: z.array(Cdk),
  complaints: z.array(Complaint),
  timeline: z.array(Entry),
})

export type OrderPage = z.infer<typeof Head> & {
  readonly money: OrderMoney
  /** Changes whenever the page would. */
  readonly version: string
}

const OWN_CHAIN = chainColumn(sql`k.id`, sql`o.id`)
const COMPLAINED = sql`EXISTS (SELECT FROM complaint_unit v JOIN complaint y ON y.id = v."complaintId"
                                  WHERE v."cdkId" = k.id AND y."orderId" = o.id AND (v.open OR y.outcome <> 'WITHDRAWN'))`

/** Everything that the buyer's order page shows, in two statements; null for an order outside the scope. */
export async function findOrderPage(db: Tx, scope: BuyerScope, number: string): Promise<OrderPage | null> {
  const [head] = await selectRows(
    db,
    Head,
    sql`
      SELECT o.id, o.number, o."checkoutId", o."merchantId", o.quantity, o."totalMinor", o."walletMinor", o."refundedMinor", o."refundedUnits",
             (SELECT COALESCE(sum(d."amountMinor"), 0)::int FROM order_refund d WHERE d."orderId" = o.id AND d.reason = ${FROZEN_REASON}) AS "frozenRefundedMinor",
             o.currency, o.status::text AS status, o.snapshot, o."snapshotHash", o."dueAt", o."frozenAt", o."complainedAt", o."placedAt", o."paidAt", o."deliveredAt", o."firstRevealedAt", o."closedAt",
             c.email, c."buyerId" IS NULL AS guest, c."providerRef" IS NOT NULL AS "paymentOpened", m."contactEmail",
             c.provider, c."totalMinor" AS "checkoutTotalMinor", c."totalMinor" - c."walletMinor" AS "checkoutDueMinor",
             COALESCE((SELECT jsonb_agg(jsonb_build_object('number', s.number, 'status', s.status, 'titleZh', s.snapshot->'product'->>'titleZh',
                                'titleEn', s.snapshot->'product'->>'titleEn', 'merchantName', s.snapshot->'merchant'->>'name',
                                'quantity', s.quantity, 'totalMinor', s."totalMinor") ORDER BY s.id)
                       FROM "order" s WHERE s."checkoutId" = c.id AND s.id <> o.id), '[]'::jsonb) AS siblings,
             COALESCE((SELECT jsonb_agg(to_jsonb(held) ORDER BY held.id) FROM (
                         SELECT k.id, k."revealedAt", false AS refunded, k.state = 'RETIRED' AS replaced, ${COMPLAINED} AS complained, ${OWN_CHAIN} AS chain,
                                EXISTS (SELECT FROM stock_batch b WHERE b.id = k."batchId" AND b."frozenAt" IS NOT NULL) AS "inFrozenBatch"
                         FROM cdk k
                         WHERE k."orderId" = o.id AND k."merchantId" = o."merchantId" AND (k.state = 'DELIVERED' OR k.state = 'RETIRED'
                           AND EXISTS (SELECT FROM complaint_unit v WHERE v."cdkId" = k.id AND v."replacementId" IS NOT NULL))
                         UNION ALL
                         SELECT k.id, CASE WHEN k."orderId" = o.id THEN k."revealedAt" END, true, false, ${COMPLAINED}, ${OWN_CHAIN}, false
                         FROM refund_unit u JOIN cdk k ON k."merchantId" = u."merchantId" AND k.id = u."cdkId" WHERE u."orderId" = o.id
                       ) held), '[]'::jsonb) AS cdks,
             COALESCE((SELECT jsonb_agg(jsonb_build_object('number', x.number, 'failure', x.failure, 'state', x.state, 'outcome', x.outcome, 'dueAt', x."dueAt")
                                        ORDER BY x."openedAt" DESC) FROM complaint x WHERE x."orderId" = o.id), '[]'::jsonb) AS complaints,
             COALESCE((SELECT jsonb_agg(jsonb_build_object('id', e.id, 'type', e.type, 'at', e.at, 'actorKind', e."actorKind") ORDER BY e.at, e.id)
                       FROM order_event e WHERE e."orderId" = o.id AND e."merchantId" = o."merchantId"), '[]'::jsonb) AS timeline
      FROM "order" o JOIN checkout c ON c.id = o."checkoutId" JOIN merchant m ON m.id = o."merchantId"
      WHERE o.number = ${number} AND ${inScope(scope)}`,
  )
  if (!head) return null
  const money = await readOrderMoney(db, head)
  return {
    ...head,
    money,
    version: versionOf(
      head.status,
      head.timeline.length,
      money.refunds.filter(({ kind }) => kind !== 'chargeback').map(({ status }) => status),
    ),
  }
}
