import { describe, expect, test } from 'vitest'
import { placeCheckout } from '@/lib/domain/orders'
import {
  type ChangedPart,
  type ChosenCdks,
  EXPORTED_PER_PART,
  exportCdks,
  findExportOf,
  moveCdks,
  readExport,
  restoreCdks,
  startExport,
} from '@/lib/domain/stock'
import { newId } from '@/lib/kernel/ids'
import { Refusal } from '@/lib/kernel/refusal'
import { stockOf } from '@/tests/support/books'
import { db } from '@/tests/support/database'
import {
  type Listing,
  MERCHANT,
  NOW,
  aDeliveredOrder,
  aListing,
  aMerchant,
  aPlacedOrder,
  aPurchase,
  addStock,
  run,
  vault,
} from '@/tests/support/factories'
import { race } from '@/tests/support/race'

const ofVariant = ({ variantId }: Pick<Listing, 'variantId'>): ChosenCdks => ({ filter: { variantId } })

const start = async (listing: Listing, chosen = ofVariant(listing)) =>
  run((tx) => startExport(tx, { merchantId: listing.merchantId, chosen }, MERCHANT, NOW))

/** All of an export, as its route takes it out. */
async function takeAll(listing: Listing, exportId: string): Promise<number> {
  const { merchantId } = listing
  let count = 0
  let after: string | null = null
  do {
    const part: Parameters<typeof exportCdks>[2] = { merchantId, exportId, chosen: ofVariant(listing), after }
    const done: ChangedPart = await run((tx) => exportCdks(tx, vault, part, MERCHANT, NOW))
    count += done.count
    after = done.last
  } while (after !== null)
  return count
}

const read = async ({ merchantId }: Listing, exportId: string, after: string | null = null, most = 100) =>
  run((tx) => readExport(tx, vault, { merchantId, exportId, after, most }))

describe('an export', () => {
  test('hands out what is available, never what is reserved or delivered, and none of it is sold again', async () => {
    const listing = await aListing({ stock: 0 })
    const codes = await addStock(listing, 5)
    await aPlacedOrder({ listing })
    await aDeliveredOrder({ listing })
    const exportId = await start(listing)
    expect(await takeAll(listing, exportId)).toBe(3)
    const lines = await read(listing, exportId)
    expect(lines).toHaveLength(3)
    expect(lines.every(({ code }) => codes.includes(code))).toBe(true)
    expect(await stockOf(listing.variantId)).toEqual({ DELIVERED: 1, RESERVED: 1, RETIRED: 3 })
    expect(await db.stockExport.findUniqueOrThrow({ where: { id: exportId } })).toMatchObject({
      count: 3,
      userId: MERCHANT.id,
      filter: { variantId: listing.variantId },
    })
    await expect(run((tx) => placeCheckout(tx, aPurchase(listing), NOW))).rejects.toThrow('stock/sold-out')
    const act = { id: newId(), actor: MERCHANT }
    const part = { merchantId: listing.merchantId, chosen: ofVariant(listing) }
    await expect(run((tx) => restoreCdks(tx, part, act, NOW))).rejects.toEqual(new Refusal('stock/not-restorable'))
    const events = await db.cdkEvent.findMany({ where: { merchantId: listing.merchantId, type: 'exported' } })
    expect(events.map(({ details }) => details)).toEqual([{ exportId }, { exportId }, { exportId }])
  })

  test('goes on part by part after a crash, and is read again in parts, each line once', async () => {
    const listing = await aListing({ stock: 0 })
    await addStock(listing, EXPORTED_PER_PART + 7)
    const exportId = await start(listing)
    const part = { merchantId: listing.merchantId, exportId, chosen: ofVariant(listing) }
    const first = await run((tx) => exportCdks(tx, vault, part, MERCHANT, NOW))
    expect(first.count).toBe(EXPORTED_PER_PART)
    expect(await takeAll(listing, exportId)).toBe(7)
    const lines = await read(listing, exportId, null, 2_000)
    lines.push(...(await read(listing, exportId, lines.at(-1)?.cdkId, 2_000)))
    expect(new Set(lines.map(({ code }) => code)).size).toBe(EXPORTED_PER_PART + 7)
    expect(new Set(lines.map(({ mark }) => mark)).size).toBe(EXPORTED_PER_PART + 7)
  })

  test('passes over a frozen batch, and is refused when nothing is there', async () => {
    const listing = await aListing({ stock: 1 })
    const exportId = await start(listing)
    const frozen = { frozenAt: NOW, frozenById: newId(), frozenReason: 'stolen' }
    await db.stockBatch.updateMany({ where: { variantId: listing.variantId }, data: frozen })
    expect(await takeAll(listing, exportId)).toBe(0)
    const empty = await aListing({ stock: 0 })
    await expect(start(empty)).rejects.toEqual(new Refusal('stock/not-available'))
    await expect(start(empty, ofVariant(listing))).rejects.toEqual(new Refusal('stock/not-available'))
  })

  test('is read by its merchant only', async () => {
    const listing = await aListing({ stock: 1 })
    const exportId = await start(listing)
    await takeAll(listing, exportId)
    expect(await read({ ...listing, merchantId: await aMerchant() }, exportId)).toEqual([])
  })
})

describe('a leaked line', () => {
  test('tells its export by the mark, or by the code when the mark was cut off', async () => {
    const listing = await aListing({ stock: 2 })
    const exportId = await start(listing)
    await takeAll(listing, exportId)
    const [line] = await read(listing, exportId)
    if (!line) throw new Error('nothing was exported')
    const find = async (text: string) => run((tx) => findExportOf(tx, vault, text))
    const { merchantId } = listing
    const cdk = { exportId, merchantId, userId: MERCHANT.id, cdkId: line.cdkId }
    expect(await find(`"${line.code}",,${line.mark.toLowerCase()};`)).toMatchObject({ ...cdk, by: 'mark' })
    expect(await find(`  ${line.code}  `)).toMatchObject({ ...cdk, by: 'code' })
    expect(await find(`卡密:${line.mark.slice(1)} ${line.code}`)).toMatchObject({ ...cdk, by: 'code' })
    expect(await find('something else')).toBeNull()
    const [sold] = await addStock(listing, 1)
    expect(await find(sold ?? '')).toBeNull()
  })
})

describe('at the same moment', () => {
  test('a CDK that a buyer reserves is not exported, and the other way about', async () => {
    const [one, two] = [await aListing({ stock: 1 }), await aListing({ stock: 1 })]
    const part = async (listing: Listing) => {
      const exportId = await start(listing)
      return { merchantId: listing.merchantId, exportId, chosen: ofVariant(listing) }
    }
    const first = await part(one)
    const [placed, exported] = await race(
      (tx) => placeCheckout(tx, aPurchase(one), NOW),
      (tx) => exportCdks(tx, vault, first, MERCHANT, NOW),
    )
    expect([placed.status, exported]).toMatchObject(['fulfilled', { value: { count: 0 } }])
    expect(await stockOf(one.variantId)).toEqual({ RESERVED: 1 })
    const second = await part(two)
    const [taken, refused] = await race(
      (tx) => exportCdks(tx, vault, second, MERCHANT, NOW),
      (tx) => placeCheckout(tx, aPurchase(two), NOW),
    )
    expect([taken, refused.status]).toMatchObject([{ value: { count: 1 } }, 'rejected'])
    expect(await stockOf(two.variantId)).toEqual({ RETIRED: 1 })
  })

  test('a CDK is moved or reserved, moved or exported, never both', async () => {
    const listing = await aListing({ stock: 1 })
    const { id: _, ...facts } = await db.variant.findUniqueOrThrow({ where: { id: listing.variantId } })
    const variantId = newId()
    await db.variant.create({ data: { ...facts, id: variantId } })
    const { merchantId } = listing
    const act = { id: newId(), actor: MERCHANT }
    const move = { merchantId, chosen: ofVariant(listing), variantId }
    const [placed, late] = await race(
      (tx) => placeCheckout(tx, aPurchase(listing), NOW),
      (tx) => moveCdks(tx, move, act, NOW),
    )
    expect([placed.status, late]).toMatchObject(['fulfilled', { reason: { code: 'stock/not-movable' } }])
    await addStock(listing, 1)
    const [moved, refused] = await race(
      (tx) => moveCdks(tx, move, act, NOW),
      (tx) => placeCheckout(tx, aPurchase(listing), NOW),
    )
    expect([moved, refused.status]).toMatchObject([{ value: { count: 1 } }, 'rejected'])
    expect(await stockOf(variantId)).toEqual({ AVAILABLE: 1 })
    const back = { merchantId, chosen: ofVariant({ variantId }), variantId: listing.variantId }
    const exportId = await start({ ...listing, variantId })
    const part = { merchantId, exportId, chosen: ofVariant({ variantId }) }
    const [exported, stays] = await race(
      (tx) => exportCdks(tx, vault, part, MERCHANT, NOW),
      (tx) => moveCdks(tx, back, act, NOW),
    )
    expect([exported, stays]).toMatchObject([{ value: { count: 1 } }, { reason: { code: 'stock/not-movable' } }])
    expect(await stockOf(variantId)).toEqual({ RETIRED: 1 })
  })

  test('two exports share the CDKs, each goes out once', async () => {
    const listing = await aListing({ stock: 3 })
    const parts = [await start(listing), await start(listing)].map((exportId) => ({
      merchantId: listing.merchantId,
      exportId,
      chosen: ofVariant(listing),
    }))
    const [a, b] = parts
    if (!a || !b) throw new Error('two exports')
    const [one, other] = await race(
      (tx) => exportCdks(tx, vault, a, MERCHANT, NOW),
      (tx) => exportCdks(tx, vault, b, MERCHANT, NOW),
    )
    expect([one, other]).toMatchObject([{ value: { count: 3 } }, { value: { count: 0 } }])
  })
})
