import type { Faults } from '@/lib/bank/faults'
import {
  type Actor,
  type RefundWanted,
  SYSTEM,
  autoConfirmOrder,
  cancelCheckout,
  confirmOrder,
  deliverByHand,
  expireCheckout,
  failDelivery,
  openPayment,
  refundOrder,
  revealCdks,
  syncCheckout,
} from '@/lib/domain/orders'
import { settleRefund } from '@/lib/domain/payments'
import type { Tx } from '@/lib/domain/tx'
import { invariant } from '@/lib/kernel/invariant'
import { HOUR_MS, MINUTE_MS, SECOND_MS, after } from '@/lib/kernel/time'
import { bankDesk } from './bank-desk'
import type { Cast } from './cast'
import { diceFor } from './dice'
import type { Mall } from './mall'
import { once } from './once'
import { buyerOf, placeStory } from './place-story'
import type { Story } from './stories'

/** One checkout on its way. Each step moves the story's clock, also when it was done before. */
export type Scene = Awaited<ReturnType<typeof openScene>>

/** Which of the checkout's orders a refund is about, and what had gone back of it before. */
interface Refunded {
  readonly of?: number
  readonly beforeMinor?: number
}

/** Places the story's orders and opens their payment. Every step may be played again after an interruption. */
export async function openScene(mall: Mall, cast: Cast, story: Story) {
  const { db, run, vault } = mall
  const dice = diceFor('play', story.name)
  const buyer: Actor = { kind: 'BUYER', id: buyerOf(cast, story) }
  const operator: Actor = { kind: 'OPERATOR', id: cast.operatorId }
  let at = story.placedAt
  const wait = (low: number, high = low) => {
    at = after(at, dice.between(low, high))
    return at
  }
  const verb = (work: (tx: Tx) => Promise<unknown>) => once(() => run(work))
  const { checkoutId, orders, dueMinor } = await placeStory(mall, cast, story)
  const orderIds = orders.map(({ id }) => id)
  if (dueMinor > 0) {
    const now = wait(4 * SECOND_MS, 20 * SECOND_MS)
    const returnUrl = `${mall.origin}${story.locale === 'en' ? '/en' : ''}/orders/${orders[0]?.number}?pay=returned`
    await once(() => openPayment(run, bankDesk(mall, now).providers, checkoutId, { returnUrl, now }))
  }
  const find = () => db.checkout.findUniqueOrThrow({ where: { id: checkoutId }, include: { orders: true } })
  const orderAt = (index: number) => {
    const id = orderIds[index]
    invariant(id, `checkout ${checkoutId} has no order ${index}`)
    return id
  }

  return {
    dice,
    wait,
    checkoutId,
    orderAt,
    buyer,
    settle,
    async payment() {
      const { providerRef } = await find()
      invariant(providerRef, `checkout ${checkoutId} was never opened at the bank`)
      return providerRef
    },
    async pay(faults: Partial<Faults> = {}) {
      if (dueMinor === 0) return
      const desk = bankDesk(mall, wait(20 * SECOND_MS, 4 * MINUTE_MS))
      await desk.pay(await this.payment(), faults)
      // The buyer comes back to the order page, which looks for itself: also when a callback was lost with a killed run.
      await this.comeBack()
      await settle()
    },
    async comeBack() {
      const now = wait(2 * SECOND_MS, 4 * SECOND_MS)
      await syncCheckout(run, bankDesk(mall, now).providers, checkoutId, now)
    },
    async reveal() {
      const now = wait(10 * SECOND_MS, 25 * MINUTE_MS)
      for (const { id, firstRevealedAt } of (await find()).orders) {
        if (firstRevealedAt) continue
        await verb((tx) => revealCdks(tx, vault, { orderId: id, consent: true }, buyer, now))
      }
    },
    async confirm() {
      const now = wait(5 * MINUTE_MS, 18 * HOUR_MS)
      for (const id of orderIds) await verb((tx) => confirmOrder(tx, id, buyer, now))
    },
    /** The inspection clock does it, some seconds after it ran out. */
    async autoConfirm() {
      for (const { id, dueAt } of (await find()).orders) {
        if (dueAt) await verb((tx) => autoConfirmOrder(tx, id, SYSTEM, after(dueAt, 12 * SECOND_MS)))
      }
    },
    async expire() {
      at = after((await find()).expiresAt, 9 * SECOND_MS)
      await verb((tx) => expireCheckout(tx, checkoutId, SYSTEM, at))
    },
    async cancel() {
      const now = wait(MINUTE_MS, 6 * MINUTE_MS)
      await verb((tx) => cancelCheckout(tx, checkoutId, buyer, now))
    },
    /** The merchant delivers the first order by hand, so many codes; the rest of it is refunded. */
    async deliver(codes: readonly string[]) {
      const now = wait(20 * MINUTE_MS, 3 * HOUR_MS)
      const { merchantId, owner } = await ownerOf(db, orderAt(0))
      const lines = codes.map((code, index) => ({ line: index + 1, code }))
      const facts = { merchantId, orderId: orderAt(0), deliveredById: owner, fileName: null, lines, refundRest: true }
      await verb((tx) => deliverByHand(tx, vault, facts, { kind: 'MERCHANT', id: owner }, now))
      await settle()
    },
    /** Nobody delivered it: the clock refunds it, some seconds after the promise ran out. */
    async failDelivery() {
      const { dueAt } = await db.order.findUniqueOrThrow({ where: { id: orderAt(0) } })
      if (dueAt) at = after(dueAt, 3 * SECOND_MS)
      await verb((tx) => failDelivery(tx, orderAt(0), at))
      await settle()
    },
    async refund(reason: string, wanted: RefundWanted = { all: true }, { of = 0, beforeMinor = 0 }: Refunded = {}) {
      const now = wait(HOUR_MS, 7 * HOUR_MS)
      const input = { orderId: orderAt(of), wanted, reason, refundedBeforeMinor: beforeMinor }
      await verb((tx) => refundOrder(tx, input, operator, now))
      await settle()
    },
  }

  /** Sends what this checkout owes back, as the sweeper would. */
  async function settle(): Promise<void> {
    const now = wait(8 * SECOND_MS)
    const owed = await db.refund.findMany({
      where: { status: 'PENDING', payment: { checkoutId } },
      select: { id: true },
    })
    for (const { id } of owed) await settleRefund(run, bankDesk(mall, now).providers, id, now)
  }
}

async function ownerOf(db: Mall['db'], orderId: string): Promise<{ merchantId: string; owner: string }> {
  const { merchantId, merchant } = await db.order.findUniqueOrThrow({
    where: { id: orderId },
    select: { merchantId: true, merchant: { select: { users: { select: { id: true }, take: 1 } } } },
  })
  const [owner] = merchant.users
  invariant(owner, `merchant ${merchantId} has nobody`)
  return { merchantId, owner: owner.id }
}
