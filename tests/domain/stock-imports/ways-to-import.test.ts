import { describe, expect, test } from 'vitest'
import { tidyUploads } from '@/lib/cli/importer/tidy-uploads'
import { cancelImport, dropOldUploads, openImport, startImport } from '@/lib/domain/stock-imports'
import { newFileKey } from '@/lib/infra/files'
import { newId } from '@/lib/kernel/ids'
import { DAY_MS, after } from '@/lib/kernel/time'
import { stockOf } from '@/tests/support/books'
import { db } from '@/tests/support/database'
import { aListing, codes, run } from '@/tests/support/factories'
import {
  NO_STOP,
  WITH_EXPIRY,
  aQueuedImport,
  anUpload,
  choose,
  inOnePiece,
  secretsOf,
  standingOf,
  takeNext,
  takeNow,
  tools,
} from '@/tests/support/imports'

const lines = (texts: readonly string[]) => texts.join('\n')

describe('dry run', () => {
  test('tells what the import then tells, and writes nothing to stock', async () => {
    const listing = await aListing({ stock: 0 })
    const theirs = await aListing({ stock: 0 })
    const [a = '', b = '', c = '', d = ''] = codes(4)
    await takeNow(listing, a)
    await takeNow(theirs, d)
    const before = await stockCounts()
    const importId = await aQueuedImport(listing, lines([a, b, b, c, d, '', '']), { dryRun: true })
    expect(await takeNext()).toBe('checked')
    const checked = await standingOf(importId)
    expect(checked).toMatchObject({ state: 'CHECKED', linesTotal: 6, linesDone: 6, batchId: null, leaseId: null })
    expect(await stockCounts()).toEqual(before)
    expect(await takeNext()).toBeNull()
    await run((tx) => startImport(tx, { merchantId: listing.merchantId, importId }))
    expect(await takeNext()).toBe('done')
    const done = await standingOf(importId)
    expect(done.rejected).toEqual(checked.rejected)
    expect(done.counts).toEqual(checked.counts)
    expect(done.rejected).toEqual(['1 duplicate-in-stock', '3 duplicate-in-file', '5 known-on-mall', '6 empty'])
  })

  test('may be chosen anew, and starts once', async () => {
    const listing = await aListing({ stock: 0 })
    const { merchantId } = listing
    const importId = await aQueuedImport(listing, 'A,B', { dryRun: true })
    const refused = { code: 'import/not-waiting' }
    await expect(run((tx) => startImport(tx, { merchantId, importId }))).rejects.toMatchObject(refused)
    await takeNext()
    await choose(listing, importId, { dryRun: true, choices: WITH_EXPIRY })
    await takeNext()
    expect((await standingOf(importId)).rejected).toEqual(['1 bad-expiry'])
    await run((tx) => startImport(tx, { merchantId, importId }))
    await expect(run((tx) => startImport(tx, { merchantId, importId }))).rejects.toMatchObject(refused)
    await expect(choose(listing, importId)).rejects.toMatchObject(refused)
    const stranger = { merchantId: newId(), importId }
    await expect(run((tx) => startImport(tx, stranger))).rejects.toMatchObject({ code: 'access/not-found' })
    await takeNext()
  })
})

describe('all or nothing', () => {
  test('a faulty line anywhere leaves nothing, with the report', async () => {
    const listing = await aListing({ stock: 0 })
    const fresh = codes(25)
    const upload = lines([...fresh, 'x'.repeat(501)])
    const importId = await aQueuedImport(listing, upload, { allOrNothing: true })
    expect(await takeNext()).toBe('refused')
    expect(await standingOf(importId)).toMatchObject({ state: 'REFUSED', batchId: null, rejected: ['26 too-long'] })
    expect(await stockOf(listing.variantId)).toEqual({})
  })

  test('without a fault everything is taken, empty lines apart', async () => {
    const listing = await aListing({ stock: 0 })
    const fresh = codes(25)
    const importId = await aQueuedImport(listing, lines(['', ...fresh]), { allOrNothing: true })
    expect(await takeNext()).toBe('done')
    expect(await standingOf(importId)).toMatchObject({
      counts: { accepted: 25, empty: 1 },
      rejected: ['1 empty'],
      linesTotal: 26,
    })
    expect(await secretsOf(listing.variantId)).toEqual(fresh)
  })
})

describe('what goes wrong', () => {
  test('cancelled while it waits: at once; while it runs: between chunks, and what was taken stays', async () => {
    const listing = await aListing({ stock: 0 })
    const { merchantId } = listing
    const waiting = await aQueuedImport(listing, lines(codes(5)))
    const cancel = (importId: string) => run((tx) => cancelImport(tx, { merchantId, importId }, new Date()))
    expect(await cancel(waiting)).toBe('cancelled')
    await expect(cancel(waiting)).rejects.toMatchObject({ code: 'import/finished' })
    expect(await takeNext()).toBeNull()

    const running = await aQueuedImport(listing, lines(codes(50)))
    const answers: string[] = []
    let chunks = 0
    const bulk: typeof tools.bulk = async (work) => {
      chunks += 1
      if (chunks === 3) answers.push(await cancel(running))
      return tools.bulk(work)
    }
    expect(await takeNext(new Date(), NO_STOP, { bulk })).toBe('cancelled')
    expect(answers).toEqual(['asked'])
    expect(await standingOf(running)).toMatchObject({ state: 'CANCELLED', linesDone: 20, counts: { accepted: 20 } })
    expect(await stockOf(listing.variantId)).toEqual({ AVAILABLE: 20 })
    const stranger = { merchantId: newId(), importId: running }
    await expect(run((tx) => cancelImport(tx, stranger, new Date()))).rejects.toMatchObject({
      code: 'access/not-found',
    })
  })

  test('a damaged, vanished or unreadable upload fails with its reason', async () => {
    const listing = await aListing({ stock: 0 })
    const damaged = await aQueuedImport(listing, lines(codes(5)))
    const { fileKey } = await standingOf(damaged)
    const stored = tools.files.openFile(fileKey ?? '', Buffer.alloc(32))
    await expect(stored.next()).rejects.toMatchObject({ reason: 'damaged' })
    await tools.files.deleteFile(fileKey ?? '')
    expect(await takeNext()).toBe('failed')
    expect(await standingOf(damaged)).toMatchObject({ state: 'FAILED', failure: 'gone' })
    const workbook = { format: 'xlsx', encoding: 'utf-8', separator: null, header: false } as const
    const choices = { shape: workbook, mapping: { columns: [{ field: 'code' as const, label: null }] } }
    const unreadable = await aQueuedImport(listing, 'no workbook', { choices })
    expect(await takeNext()).toBe('failed')
    expect(await standingOf(unreadable)).toMatchObject({ state: 'FAILED', failure: 'broken-archive', leaseId: null })
  })

  test("another merchant's variant takes no upload, and nobody heaps uploads up", async () => {
    const [mine, theirs] = [await aListing({ stock: 0 }), await aListing({ stock: 0 })]
    const crossed = { merchantId: mine.merchantId, variantId: theirs.variantId }
    await expect(anUpload(crossed, 'A')).rejects.toMatchObject({ code: 'access/not-found' })
    const row = { ...mine, uploadedById: newId(), fileName: null, byteCount: 1, masterKeyVersion: 1 }
    const { merchantId, variantId, uploadedById, fileName, byteCount, masterKeyVersion } = row
    const open = () => {
      const of = { merchantId, variantId, uploadedById, fileName, byteCount, masterKeyVersion }
      const wrappedKey = new Uint8Array(60)
      return run((tx) => openImport(tx, { ...of, fileKey: newFileKey('imports'), wrappedKey }, new Date()))
    }
    for (let nth = 0; nth < 20; nth++) await open()
    await expect(open()).rejects.toMatchObject({ code: 'import/too-many-open' })
  })

  test('what was cancelled and is still kept counts: nobody fills the disk', async () => {
    const { merchantId, variantId } = await aListing({ stock: 0 })
    const first = await anUpload({ merchantId, variantId }, 'A')
    await db.stockImport.update({ where: { id: first }, data: { byteCount: 8 * 2 ** 30 } })
    await run((tx) => cancelImport(tx, { merchantId, importId: first }, new Date()))
    await expect(anUpload({ merchantId, variantId }, 'B')).rejects.toMatchObject({ code: 'import/too-much-kept' })
    await run((tx) => dropOldUploads(tx, after(new Date(), 8 * DAY_MS)))
    await anUpload({ merchantId, variantId }, 'B')
  })
})

test('uploads are let go: a week after the end, a day after nobody decided, and what a crash left', async () => {
  const listing = await aListing({ stock: 0 })
  const undecided = await anUpload(listing, 'A-1')
  const done = await aQueuedImport(listing, lines(codes(3)))
  await takeNext()
  const lost = newFileKey('imports')
  await tools.files.putFile(inOnePiece(Buffer.from('x')), { key: lost, seal: Buffer.alloc(32), most: 9 })
  const left = async () => (await tools.files.listFiles('imports')).filter((key) => ours.includes(key))
  const ours = [(await standingOf(undecided)).fileKey ?? '', (await standingOf(done)).fileKey ?? '', lost]

  await tidyUploads(tools, new Date())
  expect(await left()).toHaveLength(3)
  await tidyUploads(tools, after(new Date(), DAY_MS + 1_000))
  expect(await left()).toEqual([ours[1]])
  expect(await standingOf(undecided)).toMatchObject({ state: 'CANCELLED', fileKey: null })
  expect(await run((tx) => dropOldUploads(tx, after(new Date(), 6 * DAY_MS)))).toEqual([])
  await tidyUploads(tools, after(new Date(), 7 * DAY_MS + 1_000))
  expect(await left()).toEqual([])
  expect(await standingOf(done)).toMatchObject({ state: 'DONE', fileKey: null, counts: { accepted: 3 } })
})

async function stockCounts(): Promise<number[]> {
  return Promise.all([db.cdk.count(), db.cdkEvent.count(), db.stockBatch.count(), db.fingerprintPair.count()])
}
