import { unitPriceFor } from '@/lib/domain/catalog'
import {
  type Actor,
  SYSTEM,
  autoConfirmOrder,
  cancelOrder,
  confirmOrder,
  expireOrder,
  openPayment,
  placeOrder,
  refundOrder,
  revealCdks,
  syncCheckout,
} from '@/lib/domain/orders'
import { settleRefund } from '@/lib/domain/payments'
import type { Tx } from '@/lib/domain/tx'
import { idFor } from '@/lib/kernel/ids'
import { invariant } from '@/lib/kernel/invariant'
import { Refusal } from '@/lib/kernel/refusal'
import type { RefusalCode } from '@/lib/kernel/refusal-codes'
import { HOUR_MS, MINUTE_MS, SECOND_MS, after } from '@/lib/kernel/time'
import { bankDesk } from './bank-desk'
import type { Cast } from './cast'
import { diceFor } from './dice'
import type { Mall } from './mall'
import type { Story } from './stories'

/** What an order says that has gone past the step asked for: an earlier, interrupted run took it there. */
const DONE_BEFORE: ReadonlySet<RefusalCode> = new Set<RefusalCode>([
  'order/not-awaiting-payment',
  'order/not-due',
  'order/not-delivered',
  'order/not-refundable',
  'payment/already-paid',
  'payment/window-closed',
])

/** One order on its way. Each step moves the story's clock, also when it was done before. */
export type Scene = Awaited<ReturnType<typeof openScene>>

/** Places the story's order and opens its payment. Every step may be played again after an interruption. */
export async function openScene(mall: Mall, cast: Cast, story: Story) {
  const { db, run, vault } = mall
  const dice = diceFor('play', story.name)
  const buyer: Actor = { kind: 'BUYER', id: story.guest ? null : (cast.buyers.get(story.email) ?? null) }
  let at = story.placedAt
  const wait = (low: number, high = low) => {
    at = after(at, dice.between(low, high))
    return at
  }
  const once = async (step: () => Promise<unknown>) => {
    try {
      await step()
    } catch (error) {
      if (!(error instanceof Refusal && DONE_BEFORE.has(error.code))) throw error
    }
  }
  const verb = (work: (tx: Tx) => Promise<unknown>) => once(() => run(work))
  const { checkoutId, orderId, number } = await run((tx) => placeOrder(tx, orderOf(cast, story, buyer), story.placedAt))
  await once(() => {
    const now = wait(4 * SECOND_MS, 20 * SECOND_MS)
    const returnUrl = `${mall.origin}${story.locale === 'en' ? '/en' : ''}/orders/${number}?pay=returned`
    return openPayment(run, bankDesk(mall, now).provider, checkoutId, { returnUrl, now })
  })
  const find = () =>
    db.order.findUniqueOrThrow({
      where: { id: orderId },
      include: { checkout: { select: { providerRef: true, expiresAt: true } } },
    })

  return {
    dice,
    wait,
    async pay(twice = false) {
      const { providerRef } = (await find()).checkout
      invariant(providerRef, `checkout ${checkoutId} was never opened at the bank`)
      const desk = bankDesk(mall, wait(20 * SECOND_MS, 4 * MINUTE_MS))
      await desk.pay(providerRef, twice)
      // The buyer comes back to the order page, which looks for itself: also when a callback was lost with a killed run.
      await syncCheckout(run, desk.provider, checkoutId, wait(2 * SECOND_MS, 4 * SECOND_MS))
      await settle()
    },
    async reveal() {
      const now = wait(10 * SECOND_MS, 25 * MINUTE_MS)
      if ((await find()).firstRevealedAt) return
      await verb((tx) => revealCdks(tx, vault, { orderId, consent: true }, buyer, now))
    },
    async confirm() {
      const now = wait(5 * MINUTE_MS, 18 * HOUR_MS)
      await verb((tx) => confirmOrder(tx, orderId, buyer, now))
    },
    /** The inspection clock does it, some seconds after it ran out. */
    async autoConfirm() {
      const due = (await find()).dueAt
      if (due) await verb((tx) => autoConfirmOrder(tx, orderId, SYSTEM, after(due, 12 * SECOND_MS)))
    },
    async expire() {
      at = after((await find()).checkout.expiresAt, 9 * SECOND_MS)
      await verb((tx) => expireOrder(tx, orderId, SYSTEM, at))
    },
    async cancel() {
      const now = wait(MINUTE_MS, 6 * MINUTE_MS)
      await verb((tx) => cancelOrder(tx, orderId, buyer, now))
    },
    async refund(reason: string) {
      const now = wait(HOUR_MS, 7 * HOUR_MS)
      await verb((tx) => refundOrder(tx, orderId, { kind: 'OPERATOR', id: cast.operatorId }, reason, now))
      await settle()
    },
  }

  /** Sends what this order owes back, as the sweeper would. */
  async function settle(): Promise<void> {
    const now = wait(8 * SECOND_MS)
    const owed = await db.refund.findMany({ where: { orderId, status: 'PENDING' }, select: { id: true } })
    for (const { id } of owed) await settleRefund(run, bankDesk(mall, now).provider, id, now)
  }
}

function orderOf(cast: Cast, story: Story, buyer: Actor) {
  const offer = cast.offers.get(`${story.productTitle}/${story.position}`)
  invariant(offer, `the seed sells no ${story.productTitle}`)
  return {
    idempotencyKey: idFor('keybond-seed', story.name),
    variantId: offer.variantId,
    quantity: story.quantity,
    expectedTotalMinor: unitPriceFor(offer.priceMinor, offer.tiers, story.quantity) * story.quantity,
    buyerId: buyer.id,
    email: story.email,
    passcodeHash: buyer.id === null ? cast.guestPasscodeHash : null,
    locale: story.locale,
    provider: 'sandbox',
  }
}
