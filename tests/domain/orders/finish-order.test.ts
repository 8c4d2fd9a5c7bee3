import { describe, expect, test } from 'vitest'
import { escrowOf, merchantPending, platformFee, refundInTransit } from '@/lib/domain/ledger'
import {
  SYSTEM,
  autoConfirmOrder,
  cancelCheckout,
  confirmOrder,
  expireCheckout,
  refundOrder,
  revealCdks,
} from '@/lib/domain/orders'
import { HOUR_MS, MINUTE_MS, after } from '@/lib/kernel/time'
import { balanceOf, eventsOf, statusOf, stockOf } from '@/tests/support/books'
import { db } from '@/tests/support/database'
import { NOW, aDeliveredOrder, aListing, aPlacedOrder, run, vault } from '@/tests/support/factories'

const BUYER = { kind: 'BUYER', id: null } as const
const MERCHANT = { kind: 'MERCHANT', id: null } as const

describe('confirmOrder', () => {
  test('releases the escrow: total less fee to the merchant, the fee to the platform', async () => {
    const order = await aDeliveredOrder({ quantity: 2 })
    const fees = await balanceOf(platformFee('CNY'))
    await run((tx) => confirmOrder(tx, order.orderId, BUYER, NOW))
    expect(await balanceOf(escrowOf(order.orderId, 'CNY'))).toBe(0)
    expect(await balanceOf(merchantPending(order.merchantId, 'CNY'))).toBe(1_940)
    expect(await balanceOf(platformFee('CNY'))).toBe(fees + 60)
    expect(await db.order.findUnique({ where: { id: order.orderId } })).toMatchObject({
      status: 'CONFIRMED',
      dueAt: null,
      closedAt: NOW,
    })
  })

  test('refuses an order that is not delivered, or confirmed before', async () => {
    const unpaid = await aPlacedOrder()
    await expect(run((tx) => confirmOrder(tx, unpaid.orderId, BUYER, NOW))).rejects.toMatchObject({
      code: 'order/not-delivered',
    })
    const order = await aDeliveredOrder()
    await run((tx) => confirmOrder(tx, order.orderId, BUYER, NOW))
    await expect(run((tx) => confirmOrder(tx, order.orderId, BUYER, NOW))).rejects.toMatchObject({
      code: 'order/not-delivered',
    })
    expect(await balanceOf(merchantPending(order.merchantId, 'CNY'))).toBe(970)
  })

  test('takes no fee posting where the fee is nothing', async () => {
    const order = await aDeliveredOrder()
    await db.order.update({ where: { id: order.orderId }, data: { feeMinor: 0 } })
    await run((tx) => confirmOrder(tx, order.orderId, BUYER, NOW))
    expect(await balanceOf(merchantPending(order.merchantId, 'CNY'))).toBe(1_000)
  })
})

describe('autoConfirmOrder', () => {
  test('waits for the end of the inspection window', async () => {
    const order = await aDeliveredOrder()
    const end = after(NOW, 72 * HOUR_MS)
    await expect(run((tx) => autoConfirmOrder(tx, order.orderId, SYSTEM, after(end, -1)))).rejects.toMatchObject({
      code: 'order/not-due',
    })
    await run((tx) => autoConfirmOrder(tx, order.orderId, SYSTEM, end))
    expect(await eventsOf(order.orderId)).toEqual(['place', 'deliver', 'auto-confirm'])
    expect(await balanceOf(escrowOf(order.orderId, 'CNY'))).toBe(0)
  })
})

describe('expireCheckout and cancelCheckout', () => {
  test('give the CDKs back, expiry only when due', async () => {
    const order = await aPlacedOrder({ quantity: 2 })
    await expect(
      run((tx) => expireCheckout(tx, order.checkoutId, SYSTEM, after(NOW, 14 * MINUTE_MS))),
    ).rejects.toMatchObject({ code: 'order/not-due' })
    await run((tx) => expireCheckout(tx, order.checkoutId, SYSTEM, after(NOW, 15 * MINUTE_MS)))
    expect(await stockOf(order.variantId)).toEqual({ AVAILABLE: 5 })
    await expect(run((tx) => cancelCheckout(tx, order.checkoutId, BUYER, NOW))).rejects.toMatchObject({
      code: 'order/not-awaiting-payment',
    })
  })

  test('do not touch a paid order', async () => {
    const order = await aDeliveredOrder()
    await expect(run((tx) => expireCheckout(tx, order.checkoutId, SYSTEM, after(NOW, HOUR_MS)))).rejects.toMatchObject({
      code: 'order/not-due',
    })
    await expect(run((tx) => cancelCheckout(tx, order.checkoutId, BUYER, NOW))).rejects.toMatchObject({
      code: 'order/not-awaiting-payment',
    })
  })
})

describe('refundOrder', () => {
  test('sends the whole total back, no fee kept, and takes the CDKs back', async () => {
    const order = await aDeliveredOrder({ quantity: 2 })
    const [seen] = await db.cdk.findMany({ where: { orderId: order.orderId }, take: 1 })
    await run((tx) =>
      revealCdks(tx, vault, { orderId: order.orderId, cdkId: seen?.id ?? '', consent: true }, BUYER, NOW),
    )
    const transit = await balanceOf(refundInTransit('sandbox', 'CNY'))
    await run((tx) =>
      refundOrder(tx, { orderId: order.orderId, wanted: { all: true }, reason: 'issuer outage' }, MERCHANT, NOW),
    )
    expect(await statusOf(order.orderId)).toBe('REFUNDED')
    expect(await balanceOf(escrowOf(order.orderId, 'CNY'))).toBe(0)
    expect(await balanceOf(refundInTransit('sandbox', 'CNY'))).toBe(transit + 2_000)
    // One was looked at and can never be sold again; the other goes back to stock.
    expect(await stockOf(order.variantId)).toEqual({ AVAILABLE: 4, RETIRED: 1 })
    await expect(
      run((tx) => revealCdks(tx, vault, { orderId: order.orderId, consent: true }, BUYER, NOW)),
    ).rejects.toMatchObject({
      code: 'order/not-delivered',
    })
  })

  test('refuses what was never paid, and what went back before', async () => {
    const unpaid = await aPlacedOrder()
    const refunded = await aDeliveredOrder()
    const refund = (orderId: string) =>
      run((tx) => refundOrder(tx, { orderId, wanted: { all: true }, reason: 'late' }, MERCHANT, NOW))
    await refund(refunded.orderId)
    for (const { orderId } of [unpaid, refunded]) {
      await expect(refund(orderId)).rejects.toMatchObject({ code: 'order/not-refundable' })
    }
  })
})

describe('revealCdks', () => {
  test('shows exactly the codes of this order and records the look', async () => {
    const order = await aDeliveredOrder({ quantity: 3 })
    const shown = await run((tx) => revealCdks(tx, vault, { orderId: order.orderId, consent: true }, BUYER, NOW))
    expect(new Set(shown.map(({ code }) => code)).size).toBe(3)
    expect(shown.every(({ code }) => /^KB-[0-9A-F]{16}$/u.test(code))).toBe(true)
    const again = await run((tx) =>
      revealCdks(tx, vault, { orderId: order.orderId, consent: true }, BUYER, after(NOW, HOUR_MS)),
    )
    expect(again).toEqual(shown)
    expect(await db.order.findUnique({ where: { id: order.orderId } })).toMatchObject({
      firstRevealedAt: NOW,
      dueAt: after(NOW, 72 * HOUR_MS),
    })
    expect(await eventsOf(order.orderId)).toEqual(['place', 'deliver', 'reveal', 'reveal'])
  })

  test('needs consent, a delivered order and a CDK of this order', async () => {
    const order = await aDeliveredOrder()
    const other = await aDeliveredOrder()
    const unpaid = await aPlacedOrder()
    const foreign = await db.cdk.findFirstOrThrow({ where: { orderId: other.orderId } })
    const reveal = (orderId: string, consent: boolean, cdkId?: string) =>
      run((tx) => revealCdks(tx, vault, { orderId, consent, ...(cdkId === undefined ? {} : { cdkId }) }, BUYER, NOW))
    await expect(reveal(order.orderId, false)).rejects.toMatchObject({ code: 'order/consent-required' })
    await expect(reveal(unpaid.orderId, true)).rejects.toMatchObject({ code: 'order/not-delivered' })
    await expect(reveal(order.orderId, true, foreign.id)).rejects.toMatchObject({ code: 'access/not-found' })
    expect(
      await db.cdk.count({ where: { revealedAt: { not: null }, orderId: { in: [order.orderId, other.orderId] } } }),
    ).toBe(0)
  })

  test('shortens the inspection window in low-risk categories, once', async () => {
    const listing = await aListing({ category: { rules: { inspectionHoursAfterReveal: 24 } } })
    const order = await aDeliveredOrder({ listing })
    const dueAt = async () => (await db.order.findUniqueOrThrow({ where: { id: order.orderId } })).dueAt
    await run((tx) => revealCdks(tx, vault, { orderId: order.orderId, consent: true }, BUYER, after(NOW, HOUR_MS)))
    expect(await dueAt()).toEqual(after(NOW, 25 * HOUR_MS))
    await run((tx) => revealCdks(tx, vault, { orderId: order.orderId, consent: true }, BUYER, after(NOW, 2 * HOUR_MS)))
    expect(await dueAt()).toEqual(after(NOW, 25 * HOUR_MS))
    const late = await aDeliveredOrder({ listing })
    await run((tx) => revealCdks(tx, vault, { orderId: late.orderId, consent: true }, BUYER, after(NOW, 71 * HOUR_MS)))
    expect(await db.order.findUnique({ where: { id: late.orderId } })).toMatchObject({
      dueAt: after(NOW, 72 * HOUR_MS),
    })
  })
})
