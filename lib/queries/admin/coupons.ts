import { z } from 'zod'
import { type Tx, empty, selectRows, sql } from '@/lib/domain/tx'
import { CouponKind } from '@/lib/infra/prisma/enums'
import { type Page, containing } from '@/lib/queries/page'
import { type AdminList, listPage } from './list'
import { type OperatorActionRow, selectOperatorActions } from './operator-actions'
import { ordersColumn, ordersOf } from './orders-of'

/** Whether a coupon can be used now. */
export const COUPON_STATES = { running: 'running', ahead: 'ahead', ended: 'ended', off: 'off' } as const
export type CouponState = keyof typeof COUPON_STATES

const PlatformCoupon = z.object({
  id: z.string(),
  code: z.string(),
  kind: z.enum(CouponKind),
  percentBps: z.number().nullable(),
  amountMinor: z.number().nullable(),
  mostMinor: z.number().nullable(),
  minimumMinor: z.number(),
  currency: z.string(),
  startsAt: z.date(),
  endsAt: z.date().nullable(),
  totalLimit: z.number().nullable(),
  perBuyerLimit: z.number().nullable(),
  usedCount: z.number(),
  /** What it took off in the uses that it still has. */
  discountMinor: z.number(),
  active: z.boolean(),
  state: z.enum(COUPON_STATES),
  createdAt: z.date(),
})
export type PlatformCoupon = z.infer<typeof PlatformCoupon>

const stateAt = (now: Date) => sql`
  CASE WHEN NOT c.active THEN 'off' WHEN c."startsAt" > ${now}::timestamptz THEN 'ahead' WHEN c."endsAt" <= ${now}::timestamptz THEN 'ended' ELSE 'running' END`
const columnsAt = (now: Date) => sql`
  c.id, c.code, c.kind::text AS kind, c."percentBps", c."amountMinor", c."mostMinor", c."minimumMinor", c.currency, c."startsAt", c."endsAt",
  c."totalLimit", c."perBuyerLimit", c."usedCount", c.active, ${stateAt(now)} AS state, c."createdAt",
  COALESCE((SELECT sum(u."discountMinor") FROM coupon_use u WHERE u."couponId" = c.id AND u."returnedAt" IS NULL), 0)::float8 AS "discountMinor"`

export interface CouponFilter {
  readonly state?: CouponState | undefined
  readonly q?: string | undefined
}

/** The platform's own coupons, latest first. */
export function platformCoupons({ state, q }: CouponFilter, now: Date): AdminList<PlatformCoupon> {
  return {
    row: PlatformCoupon,
    columns: columnsAt(now),
    from: sql`coupon c WHERE c."merchantId" IS NULL ${state ? sql`AND ${stateAt(now)} = ${state}` : empty}
      ${q ? sql`AND c.code LIKE ${containing(q.toUpperCase())}` : empty}`,
    at: sql`c."createdAt"`,
    id: sql`c.id`,
  }
}

export async function listPlatformCoupons(
  db: Tx,
  filter: CouponFilter,
  page: number,
  now: Date,
): Promise<Page<PlatformCoupon>> {
  return listPage(db, platformCoupons(filter, now), page)
}

const CouponUse = z.object({
  id: z.string(),
  email: z.string(),
  discountMinor: z.number(),
  currency: z.string(),
  takenAt: z.date(),
  returnedAt: z.date().nullable(),
  orders: ordersColumn,
})
export type CouponUseRow = z.infer<typeof CouponUse>

/** Checkouts that took one coupon, latest first. */
export function couponUses(couponId: string): AdminList<CouponUseRow> {
  return {
    row: CouponUse,
    columns: sql`u."checkoutId" AS id, k.email, u."discountMinor", k.currency, u."takenAt", u."returnedAt", ${ordersOf(sql`k.id`)} AS orders`,
    from: sql`coupon_use u JOIN checkout k ON k.id = u."checkoutId" WHERE u."couponId" = ${couponId}::uuid`,
    at: sql`u."takenAt"`,
    id: sql`u."checkoutId"`,
  }
}

export interface PlatformCouponPage {
  readonly coupon: PlatformCoupon
  readonly uses: Page<CouponUseRow>
  readonly actions: readonly OperatorActionRow[]
}

/** One coupon of the platform with its uses. Three statements. */
export async function findPlatformCoupon(
  db: Tx,
  id: string,
  page: number,
  now: Date,
): Promise<PlatformCouponPage | null> {
  const [coupon] = await selectRows(
    db,
    PlatformCoupon,
    sql`SELECT ${columnsAt(now)} FROM coupon c WHERE c.id = ${id}::uuid AND c."merchantId" IS NULL`,
  )
  if (!coupon) return null
  return { coupon, uses: await listPage(db, couponUses(id), page), actions: await selectOperatorActions(db, id) }
}
