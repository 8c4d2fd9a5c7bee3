import { createHash, randomBytes } from 'node:crypto'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type ProofInput, MAX_PROOF_BYTES, addProof, describeBatch, reviewBatch } from '@/lib/domain/batches'
import { createFileStore } from '@/lib/infra/files'
import { proofStore, sniffProof } from '@/lib/infra/proofs'
import { newId } from '@/lib/kernel/ids'
import { OPERATOR, batchOf } from '@/tests/support/batches'
import { db } from '@/tests/support/database'
import { MERCHANT, NOW, aListing, aMerchant, run, vault } from '@/tests/support/factories'
import { PDF, PNG, WEBP } from '@/tests/support/proofs'
import { raceTwice } from '@/tests/support/race'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'proofs-'))
})
afterAll(async () => rm(folder, { recursive: true }))

const files = () => createFileStore(folder)
const tools = () => ({ run, vault, store: proofStore(files()), sniff: sniffProof })
const refused = (code: string) => ({ code })

async function aBatch() {
  const listing = await aListing({ stock: 1 })
  return { merchantId: listing.merchantId, batchId: await batchOf(listing) }
}
const add = (input: Omit<ProofInput, 'fileName'> & { fileName?: string }) =>
  addProof(tools(), { fileName: '发票.pdf', ...input }, MERCHANT, NOW)
const batchAt = (id: string) => db.stockBatch.findUniqueOrThrow({ where: { id } })
/** PDFs are told by their beginning; what follows makes each another file. */
const aPdf = () => new Uint8Array(Buffer.concat([PDF, randomBytes(8)]))

describe('addProof', () => {
  test('keeps the file as it was, unreadable on the disk, and asks for a review', async () => {
    const { merchantId, batchId } = await aBatch()
    const id = await add({ merchantId, batchId, bytes: PDF })
    const proof = await db.batchProof.findUniqueOrThrow({ where: { id } })
    expect(proof).toMatchObject({ contentType: 'application/pdf', byteCount: PDF.length, uploadedById: MERCHANT.id })
    expect(Buffer.from(proof.sha256)).toEqual(createHash('sha256').update(PDF).digest())
    expect((await batchAt(batchId)).review).toBe('PENDING')
    const { wrappedKey, masterKeyVersion } = await batchAt(batchId)
    const read = await proofStore(files()).read(vault.openBatchKey(wrappedKey, masterKeyVersion), proof.fileKey)
    expect(Buffer.from(read)).toEqual(Buffer.from(PDF))
    expect((await readFile(path.join(folder, proof.fileKey))).includes('%PDF')).toBe(false)
  })

  test('goes by the bytes, not by the name', async () => {
    const of = await aBatch()
    await add({ ...of, bytes: PNG, fileName: 'scan.pdf' })
    await add({ ...of, bytes: WEBP, fileName: 'x' })
    const proofs = await db.batchProof.findMany({ where: { batchId: of.batchId }, orderBy: { id: 'asc' } })
    expect(proofs.map(({ contentType }) => contentType)).toEqual(['image/png', 'image/webp'])
    const bad = [
      Buffer.from('MZ' + 'x'.repeat(200)),
      Buffer.from('<svg onload="alert(1)"/>'),
      Buffer.from('<html>'),
      Buffer.alloc(0),
    ]
    for (const bytes of bad) {
      await expect(add({ ...of, bytes: new Uint8Array(bytes), fileName: 'invoice.pdf' })).rejects.toMatchObject(
        refused('batch/proof-type'),
      )
    }
  })

  test('refuses what is too large, known or too many, and leaves no file of it', async () => {
    const of = await aBatch()
    await expect(add({ ...of, bytes: new Uint8Array(MAX_PROOF_BYTES + 1) })).rejects.toMatchObject(
      refused('batch/proof-too-large'),
    )
    const twice = aPdf()
    await add({ ...of, bytes: twice })
    const before = await files().listFiles('proofs')
    await expect(add({ ...of, bytes: twice })).rejects.toMatchObject(refused('batch/proof-known'))
    for (let n = 1; n < 10; n++) await add({ ...of, bytes: aPdf() })
    await expect(add({ ...of, bytes: aPdf() })).rejects.toMatchObject(refused('batch/proofs-full'))
    expect(await files().listFiles('proofs')).toHaveLength(before.length + 9)
  })

  test("refuses another merchant's batch", async () => {
    const { batchId } = await aBatch()
    await expect(add({ merchantId: await aMerchant(), batchId, bytes: PDF })).rejects.toMatchObject(
      refused('access/not-found'),
    )
  })

  test('racing uploads count each other', async () => {
    const of = await aBatch()
    for (let n = 0; n < 9; n++) await add({ ...of, bytes: aPdf() })
    const outcomes = await Promise.allSettled([1, 2, 3].map(() => add({ ...of, bytes: aPdf() })))
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect(await db.batchProof.count({ where: { batchId: of.batchId } })).toBe(10)
  })
})

describe('reviewBatch', () => {
  const review = (batchId: string, seenProofs: number, verdict: 'APPROVED' | 'REJECTED' = 'APPROVED') =>
    run((tx) => reviewBatch(tx, { batchId, verdict, note: '发票与进货单一致', seenProofs }, OPERATOR, NOW))

  test('writes the decision with the name under it; a further proof or another source asks again', async () => {
    const of = await aBatch()
    await add({ ...of, bytes: aPdf() })
    await review(of.batchId, 1)
    expect(await batchAt(of.batchId)).toMatchObject({ review: 'APPROVED', reviewedById: OPERATOR.id, reviewedAt: NOW })
    expect(await db.operatorAction.findMany({ where: { subjectId: of.batchId } })).toMatchObject([
      { verb: 'approve-batch' },
    ])
    await add({ ...of, bytes: aPdf() })
    expect(await batchAt(of.batchId)).toMatchObject({ review: 'PENDING', reviewedById: null, reviewNote: null })
    await review(of.batchId, 2, 'REJECTED')
    const facts = { source: 'DISTRIBUTOR', sourceNote: '发票 0042', costMinor: 800, validityDays: null } as const
    await run((tx) => describeBatch(tx, of, facts))
    expect(await batchAt(of.batchId)).toMatchObject({ review: 'PENDING', source: 'DISTRIBUTOR', costMinor: 800 })
    await review(of.batchId, 2)
    await run((tx) => describeBatch(tx, of, { ...facts, costMinor: 900 }))
    expect(await batchAt(of.batchId)).toMatchObject({ review: 'APPROVED', costMinor: 900 })
  })

  test('decides about what was seen only', async () => {
    const of = await aBatch()
    await add({ ...of, bytes: aPdf() })
    await expect(review(of.batchId, 0)).rejects.toMatchObject(refused('batch/proofs-changed'))
    expect(await batchAt(of.batchId)).toMatchObject({ review: 'PENDING' })
    await expect(review(newId(), 0)).rejects.toMatchObject(refused('access/not-found'))
  })

  test('of two operators the later word stands', async () => {
    const of = await aBatch()
    await raceTwice((tx) =>
      reviewBatch(tx, { batchId: of.batchId, verdict: 'REJECTED', note: 'x', seenProofs: 0 }, OPERATOR, NOW),
    )
    expect(await db.operatorAction.count({ where: { subjectId: of.batchId } })).toBe(2)
  })
})
