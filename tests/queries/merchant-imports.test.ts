import { beforeAll, describe, expect, test } from 'vitest'
import { newId } from '@/lib/kernel/ids'
import {
  findImport,
  findImportProgress,
  findStoredUpload,
  listImports,
  listRecentImports,
  listRejectedLines,
  rejectedLines,
} from '@/lib/queries/merchant'
import { progressOf } from '@/lib/queries/merchant/import-progress'
import { allOf } from '@/tests/stock-files/uploads'
import { counting } from '@/tests/support/counting'
import { db } from '@/tests/support/database'
import { type Listing, NOW, aListing, vault } from '@/tests/support/factories'

type State = 'UPLOADED' | 'QUEUED' | 'CHECKING' | 'CHECKED' | 'RUNNING' | 'DONE' | 'CANCELLED' | 'REFUSED' | 'FAILED'
const later = (seconds: number) => new Date(NOW.getTime() + seconds * 1_000)

let listing: Listing
let other: Listing
beforeAll(async () => {
  listing = await aListing({ stock: 0 })
  other = await aListing({ stock: 0 })
})

const ENDED: ReadonlySet<State> = new Set(['DONE', 'CANCELLED', 'REFUSED', 'FAILED'])

async function anImport(state: State, changes: object = {}, of = listing): Promise<string> {
  const id = newId()
  const finishedAt = ENDED.has(state) ? NOW : null
  const { merchantId, variantId } = of
  const { wrappedKey, masterKeyVersion } = vault.newBatchKey()
  const made = {
    id,
    merchantId,
    variantId,
    uploadedById: newId(),
    state,
    byteCount: 1_000n,
    wrappedKey,
    masterKeyVersion,
  }
  await db.stockImport.create({
    data: {
      ...made,
      choices: {},
      batchFacts: {},
      counts: {},
      createdAt: NOW,
      finishedAt,
      fileKey: `imports/${id}`,
      ...changes,
    },
  })
  return id
}

const under = { state: 'RUNNING', allOrNothing: false, linesTotal: 1_000, byteCount: 9, bytesDone: 3 } as const

describe('progress', () => {
  test('is reckoned from what was done since the work began', () => {
    const running = { ...under, linesDone: 250, startedAt: NOW }
    expect(progressOf(running, later(10))).toEqual({
      linesDone: 250,
      linesTotal: 1_000,
      share: 0.25,
      linesPerSecond: 25,
      secondsLeft: 30,
    })
  })

  test('goes by bytes while nobody knows how many lines there are, and says nothing before there is anything', () => {
    const unknown = { ...under, linesTotal: null, linesDone: 100, startedAt: NOW }
    expect(progressOf(unknown, later(10))).toMatchObject({ share: 1 / 3, linesPerSecond: 10, secondsLeft: 20 })
    const nothing = { share: 0, linesPerSecond: null, secondsLeft: null }
    expect(progressOf({ ...under, linesDone: 0, startedAt: null }, NOW)).toMatchObject(nothing)
    expect(progressOf({ ...under, linesDone: 0, startedAt: NOW }, later(10))).toMatchObject(nothing)
    expect(progressOf({ ...unknown, byteCount: 0 }, later(10)).secondsLeft).toBeNull()
  })

  test('of all-or-nothing counts both passes: it only looks first, and then takes', () => {
    const first = { ...under, allOrNothing: true, linesTotal: null, linesDone: 333, startedAt: NOW }
    expect(progressOf(first, later(10))).toMatchObject({ share: 1 / 6, secondsLeft: 50 })
    const second = { ...under, allOrNothing: true, linesDone: 500, startedAt: NOW }
    expect(progressOf(second, later(30))).toMatchObject({ share: 0.75, linesPerSecond: 50, secondsLeft: 10 })
    expect(progressOf({ ...first, state: 'CHECKING' }, later(10)).share).toBe(1 / 3)
  })
})

test('lists what runs before what waits before what is over, latest first, and only its own', async () => {
  const own = await aListing({ stock: 0 })
  const sister = await aListing({ stock: 0, merchantId: own.merchantId })
  const done = await anImport('DONE', { createdAt: later(9), counts: { accepted: 7 } }, own)
  const uploaded = await anImport('UPLOADED', {}, own)
  const running = await anImport('RUNNING', { createdAt: later(-60) }, own)
  const failed = await anImport('FAILED', { createdAt: later(10) }, sister)
  await anImport('RUNNING', {}, other)
  const { rows, total } = await listImports(db, own.merchantId, 1)
  expect([total, rows.map(({ id }) => id)]).toEqual([4, [running, uploaded, failed, done]])
  expect(rows[3]).toMatchObject({ accepted: 7, byteCount: 1_000, state: 'DONE' })
  const recent = await listRecentImports(db, own.merchantId, sister.variantId)
  expect(recent.map(({ id }) => id)).toEqual([failed])
  expect(await listRecentImports(db, own.merchantId, other.variantId)).toEqual([])
})

test("is the merchant's own to find, to watch and to open", async () => {
  const id = await anImport('RUNNING', { linesDone: 500, linesTotal: 1_000, startedAt: NOW })
  const found = await findImport(db, listing.merchantId, id, later(5))
  expect(found).toMatchObject({ state: 'RUNNING', kept: true, progress: { share: 0.5, secondsLeft: 5 } })
  expect(await findImportProgress(db, listing.merchantId, id, later(5))).toEqual({
    state: 'RUNNING',
    ...found?.progress,
  })
  expect(await findStoredUpload(db, listing.merchantId, id)).toMatchObject({ fileKey: `imports/${id}` })
  for (const merchantId of [other.merchantId, newId()]) {
    expect(await findImport(db, merchantId, id, NOW)).toBeNull()
    expect(await findImportProgress(db, merchantId, id, NOW)).toBeNull()
    expect(await findStoredUpload(db, merchantId, id)).toBeNull()
  }
  await db.stockImport.update({ where: { id }, data: { fileKey: null } })
  expect(await findStoredUpload(db, listing.merchantId, id)).toBeNull()
  expect(await findImport(db, listing.merchantId, id, NOW)).toMatchObject({ kept: false })
})

test('pages the rejected lines, and reads all of them in their order a few thousand at a time', async () => {
  const importId = await anImport('DONE')
  const { merchantId } = listing
  const lines = Array.from({ length: 10_050 }, (_, at) => at * 2 + 1)
  await db.importRejection.createMany({
    data: lines.map((line) => ({
      merchantId,
      importId,
      line,
      verdict: line % 3 === 0 ? 'empty' : 'bad-cost',
      column: 2,
    })),
  })
  const second = await listRejectedLines(db, merchantId, importId, 2)
  expect([second.total, second.more, second.rows.length]).toEqual([10_000, true, 50])
  expect(second.rows[0]).toEqual({ line: 101, verdict: 'bad-cost', column: 2 })
  const { result, sent } = await counting((tx) => allOf(rejectedLines(tx, merchantId, importId)))
  expect(result.map(({ line }) => line)).toEqual(lines)
  expect(sent).toBe(3)
  expect((await listRejectedLines(db, other.merchantId, importId, 1)).rows).toEqual([])
  expect(await allOf(rejectedLines(db, other.merchantId, importId))).toEqual([])
})
