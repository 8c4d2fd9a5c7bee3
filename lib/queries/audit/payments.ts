import { sql } from '@/lib/domain/tx'
import { type Invariant, bySql } from './invariant'

const CHECKOUTS = sql`SELECT count(*) FROM checkout`
const SERVED = sql`('AWAITING_DELIVERY', 'DELIVERED', 'CONFIRMED', 'REFUNDED')`

export const PAYMENTS: readonly Invariant[] = [
  bySql({
    name: 'checkouts/total',
    says: 'every checkout asks for exactly what its orders cost, and takes of the wallet exactly what they take',
    unit: 'checkouts',
    of: CHECKOUTS,
    offenders: () => sql`
      SELECT c.id::text AS id FROM checkout c LEFT JOIN "order" o ON o."checkoutId" = c.id WHERE c.purpose = 'ORDERS'
      GROUP BY c.id HAVING c."totalMinor" <> COALESCE(sum(o."totalMinor"), 0) OR c."walletMinor" <> COALESCE(sum(o."walletMinor"), 0)`,
  }),
  bySql({
    name: 'checkouts/served',
    says: 'a checkout is paid exactly when orders of it were delivered or await it, and none of a paid one still waits',
    unit: 'checkouts',
    of: CHECKOUTS,
    offenders: () => sql`
      SELECT c.id::text AS id FROM checkout c JOIN "order" o ON o."checkoutId" = c.id GROUP BY c.id
      HAVING (c."paidPaymentId" IS NOT NULL) <> bool_or(o.status IN ${SERVED})
          OR (c."paidPaymentId" IS NOT NULL AND bool_or(o.status = 'AWAITING_PAYMENT'))`,
  }),
  bySql({
    name: 'payments/applied',
    says: 'every applied payment is the one that its checkout took, of exactly what was asked for',
    unit: 'applied payments',
    of: sql`SELECT count(*) FROM payment WHERE use = 'APPLIED'`,
    offenders: () => sql`
      SELECT p.id::text AS id FROM payment p LEFT JOIN checkout c ON c.id = p."checkoutId"
      WHERE p.use = 'APPLIED' AND (c."paidPaymentId" IS DISTINCT FROM p.id OR c.currency <> p.currency OR c.provider <> p.provider
        OR p."amountMinor" <> c."totalMinor" - CASE p.provider WHEN 'wallet' THEN 0 ELSE c."walletMinor" END)`,
  }),
  bySql({
    name: 'payments/others-returned',
    says: 'every duplicate, stray or mismatched payment is on its way back, all of it; an unknown one all or nothing',
    unit: 'payments that nothing took',
    of: sql`SELECT count(*) FROM payment WHERE use <> 'APPLIED'`,
    offenders: () => sql`
      SELECT id::text AS id FROM payment
      WHERE use <> 'APPLIED' AND "refundedMinor" <> "amountMinor" AND NOT (use = 'UNKNOWN' AND "refundedMinor" = 0)`,
  }),
  bySql({
    name: 'payments/refunded',
    says: 'what is counted as sent back of a payment is the sum of its refunds',
    unit: 'payments',
    of: sql`SELECT count(*) FROM payment`,
    offenders: () => sql`
      SELECT p.id::text AS id FROM payment p LEFT JOIN refund r ON r."paymentId" = p.id AND r.currency = p.currency
      GROUP BY p.id HAVING p."refundedMinor" <> COALESCE(sum(r."amountMinor"), 0)`,
  }),
  bySql({
    name: 'payments/unserved-returned',
    says: 'of a paid checkout, the share of every order that was not served went back',
    unit: 'applied payments',
    of: sql`SELECT count(*) FROM payment WHERE use = 'APPLIED'`,
    offenders: () => sql`
      SELECT p.id::text AS id FROM payment p
      LEFT JOIN (
        SELECT "checkoutId", sum("totalMinor" - "walletMinor") AS amount FROM "order"
        WHERE status IN ('EXPIRED', 'CANCELLED') GROUP BY 1
      ) AS unserved ON unserved."checkoutId" = p."checkoutId"
      LEFT JOIN (SELECT "paymentId", sum("amountMinor") AS amount FROM refund WHERE "orderRefundId" IS NULL GROUP BY 1) AS back
        ON back."paymentId" = p.id
      WHERE p.use = 'APPLIED' AND COALESCE(unserved.amount, 0) <> COALESCE(back.amount, 0)`,
  }),
  bySql({
    name: 'refunds/of-orders',
    says: 'what an order counts as given back is the sum of the decisions about it',
    unit: 'orders',
    of: sql`SELECT count(*) FROM "order"`,
    offenders: () => sql`
      SELECT o.id::text AS id FROM "order" o LEFT JOIN order_refund r ON r."orderId" = o.id
      GROUP BY o.id HAVING o."refundedMinor" <> COALESCE(sum(r."amountMinor"), 0)`,
  }),
  bySql({
    name: 'refunds/legs',
    says: 'every decision to refund sends its whole amount back, by provider or wallet; a chargeback was sent by the provider itself',
    unit: 'decisions',
    of: sql`SELECT count(*) FROM order_refund`,
    offenders: () => sql`
      SELECT d.id::text AS id FROM order_refund d LEFT JOIN refund r ON r."orderRefundId" = d.id
      GROUP BY d.id HAVING COALESCE(sum(r."amountMinor"), 0) <> CASE d.reason WHEN 'chargeback' THEN 0 ELSE d."amountMinor" END`,
  }),
  bySql({
    name: 'refunds/in-transit',
    says: 'the money in transit back to buyers equals the refunds that no provider has taken on yet, for each provider and currency',
    unit: 'refunds',
    of: sql`SELECT count(*) FROM refund`,
    offenders: () => sql`
      SELECT COALESCE(held.id, owed.id) AS id
      FROM (${inTransit('REFUND_IN_TRANSIT')}) AS held
      FULL JOIN (
        SELECT p.provider || ' ' || r.currency AS id, sum(r."amountMinor") AS amount
        FROM refund r JOIN payment p ON p.id = r."paymentId" WHERE r.status IN ('PENDING', 'FAILED') GROUP BY 1
      ) AS owed ON owed.id = held.id
      WHERE COALESCE(held.amount, 0) <> COALESCE(owed.amount, 0)`,
  }),
  bySql({
    name: 'refunds/fund-owed',
    says: 'what the protection fund paid for a merchant, the merchant was made to owe',
    unit: 'decisions that the fund paid for',
    of: sql`SELECT count(*) FROM order_refund WHERE "fromFundMinor" > 0`,
    offenders: () => sql`
      SELECT COALESCE(paid.id, owed.id) AS id
      FROM (SELECT "merchantId"::text AS id, sum("fromFundMinor") AS amount FROM order_refund WHERE "fromFundMinor" > 0 GROUP BY 1) AS paid
      FULL JOIN (
        SELECT d."ownerKey" AS id, sum(t."amountMinor") AS amount FROM ledger_transfer t
        JOIN ledger_account d ON d.id = t."debitId" AND d.kind = 'MERCHANT_RECEIVABLE'
        JOIN ledger_account c ON c.id = t."creditId" AND c.kind = 'PROTECTION_FUND' GROUP BY 1
      ) AS owed ON owed.id = paid.id
      WHERE COALESCE(paid.amount, 0) <> COALESCE(owed.amount, 0)`,
  }),
  bySql({
    name: 'suspense/empty',
    says: 'suspense holds exactly the unknown payments that wait for an operator, less what a lost dispute took of them, and top-ups while they are disputed',
    unit: 'suspense accounts',
    of: sql`SELECT count(*) FROM ledger_account WHERE kind = 'SUSPENSE'`,
    offenders: () => sql`
      SELECT a."ownerKey" AS id FROM ledger_account a JOIN ledger_balance b ON b."accountId" = a.id LEFT JOIN payment p ON p.id::text = a."ownerKey"
      WHERE a.kind = 'SUSPENSE' AND b."creditsMinor" - b."debitsMinor" <>
        CASE p.use WHEN 'UNKNOWN' THEN p."amountMinor" - p."refundedMinor" - COALESCE((
          SELECT sum(t."amountMinor") FROM ledger_transfer t JOIN ledger_account d ON d.id = t."creditId" AND d.kind = 'DISPUTED'
          WHERE t."debitId" = a.id), 0) ELSE 0 END
        AND NOT (b."creditsMinor" > b."debitsMinor" AND EXISTS (
          SELECT FROM dispute d JOIN checkout c ON c."paidPaymentId" = d."paymentId" AND c.purpose = 'TOP_UP'
          WHERE d."paymentId" = p.id AND d.state IN ('NEEDS_RESPONSE', 'UNDER_REVIEW') GROUP BY d."paymentId"
          HAVING sum(d."amountMinor") >= b."creditsMinor" - b."debitsMinor"))`,
  }),
  bySql({
    name: 'payouts/in-transit',
    says: 'the money in transit to merchants equals the payouts that no provider has taken on yet',
    unit: 'payouts',
    of: sql`SELECT count(*) FROM payout`,
    offenders: () => sql`
      SELECT COALESCE(held.id, owed.id) AS id
      FROM (${inTransit('PAYOUT_IN_TRANSIT')}) AS held
      FULL JOIN (
        SELECT provider || ' ' || currency AS id, sum("amountMinor") AS amount FROM payout WHERE status = 'PENDING' GROUP BY 1
      ) AS owed ON owed.id = held.id
      WHERE COALESCE(held.amount, 0) <> COALESCE(owed.amount, 0)`,
  }),
  bySql({
    name: 'disputes/held',
    says: 'a provider holds exactly the money that it withdrew for the disputes that are open',
    unit: 'disputes',
    of: sql`SELECT count(*) FROM dispute`,
    offenders: () => sql`
      SELECT d.id::text AS id FROM dispute d
      LEFT JOIN ledger_account a ON a.kind = 'DISPUTED' AND a."ownerKey" = d.id::text AND a.currency = d.currency
      LEFT JOIN ledger_balance b ON b."accountId" = a.id
      WHERE COALESCE(b."debitsMinor" - b."creditsMinor", 0) <> CASE WHEN d.state IN ('WON', 'LOST') THEN 0
        -- An inquiry moves no money until the provider takes it.
        WHEN EXISTS (SELECT FROM ledger_transfer t WHERE t."idempotencyKey" = 'dispute:' || d.id || ':withdrawn') THEN d."amountMinor" ELSE 0 END`,
  }),
  bySql({
    name: 'disputes/freeze',
    says: 'an order is frozen exactly while a dispute about its payment is open',
    unit: 'paid orders',
    of: sql`SELECT count(*) FROM "order" WHERE status IN ('AWAITING_DELIVERY', 'DELIVERED', 'CONFIRMED')`,
    offenders: () => sql`
      SELECT o.id::text AS id FROM "order" o JOIN checkout c ON c.id = o."checkoutId"
      WHERE o.status IN ('AWAITING_DELIVERY', 'DELIVERED', 'CONFIRMED') AND (o."frozenAt" IS NOT NULL) <> EXISTS (
        SELECT FROM dispute d WHERE d."paymentId" = c."paidPaymentId" AND d.state IN ('NEEDS_RESPONSE', 'UNDER_REVIEW'))`,
  }),
  bySql({
    name: 'coupons/counted',
    says: 'every coupon counts the checkouts that hold it, within its limits',
    unit: 'coupons',
    of: sql`SELECT count(*) FROM coupon`,
    offenders: () => sql`
      SELECT c.id::text AS id FROM coupon c LEFT JOIN coupon_use u ON u."couponId" = c.id AND u."returnedAt" IS NULL
      GROUP BY c.id HAVING c."usedCount" <> count(u."checkoutId") OR c."usedCount" > c."totalLimit"
      UNION SELECT c.id::text FROM coupon c JOIN coupon_use u ON u."couponId" = c.id AND u."returnedAt" IS NULL
      GROUP BY c.id, u."buyerKey" HAVING count(*) > c."perBuyerLimit"`,
  }),
  bySql({
    name: 'coupons/discounts',
    says: 'what a coupon took off a checkout is what its orders cost less, and it is held exactly while one of those waits or was delivered',
    unit: 'checkouts with a coupon',
    of: sql`SELECT count(*) FROM coupon_use`,
    offenders: () => sql`
      SELECT u."checkoutId"::text AS id FROM coupon_use u JOIN "order" o ON o."checkoutId" = u."checkoutId"
      GROUP BY u."checkoutId"
      HAVING u."discountMinor" <> sum(o."discountMinor")
          OR (u."returnedAt" IS NULL) <> bool_or(o."discountMinor" > 0 AND o.status NOT IN ('EXPIRED', 'CANCELLED'))
      UNION SELECT o."checkoutId"::text FROM "order" o
      WHERE o."discountMinor" > 0 AND NOT EXISTS (SELECT FROM coupon_use u WHERE u."checkoutId" = o."checkoutId")`,
  }),
]

/** What the in-transit accounts of each provider and currency hold. */
function inTransit(kind: 'REFUND_IN_TRANSIT' | 'PAYOUT_IN_TRANSIT') {
  return sql`
    SELECT a."ownerKey" || ' ' || a.currency AS id,
           sum(CASE t."creditId" WHEN a.id THEN t."amountMinor" ELSE -t."amountMinor" END) AS amount
    FROM ledger_account a JOIN ledger_transfer t ON a.id IN (t."debitId", t."creditId")
    WHERE a.kind = ${kind}::"AccountKind" GROUP BY 1`
}
