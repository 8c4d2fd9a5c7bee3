'use server'

import { redirect } from 'next/navigation'
import { z } from 'zod'
import { getPathname } from '@/i18n/navigation'
import type { Locale } from '@/i18n/routing'
import { openPayment, openTopUp } from '@/lib/domain/orders'
import { ProviderUnavailable } from '@/lib/domain/payments'
import { paymentProvider, providerNamed } from '@/lib/infra/payments'
import { Refusal } from '@/lib/kernel/refusal'
import { WALLET_CURRENCY, findOwnTopUp } from '@/lib/queries/order'
import { type BuyerContext, buyerAction } from '@/lib/web/action'
import { ownAddress } from '@/lib/web/own-address'
import { limit } from '@/lib/web/rate-limit'
import { moneyInput } from '../../../_console/form-schema'

const TopUp = z.object({ amount: moneyInput, idempotencyKey: z.uuid() })

/** Opens a top-up of the sender's own wallet and leads to the payment page; the same submit again leads to the same payment. */
export const topUpAction = buyerAction(TopUp, async ({ amount, idempotencyKey }, context) => {
  const { run, now, locale, user } = context
  if (!user) throw new Refusal('auth/required')
  await limit('top-up:user', user.id)
  const facts = { idempotencyKey, userId: user.id, email: user.email, amountMinor: amount, locale }
  const id = await run((tx) =>
    openTopUp(tx, { ...facts, currency: WALLET_CURRENCY, provider: paymentProvider().name }, now),
  )
  redirect(await openPage(id, context).catch((error: unknown) => walletPage(id, whyNot(error), locale)))
})

const Again = z.object({ topUp: z.uuid() })

/** To the payment page of a top-up that was not paid yet; the same payment however often it is pressed. */
export const payTopUpAction = buyerAction(Again, async ({ topUp }, context) => {
  const { run, user } = context
  if (!user) throw new Refusal('auth/required')
  if (!(await run((tx) => findOwnTopUp(tx, user.id, topUp)))) throw new Refusal('access/not-found')
  await limit('pay:checkout', topUp)
  redirect(
    await openPage(topUp, context).catch((error: unknown) => {
      if (error instanceof ProviderUnavailable) throw new Refusal('payment/provider-unavailable')
      throw error
    }),
  )
})

async function openPage(id: string, { run, now, locale }: BuyerContext): Promise<string> {
  const returnUrl = await ownAddress(`/account/wallet?topUp=${id}&pay=returned`, locale)
  return openPayment(run, providerNamed, id, { returnUrl, now })
}

/** What the wallet page is told when the payment could not be opened; anything unexpected is thrown on. */
function whyNot(error: unknown): 'later' | 'refused' | 'returned' {
  if (error instanceof ProviderUnavailable) return 'later'
  if (!(error instanceof Refusal)) throw error
  return error.code === 'payment/refused' ? 'refused' : 'returned'
}

function walletPage(id: string, pay: string, locale: Locale): string {
  return getPathname({ href: `/account/wallet?topUp=${id}&pay=${pay}`, locale })
}
