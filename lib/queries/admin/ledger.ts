import { z } from 'zod'
import { type Tx, empty, selectRows, sql } from '@/lib/domain/tx'
import { AccountKind } from '@/lib/infra/prisma/enums'
import type { Minor } from '@/lib/kernel/money'
import { minorColumn } from '@/lib/queries/columns'
import { type Page, selectPage } from '@/lib/queries/page'

const KindRow = z.object({
  kind: z.enum(AccountKind),
  accounts: z.number(),
  debitsMinor: minorColumn,
  creditsMinor: minorColumn,
  /** Accounts whose running balance is not the sum of their transfers; anything but 0 is an alarm. */
  astray: z.number(),
})
export type KindRow = z.infer<typeof KindRow>

export interface LedgerOverview {
  readonly kinds: readonly KindRow[]
  readonly debitsMinor: Minor
  readonly creditsMinor: Minor
  /** What providers owe us: clearing, the only kind whose balance is debits less credits. */
  readonly clearingMinor: Minor
  /** What we owe: every other kind. Equal to clearing in sound books. */
  readonly owedMinor: Minor
  readonly astray: number
}

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
      SELECT a.kind::text AS kind, count(*)::int AS accounts, COALESCE(sum(s.debits), 0)::bigint AS "debitsMinor",
             COALESCE(sum(s.credits), 0)::bigint AS "creditsMinor",
             count(*) FILTER (WHERE b."accountId" IS NOT NULL
               AND b."creditsMinor" - b."debitsMinor" <> COALESCE(s.credits, 0) - COALESCE(s.debits, 0))::int AS astray
      FROM ledger_account a LEFT JOIN sums s ON s.account = a.id LEFT JOIN ledger_balance b ON b."accountId" = a.id
      GROUP BY a.kind`,
  )
  const kinds = Object.values(AccountKind).map(
    (kind) =>
      found.find((row) => row.kind === kind) ?? { kind, accounts: 0, debitsMinor: 0, creditsMinor: 0, astray: 0 },
  )
  const total = (of: (row: KindRow) => Minor) => kinds.reduce((sum, row) => sum + of(row), 0)
  return {
    kinds,
    debitsMinor: total((row) => row.debitsMinor),
    creditsMinor: total((row) => row.creditsMinor),
    clearingMinor: total((row) => (row.kind === 'PROVIDER_CLEARING' ? row.debitsMinor - row.creditsMinor : 0)),
    owedMinor: total((row) => (row.kind === 'PROVIDER_CLEARING' ? 0 : row.creditsMinor - row.debitsMinor)),
    astray: total((row) => row.astray),
  }
}

const AccountRow = z.object({
  id: z.string(),
  ownerKey: z.string(),
  /** What people call the owner: order number, merchant name. */
  owner: z.string().nullable(),
  currency: z.string(),
  debitsMinor: minorColumn,
  creditsMinor: minorColumn,
  createdAt: z.date(),
})
export type AccountRow = z.infer<typeof AccountRow>

const OWNER = sql`COALESCE(
  (SELECT o.number FROM "order" o WHERE a.kind = 'ESCROW' AND o.id = CASE WHEN a.kind = 'ESCROW' THEN a."ownerKey"::uuid END),
  (SELECT m.name FROM merchant m WHERE a.kind::text LIKE 'MERCHANT_%' AND m.id = CASE WHEN a.kind::text LIKE 'MERCHANT_%' THEN a."ownerKey"::uuid END))`

/** The accounts of one kind, latest first; `open` keeps those with money in them. */
export async function listAccounts(
  db: Tx,
  kind: AccountKind,
  { open }: { readonly open: boolean },
  page: number,
): Promise<Page<AccountRow>> {
  return selectPage(
    db,
    AccountRow,
    {
      columns: sql`a.id, a."ownerKey", ${OWNER} AS owner, a.currency, s.debits AS "debitsMinor", s.credits AS "creditsMinor", a."createdAt"`,
      from: sql`ledger_account a LEFT JOIN ledger_balance b ON b."accountId" = a.id
        CROSS JOIN LATERAL (
          SELECT COALESCE((SELECT sum("amountMinor") FROM ledger_transfer WHERE "debitId" = a.id), 0)::bigint AS debits,
                 COALESCE((SELECT sum("amountMinor") FROM ledger_transfer WHERE "creditId" = a.id), 0)::bigint AS credits) AS s
        WHERE a.kind = ${kind}::"AccountKind" ${open ? sql`AND COALESCE(b."creditsMinor" <> b."debitsMinor", s.credits <> s.debits)` : empty}`,
      orderBy: sql`a."createdAt" DESC, a.id`,
    },
    page,
  )
}

const Account = z.object({ ...AccountRow.shape, kind: z.enum(AccountKind) })
export type Account = z.infer<typeof Account>

const AccountTransfer = z.object({
  id: z.string(),
  at: z.date(),
  code: z.string(),
  debitMinor: minorColumn.nullable(),
  creditMinor: minorColumn.nullable(),
  otherId: z.string(),
  otherKind: z.enum(AccountKind),
  orderId: z.string().nullable(),
  orderNumber: z.string().nullable(),
  idempotencyKey: z.string(),
})
export type AccountTransfer = z.infer<typeof AccountTransfer>

/** One account with its transfers, latest first, in three statements. */
export async function findAccount(
  db: Tx,
  accountId: string,
  page: number,
): Promise<{ account: Account; transfers: Page<AccountTransfer> } | null> {
  const [account] = await selectRows(
    db,
    Account,
    sql`
      SELECT a.id, a.kind::text AS kind, a."ownerKey", ${OWNER} AS owner, a.currency, a."createdAt",
        COALESCE((SELECT sum("amountMinor") FROM ledger_transfer WHERE "debitId" = a.id), 0)::bigint AS "debitsMinor",
        COALESCE((SELECT sum("amountMinor") FROM ledger_transfer WHERE "creditId" = a.id), 0)::bigint AS "creditsMinor"
      FROM ledger_account a WHERE a.id = ${accountId}::uuid`,
  )
  if (!account) return null
  const transfers = await selectPage(
    db,
    AccountTransfer,
    {
      columns: sql`
        t.id, t.at, t.code, CASE WHEN t."debitId" = ${accountId}::uuid THEN t."amountMinor" END AS "debitMinor",
        CASE WHEN t."creditId" = ${accountId}::uuid THEN t."amountMinor" END AS "creditMinor", x.id AS "otherId", x.kind::text AS "otherKind",
        t."orderId", o.number AS "orderNumber", t."idempotencyKey"`,
      from: sql`ledger_transfer t
        JOIN ledger_account x ON x.id = CASE WHEN t."debitId" = ${accountId}::uuid THEN t."creditId" ELSE t."debitId" END
        LEFT JOIN "order" o ON o.id = t."orderId"
        WHERE ${accountId}::uuid IN (t."debitId", t."creditId")`,
      orderBy: sql`t.at DESC, t.id DESC`,
    },
    page,
  )
  return { account, transfers }
}
