import { describe, expect, test } from 'vitest'
import { escrowOf, merchantPending } from '@/lib/domain/ledger'
import {
  SYSTEM,
  autoConfirmOrder,
  cancelCheckout,
  confirmOrder,
  expireCheckout,
  placeCheckout,
  recordPayment,
  refundOrder,
  revealCdks,
} from '@/lib/domain/orders'
import { HOUR_MS, MINUTE_MS, after } from '@/lib/kernel/time'
import type { Tx } from '@/lib/domain/tx'
import { balanceOf, eventsOf, statusOf, stockOf } from '@/tests/support/books'
import { db } from '@/tests/support/database'
import { NOW, aCapture, aDeliveredOrder, aListing, aPlacedOrder, aPurchase, vault } from '@/tests/support/factories'
import { race, raceTwice } from '@/tests/support/race'

const BUYER = { kind: 'BUYER', id: null } as const
const MERCHANT = { kind: 'MERCHANT', id: null } as const
const WINDOW_END = after(NOW, 15 * MINUTE_MS)
const INSPECTION_END = after(NOW, 72 * HOUR_MS)

const fulfilled = { status: 'fulfilled' }
const refused = (code: string) => ({ status: 'rejected', reason: { code } })

describe('two at once', () => {
  test('two buyers and one last CDK: one gets it, the other is told', async () => {
    const listing = await aListing({ stock: 1 })
    const [a, b] = [aPurchase(listing), aPurchase(listing)]
    const [first, second] = await race(
      (tx) => placeCheckout(tx, a, NOW),
      (tx) => placeCheckout(tx, b, NOW),
    )
    expect(first).toMatchObject(fulfilled)
    expect(second).toMatchObject(refused('stock/sold-out'))
    expect(await stockOf(listing.variantId)).toEqual({ RESERVED: 1 })
  })

  test('a form sent twice at once places one order', async () => {
    const listing = await aListing()
    const purchase = aPurchase(listing)
    const [first, second] = await raceTwice((tx) => placeCheckout(tx, purchase, NOW))
    expect(first).toMatchObject({ value: { replayed: false } })
    expect(second).toMatchObject({
      value: { replayed: true, orders: first.status === 'fulfilled' ? first.value.orders : [] },
    })
    expect(await stockOf(listing.variantId)).toEqual({ AVAILABLE: 4, RESERVED: 1 })
  })

  test('a callback delivered twice at once is booked once', async () => {
    const order = await aPlacedOrder()
    const capture = await aCapture(order.checkoutId)
    const [first, second] = await raceTwice((tx) => recordPayment(tx, order.checkoutId, capture, NOW))
    expect(first).toMatchObject({ value: 'delivered' })
    expect(second).toMatchObject({ value: 'known' })
    expect(await balanceOf(escrowOf(order.orderId, 'CNY'))).toBe(1_000)
    expect(await stockOf(order.variantId)).toEqual({ AVAILABLE: 4, DELIVERED: 1 })
  })

  test('two captures at once: one delivers, the other is sent back', async () => {
    const order = await aPlacedOrder()
    const [one, other] = [await aCapture(order.checkoutId), await aCapture(order.checkoutId)]
    const [first, second] = await race(
      (tx) => recordPayment(tx, order.checkoutId, one, NOW),
      (tx) => recordPayment(tx, order.checkoutId, other, NOW),
    )
    expect(first).toMatchObject({ value: 'delivered' })
    expect(second).toMatchObject({ value: 'duplicate' })
    expect(await db.refund.count({ where: { payment: { checkoutId: order.checkoutId } } })).toBe(1)
  })

  test('confirm against auto-confirm releases once', async () => {
    const order = await aDeliveredOrder()
    const [first, second] = await race(
      (tx) => confirmOrder(tx, order.orderId, BUYER, INSPECTION_END),
      (tx) => autoConfirmOrder(tx, order.orderId, SYSTEM, INSPECTION_END),
    )
    expect(first).toMatchObject(fulfilled)
    expect(second).toMatchObject(refused('order/not-due'))
    expect(await balanceOf(merchantPending(order.merchantId, 'CNY'))).toBe(970)
    expect(await eventsOf(order.orderId)).toEqual(['place', 'deliver', 'confirm'])
  })

  test('auto-confirm against confirm releases once', async () => {
    const order = await aDeliveredOrder()
    const [first, second] = await race(
      (tx) => autoConfirmOrder(tx, order.orderId, SYSTEM, INSPECTION_END),
      (tx) => confirmOrder(tx, order.orderId, BUYER, INSPECTION_END),
    )
    expect(first).toMatchObject(fulfilled)
    expect(second).toMatchObject(refused('order/not-delivered'))
    expect(await balanceOf(merchantPending(order.merchantId, 'CNY'))).toBe(970)
  })

  test("confirm against refund: what was released first comes out of the merchant's money", async () => {
    const order = await aDeliveredOrder()
    const [first, second] = await race(
      (tx) => confirmOrder(tx, order.orderId, BUYER, NOW),
      (tx) => refundOrder(tx, { orderId: order.orderId, wanted: { all: true }, reason: 'out of order' }, MERCHANT, NOW),
    )
    expect(first).toMatchObject(fulfilled)
    expect(second).toMatchObject(fulfilled)
    expect(await balanceOf(escrowOf(order.orderId, 'CNY'))).toBe(0)
    expect(await balanceOf(merchantPending(order.merchantId, 'CNY'))).toBe(0)
    expect(await eventsOf(order.orderId)).toEqual(['place', 'deliver', 'confirm', 'refund'])
  })

  test('payment against expiry: paid first, expiry finds nothing to do', async () => {
    const order = await aPlacedOrder()
    const capture = await aCapture(order.checkoutId)
    const [first, second] = await race(
      (tx) => recordPayment(tx, order.checkoutId, capture, WINDOW_END),
      (tx) => expireCheckout(tx, order.checkoutId, SYSTEM, WINDOW_END),
    )
    expect(first).toMatchObject({ value: 'delivered' })
    expect(second).toMatchObject(refused('order/not-due'))
    expect(await statusOf(order.orderId)).toBe('DELIVERED')
  })

  test('expiry against payment: expired first, the payment gets CDKs anew', async () => {
    const order = await aPlacedOrder({ quantity: 5 })
    const capture = await aCapture(order.checkoutId)
    const [first, second] = await race(
      (tx) => expireCheckout(tx, order.checkoutId, SYSTEM, WINDOW_END),
      (tx) => recordPayment(tx, order.checkoutId, capture, WINDOW_END),
    )
    expect(first).toMatchObject(fulfilled)
    expect(second).toMatchObject({ value: 'delivered' })
    expect(await eventsOf(order.orderId)).toEqual(['place', 'expire', 'deliver-late'])
    expect(await stockOf(order.variantId)).toEqual({ DELIVERED: 5 })
  })

  test('cancel against payment: the payment waits, then goes back', async () => {
    const order = await aPlacedOrder()
    const capture = await aCapture(order.checkoutId)
    const [first, second] = await race(
      (tx) => cancelCheckout(tx, order.checkoutId, BUYER, NOW),
      (tx) => recordPayment(tx, order.checkoutId, capture, NOW),
    )
    expect(first).toMatchObject(fulfilled)
    expect(second).toMatchObject({ value: 'stray' })
    expect(await statusOf(order.orderId)).toBe('CANCELLED')
  })

  test('refund against reveal: after the refund nothing is shown', async () => {
    const order = await aDeliveredOrder()
    const [first, second] = await race(
      (tx) =>
        refundOrder(tx, { orderId: order.orderId, wanted: { all: true }, reason: 'issuer outage' }, MERCHANT, NOW),
      (tx) => revealCdks(tx, vault, { orderId: order.orderId, consent: true }, BUYER, NOW),
    )
    expect(first).toMatchObject(fulfilled)
    expect(second).toMatchObject(refused('order/not-delivered'))
    expect(await stockOf(order.variantId)).toEqual({ AVAILABLE: 5 })
  })

  test('reveal against refund: what was shown is never sold again', async () => {
    const order = await aDeliveredOrder()
    const [first, second] = await race(
      (tx) => revealCdks(tx, vault, { orderId: order.orderId, consent: true }, BUYER, NOW),
      (tx) =>
        refundOrder(tx, { orderId: order.orderId, wanted: { all: true }, reason: 'issuer outage' }, MERCHANT, NOW),
    )
    expect(first).toMatchObject(fulfilled)
    expect(second).toMatchObject(fulfilled)
    expect(await stockOf(order.variantId)).toEqual({ AVAILABLE: 4, RETIRED: 1 })
  })
})

test('the helper itself sees a lost update: a read-then-write confirms twice', async () => {
  const order = await aDeliveredOrder()
  const careless = async (tx: Tx) => {
    const { status } = await tx.order.findUniqueOrThrow({ where: { id: order.orderId } })
    if (status !== 'DELIVERED') throw new Error('too late')
    await tx.order.update({ where: { id: order.orderId }, data: { quantity: { increment: 0 } } })
    return 'confirmed'
  }
  const outcomes = await race(async (tx) => {
    const confirmed = await careless(tx)
    await tx.order.update({ where: { id: order.orderId }, data: { status: 'CONFIRMED', dueAt: null, closedAt: NOW } })
    return confirmed
  }, careless)
  expect(outcomes).toMatchObject([{ value: 'confirmed' }, { value: 'confirmed' }])
})
