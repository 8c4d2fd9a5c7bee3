import { describe, expect, test } from 'vitest'
import { verifyChain } from '@/lib/domain/provenance'
import { placeCheckout, recordPayment, refundOrder, revealCdks } from '@/lib/domain/orders'
import {
  type ChosenCdks,
  changeValidity,
  moveCdks,
  readChains,
  restoreCdks,
  retireBatch,
  retireCdks,
} from '@/lib/domain/stock'
import { newId } from '@/lib/kernel/ids'
import { Refusal } from '@/lib/kernel/refusal'
import { DAY_MS, MINUTE_MS, after } from '@/lib/kernel/time'
import { stockOf } from '@/tests/support/books'
import { db } from '@/tests/support/database'
import { addExpiring } from '@/tests/support/expiring-stock'
import {
  BUYER,
  type Listing,
  MERCHANT,
  NOW,
  aCapture,
  aDeliveredOrder,
  aListing,
  aPlacedOrder,
  aPurchase,
  addStock,
  run,
  vault,
} from '@/tests/support/factories'

const act = () => ({ id: newId(), actor: MERCHANT })

async function idsOf({ variantId }: Pick<Listing, 'variantId'>, where = {}): Promise<string[]> {
  const cdks = await db.cdk.findMany({ where: { variantId, ...where }, orderBy: { id: 'asc' }, select: { id: true } })
  return cdks.map(({ id }) => id)
}

const retire = async (merchantId: string, chosen: ChosenCdks) =>
  run((tx) => retireCdks(tx, { merchantId, chosen }, act(), NOW))
const restore = async (merchantId: string, chosen: ChosenCdks) =>
  run((tx) => restoreCdks(tx, { merchantId, chosen }, act(), NOW))

/** Another variant of the listing's product. */
async function aSibling(listing: Listing, changes = {}): Promise<string> {
  const { id: _, ...facts } = await db.variant.findUniqueOrThrow({ where: { id: listing.variantId } })
  const id = newId()
  await db.variant.create({ data: { ...facts, id, nameZh: '另一规格', ...changes } })
  return id
}

/** Every chain of these CDKs is sound; the types of each. */
async function storiesOf(ids: readonly string[]): Promise<string[]> {
  const chains = await run((tx) => readChains(tx, ids))
  const stories: string[] = []
  for (const id of ids) {
    const chain = (chains.get(id) ?? []).map(({ event }) => event)
    expect(await verifyChain(chain)).toEqual({ sound: true })
    stories.push(chain.map(({ type }) => type).join(' '))
  }
  return stories
}

describe('retiring chosen CDKs', () => {
  test('takes only those that are available, and of this merchant', async () => {
    const [listing, other] = [await aListing({ stock: 3 }), await aListing({ stock: 1 })]
    await aPlacedOrder({ listing })
    const ids = [...(await idsOf(listing)), ...(await idsOf(other))]
    expect(await retire(listing.merchantId, { ids })).toEqual({ count: 2, last: null })
    expect(await stockOf(listing.variantId)).toEqual({ RESERVED: 1, RETIRED: 2 })
    expect(await stockOf(other.variantId)).toEqual({ AVAILABLE: 1 })
    await expect(retire(listing.merchantId, { ids })).rejects.toEqual(new Refusal('stock/not-available'))
    expect(await storiesOf(await idsOf(listing, { state: 'RETIRED' }))).toEqual([
      'imported retired',
      'imported retired',
    ])
  })

  test('by a filter: batch, expiry, note, with the letters of a pattern as letters', async () => {
    const listing = await aListing({ stock: 1 })
    const { merchantId } = listing
    await addExpiring(listing, [after(NOW, -DAY_MS), after(NOW, 6 * DAY_MS), after(NOW, 20 * DAY_MS), null])
    const [expired] = await idsOf(listing, { expiresAt: { lt: NOW } })
    await db.cdk.updateMany({ where: { variantId: listing.variantId, expiresAt: null }, data: { note: '100% 原箱' } })
    const only = { variantId: listing.variantId }
    expect(await retire(merchantId, { filter: { ...only, expiry: 'expired' } })).toMatchObject({ count: 1 })
    expect(await idsOf(listing, { state: 'RETIRED' })).toEqual([expired])
    await expect(retire(merchantId, { filter: { ...only, note: '10_%' } })).rejects.toThrow('stock/not-available')
    expect(await retire(merchantId, { filter: { ...only, expiry: 'in-7-days' } })).toMatchObject({ count: 1 })
    expect(await retire(merchantId, { filter: { ...only, note: '% 原' } })).toMatchObject({ count: 2 })
    expect(await stockOf(listing.variantId)).toEqual({ AVAILABLE: 1, RETIRED: 4 })
  })
})

describe('restoring', () => {
  test('puts back what nobody ever held', async () => {
    const listing = await aListing({ stock: 2 })
    const ids = await idsOf(listing)
    await retire(listing.merchantId, { ids })
    expect(await restore(listing.merchantId, { ids })).toEqual({ count: 2, last: null })
    expect(await stockOf(listing.variantId)).toEqual({ AVAILABLE: 2 })
    expect(await storiesOf(ids)).toEqual(['imported retired restored', 'imported retired restored'])
  })

  test('never what a buyer looked at, or what once was delivered', async () => {
    const listing = await aListing({ stock: 2 })
    const [seen, unseen] = [await aDeliveredOrder({ listing }), await aDeliveredOrder({ listing })]
    await run((tx) => revealCdks(tx, vault, { orderId: seen.orderId, consent: true }, BUYER, NOW))
    for (const { orderId } of [seen, unseen]) {
      const back = { orderId, wanted: { all: true } as const, reason: 'used' }
      await run((tx) => refundOrder(tx, back, { kind: 'OPERATOR', id: null }, NOW))
    }
    const ids = await idsOf(listing)
    await retire(listing.merchantId, { ids })
    expect(await stockOf(listing.variantId)).toEqual({ RETIRED: 2 })
    await expect(restore(listing.merchantId, { ids })).rejects.toEqual(new Refusal('stock/not-restorable'))
  })

  test.each([
    ['of a retired batch', { retiredAt: NOW }],
    ['of a frozen batch', { frozenAt: NOW, frozenById: newId(), frozenReason: 'stolen' }],
  ])('never what is %s', async (_, data) => {
    const listing = await aListing({ stock: 1 })
    const ids = await idsOf(listing)
    await retire(listing.merchantId, { ids })
    await db.stockBatch.updateMany({ where: { variantId: listing.variantId }, data })
    await expect(restore(listing.merchantId, { ids })).rejects.toEqual(new Refusal('stock/not-restorable'))
  })

  test('never what expired, what another merchant has too, or what is another merchant’s', async () => {
    const listing = await aListing({ stock: 1 })
    const { merchantId } = listing
    await addExpiring(listing, [after(NOW, -1)])
    const cdks = await db.cdk.findMany({ where: { variantId: listing.variantId } })
    const ids = cdks.map(({ id }) => id)
    await retire(merchantId, { ids })
    const twin = cdks.find(({ expiresAt }) => expiresAt === null)
    if (!twin) throw new Error('no code without end')
    const stranger = await aListing({ stock: 0 })
    await expect(restore(stranger.merchantId, { ids })).rejects.toThrow('stock/not-restorable')
    const first = { firstMerchantId: stranger.merchantId, firstCdkId: newId(), seenAt: NOW }
    const pair = { id: newId(), fingerprint: twin.fingerprint, merchantId, ...first }
    await db.fingerprintPair.create({ data: pair })
    await expect(restore(merchantId, { ids })).rejects.toThrow('stock/not-restorable')
    await db.fingerprintPair.delete({ where: { id: pair.id } })
    expect(await restore(merchantId, { ids })).toMatchObject({ count: 1 })
  })
})

describe('moving', () => {
  test('goes to a sibling and is sold by its promise', async () => {
    const listing = await aListing({ stock: 1 })
    await addExpiring(listing, [after(NOW, 40 * DAY_MS)])
    await db.stockBatch.updateMany({ where: { variantId: listing.variantId }, data: { validityDays: 10 } })
    const to = await aSibling(listing, { validityDays: 30 })
    const { merchantId } = listing
    const part = { merchantId, chosen: { filter: { variantId: listing.variantId } }, variantId: to }
    expect(await run((tx) => moveCdks(tx, part, act(), NOW))).toEqual({ count: 2, last: null })
    const moved = await db.cdk.findMany({ where: { variantId: to }, orderBy: { expiresAt: 'asc' } })
    expect(moved.map(({ sellBy }) => sellBy)).toEqual([after(NOW, 10 * DAY_MS), new Date('9999-12-31')])
    expect(await storiesOf(moved.map(({ id }) => id))).toEqual(['imported moved', 'imported moved'])
    const bought = await run((tx) => placeCheckout(tx, aPurchase({ variantId: to }), NOW))
    expect(bought.orders).toHaveLength(1)
  })

  test('never to another product, another way of delivery, or another merchant, and only what is available', async () => {
    const [listing, stranger] = [await aListing({ stock: 1 }), await aListing({ stock: 1 })]
    const { merchantId } = listing
    const elsewhere = await aListing({ merchantId, stock: 0 })
    const shared = await aSibling(listing, { delivery: 'SHARED', sharedSeats: 5, maxPerOrder: 1 })
    const chosen = { ids: [...(await idsOf(listing)), ...(await idsOf(stranger))] }
    const move = async (variantId: string) => run((tx) => moveCdks(tx, { merchantId, chosen, variantId }, act(), NOW))
    for (const to of [elsewhere.variantId, shared, listing.variantId]) {
      await expect(move(to)).rejects.toEqual(new Refusal('stock/not-movable'))
    }
    await expect(move(stranger.variantId)).rejects.toEqual(new Refusal('access/not-found'))
    await aPlacedOrder({ listing })
    await expect(move(await aSibling(listing))).rejects.toEqual(new Refusal('stock/not-movable'))
  })
})

describe('a promise of validity', () => {
  test('that changes moves the day until which CDKs are sold, and nothing of what was promised before', async () => {
    const listing = await aListing({ stock: 0 })
    const { merchantId, variantId } = listing
    await addExpiring(listing, [after(NOW, 20 * DAY_MS), after(NOW, 20 * DAY_MS)])
    await run((tx) => changeValidity(tx, { merchantId, variantId }, 5))
    const order = await aPlacedOrder({ listing })
    expect(await run((tx) => changeValidity(tx, { merchantId, variantId }, 30))).toBe(2)
    expect(await run((tx) => changeValidity(tx, { merchantId, variantId }, 30))).toBe(0)
    const [cdk] = await db.cdk.findMany({ where: { variantId } })
    expect(cdk?.sellBy).toEqual(after(NOW, -10 * DAY_MS))
    await expect(run((tx) => placeCheckout(tx, aPurchase(listing), NOW))).rejects.toThrow('stock/sold-out')
    const capture = await aCapture(order.checkoutId)
    const paidAt = after(NOW, MINUTE_MS)
    expect(await run((tx) => recordPayment(tx, order.checkoutId, capture, paidAt))).toBe('delivered')
    expect(await stockOf(variantId)).toEqual({ AVAILABLE: 1, DELIVERED: 1 })
    const { snapshot } = await db.order.findUniqueOrThrow({ where: { id: order.orderId } })
    expect(snapshot).toMatchObject({ validityDays: 5 })
    expect(await run((tx) => changeValidity(tx, { merchantId, variantId }, null))).toBe(2)
    await run((tx) => placeCheckout(tx, aPurchase(listing), NOW))
  })

  test('of a late order holds for what is claimed anew, though the listing promises less by now', async () => {
    const listing = await aListing({ stock: 0 })
    const { merchantId, variantId } = listing
    await addExpiring(listing, [after(NOW, 30 * DAY_MS)])
    await run((tx) => changeValidity(tx, { merchantId, variantId }, 20))
    const order = await aPlacedOrder({ listing })
    await run((tx) => changeValidity(tx, { merchantId, variantId }, 1))
    await db.cdk.updateMany({
      where: { variantId },
      data: { expiresAt: after(NOW, 3 * DAY_MS), sellBy: after(NOW, 2 * DAY_MS) },
    })
    const capture = await aCapture(order.checkoutId)
    expect(await run((tx) => recordPayment(tx, order.checkoutId, capture, NOW))).toBe('stray')
    expect(await stockOf(variantId)).toEqual({ AVAILABLE: 1 })
  })

  test('waits for an import, and is the merchant’s own', async () => {
    const listing = await aListing({ stock: 0 })
    const { merchantId, variantId } = listing
    await expect(run((tx) => changeValidity(tx, { merchantId: newId(), variantId }, 5))).rejects.toThrow(
      'access/not-found',
    )
    const upload = { id: newId(), merchantId, variantId, uploadedById: newId(), byteCount: 1n, createdAt: NOW }
    const sealed = { wrappedKey: new Uint8Array(1), masterKeyVersion: 1 }
    await db.stockImport.create({
      data: { ...upload, ...sealed, state: 'QUEUED', choices: {}, batchFacts: {}, counts: {} },
    })
    await expect(run((tx) => changeValidity(tx, { merchantId, variantId }, 5))).rejects.toThrow('batch/importing')
  })
})

test('a large batch is retired at once for buyers and by and by in the rows', async () => {
  const listing = await aListing({ stock: 0 })
  await addStock(listing, 5_003)
  const { id: batchId } = await db.stockBatch.findFirstOrThrow({ where: { variantId: listing.variantId } })
  expect(await run((tx) => retireBatch(tx, { merchantId: listing.merchantId, batchId }, MERCHANT, NOW))).toBe(5_000)
  expect(await stockOf(listing.variantId)).toEqual({ AVAILABLE: 3, RETIRED: 5_000 })
  expect(await db.stockBatch.findUniqueOrThrow({ where: { id: batchId } })).toMatchObject({
    retiredAt: NOW,
    dueAt: NOW,
  })
  await expect(run((tx) => placeCheckout(tx, aPurchase(listing), NOW))).rejects.toThrow('stock/sold-out')
})
