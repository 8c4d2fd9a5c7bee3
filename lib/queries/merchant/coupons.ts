import { z } from 'zod'
import { type Tx, sql } from '@/lib/domain/tx'
import { CouponKind } from '@/lib/infra/prisma/enums'
import { minorColumn } from '@/lib/queries/columns'
import { type Page, selectPage } from '@/lib/queries/page'

const PER_PAGE = 20

const MerchantCoupon = z.object({
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
  /** Held by checkouts that wait for payment, or used by paid ones; what the limit counts. */
  usedCount: z.number(),
  /** Of those, the paid ones, and what they took off. */
  paidCount: z.number(),
  discountMinor: minorColumn,
  active: z.boolean(),
  state: z.enum(['OFF', 'COMING', 'ENDED', 'USED_UP', 'RUNNING']),
})
export type MerchantCoupon = z.infer<typeof MerchantCoupon>

/** The merchant's coupons with their uses, latest first; one statement. */
export async function listMerchantCoupons(
  db: Tx,
  merchantId: string,
  page: number,
  now: Date,
): Promise<Page<MerchantCoupon>> {
  return selectPage(
    db,
    MerchantCoupon,
    {
      columns: sql`
        c.id, c.code, c.kind::text AS kind, c."percentBps", c."amountMinor", c."mostMinor", c."minimumMinor", c.currency, c."startsAt", c."endsAt",
        c."totalLimit", c."perBuyerLimit", c."usedCount", c.active, u."paidCount", u."discountMinor",
        CASE WHEN NOT c.active THEN 'OFF' WHEN c."endsAt" <= ${now} THEN 'ENDED' WHEN c."usedCount" >= c."totalLimit" THEN 'USED_UP'
             WHEN c."startsAt" > ${now} THEN 'COMING' ELSE 'RUNNING' END AS state`,
      from: sql`coupon c CROSS JOIN LATERAL (
          SELECT count(*)::int AS "paidCount", COALESCE(sum(x."discountMinor"), 0)::bigint AS "discountMinor"
          FROM coupon_use x JOIN checkout k ON k.id = x."checkoutId"
          WHERE x."couponId" = c.id AND x."returnedAt" IS NULL AND k."paidPaymentId" IS NOT NULL) AS u
        WHERE c."merchantId" = ${merchantId}::uuid`,
      orderBy: sql`c."createdAt" DESC, c.id DESC`,
    },
    page,
    PER_PAGE,
  )
}
