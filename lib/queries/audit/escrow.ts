import { DEFAULT_RULES } from '@/lib/domain/catalog'
import { sql } from '@/lib/domain/tx'
import { type Invariant, bySql } from './invariant'

/** The sums of lib/domain/ledger/order-money.ts in SQL, over an order `o`; `back` is what went back of its total. */
const promoBack = (back: ReturnType<typeof sql>) => sql`(o."promoMinor"::bigint * ${back} / o."totalMinor")`
const grossLeft = (back: ReturnType<typeof sql>) =>
  sql`(o."totalMinor" - ${back} + o."promoMinor" - ${promoBack(back)})`
const feeLeft = (back: ReturnType<typeof sql>) =>
  sql`(o."feeMinor"::bigint * ${grossLeft(back)} / (o."totalMinor" + o."promoMinor"))`

const REFUNDED = sql`o."refundedMinor"`
/** What had gone back when the order was released. */
const BEFORE_RELEASE = sql`COALESCE((
  SELECT sum(r."amountMinor") FROM order_refund r WHERE r."orderId" = o.id AND r."fromEscrowMinor" > 0), 0)`

/** What each escrow, and each pending balance, was paid into by which order. */
const ESCROWS = sql`
  SELECT a."ownerKey", a.currency, b."creditsMinor" - b."debitsMinor" AS held
  FROM ledger_account a JOIN ledger_balance b ON b."accountId" = a.id WHERE a.kind = 'ESCROW'`

const ORDERS = sql`SELECT count(*) FROM "order"`

export const ESCROW: readonly Invariant[] = [
  bySql({
    name: 'escrow/holds-the-total',
    says: 'the escrow of every order that was delivered or awaits delivery holds exactly what is left of its total and promotion, that of an unpaid one what the wallet paid',
    unit: 'open orders',
    of: sql`SELECT count(*) FROM "order" WHERE status IN ('AWAITING_PAYMENT', 'AWAITING_DELIVERY', 'DELIVERED')`,
    offenders: () => sql`
      SELECT o.id::text AS id FROM "order" o LEFT JOIN (${ESCROWS}) AS e ON e."ownerKey" = o.id::text AND e.currency = o.currency
      WHERE o.status IN ('AWAITING_PAYMENT', 'AWAITING_DELIVERY', 'DELIVERED') AND COALESCE(e.held, 0) <>
        CASE o.status WHEN 'AWAITING_PAYMENT' THEN o."walletMinor" ELSE ${grossLeft(REFUNDED)} END`,
  }),
  bySql({
    name: 'escrow/empty-otherwise',
    says: 'no escrow holds money of an order that is over',
    unit: 'escrow accounts',
    of: sql`SELECT count(*) FROM ledger_account WHERE kind = 'ESCROW'`,
    offenders: () => sql`
      SELECT e."ownerKey" AS id FROM (${ESCROWS}) AS e LEFT JOIN "order" o ON o.id::text = e."ownerKey"
      WHERE e.held <> 0 AND (o.status IS NULL OR o.status NOT IN ('AWAITING_PAYMENT', 'AWAITING_DELIVERY', 'DELIVERED'))`,
  }),
  bySql({
    name: 'escrow/released-in-full',
    says: 'a released order paid its merchant what was left then less the fee, and the platform the fee; no other order paid anybody',
    unit: 'orders',
    of: ORDERS,
    offenders: () => sql`
      SELECT o.id::text AS id FROM "order" o
      LEFT JOIN earning e ON e."orderId" = o.id
      LEFT JOIN (
        SELECT t."orderId",
               sum(t."amountMinor") FILTER (WHERE c.kind = 'MERCHANT_PENDING' AND c."ownerKey" = t."merchantId"::text) AS merchant,
               sum(t."amountMinor") FILTER (WHERE c.kind = 'PLATFORM_FEE') AS fee
        FROM ledger_transfer t
        JOIN ledger_account d ON d.id = t."debitId" AND d.kind = 'ESCROW' AND d."ownerKey" = t."orderId"::text
        JOIN ledger_account c ON c.id = t."creditId"
        GROUP BY t."orderId"
      ) AS paid ON paid."orderId" = o.id
      WHERE (o.status = 'CONFIRMED' AND e."orderId" IS NULL) OR (o.status NOT IN ('CONFIRMED', 'REFUNDED') AND e."orderId" IS NOT NULL)
         OR COALESCE(paid.merchant, 0) <> COALESCE(e."earnedMinor", 0)
         OR (e."orderId" IS NOT NULL AND e."earnedMinor" <> ${grossLeft(BEFORE_RELEASE)} - ${feeLeft(BEFORE_RELEASE)})
         OR COALESCE(paid.fee, 0) <> CASE WHEN e."orderId" IS NULL THEN 0 ELSE ${feeLeft(BEFORE_RELEASE)} END`,
  }),
  bySql({
    name: 'earnings/pending',
    says: 'what a merchant has pending is what his orders earned and has not matured',
    unit: 'pending balances',
    of: sql`SELECT count(*) FROM ledger_account WHERE kind = 'MERCHANT_PENDING'`,
    offenders: () => sql`
      SELECT COALESCE(held.id, earned.id) AS id
      FROM (
        SELECT a."ownerKey" || ' ' || a.currency AS id, b."creditsMinor" - b."debitsMinor" AS amount
        FROM ledger_account a JOIN ledger_balance b ON b."accountId" = a.id WHERE a.kind = 'MERCHANT_PENDING'
      ) AS held
      FULL JOIN (SELECT "merchantId" || ' ' || currency AS id, sum("pendingMinor") AS amount FROM earning GROUP BY 1) AS earned
        ON earned.id = held.id
      WHERE COALESCE(held.amount, 0) <> COALESCE(earned.amount, 0)`,
  }),
  bySql({
    name: 'fees/earned',
    says: 'what the platform has earned in fees is its fee on what is left of the orders that were released',
    unit: 'released orders',
    of: sql`SELECT count(*) FROM earning`,
    offenders: () => sql`
      SELECT COALESCE(earned.currency, due.currency)::text AS id
      FROM (
        SELECT a.currency, sum(CASE t."creditId" WHEN a.id THEN t."amountMinor" ELSE -t."amountMinor" END) AS amount
        FROM ledger_account a JOIN ledger_transfer t ON a.id IN (t."debitId", t."creditId") WHERE a.kind = 'PLATFORM_FEE' GROUP BY 1
      ) AS earned
      FULL JOIN (
        SELECT o.currency, sum(${feeLeft(REFUNDED)}) AS amount FROM "order" o JOIN earning e ON e."orderId" = o.id GROUP BY 1
      ) AS due ON due.currency = earned.currency
      WHERE COALESCE(earned.amount, 0) <> COALESCE(due.amount, 0)`,
  }),
  bySql({
    name: 'promotions/expressed',
    says: "what promotions have cost is the platform's part of the discounts of paid orders, less what came back with refunds",
    unit: 'paid orders with a platform coupon',
    of: sql`SELECT count(*) FROM "order" WHERE "promoMinor" > 0 AND "paidAt" IS NOT NULL`,
    offenders: () => sql`
      SELECT COALESCE(cost.currency, owed.currency)::text AS id
      FROM (
        SELECT a.currency, sum(CASE t."debitId" WHEN a.id THEN t."amountMinor" ELSE -t."amountMinor" END) AS amount
        FROM ledger_account a JOIN ledger_transfer t ON a.id IN (t."debitId", t."creditId") WHERE a.kind = 'PROMO_EXPENSE' GROUP BY 1
      ) AS cost
      FULL JOIN (
        SELECT o.currency, sum(o."promoMinor" - ${promoBack(REFUNDED)}) AS amount FROM "order" o WHERE o."paidAt" IS NOT NULL GROUP BY 1
      ) AS owed ON owed.currency = cost.currency
      WHERE COALESCE(cost.amount, 0) <> COALESCE(owed.amount, 0)`,
  }),
  bySql({
    name: 'penalties/late-delivery',
    says: 'what a deposit paid as a penalty is what the end of the order by its merchant or the clock says, and never more than the rules allow',
    unit: 'orders that were not delivered by hand',
    of: sql`SELECT count(*) FROM order_event WHERE type IN ('fail-delivery', 'decline-delivery')`,
    offenders: () => sql`
      SELECT COALESCE(said."orderId", paid."orderId")::text AS id
      FROM (
        SELECT "orderId", sum(COALESCE((data->>'penaltyMinor')::bigint, 0)) AS amount FROM order_event
        WHERE type IN ('fail-delivery', 'decline-delivery') GROUP BY 1
      ) AS said
      FULL JOIN (
        SELECT t."orderId", sum(t."amountMinor") AS amount, bool_and(d.kind = 'MERCHANT_DEPOSIT' AND d."ownerKey" = t."merchantId"::text AND c.kind = 'PROTECTION_FUND') AS sound
        FROM ledger_transfer t JOIN ledger_account d ON d.id = t."debitId" JOIN ledger_account c ON c.id = t."creditId"
        WHERE t.code = 'penalty' AND NOT EXISTS (
          SELECT FROM penalty p WHERE p."complaintId" IS NOT NULL AND t."idempotencyKey" = 'penalty:' || p.id) GROUP BY 1
      ) AS paid ON paid."orderId" = said."orderId"
      LEFT JOIN "order" o ON o.id = paid."orderId"
      WHERE COALESCE(said.amount, 0) <> COALESCE(paid.amount, 0) OR paid.sound IS FALSE
         OR paid.amount > GREATEST(100, round(o."totalMinor"::numeric * COALESCE((o.snapshot->'rules'->>'lateDeliveryPenaltyBps')::int, ${DEFAULT_RULES.lateDeliveryPenaltyBps}::int) / 10000))`,
  }),
]
