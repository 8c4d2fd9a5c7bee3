import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { capturePayment } from '@/lib/bank/capture-payment'
import { decideDispute } from '@/lib/bank/decide-dispute'
import { readFaults } from '@/lib/bank/faults'
import { openDispute } from '@/lib/bank/open-dispute'
import { payStray } from '@/lib/bank/pay-stray'
import { pumpCallbacks } from '@/lib/bank/pump-callbacks'
import { refuseNextTransfer } from '@/lib/bank/refuse-next-transfer'
import { returnLastTransfer } from '@/lib/bank/return-last-transfer'
import { sweepDisputes } from '@/lib/domain/disputes'
import { sweepEvents } from '@/lib/domain/inbox'
import {
  duePayouts,
  matureEarnings,
  recordDeposit,
  requestPayout,
  setMerchantStatus,
  settlePayout,
} from '@/lib/domain/merchants'
import {
  cancelCheckout,
  confirmOrder,
  declineDelivery,
  deliverByHand,
  lookAgain,
  openPayment,
  openTopUp,
  placeCheckout,
  quoteCheckout,
  refundOrder,
  sweep,
  syncCheckout,
} from '@/lib/domain/orders'
import { buyerKeyOf } from '@/lib/domain/coupons'
import { balanceOf, walletOf } from '@/lib/domain/ledger'
import { reconcile } from '@/lib/domain/reconciliation'
import { DAY_MS, HOUR_MS, MINUTE_MS, after } from '@/lib/kernel/time'
import { db } from '@/tests/support/database'
import { codes, run as plainRun, vault } from '@/tests/support/factories'
import { type World, dare } from './world'

/** What one sequence knows: its buyer and the checkouts that it placed, in sequence. */
export interface Story {
  readonly userId: string
  readonly email: string
  readonly checkoutIds: string[]
}

/** One thing that happens. Numbers choose among what the story has so far. */
export type Deed = (world: World, story: Story) => Promise<void>

const BUYER = { kind: 'BUYER', id: null } as const
const MERCHANT = { kind: 'MERCHANT', id: null } as const

const pick = <T>(from: readonly T[], at: number): T | undefined => from.at(at < 0 ? at : at % Math.max(1, from.length))

async function orderOf({ checkoutIds }: Story, at: number) {
  const orders = await db.order.findMany({
    where: { checkoutId: { in: checkoutIds } },
    orderBy: { id: 'asc' },
    select: { id: true },
  })
  return pick(orders, at)?.id
}

/** Places a checkout of one to three variants and opens its payment, which may be lost on the way. */
const place =
  (wanted: readonly { which: number; quantity: number }[], guest: boolean, useWallet: boolean, coupon: number): Deed =>
  async (world, story) => {
    const lines = [
      ...new Map(wanted.map(({ which, quantity }) => [pick(world.variants, which)?.variantId ?? '', quantity])),
    ].map(([variantId, quantity]) => ({ variantId, quantity }))
    const couponCode = coupon === 0 ? null : (world.coupons[coupon - 1] ?? null)
    const buyer = guest ? { buyerId: null, email: story.email } : { buyerId: story.userId, email: story.email }
    const { run, now, provider } = world
    await dare(async () => {
      const asked = { lines, couponCode, buyerKey: buyerKeyOf(buyer) }
      const { totalMinor } = await run((tx) => quoteCheckout(tx, asked, now))
      const balance = await run((tx) => balanceOf(tx, walletOf(story.userId, 'CNY')))
      const input = {
        ...buyer,
        idempotencyKey: randomUUID(),
        lines,
        couponCode,
        expectedTotalMinor: totalMinor,
        walletMinor: useWallet && !guest ? Math.min(balance, totalMinor) : 0,
        passcodeHash: guest ? 'not a real hash' : null,
        locale: 'zh-CN',
        provider: 'sandbox',
      }
      // The browser sends again what was not answered: the same key, so the same checkout.
      await dare(() => run((tx) => placeCheckout(tx, input, now)))
      const { checkoutId } = await run((tx) => placeCheckout(tx, input, now))
      story.checkoutIds.push(checkoutId)
      await openPayment(run, () => provider, checkoutId, { returnUrl: 'http://mall.example.com/orders', now })
    })
  }

const topUp =
  (amountMinor: number): Deed =>
  async ({ run, now, provider }, story) => {
    await dare(async () => {
      const { userId, email } = story
      const input = {
        idempotencyKey: randomUUID(),
        userId,
        email,
        amountMinor,
        currency: 'CNY',
        locale: 'en',
        provider: 'sandbox',
      } as const
      const checkoutId = await run((tx) => openTopUp(tx, input, now))
      story.checkoutIds.push(checkoutId)
      await openPayment(run, () => provider, checkoutId, { returnUrl: 'http://mall.example.com/wallet', now })
    })
  }

/** Somebody pays at the bank, with one of its switches on. The callbacks wait until they are heard. */
const pay =
  (at: number, faults: Record<string, string>): Deed =>
  async ({ bank }, story) => {
    const checkoutId = pick(story.checkoutIds, at)
    if (checkoutId === undefined) return
    const payment = await db.bankPayment.findFirst({ where: { reference: checkoutId } })
    if (payment) await capturePayment(bank, payment.id, readFaults(new URLSearchParams(faults)))
  }

const hear: Deed = async ({ bank }) => {
  await pumpCallbacks(bank)
}

const visit =
  (at: number): Deed =>
  async ({ run, provider, now }, story) => {
    const checkoutId = pick(story.checkoutIds, at)
    if (checkoutId !== undefined) await dare(() => syncCheckout(run, () => provider, checkoutId, now))
  }

const cancel =
  (at: number): Deed =>
  async ({ run, now }, story) => {
    const checkoutId = pick(story.checkoutIds, at)
    if (checkoutId !== undefined) await dare(() => run((tx) => cancelCheckout(tx, checkoutId, BUYER, now)))
  }

const confirm =
  (at: number): Deed =>
  async ({ run, now }, story) => {
    const orderId = await orderOf(story, at)
    if (orderId !== undefined) await dare(() => run((tx) => confirmOrder(tx, orderId, BUYER, now)))
  }

const refund =
  (at: number, how: 'all' | 'cdk' | 'amount', amountMinor: number): Deed =>
  async ({ run, now }, story) => {
    const orderId = await orderOf(story, at)
    if (orderId === undefined) return
    const cdk = await db.cdk.findFirst({ where: { orderId, state: 'DELIVERED' }, orderBy: { id: 'asc' } })
    const wanted =
      how === 'all' ? { all: true as const } : how === 'cdk' ? { cdkIds: cdk ? [cdk.id] : [] } : { amountMinor }
    await dare(() => run((tx) => refundOrder(tx, { orderId, wanted, reason: 'model' }, MERCHANT, now)))
  }

/** A merchant deals with an order that he is to deliver by hand: all of it, a part and the rest back, or not at all. */
const deliver =
  (at: number, how: 'all' | 'part' | 'decline'): Deed =>
  async ({ run, now }, { checkoutIds }) => {
    const waiting = await db.order.findMany({
      where: { checkoutId: { in: checkoutIds }, status: 'AWAITING_DELIVERY' },
      orderBy: { id: 'asc' },
      select: { id: true, merchantId: true, quantity: true },
    })
    const order = pick(waiting, at)
    if (!order) return
    const { id: orderId, merchantId, quantity } = order
    const given = codes(how === 'part' ? Math.max(1, quantity - 1) : quantity)
    const lines = given.map((code, index) => ({ line: index + 1, code }))
    const facts = { merchantId, orderId, deliveredById: orderId, fileName: null, refundRest: how === 'part', lines }
    await dare(() =>
      run(async (tx) => {
        if (how === 'decline') await declineDelivery(tx, { merchantId, orderId }, MERCHANT, now)
        else await deliverByHand(tx, vault, facts, MERCHANT, now)
      }),
    )
  }

/** The payer goes to the bank instead: it takes the charge back at once. */
const chargeback =
  (at: number): Deed =>
  async ({ bank }, story) => {
    const captures = await db.bankCapture.findMany({
      where: { payment: { reference: { in: story.checkoutIds } } },
      orderBy: { id: 'asc' },
      select: { id: true },
    })
    const capture = pick(captures, at)
    if (capture) await openDispute(bank, capture.id, 'fraudulent')
  }

const decide =
  (at: number, winner: 'payer' | 'shop'): Deed =>
  async ({ bank }, story) => {
    const open = await db.bankDispute.findMany({
      where: {
        status: { in: ['needs-response', 'under-review'] },
        capture: { payment: { reference: { in: story.checkoutIds } } },
      },
      orderBy: { id: 'asc' },
      select: { id: true },
    })
    const dispute = pick(open, at)
    if (dispute) await decideDispute(bank, dispute.id, winner)
  }

const payout =
  (which: number, share: number): Deed =>
  async ({ run, now, merchants }) => {
    const merchantId = pick(merchants, which) ?? ''
    const available = await db.ledgerAccount.findFirst({
      where: { kind: 'MERCHANT_AVAILABLE', ownerKey: merchantId },
      include: { balance: true },
    })
    const held = Number((available?.balance?.creditsMinor ?? 0n) - (available?.balance?.debitsMinor ?? 0n))
    const input = {
      merchantId,
      amountMinor: Math.ceil(held * share),
      currency: 'CNY',
      provider: 'sandbox',
      requestedById: null,
    } as const
    await dare(() => run((tx) => requestPayout(tx, input, now)))
  }

const stray =
  (amountMinor: number): Deed =>
  async ({ bank }) => {
    await payStray(bank, { amountMinor, currency: 'CNY', description: 'from nowhere' })
  }

const LAST = -1

/** The usual way, in one deed: placed, paid and heard of; `then` says how far the story goes on from there. */
const buy =
  (
    wanted: readonly { which: number; quantity: number }[],
    guest: boolean,
    useWallet: boolean,
    coupon: number,
    faults: Record<string, string>,
    then: 'delivered' | 'confirmed' | 'matured',
  ): Deed =>
  async (world, story) => {
    await place(wanted, guest, useWallet, coupon)(world, story)
    await pay(LAST, faults)(world, story)
    await hear(world, story)
    if (then === 'delivered') return
    const last = { ...story, checkoutIds: story.checkoutIds.slice(LAST) }
    for (const at of [0, 1, 2]) await confirm(at)(world, last)
    if (then === 'matured') await pass(15 * DAY_MS)(world, story)
  }

const fillWallet =
  (amountMinor: number): Deed =>
  async (world, story) => {
    await topUp(amountMinor)(world, story)
    await pay(LAST, {})(world, story)
    await hear(world, story)
  }

/** Given up, and paid all the same: nothing takes the money but the way back. */
const payCancelled =
  (wanted: readonly { which: number; quantity: number }[]): Deed =>
  async (world, story) => {
    await place(wanted, true, false, 0)(world, story)
    await cancel(LAST)(world, story)
    await pay(LAST, {})(world, story)
    await hear(world, story)
  }

/**
 * Partly out of the wallet and with a coupon, given up by the clock and then paid: served again, unless something it needs
 * is gone meanwhile: the wallet's money and the coupon, or a merchant who may still sell.
 */
const payLate =
  (
    wanted: readonly { which: number; quantity: number }[],
    coupon: number,
    gone: 'nothing' | 'money' | 'seller',
  ): Deed =>
  async (world, story) => {
    await fillWallet(200)(world, story)
    await place(wanted, false, true, coupon)(world, story)
    const late = { ...story, checkoutIds: story.checkoutIds.slice(LAST) }
    await pass(20 * MINUTE_MS)(world, story)
    if (gone === 'money') await buy([{ which: 2, quantity: 4 }], false, true, coupon, {}, 'delivered')(world, story)
    const [seller = ''] = world.merchants
    if (gone === 'seller') await plainRun((tx) => setMerchantStatus(tx, seller, 'SUSPENDED'))
    await pay(LAST, {})(world, late)
    await hear(world, story)
    await visit(LAST)(world, late)
    if (gone === 'seller') await plainRun((tx) => setMerchantStatus(tx, seller, 'ACTIVE'))
  }

/** The bank of a merchant declines his payout, or sends the last one back. */
const failPayout =
  (which: number, how: 'declined' | 'returned'): Deed =>
  async (world, story) => {
    const merchantId = pick(world.merchants, which) ?? ''
    const { accountRef } = await db.payoutAccount.findFirstOrThrow({ where: { merchantId } })
    await refuseNextTransfer(world.bank, accountRef, how === 'declined')
    await payout(which, 0.5)(world, story)
    await pass(MINUTE_MS)(world, story)
    await refuseNextTransfer(world.bank, accountRef, false)
    if (how === 'returned') await returnLastTransfer(world.bank, accountRef)
    await hear(world, story)
  }

const deposit =
  (which: number, amountMinor: number): Deed =>
  async ({ run, now, merchants }) => {
    const facts = { merchantId: pick(merchants, which) ?? '', reference: randomUUID(), currency: 'CNY' } as const
    await dare(() => run((tx) => recordDeposit(tx, { ...facts, amountMinor }, now)))
  }

/** The merchant who is paid out at once takes everything, and then the buyer gets his money back: the fund pays. */
const takeAndRun =
  (quantity: number): Deed =>
  async (world, story) => {
    await buy([{ which: 2, quantity }], true, false, 0, {}, 'confirmed')(world, story)
    await pass(MINUTE_MS)(world, story)
    await payout(1, 1)(world, story)
    const last = { ...story, checkoutIds: story.checkoutIds.slice(LAST) }
    await refund(0, 'all', 0)(world, last)
  }

/** Time passes, and the worker does what is due: everything, in its usual order. */
const pass =
  (ms: number): Deed =>
  async (world) => {
    world.now = after(world.now, ms)
    await tick(world)
  }

/** One round of every loop of the worker, each on its own. */
export async function tick(world: World): Promise<void> {
  const { run, provider, bank } = world
  const [providers, now] = [() => provider, world.now]
  await pumpCallbacks(bank)
  await dare(() => sweepEvents(run, providers, now, quiet))
  await dare(() => sweep(run, providers, now, quiet))
  await dare(() => lookAgain(run, providers, now, quiet))
  await dare(() => sweepDisputes(run, providers, now, quiet))
  await dare(() => matureEarnings(run, now, quiet))
  await dare(async () => {
    for (const id of await duePayouts(run, now)) await dare(() => settlePayout(run, providers, id, now))
  })
}

/** The provider's own list is pulled and compared with the books. */
const compare: Deed = async ({ run, provider, now }) => {
  await dare(() => reconcile(run, provider, now, quiet))
}

/** What a sweep could not do stays due; only what should not happen at all is told. */
function quiet(error: unknown): void {
  const name = error instanceof Error ? error.name : ''
  if (!['Killed', 'ProviderUnavailable', 'Refusal', 'ProviderRefused'].includes(name)) throw error
}

const killed =
  (transactions: number, committed: boolean): Deed =>
  async (world) => {
    world.killIn = { transactions, committed }
    return Promise.resolve()
  }

const deafBank =
  (answers: number): Deed =>
  async (world) => {
    world.loseAnswers = answers
    return Promise.resolve()
  }

const n = fc.nat({ max: 5 })
const FAULTS = [
  {},
  {},
  {},
  { duplicate: 'on' },
  { underpay: 'by-one' },
  { underpay: 'to-one' },
  { currency: 'USD' },
  { lose: 'on' },
  { repeat: 'on', reorder: 'on' },
  { refunds: 'pending' },
  { refunds: 'fail' },
  { refunds: 'fail-always' },
] as const

const wantedLines = fc.array(fc.record({ which: n, quantity: fc.integer({ min: 1, max: 4 }) }), {
  minLength: 1,
  maxLength: 3,
})

/** A deed with the words that a counterexample shows. */
export interface Said {
  readonly said: string
  readonly deed: Deed
}

const saying = <T extends readonly unknown[]>(
  name: string,
  make: (...args: T) => Deed,
  ...arbitraries: { [K in keyof T]: fc.Arbitrary<T[K]> }
) =>
  fc.tuple<[...T]>(...(arbitraries as never)).map((args): Said => ({
    said: `${name}(${args.map((arg) => JSON.stringify(arg)).join(', ')})`,
    deed: make(...args),
  }))

/** Any deed; placing and paying come most often, so that the others find something. */
export const anyDeed: fc.Arbitrary<Said> = fc.oneof(
  {
    weight: 6,
    arbitrary: saying(
      'buy',
      buy,
      wantedLines,
      fc.boolean(),
      fc.boolean(),
      fc.nat({ max: 3 }),
      fc.constantFrom<Record<string, string>[]>(...FAULTS),
      fc.constantFrom('delivered', 'delivered', 'confirmed', 'matured'),
    ),
  },
  { weight: 1, arbitrary: saying('payCancelled', payCancelled, wantedLines) },
  {
    weight: 2,
    arbitrary: saying(
      'payLate',
      payLate,
      wantedLines,
      fc.nat({ max: 3 }),
      fc.constantFrom('nothing', 'money', 'seller'),
    ),
  },
  { weight: 1, arbitrary: saying('failPayout', failPayout, n, fc.constantFrom('declined', 'returned')) },
  { weight: 1, arbitrary: saying('deposit', deposit, n, fc.integer({ min: 1, max: 300 })) },
  { weight: 1, arbitrary: saying('takeAndRun', takeAndRun, fc.integer({ min: 1, max: 4 })) },
  { weight: 2, arbitrary: saying('fillWallet', fillWallet, fc.integer({ min: 100, max: 30_000 })) },
  { weight: 3, arbitrary: saying('place', place, wantedLines, fc.boolean(), fc.boolean(), fc.nat({ max: 3 })) },
  { weight: 1, arbitrary: saying('topUp', topUp, fc.integer({ min: 100, max: 30_000 })) },
  { weight: 3, arbitrary: saying('pay', pay, n, fc.constantFrom<Record<string, string>[]>(...FAULTS)) },
  { weight: 3, arbitrary: fc.constant({ said: 'hear', deed: hear }) },
  { weight: 2, arbitrary: saying('visit', visit, n) },
  { weight: 1, arbitrary: saying('cancel', cancel, n) },
  { weight: 2, arbitrary: saying('confirm', confirm, n) },
  {
    weight: 3,
    arbitrary: saying(
      'refund',
      refund,
      n,
      fc.constantFrom('all', 'cdk', 'cdk', 'amount'),
      fc.integer({ min: 1, max: 2_000 }),
    ),
  },
  { weight: 3, arbitrary: saying('deliver', deliver, n, fc.constantFrom('all', 'all', 'part', 'decline')) },
  { weight: 2, arbitrary: saying('chargeback', chargeback, n) },
  { weight: 1, arbitrary: saying('decide', decide, n, fc.constantFrom('payer', 'shop')) },
  { weight: 1, arbitrary: saying('payout', payout, n, fc.constantFrom(0.5, 1, 1.01)) },
  { weight: 1, arbitrary: saying('stray', stray, fc.integer({ min: 1, max: 9_999 })) },
  {
    weight: 3,
    arbitrary: saying('pass', pass, fc.constantFrom(MINUTE_MS, 20 * MINUTE_MS, 2 * HOUR_MS, 4 * DAY_MS, 15 * DAY_MS)),
  },
  { weight: 1, arbitrary: fc.constant({ said: 'compare', deed: compare }) },
  { weight: 2, arbitrary: saying('killed', killed, fc.integer({ min: 1, max: 6 }), fc.boolean()) },
  { weight: 1, arbitrary: saying('deafBank', deafBank, fc.integer({ min: 1, max: 2 })) },
)

/** Lets everything come to its end: all callbacks heard, every clock run out, every dispute decided, every refund tried. */
export async function settleAll(world: World, stories: readonly Story[]): Promise<void> {
  world.killIn = null
  world.loseAnswers = 0
  const story: Story = { userId: '', email: '', checkoutIds: stories.flatMap(({ checkoutIds }) => checkoutIds) }
  for (const span of [20 * MINUTE_MS, 4 * DAY_MS]) await pass(span)(world, story)
  await compare(world, story)
  const open = await db.bankDispute.count({ where: { status: { in: ['needs-response', 'under-review'] } } })
  for (let nth = 0; nth < open; nth += 1) await decide(0, nth % 2 === 0 ? 'payer' : 'shop')(world, story)
  for (const span of [7 * HOUR_MS, 4 * DAY_MS, 2 * HOUR_MS]) await pass(span)(world, story)
  await compare(world, story)
}
