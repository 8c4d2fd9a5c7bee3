import { readFileSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { placeCheckout } from '@/lib/domain/orders'
import { importCdks } from '@/lib/domain/stock'
import { newId } from '@/lib/kernel/ids'
import { DAY_MS, after } from '@/lib/kernel/time'
import { stockOf } from '@/tests/support/books'
import { db } from '@/tests/support/database'
import { aListing, aPurchase, codes, run, vault } from '@/tests/support/factories'
import {
  WITH_EXPIRY,
  aQueuedImport,
  anUpload,
  filesFolder,
  secretsOf,
  standingOf,
  takeNext,
  takeNow,
} from '@/tests/support/imports'

const lines = (texts: readonly string[]) => texts.join('\n')
const inDays = (days: number) => after(new Date(), days * DAY_MS).toISOString()

describe('what is taken', () => {
  test('the good lines, over several chunks; every other one is told with its reason', async () => {
    const listing = await aListing({ stock: 0 })
    const fresh = codes(35)
    const [first = '', second = ''] = fresh
    await takeNow(listing, lines([first]))
    const upload = [...fresh, '', second.toLowerCase(), 'x'.repeat(501), ...codes(3)]
    const importId = await aQueuedImport(listing, lines(upload))
    expect(await takeNext()).toBe('done')
    const { state, counts, rejected, batchId } = await standingOf(importId)
    expect(state).toBe('DONE')
    expect(counts).toEqual({ accepted: 37, empty: 1, 'too-long': 1, 'duplicate-in-file': 1, 'duplicate-in-stock': 1 })
    expect(rejected).toEqual(['1 duplicate-in-stock', '36 empty', '37 duplicate-in-file', '38 too-long'])
    expect(await stockOf(listing.variantId)).toEqual({ AVAILABLE: 38 })
    expect(await db.stockBatch.findUnique({ where: { id: batchId ?? '' } })).toMatchObject({
      acceptedCount: 37,
      rejectedCount: 4,
    })
  })

  test('a code that stands twice in one chunk is taken once', async () => {
    const listing = await aListing({ stock: 0 })
    const [a = '', b = ''] = codes(2)
    const importId = await aQueuedImport(listing, lines([a, b, a, a]))
    await takeNext()
    expect((await standingOf(importId)).rejected).toEqual(['3 duplicate-in-file', '4 duplicate-in-file'])
    expect(await secretsOf(listing.variantId)).toEqual([a, b])
  })

  test('facts of the batch, and an expiry that leaves the promised validity', async () => {
    const listing = await aListing({ stock: 0 })
    await db.variant.update({ where: { id: listing.variantId }, data: { validityDays: 10 } })
    const [good = '', short = '', over = ''] = codes(3)
    const until = inDays(60)
    const rows = [`${good},${until}`, `${short},${inDays(20)}`, `${over},${inDays(-1)}`, `${short},${inDays(90)}`]
    const facts = { source: 'DISTRIBUTOR', sourceNote: 'INV-7', costMinor: 480, validityDays: 30 } as const
    const importId = await aQueuedImport(listing, lines(rows), { choices: WITH_EXPIRY, facts })
    expect(await takeNext()).toBe('done')
    // The second brings its code again with an expiry that does: taken, for the first was not.
    expect((await standingOf(importId)).rejected).toEqual(['2 expired', '3 expired'])
    expect(await secretsOf(listing.variantId)).toEqual([good, short])
    const cdk = await db.cdk.findFirstOrThrow({ where: { variantId: listing.variantId }, orderBy: { id: 'asc' } })
    expect(cdk.expiresAt).toEqual(new Date(Math.floor(Date.parse(until) / 1_000) * 1_000))
    expect(cdk.sellBy).toEqual(after(cdk.expiresAt ?? new Date(), -30 * DAY_MS))
    const { attributes } = await db.product.findUniqueOrThrow({ where: { id: listing.productId } })
    expect(await db.stockBatch.findFirst({ where: { variantId: listing.variantId } })).toMatchObject({
      ...facts,
      attributes: attributes ?? {},
    })
  })

  test('a shared code becomes a CDK for every seat, and cannot be brought again', async () => {
    const listing = await aListing({ stock: 0, delivery: { kind: 'SHARED', seats: 9 } })
    const [a = '', b = ''] = codes(2)
    await aQueuedImport(listing, lines([a, b]), { facts: { seats: 7 } })
    await takeNext()
    expect(await secretsOf(listing.variantId)).toEqual([
      ...Array.from({ length: 7 }, () => a),
      ...Array.from({ length: 7 }, () => b),
    ])
    expect(await db.stockBatch.findFirst({ where: { variantId: listing.variantId } })).toMatchObject({
      acceptedCount: 14,
      seats: 7,
    })
    const again = await aQueuedImport(listing, lines([a]), { facts: { seats: 9 } })
    await takeNext()
    expect((await standingOf(again)).rejected).toEqual(['1 duplicate-in-stock'])
    await run((tx) => placeCheckout(tx, aPurchase(listing), new Date()))
    expect(await stockOf(listing.variantId)).toEqual({ AVAILABLE: 13, RESERVED: 1 })
  })

  test('seats are refused where codes are not shared', async () => {
    const listing = await aListing({ stock: 0 })
    await expect(aQueuedImport(listing, 'A-1', { facts: { seats: 2 } })).rejects.toMatchObject({ code: 'import/seats' })
  })

  test('no plaintext lies in the file store', async () => {
    const listing = await aListing({ stock: 0 })
    const fresh = codes(30)
    await anUpload(listing, lines(fresh))
    const files = readdirSync(path.join(filesFolder, 'imports'))
    expect(files.length).toBeGreaterThan(0)
    for (const file of files) {
      const bytes = readFileSync(path.join(filesFolder, 'imports', file))
      expect(fresh.filter((code) => bytes.includes(code))).toEqual([])
    }
  })
})

describe('two merchants and one code', () => {
  test('the second is told, operators see the pair once, whatever became of the first', async () => {
    const [first, second] = [await aListing({ stock: 0 }), await aListing({ stock: 0 })]
    const [shared = '', own = ''] = codes(2)
    await takeNow(first, shared)
    await run((tx) => placeCheckout(tx, aPurchase(first), new Date()))
    const importId = await aQueuedImport(second, lines([own, shared.toLowerCase()]))
    await takeNext()
    expect((await standingOf(importId)).rejected).toEqual(['2 known-on-mall'])
    expect(await secretsOf(second.variantId)).toEqual([own])
    const again = await aQueuedImport(second, shared)
    await takeNext()
    expect((await standingOf(again)).counts).toEqual({ accepted: 0, 'known-on-mall': 1 })
    expect(await db.stockBatch.count({ where: { variantId: second.variantId } })).toBe(1)
    const { id: firstCdkId } = await db.cdk.findFirstOrThrow({ where: { variantId: first.variantId } })
    const pairs = await db.fingerprintPair.findMany({ where: { merchantId: second.merchantId } })
    expect(pairs).toMatchObject([{ firstMerchantId: first.merchantId, firstCdkId, importId, line: 2, cdkId: null }])
  })

  test('a small upload in one transaction says the same', async () => {
    const [first, second] = [await aListing({ stock: 0 }), await aListing({ stock: 0 })]
    const [shared = '', own = ''] = codes(2)
    await takeNow(first, shared)
    const { merchantId, variantId } = second
    const of = { merchantId, variantId, uploadedById: newId(), fileName: null, text: lines([own, shared]) }
    const report = await run((tx) => importCdks(tx, vault, of, new Date()))
    expect(report.rejected).toEqual([{ line: 2, verdict: 'known-on-mall' }])
    expect(await db.fingerprintPair.count({ where: { merchantId, firstMerchantId: first.merchantId } })).toBe(1)
  })
})
