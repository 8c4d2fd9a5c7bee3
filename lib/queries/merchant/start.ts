import { z } from 'zod'
import { type Sql, type Tx, selectRows, sql } from '@/lib/domain/tx'
import { MerchantStatus } from '@/lib/infra/prisma/enums'
import { DAY_MS, after } from '@/lib/kernel/time'
import { minorColumn } from '@/lib/queries/columns'
import { type MerchantBalances, selectBalances } from './balance'
import { type MerchantOrderRow, listMerchantOrders } from './orders'

/** A variant on sale with fewer CDKs than this is asked to be topped up, where its merchant names no mark of his own. */
export const LOW_STOCK = 10
/** Expiring CDKs are counted up to here. */
export const EXPIRING_COUNTED = 1_000
const EXPIRING_DAYS = 7
const MOST_TOP_UPS = 8
const RECENT_ORDERS = 6

const TopUp = z.object({
  variantId: z.string(),
  titleZh: z.string(),
  titleEn: z.string().nullable(),
  nameZh: z.string(),
  nameEn: z.string().nullable(),
  left: z.number(),
  total: z.number(),
})
export type TopUp = z.infer<typeof TopUp>

const Watch = z.object({
  name: z.string(),
  status: z.enum(MerchantStatus),
  drafts: z.number(),
  inspecting: z.number(),
  unseen: z.number(),
  /** Orders that wait for the merchant's hand, and the first deadline of them. */
  awaited: z.number(),
  deliverBy: z.date().nullable(),
  heldMinor: minorColumn,
  nextReleaseAt: z.date().nullable(),
  refunding: z.number(),
  /** Available CDKs that expired, and that will within 7 days. */
  expired: z.number(),
  expiring: z.number(),
  /** Orders that a payer's dispute keeps as they are, with no release or refund until it is decided. */
  frozen: z.number(),
  /** Complaints that wait for the merchant's reply, the first deadline of them. */
  complaints: z.number(),
  replyBy: z.date().nullable(),
  /** Complaints that others have to move: buyers, arbitrators, the clock. */
  running: z.number(),
  /** The latest payout, if it failed: its money is available again. */
  failedPayout: z.object({ amountMinor: z.number(), at: z.coerce.date() }).nullable(),
  /** Whether this provider can pay the merchant out. */
  accountReady: z.boolean(),
})

export interface MerchantStart {
  readonly topUps: readonly TopUp[]
  readonly topUpCount: number
  readonly watch: z.infer<typeof Watch>
  readonly balances: MerchantBalances
  readonly recent: readonly MerchantOrderRow[]
}

/**
 * The console's first page: what to do, where the money is, the latest orders. Four statements, whatever the size.
 * `provider` is who pays out.
 */
export async function findMerchantStart(
  db: Tx,
  merchantId: string,
  provider: string,
  now: Date,
): Promise<MerchantStart | null> {
  const counted = (window: Sql) => sql`(SELECT count(*)::int FROM (
    SELECT 1 FROM cdk c WHERE c."merchantId" = m.id AND c.state = 'AVAILABLE' AND ${window} LIMIT ${EXPIRING_COUNTED}) x)`
  const soon = after(now, EXPIRING_DAYS * DAY_MS)
  const [watch] = await selectRows(
    db,
    Watch,
    sql`
      SELECT m.name, m.status::text AS status,
        (SELECT count(*)::int FROM product WHERE "merchantId" = m.id AND status = 'DRAFT') AS drafts,
        (SELECT count(*)::int FROM refund WHERE "merchantId" = m.id AND "dueAt" IS NOT NULL) AS refunding,
        ${counted(sql`c."expiresAt" <= ${now}::timestamptz`)} AS expired,
        ${counted(sql`c."expiresAt" > ${now}::timestamptz AND c."expiresAt" <= ${soon}::timestamptz`)} AS expiring,
        (SELECT count(*)::int FROM "order" WHERE "merchantId" = m.id AND "frozenAt" IS NOT NULL) AS frozen,
        (SELECT CASE WHEN p.status = 'FAILED' THEN jsonb_build_object('amountMinor', p."amountMinor", 'at', p."settledAt") END
         FROM payout p WHERE p."merchantId" = m.id ORDER BY p."createdAt" DESC, p.id DESC LIMIT 1) AS "failedPayout",
        EXISTS (SELECT FROM payout_account a WHERE a."merchantId" = m.id AND a.provider = ${provider} AND a.ready) AS "accountReady",
        x.complaints, x."replyBy", x.running, o.inspecting, o.unseen, o."nextReleaseAt", o.awaited, o."deliverBy", o."heldMinor"
      FROM merchant m CROSS JOIN LATERAL (
        SELECT count(*) FILTER (WHERE d.status = 'DELIVERED')::int AS inspecting,
               count(*) FILTER (WHERE d.status = 'DELIVERED' AND d."firstRevealedAt" IS NULL)::int AS unseen,
               min(d."dueAt") FILTER (WHERE d.status = 'DELIVERED') AS "nextReleaseAt",
               count(*) FILTER (WHERE d.status = 'AWAITING_DELIVERY' AND d."frozenAt" IS NULL)::int AS awaited,
               min(d."dueAt") FILTER (WHERE d.status = 'AWAITING_DELIVERY') AS "deliverBy",
               COALESCE(sum(b."creditsMinor" - b."debitsMinor"), 0)::bigint AS "heldMinor"
        FROM "order" d
        LEFT JOIN ledger_account a ON a.kind = 'ESCROW' AND a."ownerKey" = d.id::text AND a.currency = d.currency
        LEFT JOIN ledger_balance b ON b."accountId" = a.id
        WHERE d."merchantId" = m.id AND d.status IN ('AWAITING_DELIVERY', 'DELIVERED')) AS o
      CROSS JOIN LATERAL (
        SELECT count(*) FILTER (WHERE c.state = 'OPEN')::int AS complaints, min(c."dueAt") FILTER (WHERE c.state = 'OPEN') AS "replyBy",
               count(*) FILTER (WHERE c.state <> 'OPEN')::int AS running
        FROM complaint c WHERE c."merchantId" = m.id AND c.state <> 'CLOSED') AS x
      WHERE m.id = ${merchantId}::uuid`,
  )
  if (!watch) return null
  const topUps = await selectRows(
    db,
    TopUp,
    sql`
      SELECT v.id AS "variantId", p."titleZh", p."titleEn", v."nameZh", v."nameEn", s.left, count(*) OVER ()::int AS total
      FROM variant v JOIN product p ON p."merchantId" = v."merchantId" AND p.id = v."productId"
      CROSS JOIN LATERAL (SELECT count(*)::int AS left FROM (
        SELECT 1 FROM cdk WHERE "variantId" = v.id AND state = 'AVAILABLE' AND "sellBy" > ${now}::timestamptz
        LIMIT COALESCE(v."lowStockAt", ${LOW_STOCK})) AS c) AS s
      WHERE v."merchantId" = ${merchantId}::uuid AND v.active AND v.delivery <> 'MANUAL' AND p.status = 'PUBLISHED'
        AND s.left < COALESCE(v."lowStockAt", ${LOW_STOCK})
      ORDER BY s.left, v.id LIMIT ${MOST_TOP_UPS}`,
  )
  const balances = await selectBalances(db, merchantId)
  const { rows } = await listMerchantOrders(db, merchantId, {}, 1, RECENT_ORDERS)
  return { topUps, topUpCount: topUps[0]?.total ?? 0, watch, balances, recent: rows }
}
