import { expect, test } from 'vitest'
import { LEASE_MS, LeaseLost, leaseImport, recordChunk, returnLease } from '@/lib/domain/stock-imports'
import { refreshSellBy } from '@/lib/domain/stock'
import { newId } from '@/lib/kernel/ids'
import { DAY_MS, MINUTE_MS, after } from '@/lib/kernel/time'
import { stockOf } from '@/tests/support/books'
import { db } from '@/tests/support/database'
import { aListing, codes, run } from '@/tests/support/factories'
import { NO_STOP, WITH_EXPIRY, aQueuedImport, secretsOf, standingOf, takeNext, tools } from '@/tests/support/imports'
import { raceTwice } from '@/tests/support/race'
import { runImport } from '@/lib/cli/importer/run-import'

const lease = (now: Date) => tools.run((tx) => leaseImport(tx, newId(), now))

test('of two importers one gets an import; another merchant gets his own turn meanwhile, the same one does not', async () => {
  const [one, other] = [await aListing({ stock: 0 }), await aListing({ stock: 0 })]
  const first = await aQueuedImport(one, codes(3).join('\n'))
  await aQueuedImport(one, codes(3).join('\n'))
  const theirs = await aQueuedImport(other, codes(3).join('\n'))
  const now = new Date()
  const taken = await raceTwice((tx) => leaseImport(tx, newId(), now))
  expect(taken).toMatchObject([{ value: { id: first } }, { value: { id: theirs } }])
  expect(await lease(now)).toBeNull()
  await finishAll(after(now, LEASE_MS + 1))
})

test('whoever lost the lease records nothing more; whoever has it goes on from there', async () => {
  const listing = await aListing({ stock: 0 })
  const fresh = codes(45)
  const importId = await aQueuedImport(listing, fresh.join('\n'))
  const old = await lease(new Date())
  if (!old) throw new Error('nothing was due')
  let chunks = 0
  let takenOver: string | null = null
  const bulk: typeof tools.bulk = async (work) => {
    chunks += 1
    // After two chunks the clock passes the lease, and another importer takes the import over while this one lives.
    if (chunks === 3) takenOver = await takeNext(after(new Date(), LEASE_MS + MINUTE_MS))
    return tools.bulk(work)
  }
  await expect(runImport({ ...tools, bulk }, old, NO_STOP)).rejects.toBeInstanceOf(LeaseLost)
  expect(takenOver).toBe('done')
  expect(await standingOf(importId)).toMatchObject({
    state: 'DONE',
    linesDone: 45,
    counts: { accepted: 45 },
    rejected: [],
  })
  expect(await secretsOf(listing.variantId)).toEqual(fresh)
  expect(await db.stockBatch.count({ where: { variantId: listing.variantId } })).toBe(1)
})

test('a chunk that does not follow the last one is not recorded', async () => {
  const listing = await aListing({ stock: 0 })
  const importId = await aQueuedImport(listing, codes(5).join('\n'))
  const held = await lease(new Date())
  if (!held) throw new Error('nothing was due')
  const chunk = { from: 3, to: 5, bytesDone: 1, faulty: [], units: [], twice: [], sealed: null, dryRun: false }
  const late = tools.bulk((tx) => recordChunk(tx, held, chunk, null, new Date()))
  await expect(late).rejects.toBeInstanceOf(LeaseLost)
  await run((tx) => returnLease(tx, held))
  expect(await takeNext()).toBe('done')
  expect((await standingOf(importId)).counts).toEqual({ accepted: 5 })
})

test('a process that is told to stop gives its import back after the chunk at hand, and the next goes on at once', async () => {
  const listing = await aListing({ stock: 0 })
  const fresh = [...codes(20), '', ...codes(20)]
  const importId = await aQueuedImport(listing, [...fresh, fresh[3] ?? ''].join('\n'))
  const stopping = new AbortController()
  const bulk: typeof tools.bulk = async (work) => {
    const result = await tools.bulk(work)
    stopping.abort()
    return result
  }
  expect(await takeNext(new Date(), stopping.signal, { bulk })).toBe('stopped')
  expect(await standingOf(importId)).toMatchObject({ state: 'RUNNING', linesDone: 10, leaseId: null })
  expect(await takeNext()).toBe('done')
  expect(await standingOf(importId)).toMatchObject({
    counts: { accepted: 40, empty: 1, 'duplicate-in-file': 1 },
    rejected: ['21 empty', '42 duplicate-in-file'],
    linesTotal: 42,
  })
  expect(await stockOf(listing.variantId)).toEqual({ AVAILABLE: 40 })
})

test('a promise of validity that changes while codes come in holds for all of them', async () => {
  const listing = await aListing({ stock: 0 })
  const until = after(new Date(), 400 * DAY_MS)
  const rows = codes(30).map((code) => `${code},${until.toISOString()}`)
  await aQueuedImport(listing, rows.join('\n'), { choices: WITH_EXPIRY })
  let chunks = 0
  const bulk: typeof tools.bulk = async (work) => {
    chunks += 1
    if (chunks === 2) {
      await db.variant.update({ where: { id: listing.variantId }, data: { validityDays: 90 } })
      await run((tx) => refreshSellBy(tx, { merchantId: listing.merchantId, variantId: listing.variantId }))
    }
    return tools.bulk(work)
  }
  expect(await takeNext(new Date(), NO_STOP, { bulk })).toBe('stopped')
  expect(await takeNext()).toBe('done')
  const cdks = await db.cdk.findMany({ where: { variantId: listing.variantId } })
  const days = cdks.map(({ expiresAt, sellBy }) => ((expiresAt?.getTime() ?? 0) - sellBy.getTime()) / DAY_MS)
  expect(days).toEqual(Array.from({ length: 30 }, () => 90))
})

async function finishAll(now: Date): Promise<void> {
  while ((await takeNext(now)) !== null);
}
