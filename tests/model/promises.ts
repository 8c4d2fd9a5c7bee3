import { z } from 'zod'
import { selectRows, sql } from '@/lib/domain/tx'
import { db } from '@/tests/support/database'
import type { Story } from './deeds'

/**
 * What must be true once everything has come to its end, by itself and not through the code under test: in words, the
 * promises of the mall that this sequence saw broken.
 */
export async function offences({ userId, checkoutIds }: Story, merchants: readonly string[]): Promise<string[]> {
  const ours = sql`"checkoutId" = ANY (${checkoutIds}::uuid[])`
  const rows = await selectRows(
    db,
    z.object({ offence: z.string() }),
    sql`
      SELECT 'debits differ from credits in ' || currency AS offence FROM (
        SELECT currency, sum("debitsMinor") - sum("creditsMinor") AS net FROM ledger_balance b JOIN ledger_account a ON a.id = b."accountId" GROUP BY 1
        UNION ALL
        SELECT t.currency, sum(CASE WHEN cb."accountId" IS NULL THEN t."amountMinor" ELSE 0 END) * -1
                         + sum(CASE WHEN db."accountId" IS NULL THEN t."amountMinor" ELSE 0 END)
        FROM ledger_transfer t LEFT JOIN ledger_balance db ON db."accountId" = t."debitId" LEFT JOIN ledger_balance cb ON cb."accountId" = t."creditId"
        GROUP BY 1) AS side GROUP BY currency HAVING sum(net) <> 0
      UNION ALL
      SELECT 'a guarded balance is negative: ' || "accountId" FROM ledger_balance
      WHERE CASE rule WHEN 'CREDIT' THEN "creditsMinor" < "debitsMinor" ELSE "debitsMinor" < "creditsMinor" END
      UNION ALL
      SELECT 'the bank has ' || COALESCE(bank.amount, 0) || ' ' || COALESCE(bank.currency, ours.currency) || ', our clearing says ' || COALESCE(ours.amount, 0)
      FROM (SELECT currency, sum("amountMinor")::bigint AS amount FROM bank_movement GROUP BY 1) AS bank
      FULL JOIN (
        SELECT t.currency, sum(CASE WHEN t."debitId" = a.id THEN t."amountMinor" ELSE -t."amountMinor" END)::bigint AS amount
        FROM ledger_account a JOIN ledger_transfer t ON a.id IN (t."debitId", t."creditId")
        WHERE a.kind = 'PROVIDER_CLEARING' AND a."ownerKey" = 'sandbox' GROUP BY 1
      ) AS ours ON ours.currency = bank.currency WHERE COALESCE(bank.amount, 0) <> COALESCE(ours.amount, 0)
      UNION ALL
      SELECT 'order ' || o.id || ' is over (' || o.status || ') and its escrow holds ' || b."creditsMinor" - b."debitsMinor"
      FROM "order" o JOIN ledger_account a ON a.kind = 'ESCROW' AND a."ownerKey" = o.id::text JOIN ledger_balance b ON b."accountId" = a.id
      WHERE ${ours} AND b."creditsMinor" <> b."debitsMinor"
      UNION ALL
      SELECT 'order ' || id || ' never ended: ' || status FROM "order" WHERE ${ours} AND status IN ('AWAITING_PAYMENT', 'AWAITING_DELIVERY', 'DELIVERED')
      UNION ALL
      SELECT 'the bank took ' || c."amountMinor" || ' for checkout ' || p.reference || ' and we never booked it'
      FROM bank_capture c JOIN bank_payment p ON p.id = c."paymentId"
      WHERE p.reference = ANY (${checkoutIds}::text[]) AND NOT EXISTS (SELECT FROM payment m WHERE m.provider = 'sandbox' AND m."captureRef" = c.id::text)
      UNION ALL
      SELECT 'payment ' || p.id || ' (' || p.use || ') was neither used nor sent back'
      FROM payment p WHERE ${ours} AND p.use <> 'APPLIED' AND p."refundedMinor" <> p."amountMinor"
      UNION ALL
      SELECT 'checkout ' || c.id || ' was paid ' || c."totalMinor" || ', of which ' || COALESCE(served.amount, 0) || ' was delivered and ' || COALESCE(back.amount, 0) || ' sent back'
      FROM checkout c
      LEFT JOIN (SELECT "checkoutId", sum("totalMinor") AS amount FROM "order" WHERE status IN ('CONFIRMED', 'REFUNDED') GROUP BY 1) AS served ON served."checkoutId" = c.id
      LEFT JOIN (SELECT "paymentId", sum("amountMinor") AS amount FROM refund WHERE "orderRefundId" IS NULL GROUP BY 1) AS back ON back."paymentId" = c."paidPaymentId"
      LEFT JOIN (SELECT "checkoutId", sum("walletMinor") AS amount FROM "order" WHERE status IN ('EXPIRED', 'CANCELLED') GROUP BY 1) AS wallet ON wallet."checkoutId" = c.id
      WHERE c.id = ANY (${checkoutIds}::uuid[]) AND c.purpose = 'ORDERS' AND c."paidPaymentId" IS NOT NULL
        AND COALESCE(served.amount, 0) + COALESCE(back.amount, 0) + COALESCE(wallet.amount, 0) <> c."totalMinor"
      UNION ALL
      SELECT 'the wallet holds ' || COALESCE(held.amount, 0) || ' and should hold ' || due.amount
      FROM (
        SELECT COALESCE((SELECT sum(p."amountMinor") FROM checkout c JOIN payment p ON p.id = c."paidPaymentId" WHERE c."buyerId" = u.id AND c.purpose = 'TOP_UP'), 0)
          - COALESCE((SELECT sum(o."walletMinor") FROM checkout c JOIN "order" o ON o."checkoutId" = c.id
                      WHERE c."buyerId" = u.id AND o.status NOT IN ('EXPIRED', 'CANCELLED')), 0)
          + COALESCE((SELECT sum("amountMinor") FROM refund WHERE "walletUserId" = u.id), 0)
          - COALESCE((SELECT sum(t."amountMinor") FROM ledger_transfer t JOIN ledger_account w ON w.id = t."debitId"
                      WHERE t.code = 'dispute-lost' AND (w."ownerKey" = u.id::text OR w."ownerKey" IN (
                        SELECT c."paidPaymentId"::text FROM checkout c WHERE c."buyerId" = u.id AND c.purpose = 'TOP_UP'))), 0) AS amount
        FROM "user" u WHERE u.id = ${userId}::uuid
      ) AS due
      LEFT JOIN (
        SELECT b."creditsMinor" - b."debitsMinor" AS amount FROM ledger_balance b JOIN ledger_account a ON a.id = b."accountId"
        WHERE a.kind = 'BUYER_WALLET' AND a."ownerKey" = ${userId}
      ) AS held ON true WHERE COALESCE(held.amount, 0) <> due.amount
      UNION ALL
      SELECT 'merchant ' || owes."ownerKey" || ' owes ' || owes.amount || ' and may take out ' || has.amount
      FROM (SELECT a."ownerKey", b."debitsMinor" - b."creditsMinor" AS amount FROM ledger_account a JOIN ledger_balance b ON b."accountId" = a.id
            WHERE a.kind = 'MERCHANT_RECEIVABLE') AS owes
      JOIN (SELECT a."ownerKey", b."creditsMinor" - b."debitsMinor" AS amount FROM ledger_account a JOIN ledger_balance b ON b."accountId" = a.id
            WHERE a.kind = 'MERCHANT_AVAILABLE') AS has ON has."ownerKey" = owes."ownerKey"
      WHERE owes."ownerKey" = ANY (${[...merchants]}::text[]) AND owes.amount > 0 AND has.amount > 0
      UNION ALL
      SELECT 'order ' || id || ' earned the platform ' || earned || ' and should have earned ' || due
      FROM (
        SELECT o.id, o."feeMinor"::bigint * (o."totalMinor" - o."refundedMinor" + o."promoMinor" - o."promoMinor"::bigint * o."refundedMinor" / o."totalMinor")
                 / (o."totalMinor" + o."promoMinor") AS due,
               COALESCE((SELECT sum(CASE t."creditId" WHEN a.id THEN t."amountMinor" ELSE -t."amountMinor" END)
                         FROM ledger_transfer t JOIN ledger_account a ON a.id IN (t."debitId", t."creditId") AND a.kind = 'PLATFORM_FEE'
                         WHERE t."orderId" = o.id), 0) AS earned
        FROM "order" o JOIN earning e ON e."orderId" = o.id WHERE ${ours}
      ) AS fee WHERE earned <> due
      UNION ALL
      SELECT 'order ' || o.id || ' matured after ' || (e."maturedAt" - e."releasedAt")
      FROM "order" o JOIN earning e ON e."orderId" = o.id JOIN merchant m ON m.id = e."merchantId"
      WHERE ${ours} AND m.tier = 'NEW' AND e."maturedAt" < e."releasedAt" + interval '14 days'
      UNION ALL
      SELECT 'order ' || o.id || ' was refunded out of the fund though its merchant had a deposit of ' || (b."creditsMinor" - b."debitsMinor")
      FROM "order" o JOIN order_refund r ON r."orderId" = o.id
      JOIN ledger_account a ON a.kind = 'MERCHANT_DEPOSIT' AND a."ownerKey" = o."merchantId"::text JOIN ledger_balance b ON b."accountId" = a.id
      WHERE ${ours} AND r."fromFundMinor" > 0 AND b."creditsMinor" > b."debitsMinor"
        AND NOT EXISTS (SELECT FROM ledger_transfer t WHERE t.code = 'deposit' AND t."creditId" = a.id AND t.at >= r."createdAt")
      UNION ALL
      SELECT 'order ' || o.id || ' delivered ' || count(k.id) || ' CDKs, ' || o."refundedUnits" || ' were refunded of ' || o.quantity
      FROM "order" o LEFT JOIN cdk k ON k."merchantId" = o."merchantId" AND k."orderId" = o.id AND k.state = 'DELIVERED'
      WHERE ${ours} AND o.status = 'CONFIRMED' GROUP BY o.id HAVING count(k.id) <> o.quantity - o."refundedUnits"`,
  )
  return rows.map(({ offence }) => offence)
}
