'use server'

import { revalidatePath } from 'next/cache'
import { redirect } from '@/i18n/navigation'
import { createCoupon, setCouponActive } from '@/lib/domain/coupons'
import { merchantAction } from '@/lib/web/action'
import { CouponForm, CouponSwitch } from './coupon-input'

export const createCouponAction = merchantAction(CouponForm, async (form, { merchantId, run, now, locale }) => {
  await run((tx) => createCoupon(tx, { ...form, merchantId, startsAt: form.startsAt ?? now }, now))
  revalidatePath('/[locale]/merchant', 'layout')
  redirect({ href: { pathname: '/merchant/coupons', query: { done: 'created' } }, locale })
})

/** Stops a coupon or lets it run again; checkouts that hold it keep it. */
export const setCouponActiveAction = merchantAction(CouponSwitch, async ({ couponId, active }, { merchantId, run }) => {
  await run((tx) => setCouponActive(tx, { couponId, merchantId }, active))
  revalidatePath('/[locale]/merchant', 'layout')
})
