'use server'

import { revalidatePath } from 'next/cache'
import { redirect } from '@/i18n/navigation'
import { refundAsMerchant } from '@/lib/domain/orders'
import { merchantAction } from '@/lib/web/action'
import { RefundForm } from './refund-input'

/** Gives the buyer money back, as decided on the page; the worker asks the provider within seconds. */
export const refundOrderAction = merchantAction(RefundForm, async (input, { merchantId, actor, run, now, locale }) => {
  await run((tx) => refundAsMerchant(tx, merchantId, input, actor, now))
  revalidatePath('/[locale]/merchant', 'layout')
  redirect({ href: { pathname: `/merchant/orders/${input.orderId}`, query: { done: 'refunded' } }, locale })
})
