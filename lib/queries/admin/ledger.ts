import { z } from 'zod'
import { type Tx, selectRows, sql } from '@/lib/domain/tx'
import { AccountKind } from '@/lib/infra/prisma/enums'
import type { Minor } from '@/lib/kernel/money'
import { minorColumn } from '@/lib/queries/columns'
import { balanceOn, isDebitKind } from './account-side'

const KindRow = z.object({
  kind: z.enum(AccountKind),
  currency: z.string(),
  accounts: z.number(),
  debitsMinor: minorColumn,
  creditsMinor: minorColumn,
  /** Accounts whose running balance is not the sum of their transfers; anything but 0 is an alarm. */
  astray: z.number(),
})
export type KindRow = z.infer<typeof KindRow>

/** The books of one currency. */
export interface Books {
  readonly currency: string
  readonly kinds: readonly KindRow[]
  readonly debitsMinor: Minor
  readonly creditsMinor: Minor
  /** What others hold for us or owe us, and what we have spent. */
  readonly assetsMinor: Minor
  /** What we owe and have earned: every other kind. Equal to the assets in sound books. */
  readonly owedMinor: Minor
}

export interface LedgerOverview {
  /** The mall's own currency first; others only hold money that had to go back. */
  readonly books: readonly [Books, ...Books[]]
  readonly astray: number
}

const OWN = 'CNY'

/** Every account kind, summed from the transfers and compared with the running balances, in one statement. */
export async function findLedgerOverview(db: Tx): Promise<LedgerOverview> {
  const found = await selectRows(
    db,
    KindRow,
    sql`
      WITH sums AS (
        SELECT account, sum(debit) AS debits, sum(credit) AS credits
        FROM (SELECT "debitId" AS account, "amountMinor" AS debit, 0::bigint AS credit FROM ledger_transfer
              UNION ALL SELECT "creditId", 0, "amountMinor" FROM ledger_transfer) AS e
        GROUP BY account)
      SELECT a.kind::text AS kind, a.currency, count(*)::int AS accounts, COALESCE(sum(s.debits), 0)::bigint AS "debitsMinor",
             COALESCE(sum(s.credits), 0)::bigint AS "creditsMinor",
             count(*) FILTER (WHERE b."accountId" IS NOT NULL
               AND b."creditsMinor" - b."debitsMinor" <> COALESCE(s.credits, 0) - COALESCE(s.debits, 0))::int AS astray
      FROM ledger_account a LEFT JOIN sums s ON s.account = a.id LEFT JOIN ledger_balance b ON b."accountId" = a.id
      GROUP BY a.kind, a.currency`,
  )
  const others = [...new Set(found.map(({ currency }) => currency))].filter((currency) => currency !== OWN).toSorted()
  return {
    books: [booksOf(found, OWN), ...others.map((currency) => booksOf(found, currency))],
    astray: found.reduce((sum, row) => sum + row.astray, 0),
  }
}

function booksOf(found: readonly KindRow[], currency: string): Books {
  const rows = found.filter((row) => row.currency === currency)
  const none = { currency, accounts: 0, debitsMinor: 0, creditsMinor: 0, astray: 0 }
  const kinds =
    currency === OWN
      ? Object.values(AccountKind).map((kind) => rows.find((row) => row.kind === kind) ?? { kind, ...none })
      : rows
  const total = (of: (row: KindRow) => Minor) => rows.reduce((sum, row) => sum + of(row), 0)
  return {
    currency,
    kinds,
    debitsMinor: total((row) => row.debitsMinor),
    creditsMinor: total((row) => row.creditsMinor),
    assetsMinor: total((row) => (isDebitKind(row.kind) ? balanceOn(row.kind, row) : 0)),
    owedMinor: total((row) => (isDebitKind(row.kind) ? 0 : balanceOn(row.kind, row))),
  }
}
