'use server'

import { refresh } from 'next/cache'
import { redirect } from 'next/navigation'
import { z } from 'zod'
import { cancelCheckout, confirmOrder, openPayment, revealCdks } from '@/lib/domain/orders'
import { ProviderUnavailable } from '@/lib/domain/payments'
import type { OpenedCdk } from '@/lib/domain/stock'
import { providerNamed } from '@/lib/infra/payments'
import { cdkVault } from '@/lib/infra/vault'
import { Refusal } from '@/lib/kernel/refusal'
import { requireOrderOfBuyer } from '@/lib/queries/order'
import { buyerAction } from '@/lib/web/action'
import { ownAddress } from '@/lib/web/own-address'
import { limit } from '@/lib/web/rate-limit'

const Named = z.object({ number: z.string().max(40) })

/** To the payment page; the same payment however often it is pressed. */
export const payAction = buyerAction(Named, async ({ number }, { run, now, locale, buyer }) => {
  const { checkoutId } = await run((tx) => requireOrderOfBuyer(tx, buyer, number))
  await limit('pay:checkout', checkoutId)
  const returnUrl = await ownAddress(`/orders/${number}?pay=returned`, locale)
  redirect(await openPayment(run, providerNamed, checkoutId, { returnUrl, now }).catch(asRefusal))
})

/** Gives up all orders of the payment: they are paid together or not at all. */
export const cancelAction = buyerAction(Named, async ({ number }, { run, now, buyer, actor }) => {
  await run(async (tx) => {
    const { checkoutId } = await requireOrderOfBuyer(tx, buyer, number)
    await cancelCheckout(tx, checkoutId, actor, now)
  })
  refresh()
})

/** "It works": the escrow goes to the merchant. */
export const confirmAction = buyerAction(Named, async ({ number }, { run, now, buyer, actor }) => {
  await run(async (tx) => {
    const { id } = await requireOrderOfBuyer(tx, buyer, number)
    await confirmOrder(tx, id, actor, now)
  })
  refresh()
})

const Reveal = Named.extend({ cdkId: z.uuid().optional(), consent: z.literal('yes', 'consent') })

/** The plaintext of one CDK or all, and nowhere but in this answer. */
export const revealAction = buyerAction<z.infer<typeof Reveal>, OpenedCdk[]>(
  Reveal,
  async ({ number, cdkId }, { run, now, buyer, actor }) => {
    const { id } = await run((tx) => requireOrderOfBuyer(tx, buyer, number))
    await limit('reveal:order', id)
    const wanted = { orderId: id, consent: true, ...(cdkId === undefined ? {} : { cdkId }) }
    const opened = await run((tx) => revealCdks(tx, cdkVault(), wanted, actor, now))
    refresh()
    return opened
  },
)

function asRefusal(error: unknown): never {
  if (error instanceof ProviderUnavailable) throw new Refusal('payment/provider-unavailable')
  throw error
}
