import { type CouponInput, createCoupon } from '@/lib/domain/coupons'
import { DAY_MS, after } from '@/lib/kernel/time'
import { COUPONS, type SeedCoupon } from './data'
import type { Mall } from './mall'
import { once } from './once'

/** Opens the coupons that are not there. */
export async function fillCoupons({ db, run, now }: Mall): Promise<void> {
  const merchants = await db.merchant.findMany({ select: { id: true, slug: true } })
  for (const coupon of COUPONS) {
    const startsAt = after(now, -coupon.fromDaysAgo * DAY_MS)
    const merchantId = merchants.find(({ slug }) => slug === coupon.merchant)?.id ?? null
    const endsAt = coupon.endedDaysAgo === null ? null : after(now, -coupon.endedDaysAgo * DAY_MS)
    await once(() => run((tx) => createCoupon(tx, inputOf(coupon, { merchantId, startsAt, endsAt }), startsAt)))
  }
}

function inputOf(
  { code, off, minimumMinor, perBuyerLimit, totalLimit }: SeedCoupon,
  found: Pick<CouponInput, 'merchantId' | 'startsAt' | 'endsAt'>,
): CouponInput {
  const terms = { ...found, code, minimumMinor, perBuyerLimit, totalLimit, currency: 'CNY' } as const
  return 'amountMinor' in off
    ? { ...terms, kind: 'AMOUNT', amountMinor: off.amountMinor, percentBps: null, mostMinor: null }
    : { ...terms, kind: 'PERCENT', ...off, amountMinor: null }
}
