import { z } from 'zod'
import { type Sql, type Tx, empty, join, selectRows, sql } from '@/lib/domain/tx'
import { AccountKind } from '@/lib/infra/prisma/enums'
import { minorColumn } from '@/lib/queries/columns'
import { type Page, containing, startingWith } from '@/lib/queries/page'
import { isDebitKind } from './account-side'
import { type AdminList, type Span, listPage, within } from './list'

const AccountRow = z.object({
  id: z.string(),
  kind: z.enum(AccountKind),
  ownerKey: z.string(),
  /** What people call the owner: order number, merchant name, e-mail. Null for providers and the platform. */
  owner: z.string().nullable(),
  currency: z.string(),
  debitsMinor: minorColumn,
  creditsMinor: minorColumn,
  createdAt: z.date(),
})
export type AccountRow = z.infer<typeof AccountRow>

/** The owner's key as an id, where it is one: a provider's name is not. */
const keyOf = (kinds: Sql) => sql`CASE WHEN a.kind::text IN (${kinds}) THEN a."ownerKey"::uuid END`
const MERCHANT_KINDS = ['MERCHANT_PENDING', 'MERCHANT_AVAILABLE', 'MERCHANT_DEPOSIT', 'MERCHANT_RECEIVABLE'] as const

const OWNER = sql`COALESCE(
  (SELECT o.number FROM "order" o WHERE o.id = ${keyOf(sql`'ESCROW'`)}),
  (SELECT m.name FROM merchant m WHERE m.id = ${keyOf(join(MERCHANT_KINDS))}),
  (SELECT u.email FROM "user" u WHERE u.id = ${keyOf(sql`'BUYER_WALLET'`)}),
  (SELECT p."captureRef" FROM payment p WHERE p.id = ${keyOf(sql`'SUSPENSE'`)}),
  (SELECT d."disputeRef" FROM dispute d WHERE d.id = ${keyOf(sql`'DISPUTED'`)}))`

const SUMS = sql`
  CROSS JOIN LATERAL (
    SELECT COALESCE((SELECT sum("amountMinor") FROM ledger_transfer WHERE "debitId" = a.id), 0)::bigint AS debits,
           COALESCE((SELECT sum("amountMinor") FROM ledger_transfer WHERE "creditId" = a.id), 0)::bigint AS credits) AS s`
const COLUMNS = sql`
  a.id, a.kind::text AS kind, a."ownerKey", ${OWNER} AS owner, a.currency, s.debits AS "debitsMinor", s.credits AS "creditsMinor", a."createdAt"`

export interface AccountFilter {
  readonly kind?: AccountKind | undefined
  /** Keeps accounts with money in them. */
  readonly open?: boolean
  /** Whose: merchant's name or slug, start of an order number, a whole e-mail address. */
  readonly q?: string | undefined
}

/** Accounts, latest first. */
export function accounts({ kind, open = false, q }: AccountFilter): AdminList<AccountRow> {
  return {
    row: AccountRow,
    columns: COLUMNS,
    from: sql`ledger_account a LEFT JOIN ledger_balance b ON b."accountId" = a.id ${SUMS} WHERE TRUE
      ${kind ? sql`AND a.kind = ${kind}::"AccountKind"` : empty}
      ${open ? sql`AND COALESCE(b."creditsMinor" <> b."debitsMinor", s.credits <> s.debits)` : empty}
      ${q ? sql`AND (a.kind, a."ownerKey") IN (${ownedBy(q)})` : empty}`,
    at: sql`a."createdAt"`,
    id: sql`a.id`,
  }
}

export async function listAccounts(db: Tx, filter: AccountFilter, page: number): Promise<Page<AccountRow>> {
  return listPage(db, accounts(filter), page)
}

/** Kind and key of the accounts that belong to whom or what is asked for. */
function ownedBy(q: string): Sql {
  const of = (kinds: readonly AccountKind[], ids: Sql) =>
    sql`SELECT k.kind::"AccountKind", o.id::text FROM unnest(ARRAY[${join(kinds)}]) AS k (kind) CROSS JOIN (${ids}) AS o`
  if (q.includes('@')) {
    const email = q.toLowerCase()
    return sql`
      ${of(['BUYER_WALLET'], sql`SELECT id FROM "user" WHERE email = ${email}`)}
      UNION ALL ${of(['ESCROW'], sql`SELECT x.id FROM "order" x JOIN checkout c ON c.id = x."checkoutId" WHERE c.email = ${email}`)}`
  }
  return sql`
    ${of(MERCHANT_KINDS, sql`SELECT id FROM merchant WHERE name ILIKE ${containing(q)} OR slug ILIKE ${containing(q)}`)}
    UNION ALL ${of(['ESCROW'], sql`SELECT id FROM "order" WHERE number LIKE ${startingWith(q.toUpperCase())}`)}`
}

const AccountTransfer = z.object({
  id: z.string(),
  transactionId: z.string(),
  at: z.date(),
  code: z.string(),
  debitMinor: minorColumn.nullable(),
  creditMinor: minorColumn.nullable(),
  /** What the account held after it, on the usual side of its kind. */
  balanceMinor: minorColumn,
  otherId: z.string(),
  otherKind: z.enum(AccountKind),
  orderId: z.string().nullable(),
  orderNumber: z.string().nullable(),
  idempotencyKey: z.string(),
  externalRef: z.string().nullable(),
})
export type AccountTransfer = z.infer<typeof AccountTransfer>

/** One account's transfers, latest first, each with the balance that it left: summed over all of them, whatever is filtered. */
export function accountTransfers(
  { id, kind }: Pick<AccountRow, 'id' | 'kind'>,
  span: Span,
): AdminList<AccountTransfer> {
  const own = sql`${id}::uuid`
  const gain = sql`CASE WHEN t."creditId" = ${own} THEN t."amountMinor" ELSE -t."amountMinor" END`
  return {
    row: AccountTransfer,
    columns: sql`
      e.id, e."transactionId", e.at, e.code, e."debitMinor", e."creditMinor", e."balanceMinor", x.id AS "otherId", x.kind::text AS "otherKind",
      e."orderId", o.number AS "orderNumber", e."idempotencyKey", e."externalRef"`,
    from: sql`(
        SELECT t.*, CASE WHEN t."debitId" = ${own} THEN t."amountMinor" END AS "debitMinor",
               CASE WHEN t."creditId" = ${own} THEN t."amountMinor" END AS "creditMinor",
               ((sum(${gain}) OVER (ORDER BY t.at, t.id)) * ${isDebitKind(kind) ? -1 : 1}::int)::bigint AS "balanceMinor"
        FROM ledger_transfer t WHERE ${own} IN (t."debitId", t."creditId")) AS e
      JOIN ledger_account x ON x.id = CASE WHEN e."debitId" = ${own} THEN e."creditId" ELSE e."debitId" END
      LEFT JOIN "order" o ON o.id = e."orderId"
      WHERE TRUE ${within(sql`e.at`, span)}`,
    at: sql`e.at`,
    id: sql`e.id`,
  }
}

/** An account without its transfers. */
export async function findAccountFacts(db: Tx, accountId: string): Promise<AccountRow | null> {
  const [account] = await selectRows(
    db,
    AccountRow,
    sql`SELECT ${COLUMNS} FROM ledger_account a ${SUMS} WHERE a.id = ${accountId}::uuid`,
  )
  return account ?? null
}

/** One account with a page of its transfers, in two statements. */
export async function findAccount(
  db: Tx,
  accountId: string,
  span: Span,
  page: number,
): Promise<{ account: AccountRow; transfers: Page<AccountTransfer> } | null> {
  const account = await findAccountFacts(db, accountId)
  if (!account) return null
  return { account, transfers: await listPage(db, accountTransfers(account, span), page) }
}
