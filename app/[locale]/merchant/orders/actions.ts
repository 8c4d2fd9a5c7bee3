'use server'

import { revalidatePath } from 'next/cache'
import { redirect } from '@/i18n/navigation'
import { refundOrder } from '@/lib/domain/orders'
import { Refusal } from '@/lib/kernel/refusal'
import { merchantAction } from '@/lib/web/action'
import { RefundForm } from './refund-input'

/** Gives the buyer money back, as decided on the page; the worker asks the provider within seconds. */
export const refundOrderAction = merchantAction(RefundForm, async (input, { merchantId, actor, run, now, locale }) => {
  const { orderId } = input
  await run(async (tx) => {
    const own = await tx.order.count({ where: { id: orderId, merchantId } })
    if (own === 0) throw new Refusal('access/not-found')
    await refundOrder(tx, input, actor, now)
  })
  revalidatePath('/[locale]/merchant', 'layout')
  redirect({ href: { pathname: `/merchant/orders/${orderId}`, query: { done: 'refunded' } }, locale })
})
