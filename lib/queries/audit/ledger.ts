import { GUARDED_KINDS } from '@/lib/domain/ledger'
import { join, sql } from '@/lib/domain/tx'
import { type Invariant, bySql } from './invariant'

const GUARDED = join([...GUARDED_KINDS].map((kind) => sql`${kind}::"AccountKind"`))

/** What the transfers say that every account took in and gave out. */
export const MOVED = sql`
  SELECT account, sum(debit) AS debits, sum(credit) AS credits FROM (
    SELECT "debitId" AS account, "amountMinor" AS debit, 0 AS credit FROM ledger_transfer
    UNION ALL SELECT "creditId", 0, "amountMinor" FROM ledger_transfer) AS side
  GROUP BY account`

const TRANSFERS = sql`SELECT count(*) FROM ledger_transfer`
const BALANCES = sql`SELECT count(*) FROM ledger_balance`

export const LEDGER: readonly Invariant[] = [
  bySql({
    name: 'ledger/transfers-sound',
    says: 'every transfer moves a positive amount between two accounts of its currency',
    unit: 'transfers',
    of: TRANSFERS,
    offenders: () => sql`
      SELECT t.id::text AS id FROM ledger_transfer t
      LEFT JOIN ledger_account d ON d.id = t."debitId" LEFT JOIN ledger_account c ON c.id = t."creditId"
      WHERE t."amountMinor" <= 0 OR t."debitId" = t."creditId"
        OR d.currency IS DISTINCT FROM t.currency OR c.currency IS DISTINCT FROM t.currency`,
  }),
  bySql({
    name: 'ledger/debits-equal-credits',
    says: 'over all accounts, running balances where they are kept, debits equal credits in each currency',
    unit: 'transfers',
    of: TRANSFERS,
    offenders: () => sql`
      SELECT a.currency::text AS id FROM ledger_account a
      LEFT JOIN ledger_balance b ON b."accountId" = a.id
      LEFT JOIN (${MOVED}) AS m ON m.account = a.id
      GROUP BY a.currency
      HAVING sum(COALESCE(b."debitsMinor", m.debits, 0)) <> sum(COALESCE(b."creditsMinor", m.credits, 0))`,
  }),
  bySql({
    name: 'ledger/balances-follow',
    says: 'every running balance equals the sum of its transfers',
    unit: 'balances',
    of: BALANCES,
    offenders: () => sql`
      SELECT b."accountId"::text AS id FROM ledger_balance b LEFT JOIN (${MOVED}) AS m ON m.account = b."accountId"
      WHERE b."debitsMinor" <> COALESCE(m.debits, 0) OR b."creditsMinor" <> COALESCE(m.credits, 0)`,
  }),
  bySql({
    name: 'ledger/balances-kept',
    says: 'every guarded account that money moved through has a running balance',
    unit: 'guarded accounts',
    of: sql`SELECT count(*) FROM ledger_account WHERE kind IN (${GUARDED})`,
    offenders: () => sql`
      SELECT a.id::text AS id FROM ledger_account a
      WHERE a.kind IN (${GUARDED}) AND NOT EXISTS (SELECT FROM ledger_balance b WHERE b."accountId" = a.id)
        AND (EXISTS (SELECT FROM ledger_transfer t WHERE t."debitId" = a.id) OR EXISTS (SELECT FROM ledger_transfer t WHERE t."creditId" = a.id))`,
  }),
  bySql({
    name: 'ledger/never-negative',
    says: 'no guarded account has given out more than it took in',
    unit: 'guarded accounts',
    of: sql`SELECT count(*) FROM ledger_account WHERE kind IN (${GUARDED})`,
    offenders: () => sql`
      SELECT a.id::text AS id FROM ledger_account a JOIN (${MOVED}) AS m ON m.account = a.id
      WHERE a.kind IN (${GUARDED}) AND m.debits > m.credits`,
  }),
  bySql({
    name: 'escrow/holds-the-total',
    says: 'the escrow of every delivered order holds exactly its total',
    unit: 'delivered orders',
    of: sql`SELECT count(*) FROM "order" WHERE status = 'DELIVERED'`,
    offenders: () => sql`
      SELECT o.id::text AS id FROM "order" o
      LEFT JOIN ledger_account a ON a.kind = 'ESCROW' AND a."ownerKey" = o.id::text AND a.currency = o.currency
      LEFT JOIN ledger_balance b ON b."accountId" = a.id
      WHERE o.status = 'DELIVERED' AND COALESCE(b."creditsMinor" - b."debitsMinor", 0) <> o."totalMinor"`,
  }),
  bySql({
    name: 'escrow/empty-otherwise',
    says: 'no escrow holds money unless its order is delivered',
    unit: 'escrow accounts',
    of: sql`SELECT count(*) FROM ledger_account WHERE kind = 'ESCROW'`,
    offenders: () => sql`
      SELECT a."ownerKey" AS id FROM ledger_account a JOIN ledger_balance b ON b."accountId" = a.id
      LEFT JOIN "order" o ON o.id::text = a."ownerKey"
      WHERE a.kind = 'ESCROW' AND b."creditsMinor" <> b."debitsMinor" AND o.status IS DISTINCT FROM 'DELIVERED'`,
  }),
  bySql({
    name: 'escrow/released-in-full',
    says: 'a confirmed order paid its merchant the total less the fee and the platform the fee; no other order paid anybody',
    unit: 'orders',
    of: sql`SELECT count(*) FROM "order"`,
    offenders: () => sql`
      SELECT o.id::text AS id FROM "order" o
      LEFT JOIN (
        SELECT t."orderId",
               sum(t."amountMinor") FILTER (WHERE c.kind = 'MERCHANT_PENDING' AND c."ownerKey" = t."merchantId"::text) AS merchant,
               sum(t."amountMinor") FILTER (WHERE c.kind = 'PLATFORM_FEE') AS fee
        FROM ledger_transfer t
        JOIN ledger_account d ON d.id = t."debitId" AND d.kind = 'ESCROW' AND d."ownerKey" = t."orderId"::text
        JOIN ledger_account c ON c.id = t."creditId"
        GROUP BY t."orderId"
      ) AS paid ON paid."orderId" = o.id
      WHERE COALESCE(paid.merchant, 0) <> CASE WHEN o.status = 'CONFIRMED' THEN o."totalMinor" - o."feeMinor" ELSE 0 END
         OR COALESCE(paid.fee, 0) <> CASE WHEN o.status = 'CONFIRMED' THEN o."feeMinor" ELSE 0 END`,
  }),
  bySql({
    name: 'suspense/empty',
    says: 'no money lies in suspense',
    unit: 'suspense accounts',
    of: sql`SELECT count(*) FROM ledger_account WHERE kind = 'SUSPENSE'`,
    offenders: () => sql`
      SELECT a."ownerKey" AS id FROM ledger_account a JOIN ledger_balance b ON b."accountId" = a.id
      WHERE a.kind = 'SUSPENSE' AND b."creditsMinor" <> b."debitsMinor"`,
  }),
  bySql({
    name: 'refunds/in-transit',
    says: 'the money in transit back to buyers equals the pending refunds, for each provider and currency',
    unit: 'refunds',
    of: sql`SELECT count(*) FROM refund`,
    offenders: () => sql`
      SELECT COALESCE(held.id, owed.id) AS id
      FROM (
        SELECT a."ownerKey" || ' ' || a.currency AS id, sum(m.credits - m.debits) AS amount
        FROM ledger_account a JOIN (${MOVED}) AS m ON m.account = a.id WHERE a.kind = 'REFUND_IN_TRANSIT' GROUP BY 1
      ) AS held
      FULL JOIN (
        SELECT p.provider || ' ' || r.currency AS id, sum(r."amountMinor") AS amount
        FROM refund r JOIN payment p ON p.id = r."paymentId" WHERE r.status = 'PENDING' GROUP BY 1
      ) AS owed ON owed.id = held.id
      WHERE COALESCE(held.amount, 0) <> COALESCE(owed.amount, 0)`,
  }),
]
