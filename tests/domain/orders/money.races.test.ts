import { beforeEach, describe, expect, test } from 'vitest'
import {
  accountId,
  escrowOf,
  merchantPending,
  merchantReceivable,
  platformFee,
  postTransfers,
  refundInTransit,
  walletOf,
} from '@/lib/domain/ledger'
import {
  SYSTEM,
  confirmOrder,
  expireCheckout,
  freezeOrder,
  openTopUp,
  placeCheckout,
  recordPayment,
  refundOrder,
} from '@/lib/domain/orders'
import { refundToWallet, retryRefund } from '@/lib/domain/payments'
import type { Tx } from '@/lib/domain/tx'
import { newId } from '@/lib/kernel/ids'
import { MINUTE_MS, after } from '@/lib/kernel/time'
import { balanceOf, eventsOf, legsOf, statusOf, stockOf } from '@/tests/support/books'
import { aCoupon, usesOf } from '@/tests/support/coupons'
import { db } from '@/tests/support/database'
import {
  NOW,
  aBuyer,
  aBuyerWithWallet,
  aCapture,
  aCart,
  aConfirmedOrder,
  aDeliveredOrder,
  aListing,
  aPlacedOrder,
  aPurchase,
  aTopUp,
  run,
} from '@/tests/support/factories'
import { race, raceTwice } from '@/tests/support/race'

const BUYER = { kind: 'BUYER', id: null } as const
const OPERATOR = { kind: 'OPERATOR', id: null } as const
const WINDOW_END = after(NOW, 15 * MINUTE_MS)

const fulfilled = { status: 'fulfilled' }
const refused = (code: string) => ({ status: 'rejected', reason: { code } })

let before = { fee: 0, transit: 0 }
beforeEach(async () => {
  before = { fee: await balanceOf(platformFee('CNY')), transit: await balanceOf(refundInTransit('sandbox', 'CNY')) }
})

/** Where 10.00 of an order stand now. */
async function whereabouts({ orderId, merchantId }: { orderId: string; merchantId: string }) {
  return {
    escrow: await balanceOf(escrowOf(orderId, 'CNY')),
    pending: await balanceOf(merchantPending(merchantId, 'CNY')),
    fee: (await balanceOf(platformFee('CNY'))) - before.fee,
    back: (await balanceOf(refundInTransit('sandbox', 'CNY'))) - before.transit,
  }
}

describe('refund against release', () => {
  const part = (orderId: string) => (tx: Tx) =>
    refundOrder(tx, { orderId, wanted: { amountMinor: 400 }, reason: 'x' }, OPERATOR, NOW)
  const release = (orderId: string) => (tx: Tx) => confirmOrder(tx, orderId, BUYER, NOW)

  test('refund first: only what is left is released', async () => {
    const order = await aDeliveredOrder()
    const [first, second] = await race(part(order.orderId), release(order.orderId))
    expect([first, second]).toMatchObject([fulfilled, fulfilled])
    expect(await whereabouts(order)).toEqual({ escrow: 0, pending: 582, fee: 18, back: 400 })
    expect(await eventsOf(order.orderId)).toEqual(['place', 'deliver', 'refund-part', 'confirm'])
    expect(await db.orderRefund.findFirst({ where: { orderId: order.orderId } })).toMatchObject({
      fromEscrowMinor: 400,
    })
  })

  test('release first: the refund comes out of what was released, and the books end the same', async () => {
    const order = await aDeliveredOrder()
    const [first, second] = await race(release(order.orderId), part(order.orderId))
    expect([first, second]).toMatchObject([fulfilled, fulfilled])
    expect(await whereabouts(order)).toEqual({ escrow: 0, pending: 582, fee: 18, back: 400 })
    expect(await eventsOf(order.orderId)).toEqual(['place', 'deliver', 'confirm', 'refund-part'])
    expect(await db.orderRefund.findFirst({ where: { orderId: order.orderId } })).toMatchObject({
      fromPendingMinor: 388,
    })
  })

  test('a refund in full first leaves nothing to release', async () => {
    const order = await aDeliveredOrder()
    const all = { orderId: order.orderId, wanted: { all: true }, reason: 'x' } as const
    const [first, second] = await race((tx) => refundOrder(tx, all, OPERATOR, NOW), release(order.orderId))
    expect(first).toMatchObject(fulfilled)
    expect(second).toMatchObject(refused('order/not-delivered'))
    expect(await whereabouts(order)).toEqual({ escrow: 0, pending: 0, fee: 0, back: 1_000 })
    expect(await db.earning.count({ where: { orderId: order.orderId } })).toBe(0)
  })
})

describe('two refunds at once', () => {
  test.each([
    ['before release', aDeliveredOrder],
    ['after release', aConfirmedOrder],
  ])('of one CDK %s: it goes back once', async (_, make) => {
    const order = await make({ quantity: 2 })
    const { id: cdkId } = await db.cdk.findFirstOrThrow({ where: { orderId: order.orderId } })
    const input = { orderId: order.orderId, wanted: { cdkIds: [cdkId] }, reason: 'bad-code' }
    const [first, second] = await raceTwice((tx) => refundOrder(tx, input, OPERATOR, NOW))
    expect(first).toMatchObject(fulfilled)
    expect(second).toMatchObject(refused('refund/cdk-refunded'))
    expect(await legsOf(order.orderId)).toMatchObject([{ amountMinor: 1_000 }])
  })

  test('of more than half each: the second is told what is left', async () => {
    const order = await aDeliveredOrder()
    const input = { orderId: order.orderId, wanted: { amountMinor: 600 }, reason: 'x' }
    const [first, second] = await raceTwice((tx) => refundOrder(tx, input, OPERATOR, NOW))
    expect(first).toMatchObject(fulfilled)
    expect(second).toMatchObject({ reason: { code: 'refund/too-much', params: { leftMinor: 400 } } })
    expect(await whereabouts(order)).toMatchObject({ escrow: 400, back: 600 })
  })

  test('of two orders of one merchant: his last money is taken once, the fund pays the other', async () => {
    const listing = await aListing()
    const [one, two] = [await aConfirmedOrder({ listing }), await aConfirmedOrder({ listing })]
    const { merchantId } = listing
    // Only one order's worth is left.
    await db.earning.update({ where: { orderId: two.orderId }, data: { pendingMinor: 0 } })
    const gone = { from: merchantPending(merchantId, 'CNY'), to: refundInTransit('sandbox', 'CNY'), amountMinor: 970 }
    await run((tx) => postTransfers(tx, [{ key: newId(), code: 'test', ...gone }], NOW))
    const back =
      ({ orderId }: { orderId: string }) =>
      (tx: Tx) =>
        refundOrder(tx, { orderId, wanted: { all: true }, reason: 'x' }, OPERATOR, NOW)
    const [first, second] = await race(back(two), back(one))
    expect([first, second]).toMatchObject([fulfilled, fulfilled])
    expect(await balanceOf(merchantPending(merchantId, 'CNY'))).toBe(0)
    expect(await balanceOf(merchantReceivable(merchantId, 'CNY'))).toBe(-970)
  })
})

test('freeze against confirm: whoever has the order first wins, and its money stays where it is', async () => {
  const [one, two] = [await aDeliveredOrder(), await aDeliveredOrder()]
  const freeze = (orderId: string) => (tx: Tx) => freezeOrder(tx, orderId, { disputeId: newId() }, NOW)
  const confirm = (orderId: string) => (tx: Tx) => confirmOrder(tx, orderId, BUYER, NOW)
  const [frozen, tooLate] = await race(freeze(one.orderId), confirm(one.orderId))
  expect(frozen).toMatchObject({ value: true })
  expect(tooLate).toMatchObject(refused('order/frozen'))
  expect(await balanceOf(escrowOf(one.orderId, 'CNY'))).toBe(1_000)
  const [confirmed, held] = await race(confirm(two.orderId), freeze(two.orderId))
  expect(confirmed).toMatchObject(fulfilled)
  expect(held).toMatchObject({ value: true })
  expect(await db.earning.findUnique({ where: { orderId: two.orderId } })).toMatchObject({ heldAt: NOW })
})

describe("the wallet's last yuan", () => {
  test('is spent by one of two checkouts', async () => {
    const [one, two] = [await aListing(), await aListing()]
    const buyer = await aBuyerWithWallet(1_500)
    const form = { ...buyer, walletMinor: 1_000 }
    const [first, second] = await race(
      (tx) => placeCheckout(tx, aPurchase(one, form), NOW),
      (tx) => placeCheckout(tx, aPurchase(two, form), NOW),
    )
    expect(first).toMatchObject({ value: { paid: true } })
    expect(second).toMatchObject({ reason: { code: 'wallet/insufficient', params: { balanceMinor: 500 } } })
    expect(await balanceOf(walletOf(buyer.buyerId, 'CNY'))).toBe(500)
    expect(await stockOf(two.variantId)).toEqual({ AVAILABLE: 5 })
  })

  test('is spent once by a form that two tabs send', async () => {
    const buyer = await aBuyerWithWallet(1_000)
    const purchase = aPurchase(await aListing(), { ...buyer, walletMinor: 1_000 })
    const [first, second] = await raceTwice((tx) => placeCheckout(tx, purchase, NOW))
    expect(first).toMatchObject({ value: { paid: true, replayed: false } })
    expect(second).toMatchObject({ value: { paid: true, replayed: true } })
    expect(await balanceOf(walletOf(buyer.buyerId, 'CNY'))).toBe(0)
  })

  test('what comes back from an expiring checkout is spent by the one that waits for it, coupon and wallet', async () => {
    const listing = await aListing()
    const { couponId, code } = await aCoupon({ totalLimit: 5 })
    const buyer = await aBuyerWithWallet(500)
    const form = { ...buyer, walletMinor: 500, couponCode: code, expectedTotalMinor: 900 }
    const order = await aPlacedOrder({ listing, form })
    const [expired, placed] = await race(
      (tx) => expireCheckout(tx, order.checkoutId, SYSTEM, WINDOW_END),
      (tx) => placeCheckout(tx, aPurchase(listing, form), WINDOW_END),
    )
    expect([expired, placed]).toMatchObject([fulfilled, fulfilled])
    expect(await balanceOf(walletOf(buyer.buyerId, 'CNY'))).toBe(0)
    expect(await usesOf(couponId)).toEqual({ counted: 1, held: 1 })
  })
})

describe('pay against expire with a part of the wallet', () => {
  async function aMixedOrder() {
    const buyer = await aBuyerWithWallet(400)
    const order = await aPlacedOrder({ form: { ...buyer, walletMinor: 400 } })
    return { ...order, wallet: walletOf(buyer.buyerId, 'CNY'), capture: await aCapture(order.checkoutId) }
  }

  test('paid first: nothing goes back', async () => {
    const { checkoutId, orderId, wallet, capture } = await aMixedOrder()
    const [first, second] = await race(
      (tx) => recordPayment(tx, checkoutId, capture, WINDOW_END),
      (tx) => expireCheckout(tx, checkoutId, SYSTEM, WINDOW_END),
    )
    expect(first).toMatchObject({ value: 'delivered' })
    expect(second).toMatchObject(refused('order/not-due'))
    expect([await balanceOf(wallet), await balanceOf(escrowOf(orderId, 'CNY'))]).toEqual([0, 1_000])
  })

  test('expired first: back to the wallet, and taken again', async () => {
    const { checkoutId, orderId, wallet, capture } = await aMixedOrder()
    const [first, second] = await race(
      (tx) => expireCheckout(tx, checkoutId, SYSTEM, WINDOW_END),
      (tx) => recordPayment(tx, checkoutId, capture, WINDOW_END),
    )
    expect(first).toMatchObject(fulfilled)
    expect(second).toMatchObject({ value: 'delivered' })
    expect([await balanceOf(wallet), await balanceOf(escrowOf(orderId, 'CNY'))]).toEqual([0, 1_000])
    expect(await eventsOf(orderId)).toEqual(['place', 'expire', 'deliver-late'])
  })
})

test('two captures at once for a checkout of two orders: each order is paid once, one capture goes back', async () => {
  const cart = aCart([
    [await aListing(), 1],
    [await aListing({ priceMinor: 300 }), 2],
  ])
  const { checkoutId, orders } = await run((tx) => placeCheckout(tx, cart, NOW))
  const [one, other] = [await aCapture(checkoutId), await aCapture(checkoutId)]
  const [first, second] = await race(
    (tx) => recordPayment(tx, checkoutId, one, NOW),
    (tx) => recordPayment(tx, checkoutId, other, NOW),
  )
  expect(first).toMatchObject({ value: 'delivered' })
  expect(second).toMatchObject({ value: 'duplicate' })
  expect(await Promise.all(orders.map(({ id }) => statusOf(id)))).toEqual(['DELIVERED', 'DELIVERED'])
  expect(await Promise.all(orders.map(({ id }) => balanceOf(escrowOf(id, 'CNY'))))).toEqual([1_000, 600])
  expect(await db.refund.findMany({ where: { payment: { checkoutId } } })).toMatchObject([{ amountMinor: 1_600 }])
})

test('a top-up that is reported twice at once is in the wallet once', async () => {
  const buyer = await aBuyer()
  const checkoutId = await run((tx) => openTopUp(tx, aTopUp(buyer, 500), NOW))
  const capture = await aCapture(checkoutId)
  const [first, second] = await raceTwice((tx) => recordPayment(tx, checkoutId, capture, NOW))
  expect(first).toMatchObject({ value: 'topped-up' })
  expect(second).toMatchObject({ value: 'known' })
  expect(await balanceOf(walletOf(buyer.buyerId, 'CNY'))).toBe(500)
  expect(await db.ledgerBalance.count({ where: { accountId: accountId(walletOf(buyer.buyerId, 'CNY')) } })).toBe(1)
})

test('an operator who retries a failed refund while another sends it to the wallet: it goes one way', async () => {
  const buyer = await aBuyer()
  const { orderId } = await aDeliveredOrder({ form: buyer })
  await run((tx) => refundOrder(tx, { orderId, wanted: { all: true }, reason: 'x' }, OPERATOR, NOW))
  const [{ id } = { id: '' }] = await legsOf(orderId)
  await db.refund.update({ where: { id }, data: { status: 'FAILED', dueAt: null } })
  const [first, second] = await race(
    (tx) => refundToWallet(tx, id, NOW),
    (tx) => retryRefund(tx, id, NOW),
  )
  expect(first).toMatchObject(fulfilled)
  expect(second).toMatchObject(refused('refund/not-failed'))
  expect(await whereabouts({ orderId, merchantId: '' })).toMatchObject({ back: 0 })
})
