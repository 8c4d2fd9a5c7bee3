import { expect, test } from 'vitest'
import { describeBatch, handlePair } from '@/lib/domain/batches'
import { importUnits } from '@/lib/domain/stock'
import { newId } from '@/lib/kernel/ids'
import { DAY_MS, after } from '@/lib/kernel/time'
import { OPERATOR, batchOf } from '@/tests/support/batches'
import { db } from '@/tests/support/database'
import { NOW, aListing, aMerchant, codes, run, vault } from '@/tests/support/factories'
import { raceTwice } from '@/tests/support/race'

const FACTS = { source: 'PUBLISHER', sourceNote: null, costMinor: null, validityDays: null } as const
const refused = (code: string) => ({ code })
const EXPIRES = after(NOW, 100 * DAY_MS)

/** A batch with one CDK that expires and one that does not. */
async function anExpiringBatch() {
  const { merchantId, variantId } = await aListing({ stock: 0 })
  const units = codes(2).map((secret, at) => ({
    line: at + 1,
    secret,
    fingerprint: vault.fingerprint(secret),
    expiresAt: at === 0 ? EXPIRES : null,
  }))
  const upload = { merchantId, variantId, uploadedById: newId(), fileName: null, units, allOrNothing: false }
  await run((tx) => importUnits(tx, vault, { ...upload, leftOut: { empty: 0, faulty: 0 } }, NOW))
  return { merchantId, variantId, batchId: await batchOf({ variantId }) }
}
const sellBysOf = async (batchId: string) =>
  (await db.cdk.findMany({ where: { batchId }, orderBy: { sellBy: 'asc' } })).map(({ sellBy }) => sellBy)
const NEVER = new Date('9999-12-31T00:00:00.000Z')

test("the larger promise decides until when CDKs are sold: the batch's or the variant's", async () => {
  const of = await anExpiringBatch()
  const promise = (validityDays: number | null) => run((tx) => describeBatch(tx, of, { ...FACTS, validityDays }))
  expect(await sellBysOf(of.batchId)).toEqual([EXPIRES, NEVER])
  await promise(30)
  expect(await sellBysOf(of.batchId)).toEqual([after(EXPIRES, -30 * DAY_MS), NEVER])
  await db.variant.update({ where: { id: of.variantId }, data: { validityDays: 45 } })
  await promise(10)
  expect(await sellBysOf(of.batchId)).toEqual([after(EXPIRES, -45 * DAY_MS), NEVER])
  await promise(60)
  expect(await sellBysOf(of.batchId)).toEqual([after(EXPIRES, -60 * DAY_MS), NEVER])
})

test("refuses another merchant's batch, and anything while an import writes its facts onto it", async () => {
  const of = await anExpiringBatch()
  const foreign = { ...of, merchantId: await aMerchant() }
  await expect(run((tx) => describeBatch(tx, foreign, FACTS))).rejects.toMatchObject(refused('access/not-found'))
  const { merchantId, variantId, batchId } = of
  const facts = { choices: {}, batchFacts: {}, counts: {}, wrappedKey: new Uint8Array(8), masterKeyVersion: 1 }
  const upload = { id: newId(), merchantId, variantId, batchId, uploadedById: newId(), byteCount: 1n, createdAt: NOW }
  await db.stockImport.create({ data: { ...facts, ...upload, state: 'RUNNING' } })
  await expect(run((tx) => describeBatch(tx, of, { ...FACTS, validityDays: 9 }))).rejects.toMatchObject(
    refused('batch/importing'),
  )
  await db.stockImport.updateMany({ where: { batchId }, data: { state: 'DONE', finishedAt: NOW } })
  await run((tx) => describeBatch(tx, of, { ...FACTS, costMinor: 5 }))
  expect(await db.stockBatch.findUniqueOrThrow({ where: { id: batchId } })).toMatchObject({
    costMinor: 5,
    validityDays: null,
    source: 'PUBLISHER',
  })
})

test('a pair is dealt with once', async () => {
  const id = newId()
  const two = { merchantId: await aMerchant(), firstMerchantId: await aMerchant(), firstCdkId: newId() }
  await db.fingerprintPair.create({ data: { id, fingerprint: new Uint8Array(32), ...two, seenAt: NOW } })
  const outcomes = await raceTwice((tx) => handlePair(tx, { pairId: id, note: '同一上游' }, OPERATOR, NOW))
  expect(outcomes).toMatchObject([
    { status: 'fulfilled' },
    { status: 'rejected', reason: { code: 'batch/pair-handled' } },
  ])
  expect(await db.fingerprintPair.findUniqueOrThrow({ where: { id } })).toMatchObject({
    note: '同一上游',
    handledAt: NOW,
    handledById: OPERATOR.id,
  })
  expect(await db.operatorAction.findMany({ where: { subjectId: id } })).toMatchObject([{ verb: 'handle-pair' }])
  await expect(run((tx) => handlePair(tx, { pairId: newId(), note: 'x' }, OPERATOR, NOW))).rejects.toMatchObject(
    refused('access/not-found'),
  )
})
