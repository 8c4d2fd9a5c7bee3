'use server'

import { revalidatePath } from 'next/cache'
import { redirect } from '@/i18n/navigation'
import { declineDelivery, deliverByHand, refundAsMerchant } from '@/lib/domain/orders'
import { cdkVault } from '@/lib/infra/vault'
import { merchantAction } from '@/lib/web/action'
import { DeclineForm, DeliverForm } from './deliver-input'
import { readCodes } from './read-codes'
import { RefundForm } from './refund-input'

/** As many faulty lines are named. */
const MOST_FAULTS = 50

/** Gives the buyer money back, as decided on the page; the worker asks the provider within seconds. */
export const refundOrderAction = merchantAction(RefundForm, async (input, { merchantId, actor, run, now, locale }) => {
  await run((tx) => refundAsMerchant(tx, merchantId, input, actor, now))
  revalidatePath('/[locale]/merchant', 'layout')
  redirect({ href: { pathname: `/merchant/orders/${input.orderId}`, query: { done: 'refunded' } }, locale })
})

/** Delivers a paid order by hand: leads on when it was, answers with the faulty lines when nothing was. */
export const deliverOrderAction = merchantAction(
  DeliverForm,
  async ({ orderId, codes, file, rest }, { merchantId, userId, actor, run, now, locale }) => {
    const { fileName, lines, faults: unread } = await readCodes(codes, file)
    if (unread.length > 0) return { faults: unread.slice(0, MOST_FAULTS) }
    const { delivered, refunded, faults } = await run((tx) =>
      deliverByHand(
        tx,
        cdkVault(),
        { merchantId, orderId, deliveredById: userId, fileName, lines, refundRest: rest },
        actor,
        now,
      ),
    )
    if (delivered === 0) return { faults: faults.slice(0, MOST_FAULTS) }
    revalidatePath('/[locale]/merchant', 'layout')
    const done = refunded > 0 ? 'delivered-part' : 'delivered'
    return redirect({ href: { pathname: `/merchant/orders/${orderId}`, query: { done } }, locale })
  },
)

/** The merchant will not deliver: everything goes back to the buyer. */
export const declineOrderAction = merchantAction(
  DeclineForm,
  async ({ orderId, note }, { merchantId, actor, run, now, locale }) => {
    await run((tx) => declineDelivery(tx, { merchantId, orderId, note }, actor, now))
    revalidatePath('/[locale]/merchant', 'layout')
    redirect({ href: { pathname: `/merchant/orders/${orderId}`, query: { done: 'declined' } }, locale })
  },
)
