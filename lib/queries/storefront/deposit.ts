import { type Sql, sql } from '@/lib/domain/tx'

/** The deposit of merchant `m` as a scalar subquery in minor units, from the ledger; nothing paid in is 0. */
export const depositMinor: Sql = sql`
  COALESCE((SELECT b."creditsMinor" - b."debitsMinor"
            FROM ledger_account a JOIN ledger_balance b ON b."accountId" = a.id
            WHERE a.kind = 'MERCHANT_DEPOSIT' AND a."ownerKey" = m.id::text AND a.currency = 'CNY'), 0)`
