import { beforeEach, expect, test } from 'vitest'
import { addProof, openBatchForProofs } from '@/lib/domain/batches'
import { placeCheckout } from '@/lib/domain/orders'
import { proofStore, sniffProof } from '@/lib/infra/proofs'
import { freeze, statesOf, sweepOnce } from '@/tests/support/batches'
import { db } from '@/tests/support/database'
import { MERCHANT, NOW, aListing, aMerchant, aPurchase, codes, run, vault } from '@/tests/support/factories'
import { anUpload, choose, takeNext, tools } from '@/tests/support/imports'
import { PDF } from '@/tests/support/proofs'

beforeEach(async () => {
  await db.stockBatch.updateMany({ data: { dueAt: null } })
})

async function anUploadWithProof() {
  const listing = await aListing({ stock: 0 })
  const { merchantId } = listing
  const importId = await anUpload(listing, codes(25).join('\n'))
  const batchId = await run((tx) => openBatchForProofs(tx, vault, { merchantId, importId }, NOW))
  const proving = { run, vault, store: proofStore(tools.files), sniff: sniffProof }
  await addProof(proving, { merchantId, batchId, fileName: 'x.pdf', bytes: PDF }, MERCHANT, NOW)
  return { listing, merchantId, importId, batchId }
}

test('the importer fills the batch that the proofs hang on, and writes the facts that were chosen', async () => {
  const { listing, merchantId, importId, batchId } = await anUploadWithProof()
  expect(await run((tx) => openBatchForProofs(tx, vault, { merchantId, importId }, NOW))).toBe(batchId)
  await expect(
    run(async (tx) => openBatchForProofs(tx, vault, { merchantId: await aMerchant(), importId }, NOW)),
  ).rejects.toMatchObject({ code: 'access/not-found' })
  await choose(listing, importId, { facts: { source: 'DISTRIBUTOR', sourceNote: '发票 0042', costMinor: 800 } })
  expect(await takeNext()).toBe('done')
  const batches = await db.stockBatch.findMany({ where: { merchantId }, include: { proofs: true } })
  expect(batches).toMatchObject([
    { id: batchId, acceptedCount: 25, source: 'DISTRIBUTOR', costMinor: 800, review: 'PENDING', proofs: [{}] },
  ])
  expect(await statesOf(batchId)).toEqual({ AVAILABLE: 25 })
  await expect(run((tx) => openBatchForProofs(tx, vault, { merchantId, importId }, NOW))).rejects.toMatchObject({
    code: 'import/not-waiting',
  })
})

test('what comes into a batch that was frozen meanwhile is never sold and follows it', async () => {
  const { listing, importId, batchId } = await anUploadWithProof()
  await freeze(batchId)
  expect(await sweepOnce()).toMatchObject({ finished: 1 })
  await choose(listing, importId)
  expect(await takeNext()).toBe('done')
  expect(await statesOf(batchId)).toEqual({ AVAILABLE: 25 })
  await expect(run((tx) => placeCheckout(tx, aPurchase(listing), NOW))).rejects.toMatchObject({
    code: 'stock/sold-out',
  })
  expect(await sweepOnce(new Date())).toMatchObject({ frozen: 25, finished: 1 })
  expect(await statesOf(batchId)).toEqual({ FROZEN: 25 })
})
