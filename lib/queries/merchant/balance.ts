import { z } from 'zod'
import { accountId, merchantAvailable, merchantDeposit, merchantPending } from '@/lib/domain/ledger'
import { type Tx, join, selectRows, sql } from '@/lib/domain/tx'
import { AccountKind } from '@/lib/infra/prisma/enums'
import type { Minor } from '@/lib/kernel/money'
import { minorColumn } from '@/lib/queries/columns'
import { type Page, selectPage } from '@/lib/queries/page'

export interface MerchantBalances {
  readonly pendingMinor: Minor
  readonly availableMinor: Minor
  readonly depositMinor: Minor
}

/** What the ledger holds for a merchant; accounts that never had a posting stand at zero. */
export async function selectBalances(db: Tx, merchantId: string): Promise<MerchantBalances> {
  const accounts = accountsOf(merchantId)
  const rows = await selectRows(
    db,
    z.object({ accountId: z.string(), minor: minorColumn }),
    sql`
      SELECT "accountId", "creditsMinor" - "debitsMinor" AS minor FROM ledger_balance
      WHERE "accountId" IN (${join(Object.values(accounts).map((id) => sql`${id}::uuid`))})`,
  )
  const at = (account: string) => rows.find((row) => row.accountId === account)?.minor ?? 0
  return {
    pendingMinor: at(accounts.pending),
    availableMinor: at(accounts.available),
    depositMinor: at(accounts.deposit),
  }
}

const LedgerLine = z.object({
  id: z.string(),
  at: z.date(),
  code: z.string(),
  /** The merchant's account that moved. */
  kind: z.enum(AccountKind),
  /** Signed: what the account gained or lost. */
  minor: minorColumn,
  orderId: z.string().nullable(),
  orderNumber: z.string().nullable(),
  orderTotalMinor: z.number().nullable(),
  orderFeeMinor: z.number().nullable(),
})
export type LedgerLine = z.infer<typeof LedgerLine>

/** The merchant's ledger lines, latest first, with the order that each belongs to. */
export async function listLedgerLines(db: Tx, merchantId: string, page: number): Promise<Page<LedgerLine>> {
  const own = join(Object.values(accountsOf(merchantId)).map((id) => sql`${id}::uuid`))
  return selectPage(
    db,
    LedgerLine,
    {
      columns: sql`
        t.id, t.at, t.code, a.kind::text AS kind, CASE WHEN t."creditId" = a.id THEN t."amountMinor" ELSE -t."amountMinor" END AS minor,
        o.id AS "orderId", o.number AS "orderNumber", o."totalMinor" AS "orderTotalMinor", o."feeMinor" AS "orderFeeMinor"`,
      from: sql`ledger_account a JOIN ledger_transfer t ON a.id IN (t."debitId", t."creditId")
        LEFT JOIN "order" o ON o."merchantId" = ${merchantId}::uuid AND o.id = t."orderId"
        WHERE a.id IN (${own})`,
      orderBy: sql`t.at DESC, t.id DESC`,
    },
    page,
  )
}

function accountsOf(merchantId: string) {
  return {
    pending: accountId(merchantPending(merchantId, 'CNY')),
    available: accountId(merchantAvailable(merchantId, 'CNY')),
    deposit: accountId(merchantDeposit(merchantId, 'CNY')),
  }
}
