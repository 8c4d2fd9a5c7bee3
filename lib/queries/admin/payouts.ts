import { z } from 'zod'
import { accountId, protectionFund } from '@/lib/domain/ledger'
import { type Tx, empty, selectRows, sql } from '@/lib/domain/tx'
import { PayoutStatus } from '@/lib/infra/prisma/enums'
import type { Currency } from '@/lib/kernel/money'
import { minorColumn } from '@/lib/queries/columns'
import type { Page } from '@/lib/queries/page'
import { type AdminList, type Span, listPage, within } from './list'
import { type OperatorActionRow, selectOperatorActions } from './operator-actions'
import { type TransferRow, selectTransfers, withKeys } from './transfers'

const PayoutRow = z.object({
  id: z.string(),
  merchantId: z.string(),
  merchant: z.string(),
  provider: z.string(),
  accountRef: z.string(),
  amountMinor: z.number(),
  currency: z.string(),
  status: z.enum(PayoutStatus),
  transferRef: z.string().nullable(),
  /** Null when the schedule asked. */
  requestedBy: z.string().nullable(),
  attempts: z.number(),
  lastError: z.string().nullable(),
  dueAt: z.date().nullable(),
  createdAt: z.date(),
  settledAt: z.date().nullable(),
  /** Failed, and no later payout of the merchant has gone well. */
  open: z.boolean(),
})
export type PayoutRow = z.infer<typeof PayoutRow>

/** Of payouts `p`: failed, and nothing was paid out to the merchant there since. */
export const PAYOUT_OPEN = sql`
  (p.status = 'FAILED' AND NOT EXISTS (
    SELECT FROM payout l WHERE l."merchantId" = p."merchantId" AND l.provider = p.provider AND l.status <> 'FAILED' AND l."createdAt" > p."createdAt"))`

const COLUMNS = sql`
  p.id, p."merchantId", m.name AS merchant, p.provider, p."accountRef", p."amountMinor", p.currency, p.status::text AS status, p."transferRef",
  u."displayName" AS "requestedBy", p.attempts, p."lastError", p."dueAt", p."createdAt", p."settledAt", ${PAYOUT_OPEN} AS open`
const FROM = sql`payout p JOIN merchant m ON m.id = p."merchantId" LEFT JOIN "user" u ON u.id = p."requestedById"`

export interface PayoutFilter extends Span {
  readonly status?: PayoutStatus | undefined
  readonly provider?: string | undefined
  readonly merchantId?: string | undefined
  /** Only failed ones that nothing has made good. */
  readonly open?: boolean
}

/** Payouts, latest first. */
export function payouts({ status, provider, merchantId, open = false, ...span }: PayoutFilter): AdminList<PayoutRow> {
  return {
    row: PayoutRow,
    columns: COLUMNS,
    from: sql`${FROM} WHERE TRUE
      ${status ? sql`AND p.status = ${status}::"PayoutStatus"` : empty} ${provider ? sql`AND p.provider = ${provider}` : empty}
      ${merchantId ? sql`AND p."merchantId" = ${merchantId}::uuid` : empty} ${open ? sql`AND ${PAYOUT_OPEN}` : empty}
      ${within(sql`p."createdAt"`, span)}`,
    at: sql`p."createdAt"`,
    id: sql`p.id`,
  }
}

export async function listPayouts(db: Tx, filter: PayoutFilter, page: number): Promise<Page<PayoutRow>> {
  return listPage(db, payouts(filter), page)
}

/** One payout with what it posted. Two statements. */
export async function findAdminPayout(
  db: Tx,
  id: string,
): Promise<{ payout: PayoutRow; transfers: readonly TransferRow[] } | null> {
  const [payout] = await selectRows(db, PayoutRow, sql`SELECT ${COLUMNS} FROM ${FROM} WHERE p.id = ${id}::uuid`)
  if (!payout) return null
  const keys = ['start', 'sent', 'declined', 'returned'].map((step) => `payout:${id}:${step}`)
  return { payout, transfers: await selectTransfers(db, withKeys(keys)) }
}

const ReceivableRow = z.object({
  /** The receivable's account. */
  id: z.string(),
  merchantId: z.string(),
  merchant: z.string(),
  currency: z.string(),
  owedMinor: minorColumn,
  pendingMinor: minorColumn,
  depositMinor: minorColumn,
  since: z.date(),
})
export type ReceivableRow = z.infer<typeof ReceivableRow>

const heldAt = (kind: 'MERCHANT_PENDING' | 'MERCHANT_DEPOSIT') => sql`
  COALESCE((SELECT x."creditsMinor" - x."debitsMinor" FROM ledger_account h JOIN ledger_balance x ON x."accountId" = h.id
            WHERE h.kind = ${kind}::"AccountKind" AND h."ownerKey" = a."ownerKey" AND h.currency = a.currency), 0)::bigint`

/** Merchants that owe the protection fund, and what it can be collected from. */
export function receivables(): AdminList<ReceivableRow> {
  return {
    row: ReceivableRow,
    columns: sql`
      a.id, m.id AS "merchantId", m.name AS merchant, a.currency, b."debitsMinor" - b."creditsMinor" AS "owedMinor",
      ${heldAt('MERCHANT_PENDING')} AS "pendingMinor", ${heldAt('MERCHANT_DEPOSIT')} AS "depositMinor", a."createdAt" AS since`,
    from: sql`ledger_account a JOIN ledger_balance b ON b."accountId" = a.id JOIN merchant m ON m.id = a."ownerKey"::uuid
      WHERE a.kind = 'MERCHANT_RECEIVABLE' AND b."debitsMinor" > b."creditsMinor"`,
    at: sql`a."createdAt"`,
    id: sql`a.id`,
    oldestFirst: true,
  }
}

export interface ProtectionFund {
  readonly accountId: string
  readonly balanceMinor: number
  readonly receivables: Page<ReceivableRow>
  readonly actions: readonly OperatorActionRow[]
}

/** What the protection fund holds, who owes it, and who paid in. Three statements. */
export async function findProtectionFund(db: Tx, currency: Currency, page: number): Promise<ProtectionFund> {
  const id = accountId(protectionFund(currency))
  const [fund] = await selectRows(
    db,
    z.object({ balanceMinor: minorColumn }),
    sql`
      SELECT (COALESCE((SELECT sum("amountMinor") FROM ledger_transfer WHERE "creditId" = ${id}::uuid), 0)
            - COALESCE((SELECT sum("amountMinor") FROM ledger_transfer WHERE "debitId" = ${id}::uuid), 0))::bigint AS "balanceMinor"`,
  )
  return {
    accountId: id,
    balanceMinor: fund?.balanceMinor ?? 0,
    receivables: await listPage(db, receivables(), page),
    actions: await selectOperatorActions(db, FUND_SUBJECT),
  }
}

/** What operator actions on the fund are recorded under. */
export const FUND_SUBJECT = 'protection-fund'
