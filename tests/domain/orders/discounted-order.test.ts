import { describe, expect, test } from 'vitest'
import { escrowOf, merchantPending, platformFee, promoExpense } from '@/lib/domain/ledger'
import {
  OrderSnapshot,
  SYSTEM,
  confirmOrder,
  expireCheckout,
  placeCheckout,
  recordPayment,
  refundOrder,
} from '@/lib/domain/orders'
import { MINUTE_MS, after } from '@/lib/kernel/time'
import { balanceOf, statusOf } from '@/tests/support/books'
import { aCoupon, usesOf } from '@/tests/support/coupons'
import { db } from '@/tests/support/database'
import {
  NOW,
  aCapture,
  aCart,
  aDeliveredOrder,
  aListing,
  aPlacedOrder,
  aPurchase,
  onlyOrderOf,
  pay,
  run,
} from '@/tests/support/factories'

const END = after(NOW, 15 * MINUTE_MS)
const BUYER = { kind: 'BUYER', id: null } as const
const OPERATOR = { kind: 'OPERATOR', id: null } as const
const promo = () => balanceOf(promoExpense('CNY'))

describe("the platform's coupon", () => {
  test('the buyer pays less, the platform puts the rest into escrow, the fee is taken from both', async () => {
    const { code } = await aCoupon({ amountMinor: 250 })
    const [spent, fees] = [await promo(), await balanceOf(platformFee('CNY'))]
    const order = await aDeliveredOrder({ form: { couponCode: code, expectedTotalMinor: 750 } })
    const row = await db.order.findUniqueOrThrow({ where: { id: order.orderId } })
    expect(row).toMatchObject({ discountMinor: 250, promoMinor: 250, totalMinor: 750, feeMinor: 30 })
    expect(OrderSnapshot.parse(row.snapshot).price).toMatchObject({
      couponCode: code,
      discountMinor: 250,
      promoMinor: 250,
    })
    expect(await balanceOf(escrowOf(order.orderId, 'CNY'))).toBe(1_000)
    expect(await promo()).toBe(spent - 250)
    await run((tx) => confirmOrder(tx, order.orderId, BUYER, NOW))
    expect(await balanceOf(merchantPending(order.merchantId, 'CNY'))).toBe(970)
    expect(await balanceOf(platformFee('CNY'))).toBe(fees + 30)
  })

  test('gets its part back with every refund, exactly', async () => {
    const { code } = await aCoupon({ amountMinor: 250 })
    const spent = await promo()
    const order = await aDeliveredOrder({ form: { couponCode: code, expectedTotalMinor: 750 } })
    const refund = (wanted: { all: true } | { amountMinor: number }) =>
      run((tx) => refundOrder(tx, { orderId: order.orderId, wanted, reason: 'goodwill' }, OPERATOR, NOW))
    await refund({ amountMinor: 100 })
    expect(await promo()).toBe(spent - 250 + 33)
    expect(await balanceOf(escrowOf(order.orderId, 'CNY'))).toBe(1_000 - 133)
    await refund({ all: true })
    expect(await promo()).toBe(spent)
    expect(await balanceOf(escrowOf(order.orderId, 'CNY'))).toBe(0)
    expect(await db.orderRefund.findMany({ where: { orderId: order.orderId }, orderBy: { id: 'asc' } })).toMatchObject([
      { amountMinor: 100, promoMinor: 33, fromEscrowMinor: 133 },
      { amountMinor: 650, promoMinor: 217, fromEscrowMinor: 867 },
    ])
  })
})

test("a merchant's coupon lowers his own price only", async () => {
  const [mine, theirs] = [await aListing(), await aListing()]
  const { code } = await aCoupon({ merchantId: mine.merchantId, amountMinor: 300 })
  const spent = await promo()
  const form = aCart(
    [
      [mine, 1],
      [theirs, 1],
    ],
    { couponCode: code, expectedTotalMinor: 1_700 },
  )
  const { checkoutId } = await run((tx) => placeCheckout(tx, form, NOW))
  await pay(checkoutId)
  expect(await db.order.findMany({ where: { checkoutId }, orderBy: { id: 'asc' } })).toMatchObject([
    { merchantId: mine.merchantId, discountMinor: 300, promoMinor: 0, totalMinor: 700, feeMinor: 21 },
    { merchantId: theirs.merchantId, discountMinor: 0, promoMinor: 0, totalMinor: 1_000, feeMinor: 30 },
  ])
  expect(await promo()).toBe(spent)
})

describe('the use of a coupon', () => {
  test('is held by the checkout, comes back when it expires, and is taken again when it is paid late', async () => {
    const { couponId, code } = await aCoupon({ totalLimit: 1 })
    const order = await aPlacedOrder({ form: { couponCode: code, expectedTotalMinor: 900 } })
    expect(await usesOf(couponId)).toEqual({ counted: 1, held: 1 })
    await run((tx) => expireCheckout(tx, order.checkoutId, SYSTEM, END))
    expect(await usesOf(couponId)).toEqual({ counted: 0, held: 0 })
    await pay(order.checkoutId, END)
    expect(await statusOf(order.orderId)).toBe('DELIVERED')
    expect(await usesOf(couponId)).toEqual({ counted: 1, held: 1 })
  })

  test('gone meanwhile: what was paid late for the lower price goes back', async () => {
    const { couponId, code } = await aCoupon({ totalLimit: 1 })
    const form = { couponCode: code, expectedTotalMinor: 900 }
    const late = await aPlacedOrder({ form })
    await run((tx) => expireCheckout(tx, late.checkoutId, SYSTEM, END))
    await aPlacedOrder({ form, now: END })
    const capture = await aCapture(late.checkoutId)
    expect(await run((tx) => recordPayment(tx, late.checkoutId, capture, END))).toBe('stray')
    expect(await statusOf(late.orderId)).toBe('EXPIRED')
    expect(await usesOf(couponId)).toEqual({ counted: 1, held: 1 })
  })

  test('is not spent by a late payment that serves none of the orders it was for', async () => {
    const [mine, theirs] = [await aListing({ stock: 1 }), await aListing()]
    const { couponId, code } = await aCoupon({ merchantId: mine.merchantId, totalLimit: 1 })
    const form = aCart(
      [
        [mine, 1],
        [theirs, 1],
      ],
      { couponCode: code, expectedTotalMinor: 1_900 },
    )
    const { checkoutId } = await run((tx) => placeCheckout(tx, form, NOW))
    await run((tx) => expireCheckout(tx, checkoutId, SYSTEM, END))
    await run((tx) => placeCheckout(tx, aPurchase(mine), END))
    const capture = await aCapture(checkoutId)
    expect(await run((tx) => recordPayment(tx, checkoutId, capture, END))).toBe('delivered')
    expect(await usesOf(couponId)).toEqual({ counted: 0, held: 0 })
  })

  test('the same submit by two tabs takes one, and finds its checkout when the coupon is used up by it', async () => {
    const { couponId, code } = await aCoupon({ totalLimit: 1 })
    const purchase = aPurchase(await aListing(), { couponCode: code, expectedTotalMinor: 900 })
    const first = await run((tx) => placeCheckout(tx, purchase, NOW))
    expect(await run((tx) => placeCheckout(tx, purchase, NOW))).toEqual({ ...first, replayed: true })
    expect(await usesOf(couponId)).toEqual({ counted: 1, held: 1 })
    const other = aPurchase(await aListing(), { couponCode: code, expectedTotalMinor: 900 })
    await expect(run((tx) => placeCheckout(tx, other, NOW))).rejects.toMatchObject({ code: 'coupon/used-up' })
    expect(onlyOrderOf(first).number).toMatch(/^KB/u)
  })

  test('refuses the full price that the buyer saw before he typed the code', async () => {
    const { couponId, code } = await aCoupon()
    const purchase = aPurchase(await aListing(), { couponCode: code })
    await expect(run((tx) => placeCheckout(tx, purchase, NOW))).rejects.toMatchObject({
      code: 'order/price-changed',
      params: { totalMinor: 900 },
    })
    expect(await usesOf(couponId)).toEqual({ counted: 0, held: 0 })
  })
})
