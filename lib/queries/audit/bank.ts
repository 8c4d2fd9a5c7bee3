import { sql } from '@/lib/domain/tx'
import { MINUTE_MS, after } from '@/lib/kernel/time'
import { MOVED } from './ledger'
import { type Invariant, bySql } from './invariant'

/** How long news from a provider may take before its books and ours are compared. */
const NEWS_MS = 10 * MINUTE_MS

const AT_BANK = sql`
  SELECT 'sandbox:' || kind || ':' || "sourceId" AS ref, "amountMinor" AS amount, currency, at FROM bank_movement`

/** What our ledger says about clearing accounts of providers that publish a list, one row a ledger transaction. */
const OURS = sql`
  SELECT t."externalRef" AS ref, t."transactionId", t.currency, min(t.at) AS at,
         sum(CASE WHEN d.kind = 'PROVIDER_CLEARING' AND d."ownerKey" = split_part(t."externalRef", ':', 1) THEN t."amountMinor" ELSE -t."amountMinor" END) AS amount
  FROM ledger_transfer t JOIN ledger_account d ON d.id = t."debitId"
  WHERE t."externalRef" IS NOT NULL AND t."externalRef" NOT LIKE 'bank-transfer:%'
  GROUP BY t."externalRef", t."transactionId", t.currency`

/** The providers' own books against ours: the sandbox bank's tables, and the lines that reconciliation pulled. */
export const BANK: readonly Invariant[] = [
  bySql({
    name: 'bank/payments-known',
    says: 'every payment we recorded is a capture at the bank, of the same amount and for the same checkout',
    unit: 'payments',
    of: sql`SELECT count(*) FROM payment WHERE provider = 'sandbox'`,
    offenders: () => sql`
      SELECT p.id::text AS id FROM payment p
      LEFT JOIN bank_capture c ON c.id::text = p."captureRef" LEFT JOIN bank_payment b ON b.id = c."paymentId"
      WHERE p.provider = 'sandbox' AND (c."amountMinor" IS DISTINCT FROM p."amountMinor" OR c.currency <> p.currency
        OR (p."checkoutId" IS NOT NULL AND b.reference IS DISTINCT FROM p."checkoutId"::text))`,
  }),
  bySql({
    name: 'bank/refunds-known',
    says: 'every refund we booked is a refund at the bank, of the same amount and of the same capture',
    unit: 'refunds',
    of: sql`SELECT count(*) FROM refund r JOIN payment p ON p.id = r."paymentId" WHERE r.status IN ('SENT', 'SUCCEEDED') AND p.provider = 'sandbox'`,
    offenders: () => sql`
      SELECT r.id::text AS id FROM refund r JOIN payment p ON p.id = r."paymentId"
      LEFT JOIN bank_refund b ON b.id::text = r."providerRef"
      WHERE r.status IN ('SENT', 'SUCCEEDED') AND r.method = 'PROVIDER' AND p.provider = 'sandbox' AND r."providerRef" NOT LIKE 'bank-transfer:%' AND r."providerRef" NOT LIKE 'dispute:%'
        AND (b."amountMinor" IS DISTINCT FROM r."amountMinor" OR b."captureId"::text IS DISTINCT FROM p."captureRef")`,
  }),
  bySql({
    name: 'bank/books-agree',
    says: 'what the bank owes us, as far as we know of it, is what our clearing account says',
    unit: 'movements',
    of: sql`SELECT count(*) FROM bank_movement`,
    offenders: () => sql`
      WITH at_bank AS (
        SELECT currency, sum(amount) AS amount FROM (${AT_BANK}) AS moved
        WHERE EXISTS (SELECT FROM ledger_transfer t WHERE t."externalRef" = moved.ref) GROUP BY currency
      ), ours AS (
        SELECT a.currency, sum(m.debits - m.credits) AS amount
        FROM ledger_account a JOIN (${MOVED}) AS m ON m.account = a.id
        WHERE a.kind = 'PROVIDER_CLEARING' AND a."ownerKey" = 'sandbox' GROUP BY a.currency
      )
      SELECT COALESCE(at_bank.currency, ours.currency)::text AS id FROM at_bank FULL JOIN ours ON ours.currency = at_bank.currency
      WHERE COALESCE(at_bank.amount, 0) <> COALESCE(ours.amount, 0)`,
  }),
  bySql({
    name: 'bank/news-heard',
    says: 'every movement at the bank has reached our books within ten minutes, of the same amount, once',
    unit: 'movements',
    of: sql`SELECT count(*) FROM bank_movement`,
    offenders: ({ now }) => sql`
      SELECT moved.ref AS id FROM (${AT_BANK}) AS moved
      LEFT JOIN (${OURS}) AS ours ON ours.ref = moved.ref AND ours.amount = moved.amount AND ours.currency = moved.currency
      WHERE moved.at < ${after(now, -NEWS_MS)} GROUP BY moved.ref HAVING count(ours.ref) <> 1`,
  }),
  bySql({
    name: 'reconciliation/lines-matched',
    says: 'every line that a provider listed is matched to one ledger transaction, or explained by an operator, within ten minutes',
    unit: 'lines',
    of: sql`SELECT count(*) FROM provider_line`,
    offenders: ({ now }) => sql`
      SELECT l.provider || ' ' || l."movementRef" AS id FROM provider_line l
      LEFT JOIN (${OURS}) AS ours ON ours."transactionId" = l."transactionId" AND ours.amount = l."amountMinor" AND ours.currency = l.currency
      WHERE l."seenAt" < ${after(now, -NEWS_MS)} AND l.explanation IS NULL AND ours.ref IS NULL`,
  }),
  bySql({
    name: 'reconciliation/transactions-listed',
    says: 'every movement of our clearing accounts stands in the list of the provider, once it has been pulled so far',
    unit: 'ledger transactions',
    of: sql`SELECT count(*) FROM (${OURS}) AS ours`,
    offenders: ({ now }) => sql`
      SELECT ours.ref AS id FROM (${OURS}) AS ours
      JOIN reconciliation r ON r.provider = split_part(ours.ref, ':', 1) AND r."pulledTo" > ours.at + interval '10 minutes'
      WHERE ours.at < ${after(now, -NEWS_MS)} AND NOT EXISTS (SELECT FROM provider_line l WHERE l."transactionId" = ours."transactionId")
        AND ours.ref NOT LIKE '%:fee:%'`,
  }),
]
