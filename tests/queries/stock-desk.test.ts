import { beforeAll, describe, expect, test } from 'vitest'
import { placeCheckout } from '@/lib/domain/orders'
import { exportCdks, retireCdks, startExport } from '@/lib/domain/stock'
import { newId } from '@/lib/kernel/ids'
import { DAY_MS, after } from '@/lib/kernel/time'
import {
  DESK_PAGE,
  type DeskCursor,
  findByFingerprints,
  findDeskCdk,
  isStockExportOf,
  listBatchChoices,
  listDeskCdks,
  listStockExports,
  listVariantChoices,
} from '@/lib/queries/merchant'
import { counting } from '@/tests/support/counting'
import { db } from '@/tests/support/database'
import { addExpiring } from '@/tests/support/expiring-stock'
import {
  type Listing,
  MERCHANT,
  NOW,
  aListing,
  aMerchant,
  aPurchase,
  addStock,
  run,
  vault,
} from '@/tests/support/factories'

let listing: Listing
let stranger = ''
let codes: string[] = []

beforeAll(async () => {
  stranger = await aMerchant()
  listing = await aListing({ stock: 0 })
  codes = await addStock(listing, DESK_PAGE + 5)
  await run((tx) => placeCheckout(tx, aPurchase(listing, { quantity: 2 }), NOW))
  const days = [-1, 3, 20, 60].map((day) => after(NOW, day * DAY_MS))
  await addExpiring(listing, days)
})

const list = async (filter = {}, cursor: DeskCursor | null = null, merchantId = listing.merchantId) =>
  listDeskCdks(db, merchantId, filter, cursor, NOW)

describe('the stock desk', () => {
  test('pages through everything by keyset, each CDK once, and only the merchant’s own', async () => {
    const seen: string[] = []
    let cursor: DeskCursor | null = null
    for (let pages = 0; pages < 9; pages++) {
      const { result, sent }: { result: Awaited<ReturnType<typeof list>>; sent: number } = await counting((tx) =>
        listDeskCdks(tx, listing.merchantId, {}, cursor, NOW),
      )
      expect(sent).toBeLessThanOrEqual(2)
      seen.push(...result.rows.map(({ id }) => id))
      cursor = result.next
      if (!cursor) break
    }
    expect(seen).toHaveLength(DESK_PAGE + 9)
    expect(new Set(seen).size).toBe(seen.length)
    expect(seen).toEqual(seen.toSorted().toReversed())
    expect(await list({}, null, stranger)).toEqual({ rows: [], next: null, looking: false })
  })

  test('filters by product, variant, batch, state and note', async () => {
    const { productId, variantId } = listing
    const { batchId } = await db.cdk.findFirstOrThrow({ where: { variantId, expiresAt: { not: null } } })
    expect((await list({ batchId })).rows).toHaveLength(4)
    expect((await list({ productId, state: 'RESERVED' })).rows).toMatchObject([
      { state: 'RESERVED', orderNumber: expect.stringMatching(/^KB/u) as string },
      {},
    ])
    expect((await list({ variantId: newId() })).rows).toEqual([])
    await db.cdk.updateMany({ where: { batchId }, data: { note: '样品 A_1' } })
    expect((await list({ note: 'a_1' })).rows).toHaveLength(4)
    expect((await list({ note: 'aX1' })).rows).toEqual([])
    expect((await list({ batchId }, null, stranger)).rows).toEqual([])
  })

  test('by expiry shows what is available, the next to expire first', async () => {
    await db.variant.update({ where: { id: listing.variantId }, data: { validityDays: 2 } })
    const days = (rows: readonly { expiresAt: Date | null }[]) =>
      rows.map(({ expiresAt }) => ((expiresAt?.getTime() ?? 0) - NOW.getTime()) / DAY_MS)
    expect(days((await list({ expiry: 'expired' })).rows)).toEqual([-1])
    expect(days((await list({ expiry: 'in-7-days' })).rows)).toEqual([3])
    expect(days((await list({ expiry: 'in-30-days' })).rows)).toEqual([3, 20])
    const [first] = (await list({ expiry: 'in-30-days' })).rows
    expect(days((await list({ expiry: 'in-30-days' }, first ?? null)).rows)).toEqual([20])
    await db.cdk.updateMany({ where: { expiresAt: after(NOW, 3 * DAY_MS) }, data: { sellBy: NOW } })
    expect(days((await list({ expiry: 'short' })).rows)).toEqual([3])
  })

  test('finds a code by its fingerprint, any seat of it, and nobody else’s', async () => {
    const [code = ''] = codes
    const found = await findByFingerprints(db, listing.merchantId, [vault.fingerprint(` ${code.toLowerCase()} `)])
    expect(found).toHaveLength(1)
    expect(await findByFingerprints(db, stranger, [vault.fingerprint(code)])).toEqual([])
    const id = found[0]?.id ?? ''
    await db.cdk.update({ where: { id }, data: { fingerprint: vault.fingerprint('seat code', 2) } })
    const seats = [1, 2, 3].map((seat) => vault.fingerprint('seat code', seat))
    expect(await findByFingerprints(db, listing.merchantId, seats)).toMatchObject([{ id }])
  })

  test('shows a CDK with its history and its export, in one statement, without its code', async () => {
    const other = await aListing({ stock: 2 })
    const [one, two] = await db.cdk.findMany({ where: { variantId: other.variantId } })
    if (!one || !two) throw new Error('two CDKs')
    const { merchantId } = other
    const act = { id: newId(), actor: MERCHANT }
    await run((tx) => retireCdks(tx, { merchantId, chosen: { ids: [one.id] } }, act, NOW))
    const chosen = { ids: [two.id] }
    const exportId = await run((tx) => startExport(tx, { merchantId, chosen }, MERCHANT, NOW))
    await run((tx) => exportCdks(tx, vault, { merchantId, exportId, chosen }, MERCHANT, NOW))
    const { result: cdk, sent } = await counting((tx) => findDeskCdk(tx, merchantId, two.id))
    expect(sent).toBe(1)
    expect(cdk).toMatchObject({ exportId, state: 'RETIRED', chain: [{ type: 'imported' }, { type: 'exported' }] })
    expect(JSON.stringify(cdk)).not.toContain('ciphertext')
    expect((await findDeskCdk(db, merchantId, one.id))?.chain.map(({ type }) => type)).toEqual(['imported', 'retired'])
    expect(await findDeskCdk(db, stranger, two.id)).toBeNull()
    expect((await listStockExports(db, merchantId, 1)).rows).toMatchObject([{ id: exportId, count: 1, taken: 1 }])
    expect((await listStockExports(db, stranger, 1)).rows).toEqual([])
    expect([await isStockExportOf(db, merchantId, exportId), await isStockExportOf(db, stranger, exportId)]).toEqual([
      true,
      false,
    ])
  })

  test('offers the merchant’s own variants and batches, the chosen one too', async () => {
    expect((await listVariantChoices(db, listing.merchantId)).map(({ id }) => id)).toEqual([listing.variantId])
    expect(await listVariantChoices(db, stranger)).toEqual([])
    const batches = await listBatchChoices(db, listing.merchantId)
    expect(batches).toHaveLength(2)
    expect(await listBatchChoices(db, stranger, batches[0]?.id)).toEqual([])
  })
})
