import { describe, expect, test } from 'vitest'
import { escrowOf, providerClearing, refundInTransit, walletOf } from '@/lib/domain/ledger'
import {
  SYSTEM,
  TOP_UP_LIMITS,
  cancelCheckout,
  expireCheckout,
  openTopUp,
  placeCheckout,
  recordPayment,
} from '@/lib/domain/orders'
import { DAY_MS, HOUR_MS, MINUTE_MS, after } from '@/lib/kernel/time'
import { balanceOf, eventsOf, legsOf, statusOf, stockOf } from '@/tests/support/books'
import { db } from '@/tests/support/database'
import {
  type ABuyer,
  NOW,
  aBuyer,
  aBuyerWithWallet,
  aCapture,
  aCart,
  aListing,
  aPlacedOrder,
  aPurchase,
  aTopUp,
  run,
  topUp,
} from '@/tests/support/factories'

const END = after(NOW, 15 * MINUTE_MS)
const moneyOf = ({ buyerId }: ABuyer) => balanceOf(walletOf(buyerId, 'CNY'))
const spending = (buyer: ABuyer, walletMinor: number) => ({ form: { ...buyer, walletMinor } })

describe('topping up', () => {
  test('puts what was paid into the wallet, once', async () => {
    const buyer = await aBuyer()
    const clearing = await balanceOf(providerClearing('sandbox', 'CNY'))
    const checkoutId = await run((tx) => openTopUp(tx, aTopUp(buyer, 5_000), NOW))
    const capture = await aCapture(checkoutId)
    expect(await run((tx) => recordPayment(tx, checkoutId, capture, NOW))).toBe('topped-up')
    expect(await run((tx) => recordPayment(tx, checkoutId, capture, NOW))).toBe('known')
    expect(await moneyOf(buyer)).toBe(5_000)
    expect(await balanceOf(providerClearing('sandbox', 'CNY'))).toBe(clearing - 5_000)
  })

  test('sends a second capture and one of another amount back', async () => {
    const buyer = await aBuyer()
    const checkoutId = await topUp(buyer, 5_000)
    const [again, less] = [await aCapture(checkoutId), await aCapture(checkoutId, { amountMinor: 4_999 })]
    expect(await run((tx) => recordPayment(tx, checkoutId, again, NOW))).toBe('duplicate')
    expect(await run((tx) => recordPayment(tx, checkoutId, less, NOW))).toBe('mismatch')
    expect(await moneyOf(buyer)).toBe(5_000)
    const refunds = await db.refund.findMany({ where: { payment: { checkoutId } }, orderBy: { id: 'asc' } })
    expect(refunds).toMatchObject([
      { amountMinor: 5_000, reason: 'duplicate-payment', status: 'PENDING', orderId: null },
      { amountMinor: 4_999, reason: 'amount-mismatch', status: 'PENDING', orderId: null },
    ])
  })

  test('takes a payment that comes after the pay window: the wallet never sells out', async () => {
    const buyer = await aBuyer()
    const checkoutId = await run((tx) => openTopUp(tx, aTopUp(buyer, 700), NOW))
    const capture = await aCapture(checkoutId)
    expect(await run((tx) => recordPayment(tx, checkoutId, capture, after(NOW, DAY_MS)))).toBe('topped-up')
    expect(await moneyOf(buyer)).toBe(700)
  })

  test('gives the same checkout for the same key, and keeps to its limits', async () => {
    const [buyer, other] = [await aBuyer(), await aBuyer()]
    const input = aTopUp(buyer, 1_000)
    const checkoutId = await run((tx) => openTopUp(tx, input, NOW))
    expect(await run((tx) => openTopUp(tx, input, after(NOW, HOUR_MS)))).toBe(checkoutId)
    for (const change of [{ amountMinor: 2_000 }, { userId: other.buyerId }]) {
      await expect(run((tx) => openTopUp(tx, { ...input, ...change }, NOW))).rejects.toMatchObject({
        code: 'order/key-reused',
      })
    }
    for (const amountMinor of [TOP_UP_LIMITS.least - 1, TOP_UP_LIMITS.most + 1, 100.5, Number.NaN]) {
      await expect(run((tx) => openTopUp(tx, aTopUp(buyer, amountMinor), NOW))).rejects.toMatchObject({
        code: 'wallet/amount',
      })
    }
  })
})

describe('paying out of the wallet', () => {
  test('all of it: delivered in the transaction that places, nobody else is asked', async () => {
    const buyer = await aBuyerWithWallet(2_500)
    const clearing = await balanceOf(providerClearing('sandbox', 'CNY'))
    const order = await aPlacedOrder({ quantity: 2, ...spending(buyer, 2_000) })
    expect(order.paid).toBe(true)
    expect(await eventsOf(order.orderId)).toEqual(['place', 'deliver'])
    expect(await stockOf(order.variantId)).toEqual({ AVAILABLE: 3, DELIVERED: 2 })
    expect(await moneyOf(buyer)).toBe(500)
    expect(await balanceOf(escrowOf(order.orderId, 'CNY'))).toBe(2_000)
    expect(await balanceOf(providerClearing('sandbox', 'CNY'))).toBe(clearing)
    const checkout = await db.checkout.findUniqueOrThrow({
      where: { id: order.checkoutId },
      include: { paidPayment: true },
    })
    expect(checkout).toMatchObject({
      provider: 'wallet',
      providerRef: null,
      lookAt: null,
      paidPayment: { provider: 'wallet', amountMinor: 2_000, use: 'APPLIED', captureRef: order.checkoutId },
    })
  })

  test('part of it: held in escrow at once, the provider pays the rest', async () => {
    const buyer = await aBuyerWithWallet(700)
    const order = await aPlacedOrder(spending(buyer, 700))
    expect(order.paid).toBe(false)
    expect(await moneyOf(buyer)).toBe(0)
    expect(await balanceOf(escrowOf(order.orderId, 'CNY'))).toBe(700)
    const capture = await aCapture(order.checkoutId)
    expect(capture.amountMinor).toBe(300)
    expect(await run((tx) => recordPayment(tx, order.checkoutId, capture, NOW))).toBe('delivered')
    expect(await balanceOf(escrowOf(order.orderId, 'CNY'))).toBe(1_000)
  })

  test('the whole total is too much when the wallet pays a part: it goes back', async () => {
    const buyer = await aBuyerWithWallet(700)
    const order = await aPlacedOrder(spending(buyer, 700))
    const capture = await aCapture(order.checkoutId, { amountMinor: 1_000 })
    expect(await run((tx) => recordPayment(tx, order.checkoutId, capture, NOW))).toBe('mismatch')
    expect(await statusOf(order.orderId)).toBe('AWAITING_PAYMENT')
  })

  test('several orders: the first ones are paid by the wallet', async () => {
    const [one, two] = [await aListing(), await aListing()]
    const buyer = await aBuyerWithWallet(1_400)
    const form = aCart(
      [
        [one, 1],
        [two, 1],
      ],
      { ...buyer, walletMinor: 1_400 },
    )
    const { checkoutId } = await run((tx) => placeCheckout(tx, form, NOW))
    const orders = await db.order.findMany({ where: { checkoutId }, orderBy: { id: 'asc' } })
    expect(orders.map(({ walletMinor }) => walletMinor)).toEqual([1_000, 400])
    const capture = await aCapture(checkoutId)
    expect(capture.amountMinor).toBe(600)
    expect(await run((tx) => recordPayment(tx, checkoutId, capture, NOW))).toBe('delivered')
    expect(await Promise.all(orders.map(({ id }) => balanceOf(escrowOf(id, 'CNY'))))).toEqual([1_000, 1_000])
  })

  test('refuses more than is there, more than it costs, and a guest', async () => {
    const listing = await aListing()
    const buyer = await aBuyerWithWallet(999)
    const place = (form: Parameters<typeof aPurchase>[1]) =>
      run((tx) => placeCheckout(tx, aPurchase(listing, form), NOW))
    await expect(place({ ...buyer, walletMinor: 1_000 })).rejects.toMatchObject({
      code: 'wallet/insufficient',
      params: { balanceMinor: 999 },
    })
    await expect(place({ ...buyer, walletMinor: 1_001 })).rejects.toMatchObject({ code: 'order/price-changed' })
    await expect(place({ ...buyer, walletMinor: -1 })).rejects.toMatchObject({ code: 'order/price-changed' })
    await expect(place({ walletMinor: 1 })).rejects.toMatchObject({ code: 'auth/required' })
    expect(await moneyOf(buyer)).toBe(999)
    expect(await stockOf(listing.variantId)).toEqual({ AVAILABLE: 5 })
  })

  test('the same submit again pays once', async () => {
    const listing = await aListing()
    const buyer = await aBuyerWithWallet(2_000)
    const purchase = aPurchase(listing, { ...buyer, walletMinor: 1_000 })
    const first = await run((tx) => placeCheckout(tx, purchase, NOW))
    expect(await run((tx) => placeCheckout(tx, purchase, NOW))).toEqual({ ...first, replayed: true })
    expect(await moneyOf(buyer)).toBe(1_000)
    await expect(run((tx) => placeCheckout(tx, { ...purchase, walletMinor: 0 }, NOW))).rejects.toMatchObject({
      code: 'order/key-reused',
    })
  })
})

describe('money of the wallet in an order that ends unpaid', () => {
  test.each([
    ['expired', (id: string) => run((tx) => expireCheckout(tx, id, SYSTEM, END))],
    ['cancelled', (id: string) => run((tx) => cancelCheckout(tx, id, { kind: 'BUYER', id: null }, NOW))],
  ])('goes back when it is %s', async (_, end) => {
    const buyer = await aBuyerWithWallet(700)
    const order = await aPlacedOrder(spending(buyer, 700))
    await end(order.checkoutId)
    expect(await moneyOf(buyer)).toBe(700)
    expect(await balanceOf(escrowOf(order.orderId, 'CNY'))).toBe(0)
  })

  test('is taken again when the payment comes late', async () => {
    const buyer = await aBuyerWithWallet(700)
    const order = await aPlacedOrder(spending(buyer, 600))
    await run((tx) => expireCheckout(tx, order.checkoutId, SYSTEM, END))
    const capture = await aCapture(order.checkoutId)
    expect(await run((tx) => recordPayment(tx, order.checkoutId, capture, END))).toBe('delivered')
    expect(await moneyOf(buyer)).toBe(100)
    expect(await balanceOf(escrowOf(order.orderId, 'CNY'))).toBe(1_000)
  })

  test('is gone when the payment comes late: what the provider took goes back, the wallet keeps the rest', async () => {
    const buyer = await aBuyerWithWallet(1_300)
    const order = await aPlacedOrder(spending(buyer, 600))
    await run((tx) => expireCheckout(tx, order.checkoutId, SYSTEM, END))
    await aPlacedOrder(spending(buyer, 1_000))
    const capture = await aCapture(order.checkoutId)
    const transit = await balanceOf(refundInTransit('sandbox', 'CNY'))
    expect(await run((tx) => recordPayment(tx, order.checkoutId, capture, END))).toBe('stray')
    expect(await statusOf(order.orderId)).toBe('EXPIRED')
    expect(await moneyOf(buyer)).toBe(300)
    expect(await balanceOf(refundInTransit('sandbox', 'CNY'))).toBe(transit + 400)
    expect(await legsOf(order.orderId)).toMatchObject([
      { method: 'PROVIDER', amountMinor: 400, reason: 'late-payment' },
    ])
    expect(await stockOf(order.variantId)).toEqual({ AVAILABLE: 5 })
  })

  test('is enough for one of two when the payment comes late: the other share goes back', async () => {
    const [one, two] = [await aListing({ priceMinor: 500 }), await aListing({ priceMinor: 800 })]
    const buyer = await aBuyerWithWallet(1_000)
    const form = aCart(
      [
        [one, 1],
        [two, 1],
      ],
      { ...buyer, walletMinor: 1_000 },
    )
    const { checkoutId, orders } = await run((tx) => placeCheckout(tx, form, NOW))
    const [first = { id: '' }, second = { id: '' }] = orders
    await run((tx) => expireCheckout(tx, checkoutId, SYSTEM, END))
    await aPlacedOrder(spending(buyer, 400))
    const capture = await aCapture(checkoutId)
    expect(await run((tx) => recordPayment(tx, checkoutId, capture, END))).toBe('delivered')
    // The wallet has 6.00: 5.00 of it pay the first, which asks the provider for nothing; the second wanted 5.00 and 3.00.
    expect([await statusOf(first.id), await statusOf(second.id)]).toEqual(['DELIVERED', 'EXPIRED'])
    expect(await legsOf(second.id)).toMatchObject([{ amountMinor: 300, reason: 'late-payment' }])
    expect(await moneyOf(buyer)).toBe(100)
  })
})
