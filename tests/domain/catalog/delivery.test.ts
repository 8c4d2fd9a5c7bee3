import { describe, expect, test } from 'vitest'
import { AUTOMATIC, type Delivery, changeDelivery, saveProduct } from '@/lib/domain/catalog'
import { expireCheckout, placeCheckout, recordPayment, refundOrder, SYSTEM } from '@/lib/domain/orders'
import { chooseImport } from '@/lib/domain/stock-imports'
import { importCdks, restoreCdks, retireCdks } from '@/lib/domain/stock'
import { newId } from '@/lib/kernel/ids'
import { HOUR_MS, after } from '@/lib/kernel/time'
import { eventsOf, stockOf } from '@/tests/support/books'
import { db } from '@/tests/support/database'
import {
  type Listing,
  NOW,
  aBuyer,
  aCapture,
  aDeliveredOrder,
  aListing,
  aManualListing,
  aPlacedOrder,
  aPurchase,
  anAwaitedOrder,
  codes,
  run,
  vault,
} from '@/tests/support/factories'
import { LINES, PLAIN_FACTS, anUpload, choose, takeNext } from '@/tests/support/imports'
import { race } from '@/tests/support/race'

const MANUAL: Delivery = { kind: 'MANUAL', hours: 6 }
const SHARED: Delivery = { kind: 'SHARED', seats: 2 }

async function save({ merchantId, productId, variantId }: Listing, delivery: Delivery | undefined, maxPerOrder = 1) {
  const { categoryId } = await db.product.findUniqueOrThrow({ where: { id: productId } })
  const variant = { id: variantId, nameZh: '100 点', nameEn: null, priceMinor: 1_000, active: true, tiers: [] }
  const texts = {
    titleZh: '点卡',
    titleEn: null,
    descriptionZh: '说明',
    descriptionEn: null,
    guideZh: '教程',
    guideEn: null,
  }
  const attributes = { region: '中国大陆' }
  await run((tx) =>
    saveProduct(
      tx,
      merchantId,
      {
        id: productId,
        categoryId,
        ...texts,
        attributes,
        downloadUrl: null,
        variants: [{ ...variant, maxPerOrder, delivery }],
      },
      NOW,
    ),
  )
  return db.variant.findUniqueOrThrow({
    where: { id: variantId },
    select: { delivery: true, deliveryHours: true, sharedSeats: true },
  })
}
const refused = (code: string) => ({ code })

describe('how a variant is delivered', () => {
  test('may be changed while there is nothing under way, and stays when the form says nothing', async () => {
    const listing = await aListing({ stock: 0 })
    const manual = { delivery: 'MANUAL', deliveryHours: 6, sharedSeats: null }
    expect(await save(listing, MANUAL)).toEqual(manual)
    expect(await save(listing, undefined)).toEqual(manual)
    expect(await save(listing, SHARED)).toEqual({ delivery: 'SHARED', deliveryHours: null, sharedSeats: 2 })
    expect(await save(listing, { kind: 'AUTOMATIC' })).toMatchObject({ delivery: 'AUTOMATIC', sharedSeats: null })
  })

  test('does not change over stock or open orders; hours do', async () => {
    const stocked = await aListing({ stock: 1 })
    await expect(save(stocked, MANUAL)).rejects.toMatchObject(refused('catalog/delivery-stock-left'))
    const order = await anAwaitedOrder()
    await expect(save(order, { kind: 'AUTOMATIC' })).rejects.toMatchObject(refused('catalog/delivery-orders-open'))
    expect(await save(order, { kind: 'MANUAL', hours: 24 })).toMatchObject({ deliveryHours: 24 })
    const waiting = await aPlacedOrder({ listing: await aManualListing() })
    await expect(save(waiting, SHARED)).rejects.toMatchObject(refused('catalog/delivery-orders-open'))
    await run((tx) => expireCheckout(tx, waiting.checkoutId, SYSTEM, after(NOW, HOUR_MS)))
    expect(await save(waiting, SHARED)).toMatchObject({ delivery: 'SHARED' })
  })

  test('keeps within what may be promised', async () => {
    const listing = await aListing({ stock: 0 })
    for (const hours of [0, 25, 72, 1.5]) {
      await expect(save(listing, { kind: 'MANUAL', hours })).rejects.toMatchObject(refused('catalog/delivery-hours'))
    }
    await expect(save(listing, { kind: 'SHARED', seats: 1 })).rejects.toMatchObject(refused('catalog/delivery-seats'))
    await expect(save(listing, SHARED, 2)).rejects.toMatchObject(refused('catalog/shared-one-each'))
    const update = db.variant.update({
      where: { id: listing.variantId },
      data: { delivery: 'MANUAL', deliveryHours: 72 },
    })
    await expect(update).rejects.toThrow('variant_manual_has_hours')
  })

  test('promises no fewer buyers than the codes in stock are for', async () => {
    const listing = await aListing({ stock: 0, delivery: { kind: 'SHARED', seats: 3 } })
    await share(listing, codes(1), 3)
    await expect(save(listing, SHARED)).rejects.toMatchObject(refused('catalog/delivery-seats-in-stock'))
    expect(await save(listing, { kind: 'SHARED', seats: 9 })).toMatchObject({ sharedSeats: 9 })
  })

  test('does not change under an import, and sees one that is chosen at the same moment', async () => {
    const listing = await aListing({ stock: 0, delivery: { kind: 'SHARED', seats: 9 } })
    const importId = await anUpload(listing, codes(1).join(''))
    await choose(listing, importId, { facts: { seats: 9 } })
    for (const other of [AUTOMATIC, MANUAL, SHARED]) {
      await expect(save(listing, other)).rejects.toMatchObject(refused('batch/importing'))
    }
    expect(await takeNext()).toBe('done')
    const later = await aListing({ stock: 0, delivery: { kind: 'SHARED', seats: 9 } })
    const waiting = await anUpload(later, codes(1).join(''))
    const { merchantId, variantId } = later
    const chosen = { choices: LINES, allOrNothing: false, facts: { ...PLAIN_FACTS, seats: 9 }, dryRun: false }
    const [changed, tooLate] = await race(
      async (tx) => {
        await changeDelivery(tx, { id: variantId, merchantId }, AUTOMATIC)
        await tx.variant.update({ where: { id: variantId }, data: { delivery: 'AUTOMATIC', sharedSeats: null } })
      },
      (tx) => chooseImport(tx, { merchantId, importId: waiting, ...chosen }),
    )
    expect(changed.status).toBe('fulfilled')
    expect(tooLate).toMatchObject({ status: 'rejected', reason: refused('import/seats') })
  })

  test('is frozen on the order', async () => {
    const { orderId, ...listing } = await anAwaitedOrder()
    await save(listing, { kind: 'MANUAL', hours: 24 })
    const { snapshot } = await db.order.findUniqueOrThrow({ where: { id: orderId } })
    expect(snapshot).toMatchObject({ delivery: { kind: 'MANUAL', hours: 4, seats: null } })
  })
})

async function share({ merchantId, variantId }: Listing, given: readonly string[], seats: number): Promise<void> {
  const facts = { merchantId, variantId, uploadedById: newId(), fileName: null, text: given.join('\n'), seats }
  await run((tx) => importCdks(tx, vault, facts, NOW))
}

describe('a shared code', () => {
  test('goes to as many buyers as it has seats, one each, and then it is sold out', async () => {
    const listing = await aListing({ stock: 0, delivery: SHARED })
    await share(listing, codes(1), 2)
    expect(await stockOf(listing.variantId)).toEqual({ AVAILABLE: 2 })
    await expect(run((tx) => placeCheckout(tx, aPurchase(listing, { quantity: 2 }), NOW))).rejects.toMatchObject({
      code: 'order/quantity-invalid',
      params: { most: 1 },
    })
    const [one, two] = [
      await aDeliveredOrder({ listing, form: await aBuyer() }),
      await aDeliveredOrder({ listing, form: await aBuyer() }),
    ]
    const held = await db.cdk.findMany({ where: { orderId: { in: [one.orderId, two.orderId] } } })
    expect(new Set(held.map(({ fingerprint }) => Buffer.from(fingerprint).toString('hex'))).size).toBe(2)
    const plain = await Promise.all(
      held.map(async (cdk) => {
        const { wrappedKey, masterKeyVersion } = await db.stockBatch.findUniqueOrThrow({ where: { id: cdk.batchId } })
        const binding = { merchantId: cdk.merchantId, cdkId: cdk.id }
        return vault.open(vault.openBatchKey(wrappedKey, masterKeyVersion), binding, cdk.ciphertext)
      }),
    )
    expect(new Set(plain).size).toBe(1)
    await expect(run((tx) => placeCheckout(tx, aPurchase(listing), NOW))).rejects.toMatchObject(
      refused('stock/sold-out'),
    )
    expect(await eventsOf(one.orderId)).toEqual(['place', 'deliver'])
  })

  test('is known in its own stock and on the mall like any other', async () => {
    const listing = await aListing({ stock: 0, delivery: SHARED })
    const given = codes(1)
    await share(listing, given, 2)
    const again = {
      merchantId: listing.merchantId,
      variantId: listing.variantId,
      uploadedById: newId(),
      fileName: null,
    }
    const report = await run((tx) => importCdks(tx, vault, { ...again, text: given.join(''), seats: 2 }, NOW))
    expect(report.counts).toMatchObject({ accepted: 0, 'duplicate-in-stock': 1 })
  })

  test('is not what a late payment for codes of their own buys', async () => {
    const listing = await aListing({ stock: 2 })
    const { merchantId, variantId } = listing
    const { checkoutId } = await aPlacedOrder({ listing, quantity: 2 })
    await run((tx) => expireCheckout(tx, checkoutId, SYSTEM, after(NOW, HOUR_MS)))
    const part = { merchantId, chosen: { filter: { variantId } } }
    const act = { id: newId(), actor: { kind: 'MERCHANT', id: newId() } as const }
    await run((tx) => retireCdks(tx, part, act, NOW))
    await save(listing, SHARED)
    await share(listing, codes(1), 2)
    const capture = await aCapture(checkoutId)
    expect(await run((tx) => recordPayment(tx, checkoutId, capture, after(NOW, HOUR_MS)))).toBe('stray')
    expect(await stockOf(variantId)).toEqual({ AVAILABLE: 2, RETIRED: 2 })
  })

  test('is never sold as a code of its own when its variant is no longer shared', async () => {
    const listing = await aListing({ stock: 0, delivery: SHARED })
    const { merchantId, variantId } = listing
    await share(listing, codes(1), 2)
    const { orderId } = await aDeliveredOrder({ listing, form: await aBuyer() })
    const part = { merchantId, chosen: { filter: { variantId } } }
    const act = () => ({ id: newId(), actor: { kind: 'MERCHANT', id: newId() } as const })
    await run((tx) => retireCdks(tx, part, act(), NOW))
    await save(listing, AUTOMATIC, 10)
    await expect(run((tx) => restoreCdks(tx, part, act(), NOW))).rejects.toMatchObject(refused('stock/not-restorable'))
    await run((tx) => refundOrder(tx, { orderId, wanted: { all: true }, reason: 'other' }, SYSTEM, NOW))
    expect(await stockOf(variantId)).toEqual({ RETIRED: 2 })
  })
})
