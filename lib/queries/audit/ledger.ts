import { GUARDED } from '@/lib/domain/ledger'
import { join, sql } from '@/lib/domain/tx'
import { type Invariant, bySql } from './invariant'

const RULES = Object.entries(GUARDED)
const KINDS = join(RULES.map(([kind]) => sql`${kind}::"AccountKind"`))
const DEBIT_KINDS = join(RULES.flatMap(([kind, rule]) => (rule === 'DEBIT' ? [sql`${kind}::"AccountKind"`] : [])))

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
    of: sql`SELECT count(*) FROM ledger_account WHERE kind IN (${KINDS})`,
    offenders: () => sql`
      SELECT a.id::text AS id FROM ledger_account a
      WHERE a.kind IN (${KINDS}) AND NOT EXISTS (SELECT FROM ledger_balance b WHERE b."accountId" = a.id)
        AND (EXISTS (SELECT FROM ledger_transfer t WHERE t."debitId" = a.id) OR EXISTS (SELECT FROM ledger_transfer t WHERE t."creditId" = a.id))`,
  }),
  bySql({
    name: 'ledger/rules',
    says: 'every running balance is kept from the side that its kind is kept from',
    unit: 'balances',
    of: BALANCES,
    offenders: () => sql`
      SELECT b."accountId"::text AS id FROM ledger_balance b JOIN ledger_account a ON a.id = b."accountId"
      WHERE (b.rule = 'DEBIT') <> (a.kind IN (${DEBIT_KINDS}))`,
  }),
  bySql({
    name: 'ledger/never-negative',
    says: 'no guarded account has given out more than it took in, and no claim was paid more than is owed',
    unit: 'guarded accounts',
    of: sql`SELECT count(*) FROM ledger_account WHERE kind IN (${KINDS})`,
    offenders: () => sql`
      SELECT a.id::text AS id FROM ledger_account a JOIN (${MOVED}) AS m ON m.account = a.id
      WHERE a.kind IN (${KINDS}) AND CASE WHEN a.kind IN (${DEBIT_KINDS}) THEN m.credits > m.debits ELSE m.debits > m.credits END`,
  }),
]
