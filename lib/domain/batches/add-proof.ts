import { createHash } from 'node:crypto'
import type { Actor } from '@/lib/domain/actor'
import type { CdkVault } from '@/lib/domain/stock'
import type { InTransaction, Tx } from '@/lib/domain/tx'
import { newId } from '@/lib/kernel/ids'
import { invariant } from '@/lib/kernel/invariant'
import { Refusal } from '@/lib/kernel/refusal'
import { reviewAgain } from './describe-batch'
import { MAX_PROOFS, MAX_PROOF_BYTES, type ProofStore, type SniffProof } from './proof'

export interface ProofTools {
  readonly run: InTransaction
  readonly vault: Pick<CdkVault, 'openBatchKey'>
  readonly store: ProofStore
  readonly sniff: SniffProof
}

export interface ProofInput {
  readonly merchantId: string
  readonly batchId: string
  readonly fileName: string
  readonly bytes: Uint8Array<ArrayBuffer>
}

/**
 * Keeps a file that shows where a batch comes from, encrypted under the batch's data key, and asks operators to look at the batch
 * (again). The file is stored before its row and dropped when the row is refused; one that is left without a row by a crash is
 * ciphertext that nothing leads to. Refuses `access/not-found` (another merchant's), `batch/proof-type` (what the bytes are counts,
 * not the name), `batch/proof-too-large`, `batch/proofs-full`, `batch/proof-known`. Returns the proof's id.
 */
export async function addProof(
  { run, vault, store, sniff }: ProofTools,
  { merchantId, batchId, fileName, bytes }: ProofInput,
  actor: Actor,
  now: Date,
): Promise<string> {
  const { wrappedKey, masterKeyVersion } = await run(async (tx) => requireRoom(tx, merchantId, batchId))
  if (bytes.length > MAX_PROOF_BYTES) throw new Refusal('batch/proof-too-large')
  const contentType = await sniff(bytes)
  if (contentType === null) throw new Refusal('batch/proof-type')
  const fileKey = await store.put(vault.openBatchKey(wrappedKey, masterKeyVersion), bytes)
  const sha256 = new Uint8Array(createHash('sha256').update(bytes).digest())
  const id = newId()
  const facts = { id, merchantId, batchId, fileKey, fileName, contentType, byteCount: bytes.length, sha256 }
  try {
    await run(async (tx) => {
      await requireRoom(tx, merchantId, batchId)
      if ((await tx.batchProof.count({ where: { batchId, sha256 } })) > 0) throw new Refusal('batch/proof-known')
      invariant(actor.id !== null, 'a proof is uploaded by somebody')
      await tx.batchProof.create({ data: { ...facts, uploadedById: actor.id, createdAt: now } })
      await reviewAgain(tx, batchId, ['NONE', 'APPROVED', 'REJECTED'])
    })
  } catch (error) {
    await store.drop(fileKey)
    throw error
  }
  return id
}

/** Takes the batch's row, so that racing uploads count each other. */
async function requireRoom(tx: Tx, merchantId: string, batchId: string) {
  const [batch] = await tx.stockBatch.updateManyAndReturn({
    where: { id: batchId, merchantId },
    data: { merchantId },
    select: { wrappedKey: true, masterKeyVersion: true },
  })
  if (!batch) throw new Refusal('access/not-found')
  if ((await tx.batchProof.count({ where: { batchId } })) >= MAX_PROOFS) {
    throw new Refusal('batch/proofs-full', { most: MAX_PROOFS })
  }
  return batch
}
