'use server'

import { revalidatePath } from 'next/cache'
import { redirect } from '@/i18n/navigation'
import { recordOperatorAction } from '@/lib/domain/accounts'
import { createCoupon, setCouponActive } from '@/lib/domain/coupons'
import { operatorAction } from '@/lib/web/action'
import { CouponForm, CouponSwitch } from '../../merchant/coupons/coupon-input'

/** Opens a coupon that the platform pays for; without a first day it runs at once. */
export const createCouponAction = operatorAction(
  CouponForm,
  async ({ startsAt, ...terms }, { run, now, userId, locale }) => {
    const id = await run(async (tx) => {
      const subjectId = await createCoupon(tx, { ...terms, merchantId: null, startsAt: startsAt ?? now }, now)
      const action = { verb: 'create-coupon', subject: 'coupon', subjectId, note: terms.code }
      await recordOperatorAction(tx, { userId, ...action }, now)
      return subjectId
    })
    revalidatePath('/[locale]/admin', 'layout')
    redirect({ href: { pathname: `/admin/coupons/${id}`, query: { done: 'created' } }, locale })
  },
)

/** Stops a coupon of the platform or lets it run again; checkouts that hold it keep it. */
export const switchCouponAction = operatorAction(CouponSwitch, async ({ couponId, active }, { run, now, userId }) => {
  const verb = active ? 'start-coupon' : 'stop-coupon'
  await run(async (tx) => {
    await setCouponActive(tx, { couponId, merchantId: null }, active)
    await recordOperatorAction(tx, { userId, verb, subject: 'coupon', subjectId: couponId, note: null }, now)
  })
  revalidatePath('/[locale]/admin', 'layout')
})
