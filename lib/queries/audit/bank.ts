import { sql } from '@/lib/domain/tx'
import { MINUTE_MS, after } from '@/lib/kernel/time'
import { MOVED } from './ledger'
import { type Invariant, bySql } from './invariant'

/** How long news from the bank may take before its books and ours are compared. */
const NEWS_MS = 10 * MINUTE_MS

/** The sandbox bank's own books against ours. Deposits come by bank transfer and stand in another clearing account. */
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
        OR b.reference IS DISTINCT FROM p."checkoutId"::text)`,
  }),
  bySql({
    name: 'bank/refunds-known',
    says: 'every refund we booked is a refund at the bank, of the same amount and of the same capture',
    unit: 'refunds',
    of: sql`SELECT count(*) FROM refund r JOIN payment p ON p.id = r."paymentId" WHERE r.status = 'SUCCEEDED' AND p.provider = 'sandbox'`,
    offenders: () => sql`
      SELECT r.id::text AS id FROM refund r JOIN payment p ON p.id = r."paymentId"
      LEFT JOIN bank_refund b ON b.id::text = r."providerRef"
      WHERE r.status = 'SUCCEEDED' AND p.provider = 'sandbox'
        AND (b."amountMinor" IS DISTINCT FROM r."amountMinor" OR b."captureId"::text IS DISTINCT FROM p."captureRef")`,
  }),
  bySql({
    name: 'bank/books-agree',
    says: 'what stands at the bank, captured less refunded as far as we know of it, is what our clearing account says',
    unit: 'captures and refunds',
    of: sql`SELECT (SELECT count(*) FROM bank_capture) + (SELECT count(*) FROM bank_refund)`,
    offenders: () => sql`
      WITH at_bank AS (
        SELECT currency, sum(amount) AS amount FROM (
          SELECT c.currency, c."amountMinor" AS amount FROM bank_capture c
          WHERE EXISTS (SELECT FROM payment p WHERE p.provider = 'sandbox' AND p."captureRef" = c.id::text)
          UNION ALL
          SELECT c.currency, -b."amountMinor" FROM bank_refund b JOIN bank_capture c ON c.id = b."captureId"
          WHERE EXISTS (SELECT FROM refund r WHERE r.status = 'SUCCEEDED' AND r."providerRef" = b.id::text)
        ) AS entry GROUP BY currency
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
    says: 'every capture and refund at the bank has reached our books within ten minutes (underpaid captures never do: settle them by hand)',
    severity: 'warning',
    unit: 'captures and refunds',
    of: sql`SELECT (SELECT count(*) FROM bank_capture) + (SELECT count(*) FROM bank_refund)`,
    offenders: ({ now }) => sql`
      SELECT 'capture ' || c.id AS id FROM bank_capture c
      WHERE c."capturedAt" < ${after(now, -NEWS_MS)}
        AND NOT EXISTS (SELECT FROM payment p WHERE p.provider = 'sandbox' AND p."captureRef" = c.id::text)
      UNION ALL
      SELECT 'refund ' || b.id FROM bank_refund b
      WHERE b."createdAt" < ${after(now, -NEWS_MS)}
        AND NOT EXISTS (SELECT FROM refund r WHERE r.status = 'SUCCEEDED' AND r."providerRef" = b.id::text)`,
  }),
]
