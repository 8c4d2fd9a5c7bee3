import { z } from 'zod'
import { type Tx, selectRows, sql } from '@/lib/domain/tx'
import { MerchantStatus, PayoutSchedule, PayoutStatus } from '@/lib/infra/prisma/enums'
import { minorColumn } from '@/lib/queries/columns'
import { type Page, selectPage } from '@/lib/queries/page'
import { accountsOf, held } from './balance'

const PER_PAGE = 20

const Desk = z.object({
  status: z.enum(MerchantStatus),
  schedule: z.enum(PayoutSchedule),
  nextPayoutAt: z.date().nullable(),
  availableMinor: minorColumn,
  pendingMinor: minorColumn,
  owedMinor: minorColumn,
  /** Where this provider pays out to; null before it was opened. */
  account: z
    .object({
      accountRef: z.string(),
      ready: z.boolean(),
      /** What the provider still asks for, in its words. */
      missing: z.array(z.string()),
      checkedAt: z.coerce.date(),
    })
    .nullable(),
})
export type PayoutDesk = z.infer<typeof Desk>

/** What a payout needs: account at this provider, balance, schedule. One statement. */
export async function findPayoutDesk(db: Tx, merchantId: string, provider: string): Promise<PayoutDesk | null> {
  const { available, pending, owed } = accountsOf(merchantId)
  const [desk] = await selectRows(
    db,
    Desk,
    sql`
      SELECT m.status::text AS status, m."payoutSchedule"::text AS schedule, m."nextPayoutAt",
             ${held(available)} AS "availableMinor", ${held(pending)} AS "pendingMinor", -${held(owed)} AS "owedMinor",
             (SELECT jsonb_build_object('accountRef', a."accountRef", 'ready', a.ready, 'missing', a.missing, 'checkedAt', a."checkedAt")
              FROM payout_account a WHERE a."merchantId" = m.id AND a.provider = ${provider}) AS account
      FROM merchant m WHERE m.id = ${merchantId}::uuid`,
  )
  return desk ?? null
}

const PayoutRow = z.object({
  id: z.string(),
  amountMinor: z.number(),
  currency: z.string(),
  status: z.enum(PayoutStatus),
  /** Null when the schedule asked. */
  requestedBy: z.string().nullable(),
  /** The provider's id of the transfer. */
  transferRef: z.string().nullable(),
  /** Why it failed, in the provider's words; null unless it did. */
  failure: z.string().nullable(),
  createdAt: z.date(),
  settledAt: z.date().nullable(),
})
export type PayoutRow = z.infer<typeof PayoutRow>

/** The merchant's payouts, latest first; one statement. */
export async function listPayouts(db: Tx, merchantId: string, page: number): Promise<Page<PayoutRow>> {
  return selectPage(
    db,
    PayoutRow,
    {
      columns: sql`
        p.id, p."amountMinor", p.currency, p.status::text AS status, u."displayName" AS "requestedBy", p."transferRef",
        CASE WHEN p.status = 'FAILED' THEN p."lastError" END AS failure, p."createdAt", p."settledAt"`,
      from: sql`payout p LEFT JOIN "user" u ON u.id = p."requestedById" WHERE p."merchantId" = ${merchantId}::uuid`,
      orderBy: sql`p."createdAt" DESC, p.id DESC`,
    },
    page,
    PER_PAGE,
  )
}

/** What people call a payout: the end of its id, the start is the time. */
export function payoutNumber(id: string): string {
  return id.slice(-12).toUpperCase()
}
