import { describe, expect, test } from 'vitest'
import { unlistProduct } from '@/lib/domain/catalog'
import { OrderSnapshot, placeCheckout } from '@/lib/domain/orders'
import { hashJson } from '@/lib/kernel/hash-json'
import { MINUTE_MS, after } from '@/lib/kernel/time'
import { eventsOf, stockOf } from '@/tests/support/books'
import { db } from '@/tests/support/database'
import { NOW, aListing, aMerchant, aPlacedOrder, aPurchase, run } from '@/tests/support/factories'

describe('placeCheckout', () => {
  test('reserves the CDKs for 15 minutes and freezes what was bought', async () => {
    const listing = await aListing({ stock: 5, merchantId: await aMerchant({ feeBps: 250 }) })
    const placed = await aPlacedOrder({ listing, quantity: 3 })
    const order = await db.order.findUniqueOrThrow({ where: { id: placed.orderId } })
    expect(order).toMatchObject({
      status: 'AWAITING_PAYMENT',
      quantity: 3,
      unitPriceMinor: 1_000,
      totalMinor: 3_000,
      feeMinor: 75,
      number: placed.number,
    })
    expect(order.dueAt).toEqual(after(NOW, 15 * MINUTE_MS))
    expect(await stockOf(listing.variantId)).toEqual({ AVAILABLE: 2, RESERVED: 3 })
    expect(await eventsOf(placed.orderId)).toEqual(['place'])
    const snapshot = OrderSnapshot.parse(order.snapshot)
    expect(snapshot.merchant.legalNumber).toBe('91330106MA2KQ4XJ0T')
    expect(snapshot.rules.inspectionHours).toBe(72)
    expect(order.snapshotHash).toBe(hashJson(snapshot))
  })

  test('charges the wholesale tier that the quantity reaches', async () => {
    const listing = await aListing({ stock: 12 })
    const placed = await aPlacedOrder({ listing, quantity: 10 })
    const order = await db.order.findUniqueOrThrow({ where: { id: placed.orderId } })
    expect(order).toMatchObject({ unitPriceMinor: 900, totalMinor: 9_000 })
  })

  test('refuses another total than the buyer saw, and says which', async () => {
    const listing = await aListing()
    const purchase = aPurchase(listing, { expectedTotalMinor: 1 })
    await expect(run((tx) => placeCheckout(tx, purchase, NOW))).rejects.toMatchObject({
      code: 'order/price-changed',
      params: { totalMinor: 1_000 },
    })
    expect(await db.checkout.count({ where: { idempotencyKey: purchase.idempotencyKey } })).toBe(0)
  })

  test.each([0, -1, 1.5, 101, Number.NaN])('refuses a quantity of %s', async (quantity) => {
    const listing = await aListing({ stock: 1 })
    await expect(
      run((tx) => placeCheckout(tx, aPurchase(listing, { quantity, expectedTotalMinor: 1_000 }), NOW)),
    ).rejects.toMatchObject({
      code: 'order/quantity-invalid',
    })
  })

  test('takes nothing when too little is left, and says how much is', async () => {
    const listing = await aListing({ stock: 2 })
    await expect(run((tx) => placeCheckout(tx, aPurchase(listing, { quantity: 3 }), NOW))).rejects.toMatchObject({
      code: 'stock/short',
      params: { left: 2 },
    })
    expect(await stockOf(listing.variantId)).toEqual({ AVAILABLE: 2 })
    const empty = await aListing({ stock: 0 })
    await expect(run((tx) => placeCheckout(tx, aPurchase(empty), NOW))).rejects.toMatchObject({
      code: 'stock/sold-out',
    })
  })

  test('does not sell what is unlisted, inactive or of a suspended merchant', async () => {
    const unlisted = await aListing()
    await run((tx) => unlistProduct(tx, unlisted.merchantId, unlisted.productId, NOW))
    const suspended = await aListing()
    await db.merchant.update({ where: { id: suspended.merchantId }, data: { status: 'SUSPENDED' } })
    const inactive = await aListing()
    await db.variant.update({ where: { id: inactive.variantId }, data: { active: false } })
    for (const listing of [unlisted, suspended, inactive]) {
      await expect(run((tx) => placeCheckout(tx, aPurchase(listing), NOW))).rejects.toMatchObject({
        code: 'catalog/not-for-sale',
      })
    }
  })

  test('gives the first order again for the same key, even when the listing is gone since', async () => {
    const listing = await aListing()
    const purchase = aPurchase(listing)
    const first = await run((tx) => placeCheckout(tx, purchase, NOW))
    await db.variant.update({ where: { id: listing.variantId }, data: { priceMinor: 2_000 } })
    expect(await run((tx) => placeCheckout(tx, purchase, NOW))).toEqual({ ...first, replayed: true })
    await run((tx) => unlistProduct(tx, listing.merchantId, listing.productId, NOW))
    expect(await run((tx) => placeCheckout(tx, purchase, NOW))).toEqual({ ...first, replayed: true })
    expect(await stockOf(listing.variantId)).toEqual({ AVAILABLE: 4, RESERVED: 1 })
  })

  test('gives the first order again also when so many may no longer be bought at once', async () => {
    const listing = await aListing()
    const purchase = aPurchase(listing, { quantity: 2 })
    const first = await run((tx) => placeCheckout(tx, purchase, NOW))
    await db.variant.update({ where: { id: listing.variantId }, data: { maxPerOrder: 1 } })
    expect(await run((tx) => placeCheckout(tx, purchase, NOW))).toEqual({ ...first, replayed: true })
  })

  test('refuses a key that was used by somebody else or for something else', async () => {
    const listing = await aListing()
    const purchase = aPurchase(listing)
    await run((tx) => placeCheckout(tx, purchase, NOW))
    const others = [
      { email: 'other@example.com' },
      aPurchase(listing, { idempotencyKey: purchase.idempotencyKey, quantity: 2 }),
    ]
    for (const change of others) {
      await expect(run((tx) => placeCheckout(tx, { ...purchase, ...change }, NOW))).rejects.toMatchObject({
        code: 'order/key-reused',
      })
    }
  })
})
