import type { Tx } from '@/lib/domain/tx'
import { Refusal } from '@/lib/kernel/refusal'
import { type CouponLine, type Discounts, discountsOf } from './discounts'
import { type Coupon, findCoupon } from './find-coupon'

export interface PreviewCouponInput {
  readonly lines: readonly CouponLine[]
  readonly currency: string
  /** By `buyerKeyOf`; null while nobody knows who will buy. */
  readonly buyerKey: string | null
}

export type CouponPreview = Discounts & { readonly coupon: Coupon }

/**
 * What a code would take off right now. Takes and locks nothing: only `takeCoupon` says yes. Refuses `coupon/unknown`,
 * what `discountsOf` refuses, `coupon/used-up` and `coupon/used-by-you`.
 */
export async function previewCoupon(
  tx: Tx,
  code: string,
  { lines, currency, buyerKey }: PreviewCouponInput,
  now: Date,
): Promise<CouponPreview> {
  const coupon = await findCoupon(tx, code)
  if (!coupon) throw new Refusal('coupon/unknown')
  const discounts = discountsOf(coupon, lines, currency, now)
  const { id, totalLimit, perBuyerLimit: most, usedCount } = coupon
  if (totalLimit !== null && usedCount >= totalLimit) throw new Refusal('coupon/used-up')
  if (most !== null && buyerKey !== null) {
    const used = await tx.couponUse.count({ where: { couponId: id, buyerKey, returnedAt: null } })
    if (used >= most) throw new Refusal('coupon/used-by-you', { most })
  }
  return { ...discounts, coupon }
}
