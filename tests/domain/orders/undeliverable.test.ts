import { describe, expect, test } from 'vitest'
import { escrowOf, walletOf } from '@/lib/domain/ledger'
import { placeCheckout, recordPayment } from '@/lib/domain/orders'
import { Refusal } from '@/lib/kernel/refusal'
import { DAY_MS, MINUTE_MS, after } from '@/lib/kernel/time'
import { balanceOf, eventsOf, legsOf, statusOf, stockOf } from '@/tests/support/books'
import { db } from '@/tests/support/database'
import { addExpiring } from '@/tests/support/expiring-stock'
import {
  type Listing,
  NOW,
  aBuyerWithWallet,
  aCapture,
  aCart,
  aListing,
  aPlacedOrder,
  aPurchase,
  addStock,
  run,
} from '@/tests/support/factories'
import { race } from '@/tests/support/race'

const PAID = after(NOW, 10 * MINUTE_MS)
const NOBODY = '019aa000-0000-7000-8000-00000000000a'

/** As if the promise had been raised: what is reserved falls short of it. */
async function shorten(variantId: string): Promise<void> {
  await db.cdk.updateMany({ where: { variantId, state: 'RESERVED' }, data: { expiresAt: NOW, sellBy: NOW } })
}

const FROZEN = { frozenAt: NOW, frozenById: NOBODY, frozenReason: 'stolen' }

async function freeze({ variantId }: Pick<Listing, 'variantId'>): Promise<void> {
  await db.stockBatch.updateMany({ where: { variantId }, data: FROZEN })
}

async function payAt(checkoutId: string, now = PAID) {
  const capture = await aCapture(checkoutId)
  return run((tx) => recordPayment(tx, checkoutId, capture, now))
}

describe('a code that expires', () => {
  test('is not reserved when it would fall short of its promise within the pay window', async () => {
    const listing = await aListing({ stock: 0 })
    await db.variant.update({ where: { id: listing.variantId }, data: { validityDays: 7 } })
    await addExpiring(listing, [after(NOW, 7 * DAY_MS + 14 * MINUTE_MS), NOW])
    await expect(run((tx) => placeCheckout(tx, aPurchase(listing), NOW))).rejects.toEqual(new Refusal('stock/sold-out'))
    await addExpiring(listing, [after(NOW, 7 * DAY_MS + 16 * MINUTE_MS)])
    await run((tx) => placeCheckout(tx, aPurchase(listing), NOW))
    expect(await stockOf(listing.variantId)).toEqual({ AVAILABLE: 2, RESERVED: 1 })
  })

  test('goes first among those of its bucket', async () => {
    const listing = await aListing({ stock: 0 })
    const days = [30, 10, 20].map((day) => after(NOW, day * DAY_MS))
    await addExpiring(listing, [...days, null])
    await db.cdk.updateMany({ where: { variantId: listing.variantId }, data: { bucket: 3 } })
    for (const day of [10, 20, 30]) {
      const { orderId } = await aPlacedOrder({ listing })
      const held = await db.cdk.findFirstOrThrow({ where: { orderId } })
      expect(held.expiresAt).toEqual(after(NOW, day * DAY_MS))
    }
  })
})

describe('a reserved code that may not be delivered any more', () => {
  test('is retired when it fell short of its promise, and another takes its place', async () => {
    const listing = await aListing({ stock: 2 })
    const order = await aPlacedOrder({ listing, quantity: 2 })
    await shorten(listing.variantId)
    await addStock(listing, 3)
    expect(await payAt(order.checkoutId)).toBe('delivered')
    expect(await stockOf(listing.variantId)).toEqual({ AVAILABLE: 1, DELIVERED: 2, RETIRED: 2 })
    const given = await db.cdk.findMany({ where: { orderId: order.orderId } })
    expect(given.every(({ sellBy }) => sellBy > PAID)).toBe(true)
    expect(await eventsOf(order.orderId)).toEqual(['place', 'deliver'])
  })

  test('is frozen with its batch, and only as many are claimed as are missing', async () => {
    const listing = await aListing({ stock: 1 })
    const order = await aPlacedOrder({ listing, quantity: 1 })
    await freeze(listing)
    await addStock(listing, 2)
    expect(await payAt(order.checkoutId)).toBe('delivered')
    expect(await stockOf(listing.variantId)).toEqual({ AVAILABLE: 1, DELIVERED: 1, FROZEN: 1 })
    const types = await db.cdkEvent.findMany({ where: { merchantId: listing.merchantId }, orderBy: { seq: 'asc' } })
    expect(types.map(({ type }) => type).toSorted()).toEqual(
      ['imported', 'imported', 'imported', 'reserved', 'frozen', 'reserved', 'delivered'].toSorted(),
    )
  })

  test('sends the money back when there is no other, wallet and provider, once', async () => {
    const listing = await aListing({ stock: 2 })
    const buyer = await aBuyerWithWallet(2_000)
    const form = { ...buyer, walletMinor: 300 }
    const order = await aPlacedOrder({ listing, quantity: 2, form })
    await freeze(listing)
    await addStock(listing, 1)
    expect(await payAt(order.checkoutId)).toBe('stray')
    expect(await payAt(order.checkoutId)).toBe('stray')
    expect(await statusOf(order.orderId)).toBe('CANCELLED')
    expect(await stockOf(listing.variantId)).toEqual({ AVAILABLE: 1, FROZEN: 2 })
    expect(await balanceOf(walletOf(buyer.buyerId, 'CNY'))).toBe(2_000)
    expect(await balanceOf(escrowOf(order.orderId, 'CNY'))).toBe(0)
    expect(await legsOf(order.orderId)).toMatchObject([{ amountMinor: 1_700 }, { amountMinor: 1_700 }])
    expect(await eventsOf(order.orderId)).toEqual(['place', 'undeliverable', 'late-payment', 'late-payment'])
  })

  test('does not keep the other orders of its checkout from being delivered', async () => {
    const [good, bad] = [await aListing(), await aListing({ stock: 1, priceMinor: 700 })]
    const placed = await run((tx) =>
      placeCheckout(
        tx,
        aCart([
          [good, 1],
          [bad, 1],
        ]),
        NOW,
      ),
    )
    await freeze(bad)
    expect(await payAt(placed.checkoutId)).toBe('delivered')
    const orders = await db.order.findMany({ where: { checkoutId: placed.checkoutId } })
    const statusByVariant = new Map(orders.map(({ variantId, status }) => [variantId, status]))
    expect(statusByVariant.get(good.variantId)).toBe('DELIVERED')
    expect(statusByVariant.get(bad.variantId)).toBe('CANCELLED')
    const refunds = await db.refund.findMany({ where: { orderId: { in: orders.map(({ id }) => id) } } })
    expect(refunds).toMatchObject([{ amountMinor: 700 }])
  })

  test('is not delivered when its batch is frozen at the same moment', async () => {
    const listing = await aListing({ stock: 1 })
    const order = await aPlacedOrder({ listing })
    const capture = await aCapture(order.checkoutId)
    const [, paid] = await race(
      (tx) => tx.stockBatch.updateMany({ where: { variantId: listing.variantId }, data: FROZEN }),
      (tx) => recordPayment(tx, order.checkoutId, capture, PAID),
    )
    expect(paid).toMatchObject({ value: 'stray' })
    expect(await stockOf(listing.variantId)).toEqual({ FROZEN: 1 })
  })
})
