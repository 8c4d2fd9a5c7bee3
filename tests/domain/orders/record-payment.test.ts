import { describe, expect, test } from 'vitest'
import { escrowOf, providerClearing, refundInTransit, suspenseOf } from '@/lib/domain/ledger'
import { SYSTEM, cancelCheckout, expireCheckout, placeCheckout, recordPayment } from '@/lib/domain/orders'
import { HOUR_MS, MINUTE_MS, after } from '@/lib/kernel/time'
import { balanceOf, eventsOf, statusOf, stockOf } from '@/tests/support/books'
import { db } from '@/tests/support/database'
import { NOW, aCapture, aListing, aPlacedOrder, aPurchase, addStock, run } from '@/tests/support/factories'

const LATE = after(NOW, 20 * MINUTE_MS)
const BUYER = { kind: 'BUYER', id: null } as const

describe('recordPayment', () => {
  test('delivers in the transaction that books the money', async () => {
    const order = await aPlacedOrder({ quantity: 2 })
    const capture = await aCapture(order.checkoutId)
    const clearing = await balanceOf(providerClearing('sandbox', 'CNY'))
    expect(await run((tx) => recordPayment(tx, order.checkoutId, capture, NOW))).toBe('delivered')
    const row = await db.order.findUniqueOrThrow({ where: { id: order.orderId } })
    expect(row).toMatchObject({ status: 'DELIVERED', paidAt: NOW, deliveredAt: NOW, dueAt: after(NOW, 72 * HOUR_MS) })
    expect(await stockOf(order.variantId)).toEqual({ AVAILABLE: 3, DELIVERED: 2 })
    expect(await balanceOf(escrowOf(order.orderId, 'CNY'))).toBe(2_000)
    expect(await balanceOf(providerClearing('sandbox', 'CNY'))).toBe(clearing - 2_000)
    expect(await eventsOf(order.orderId)).toEqual(['place', 'deliver'])
  })

  test('knows a capture that was recorded before', async () => {
    const order = await aPlacedOrder()
    const capture = await aCapture(order.checkoutId)
    await run((tx) => recordPayment(tx, order.checkoutId, capture, NOW))
    expect(await run((tx) => recordPayment(tx, order.checkoutId, capture, NOW))).toBe('known')
    expect(await balanceOf(escrowOf(order.orderId, 'CNY'))).toBe(1_000)
    expect(await db.payment.count({ where: { checkoutId: order.checkoutId } })).toBe(1)
  })

  test.each([
    ['a cent less', { amountMinor: 999 }],
    ['a cent more', { amountMinor: 1_001 }],
    ['another currency', { currency: 'USD' }],
  ])('parks %s and sends all of it back; the order still waits for its price', async (_, change) => {
    const order = await aPlacedOrder()
    const capture = await aCapture(order.checkoutId, change)
    const { amountMinor, currency } = capture
    const [clearing, transit] = [providerClearing('sandbox', currency), refundInTransit('sandbox', currency)]
    const before = { clearing: await balanceOf(clearing), transit: await balanceOf(transit) }
    expect(await run((tx) => recordPayment(tx, order.checkoutId, capture, NOW))).toBe('mismatch')
    expect(await run((tx) => recordPayment(tx, order.checkoutId, capture, NOW))).toBe('known')
    const payment = await db.payment.findFirstOrThrow({
      where: { captureRef: capture.captureRef },
      include: { refunds: true },
    })
    expect(payment).toMatchObject({
      use: 'MISMATCH',
      amountMinor,
      currency,
      refundedMinor: amountMinor,
      refunds: [{ amountMinor, currency, status: 'PENDING', reason: 'amount-mismatch', dueAt: NOW }],
    })
    expect(await balanceOf(suspenseOf(payment.id, currency))).toBe(0)
    expect(await balanceOf(clearing)).toBe(before.clearing - amountMinor)
    expect(await balanceOf(transit)).toBe(before.transit + amountMinor)
    expect(await eventsOf(order.orderId)).toEqual(['place', 'amount-mismatch'])
    const right = await aCapture(order.checkoutId)
    expect(await run((tx) => recordPayment(tx, order.checkoutId, right, NOW))).toBe('delivered')
  })

  test('refunds a second capture by itself', async () => {
    const order = await aPlacedOrder()
    const [first, second] = [await aCapture(order.checkoutId), await aCapture(order.checkoutId)]
    await run((tx) => recordPayment(tx, order.checkoutId, first, NOW))
    const transit = await balanceOf(refundInTransit('sandbox', 'CNY'))
    expect(await run((tx) => recordPayment(tx, order.checkoutId, second, NOW))).toBe('duplicate')
    const payment = await db.payment.findFirstOrThrow({
      where: { captureRef: second.captureRef },
      include: { refunds: true },
    })
    expect(payment).toMatchObject({
      use: 'DUPLICATE',
      refunds: [{ amountMinor: 1_000, status: 'PENDING', reason: 'duplicate-payment' }],
    })
    expect(await balanceOf(suspenseOf(payment.id, 'CNY'))).toBe(0)
    expect(await balanceOf(refundInTransit('sandbox', 'CNY'))).toBe(transit + 1_000)
    expect(await balanceOf(escrowOf(order.orderId, 'CNY'))).toBe(1_000)
  })

  test('an expired order that is paid late gets other CDKs while there are some', async () => {
    const order = await aPlacedOrder()
    await run((tx) => expireCheckout(tx, order.checkoutId, SYSTEM, LATE))
    expect(await stockOf(order.variantId)).toEqual({ AVAILABLE: 5 })
    const capture = await aCapture(order.checkoutId)
    expect(await run((tx) => recordPayment(tx, order.checkoutId, capture, LATE))).toBe('delivered')
    expect(await stockOf(order.variantId)).toEqual({ AVAILABLE: 4, DELIVERED: 1 })
    expect(await eventsOf(order.orderId)).toEqual(['place', 'expire', 'deliver-late'])
  })

  test('an expired order that is paid late and cannot be filled is refunded in full, once', async () => {
    const listing = await aListing({ stock: 2 })
    const order = await aPlacedOrder({ listing, quantity: 2 })
    await run((tx) => expireCheckout(tx, order.checkoutId, SYSTEM, LATE))
    await run((tx) => placeCheckout(tx, aPurchase(listing), LATE))
    const capture = await aCapture(order.checkoutId)
    expect(await run((tx) => recordPayment(tx, order.checkoutId, capture, LATE))).toBe('stray')
    expect(await statusOf(order.orderId)).toBe('EXPIRED')
    expect(await stockOf(listing.variantId)).toEqual({ AVAILABLE: 1, RESERVED: 1 })
    expect(await eventsOf(order.orderId)).toEqual(['place', 'expire', 'late-payment'])
    // The same callback after the merchant restocked must not deliver what was refunded.
    await addStock(listing, 5)
    expect(await run((tx) => recordPayment(tx, order.checkoutId, capture, LATE))).toBe('known')
    expect(await statusOf(order.orderId)).toBe('EXPIRED')
  })

  test('a late payment to a merchant who was suspended meanwhile goes back, one in time is honoured', async () => {
    const [late, inTime] = [await aPlacedOrder(), await aPlacedOrder()]
    await run((tx) => expireCheckout(tx, late.checkoutId, SYSTEM, LATE))
    await db.merchant.updateMany({
      where: { id: { in: [late.merchantId, inTime.merchantId] } },
      data: { status: 'SUSPENDED' },
    })
    const captures = [await aCapture(late.checkoutId), await aCapture(inTime.checkoutId)] as const
    expect(await run((tx) => recordPayment(tx, late.checkoutId, captures[0], LATE))).toBe('stray')
    expect(await run((tx) => recordPayment(tx, inTime.checkoutId, captures[1], NOW))).toBe('delivered')
  })

  test('a cancelled order that is paid all the same is refunded', async () => {
    const order = await aPlacedOrder()
    await run((tx) => cancelCheckout(tx, order.checkoutId, BUYER, NOW))
    const capture = await aCapture(order.checkoutId)
    expect(await run((tx) => recordPayment(tx, order.checkoutId, capture, NOW))).toBe('stray')
    expect(await statusOf(order.orderId)).toBe('CANCELLED')
    expect(await stockOf(order.variantId)).toEqual({ AVAILABLE: 5 })
  })

  test('leaves nothing behind when the transaction fails after it', async () => {
    const order = await aPlacedOrder()
    const capture = await aCapture(order.checkoutId)
    const failing = run(async (tx) => {
      await recordPayment(tx, order.checkoutId, capture, NOW)
      throw new Error('the power went out')
    })
    await expect(failing).rejects.toThrow('the power went out')
    expect(await statusOf(order.orderId)).toBe('AWAITING_PAYMENT')
    expect(await balanceOf(escrowOf(order.orderId, 'CNY'))).toBe(0)
    expect(await run((tx) => recordPayment(tx, order.checkoutId, capture, NOW))).toBe('delivered')
  })
})
