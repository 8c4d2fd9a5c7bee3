'use server'

import { revalidatePath } from 'next/cache'
import { redirect as leaveFor } from 'next/navigation'
import { z } from 'zod'
import { redirect } from '@/i18n/navigation'
import { openPayoutAccount, requestPayout, setPayoutSchedule } from '@/lib/domain/merchants'
import { paymentProvider } from '@/lib/infra/payments'
import { merchantAction } from '@/lib/web/action'
import { ownAddress } from '@/lib/web/own-address'
import { limit } from '@/lib/web/rate-limit'
import { PayoutForm, ScheduleForm } from './payout-input'

/** To the provider's page where the merchant opens or completes his account; it leads back here. */
export const openPayoutAccountAction = merchantAction(
  z.object({}),
  async (_input, { merchantId, run, now, locale }) => {
    await limit('payout-account:merchant', merchantId)
    const returnUrl = await ownAddress('/merchant/payouts?account=returned', locale)
    leaveFor(await openPayoutAccount(run, paymentProvider(), { merchantId, locale, returnUrl }, now))
  },
)

/** Begins a payout; the worker sends it within seconds. */
export const requestPayoutAction = merchantAction(
  PayoutForm,
  async (asked, { merchantId, userId, run, now, locale }) => {
    const payout = {
      ...asked,
      merchantId,
      currency: 'CNY',
      provider: paymentProvider().name,
      requestedById: userId,
    } as const
    await run((tx) => requestPayout(tx, payout, now))
    revalidatePath('/[locale]/merchant', 'layout')
    redirect({ href: { pathname: '/merchant/payouts', query: { done: 'requested' } }, locale })
  },
)

export const setPayoutScheduleAction = merchantAction(ScheduleForm, async ({ schedule }, { merchantId, run, now }) => {
  await run((tx) => setPayoutSchedule(tx, merchantId, schedule, now))
  revalidatePath('/[locale]/merchant', 'layout')
})
