import { z } from 'zod'
import { type Tx, empty, selectRows, sql } from '@/lib/domain/tx'
import { MerchantStatus, MerchantTier, PayoutSchedule } from '@/lib/infra/prisma/enums'
import { minorColumn } from '@/lib/queries/columns'
import { type LedgerLine, type MerchantBalances, listLedgerLines, selectBalances } from '@/lib/queries/merchant/balance'
import { type Page, containing } from '@/lib/queries/page'
import { type AdminList, listPage } from './list'
import { type OperatorActionRow, selectOperatorActions } from './operator-actions'

const MerchantRow = z.object({
  id: z.string(),
  slug: z.string(),
  name: z.string(),
  legalName: z.string(),
  status: z.enum(MerchantStatus),
  feeBps: z.number(),
  tier: z.enum(MerchantTier),
  products: z.number(),
  openOrders: z.number(),
  depositMinor: minorColumn,
  owedMinor: minorColumn,
  createdAt: z.date(),
})
export type MerchantRow = z.infer<typeof MerchantRow>

export interface MerchantFilter {
  readonly q?: string | undefined
  readonly status?: MerchantStatus | undefined
}

const heldAt = (kind: 'MERCHANT_DEPOSIT' | 'MERCHANT_RECEIVABLE', sign: 1 | -1) => sql`
  (COALESCE((SELECT b."creditsMinor" - b."debitsMinor" FROM ledger_account a JOIN ledger_balance b ON b."accountId" = a.id
             WHERE a.kind = ${kind}::"AccountKind" AND a."ownerKey" = m.id::text AND a.currency = 'CNY'), 0) * ${sign}::int)::bigint`

/** Merchants with what they sell, owe and have paid in, latest first. */
export function merchants({ q, status }: MerchantFilter): AdminList<MerchantRow> {
  return {
    row: MerchantRow,
    columns: sql`
      m.id, m.slug, m.name, m."legalName", m.status::text AS status, m."feeBps", m.tier::text AS tier, m."createdAt",
      (SELECT count(*)::int FROM product p WHERE p."merchantId" = m.id AND p.status = 'PUBLISHED') AS products,
      (SELECT count(*)::int FROM "order" o WHERE o."merchantId" = m.id AND o.status IN ('AWAITING_DELIVERY', 'DELIVERED')) AS "openOrders",
      ${heldAt('MERCHANT_DEPOSIT', 1)} AS "depositMinor", ${heldAt('MERCHANT_RECEIVABLE', -1)} AS "owedMinor"`,
    from: sql`merchant m WHERE TRUE ${status ? sql`AND m.status = ${status}::"MerchantStatus"` : empty}
      ${q ? sql`AND (m.name ILIKE ${containing(q)} OR m."legalName" ILIKE ${containing(q)} OR m.slug ILIKE ${containing(q)} OR m."legalNumber" = ${q.toUpperCase()})` : empty}`,
    at: sql`m."createdAt"`,
    id: sql`m.id`,
  }
}

export async function listMerchants(db: Tx, filter: MerchantFilter, page: number): Promise<Page<MerchantRow>> {
  return listPage(db, merchants(filter), page)
}

const AdminMerchant = z.object({
  id: z.string(),
  slug: z.string(),
  name: z.string(),
  legalName: z.string(),
  legalNumber: z.string(),
  contactEmail: z.string(),
  status: z.enum(MerchantStatus),
  feeBps: z.number(),
  tier: z.enum(MerchantTier),
  payoutSchedule: z.enum(PayoutSchedule),
  nextPayoutAt: z.date().nullable(),
  payoutAccounts: z.array(
    z.object({
      provider: z.string(),
      accountRef: z.string(),
      ready: z.boolean(),
      missing: z.array(z.string()).catch([]),
      checkedAt: z.coerce.date(),
    }),
  ),
  createdAt: z.date(),
  products: z.number(),
  openOrders: z.number(),
  heldMinor: minorColumn,
  people: z.array(z.object({ id: z.string(), email: z.string(), displayName: z.string() })),
})
export type AdminMerchant = z.infer<typeof AdminMerchant>

export interface AdminMerchantPage {
  readonly merchant: AdminMerchant
  readonly balances: MerchantBalances
  readonly lines: Page<LedgerLine>
  readonly actions: readonly OperatorActionRow[]
}

/** One merchant with its people, money and ledger lines and what operators did, in five statements. */
export async function findAdminMerchant(db: Tx, merchantId: string, page: number): Promise<AdminMerchantPage | null> {
  const [merchant] = await selectRows(
    db,
    AdminMerchant,
    sql`
      SELECT m.id, m.slug, m.name, m."legalName", m."legalNumber", m."contactEmail", m.status::text AS status, m."feeBps", m."createdAt",
             m.tier::text AS tier, m."payoutSchedule"::text AS "payoutSchedule", m."nextPayoutAt",
             COALESCE((SELECT jsonb_agg(to_jsonb(x) ORDER BY x.provider) FROM (
               SELECT provider, "accountRef", ready, missing, "checkedAt" FROM payout_account WHERE "merchantId" = m.id) AS x), '[]'::jsonb) AS "payoutAccounts",
             (SELECT count(*)::int FROM product p WHERE p."merchantId" = m.id AND p.status = 'PUBLISHED') AS products,
             o."openOrders", o."heldMinor",
             COALESCE((SELECT jsonb_agg(jsonb_build_object('id', u.id, 'email', u.email, 'displayName', u."displayName") ORDER BY u.id)
                       FROM "user" u WHERE u."merchantId" = m.id), '[]'::jsonb) AS people
      FROM merchant m CROSS JOIN LATERAL (
        SELECT count(*)::int AS "openOrders", COALESCE(sum(b."creditsMinor" - b."debitsMinor"), 0)::bigint AS "heldMinor"
        FROM "order" d
        LEFT JOIN ledger_account a ON a.kind = 'ESCROW' AND a."ownerKey" = d.id::text AND a.currency = d.currency
        LEFT JOIN ledger_balance b ON b."accountId" = a.id
        WHERE d."merchantId" = m.id AND d.status IN ('AWAITING_DELIVERY', 'DELIVERED')) AS o
      WHERE m.id = ${merchantId}::uuid`,
  )
  if (!merchant) return null
  const balances = await selectBalances(db, merchantId)
  const lines = await listLedgerLines(db, merchantId, page)
  return { merchant, balances, lines, actions: await selectOperatorActions(db, merchantId) }
}

/** Every merchant as a choice of a filter. */
export async function listMerchantChoices(db: Tx): Promise<{ id: string; name: string }[]> {
  return selectRows(
    db,
    z.object({ id: z.string(), name: z.string() }),
    sql`SELECT id, name FROM merchant ORDER BY name LIMIT 500`,
  )
}
