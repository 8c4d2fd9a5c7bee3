import { describe, expect, test } from 'vitest'
import { unlistProduct } from '@/lib/domain/catalog'
import { escrowOf, merchantPending } from '@/lib/domain/ledger'
import {
  MOST_LINES,
  SYSTEM,
  confirmOrder,
  expireCheckout,
  placeCheckout,
  quoteCheckout,
  recordPayment,
} from '@/lib/domain/orders'
import { MINUTE_MS, after } from '@/lib/kernel/time'
import { balanceOf, eventsOf, statusOf, stockOf } from '@/tests/support/books'
import { db } from '@/tests/support/database'
import { NOW, aCapture, aCart, aListing, pay, run } from '@/tests/support/factories'

const BUYER = { kind: 'BUYER', id: null } as const
const LATE = after(NOW, 20 * MINUTE_MS)

/** Two listings of two merchants, 10.00 and 3.00 each. */
async function twoListings() {
  return [await aListing(), await aListing({ priceMinor: 300 })] as const
}

/** One of the first and two of the second in one checkout. */
async function aCheckoutOfTwo() {
  const [one, two] = await twoListings()
  const cart = aCart([
    [one, 1],
    [two, 2],
  ])
  const placed = await run((tx) => placeCheckout(tx, cart, NOW))
  const [first, second] = placed.orders
  if (!first || !second) throw new Error('a checkout of two orders')
  return { ...placed, one: { ...one, orderId: first.id }, two: { ...two, orderId: second.id } }
}

describe('several orders in one checkout', () => {
  test('one payment delivers all of them, and each merchant gets his own', async () => {
    const { checkoutId, one, two } = await aCheckoutOfTwo()
    expect(await db.checkout.findUnique({ where: { id: checkoutId } })).toMatchObject({ totalMinor: 1_600 })
    await pay(checkoutId)
    expect([await statusOf(one.orderId), await statusOf(two.orderId)]).toEqual(['DELIVERED', 'DELIVERED'])
    expect(await balanceOf(escrowOf(one.orderId, 'CNY'))).toBe(1_000)
    expect(await balanceOf(escrowOf(two.orderId, 'CNY'))).toBe(600)
    expect(await stockOf(two.variantId)).toEqual({ AVAILABLE: 3, DELIVERED: 2 })
    await run((tx) => confirmOrder(tx, two.orderId, BUYER, NOW))
    expect(await balanceOf(merchantPending(two.merchantId, 'CNY'))).toBe(582)
    expect(await balanceOf(merchantPending(one.merchantId, 'CNY'))).toBe(0)
    expect(await statusOf(one.orderId)).toBe('DELIVERED')
  })

  test('a capture is one ledger transaction, whatever it pays', async () => {
    const { checkoutId } = await aCheckoutOfTwo()
    const capture = await aCapture(checkoutId)
    await run((tx) => recordPayment(tx, checkoutId, capture, NOW))
    expect(await transactionsOf(capture.captureRef)).toEqual([{ posted: 1, amountMinor: 1_600 }])
  })

  test('all or nothing: too little of one places neither', async () => {
    const [one, two] = await twoListings()
    const cart = aCart([
      [one, 1],
      [two, 6],
    ])
    await expect(run((tx) => placeCheckout(tx, cart, NOW))).rejects.toMatchObject({
      code: 'stock/short',
      params: { left: 5 },
    })
    expect([await stockOf(one.variantId), await stockOf(two.variantId)]).toEqual([{ AVAILABLE: 5 }, { AVAILABLE: 5 }])
    expect(await db.checkout.count({ where: { idempotencyKey: cart.idempotencyKey } })).toBe(0)
    await run((tx) => unlistProduct(tx, two.merchantId, two.productId, NOW))
    await expect(
      run((tx) =>
        placeCheckout(
          tx,
          aCart([
            [one, 1],
            [two, 1],
          ]),
          NOW,
        ),
      ),
    ).rejects.toMatchObject({
      code: 'catalog/not-for-sale',
    })
    expect(await stockOf(one.variantId)).toEqual({ AVAILABLE: 5 })
  })

  test('a variant named twice is one order of both quantities, at the tier of both', async () => {
    const listing = await aListing({ stock: 12 })
    const { variantId } = listing
    const lines = [
      { variantId, quantity: 4 },
      { variantId, quantity: 6 },
    ]
    const { orders } = await run((tx) => placeCheckout(tx, { ...aCart([]), lines, expectedTotalMinor: 9_000 }, NOW))
    expect(orders).toHaveLength(1)
    expect(await stockOf(variantId)).toEqual({ AVAILABLE: 2, RESERVED: 10 })
  })

  test('refuses nothing, and more variants than a checkout takes', async () => {
    const quote = (lines: { variantId: string; quantity: number }[]) =>
      run((tx) => quoteCheckout(tx, { lines, couponCode: null, buyerKey: null }, NOW))
    await expect(quote([])).rejects.toMatchObject({ code: 'order/nothing-wanted' })
    const many = Array.from({ length: MOST_LINES + 1 }, () => ({ variantId: crypto.randomUUID(), quantity: 1 }))
    await expect(quote(many)).rejects.toMatchObject({ code: 'order/too-many-lines', params: { most: MOST_LINES } })
  })

  test('both expire together, and a late payment serves both again', async () => {
    const { checkoutId, one, two } = await aCheckoutOfTwo()
    await run((tx) => expireCheckout(tx, checkoutId, SYSTEM, LATE))
    expect([await statusOf(one.orderId), await statusOf(two.orderId)]).toEqual(['EXPIRED', 'EXPIRED'])
    expect([await stockOf(one.variantId), await stockOf(two.variantId)]).toEqual([{ AVAILABLE: 5 }, { AVAILABLE: 5 }])
    await pay(checkoutId, LATE)
    expect(await eventsOf(two.orderId)).toEqual(['place', 'expire', 'deliver-late'])
  })

  test('paid late when one is sold out: that share goes back, the other is delivered', async () => {
    const { checkoutId, one, two } = await aCheckoutOfTwo()
    await run((tx) => expireCheckout(tx, checkoutId, SYSTEM, LATE))
    await run((tx) => placeCheckout(tx, aCart([[two, 4]]), LATE))
    const capture = await aCapture(checkoutId)
    expect(await run((tx) => recordPayment(tx, checkoutId, capture, LATE))).toBe('delivered')
    expect([await statusOf(one.orderId), await statusOf(two.orderId)]).toEqual(['DELIVERED', 'EXPIRED'])
    expect(await stockOf(two.variantId)).toEqual({ AVAILABLE: 1, RESERVED: 4 })
    expect(await balanceOf(escrowOf(one.orderId, 'CNY'))).toBe(1_000)
    expect(await balanceOf(escrowOf(two.orderId, 'CNY'))).toBe(0)
    expect(await db.payment.findMany({ where: { checkoutId }, include: { refunds: true } })).toMatchObject([
      {
        use: 'APPLIED',
        amountMinor: 1_600,
        refundedMinor: 600,
        refunds: [
          { orderId: two.orderId, orderRefundId: null, amountMinor: 600, reason: 'late-payment', status: 'PENDING' },
        ],
      },
    ])
    expect(await eventsOf(two.orderId)).toEqual(['place', 'expire', 'late-payment'])
    // Reconciliation matches one line of the provider with one transaction of ours.
    expect(await transactionsOf(capture.captureRef)).toEqual([{ posted: 1, amountMinor: 1_600 }])
    expect(await run((tx) => recordPayment(tx, checkoutId, capture, LATE))).toBe('known')
  })
})

/** How many ledger transactions a capture was booked in, and what they move. */
async function transactionsOf(captureRef: string) {
  return db.$queryRaw`
    SELECT count(DISTINCT "transactionId")::int AS posted, sum("amountMinor")::int AS "amountMinor" FROM ledger_transfer
    WHERE "externalRef" = ${`sandbox:capture:${captureRef}`}`
}
