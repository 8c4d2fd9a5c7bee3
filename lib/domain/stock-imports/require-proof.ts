import type { Tx } from '@/lib/domain/tx'
import { Refusal } from '@/lib/kernel/refusal'

/**
 * In a category that asks for proofs of source nothing is taken before the import has one: proofs hang on its batch, which
 * `openBatchForProofs` (lib/domain/batches) makes with the first of them, empty and named by `stock_import.batchId`. So the importer finds
 * either that batch, onto which it writes the facts that were chosen, or none. Refuses `batch/proof-required`.
 */
export async function requireProof(tx: Tx, merchantId: string, importId: string): Promise<void> {
  const bare = await tx.stockImport.count({
    where: {
      merchantId,
      id: importId,
      variant: { product: { category: { requiresProof: true } } },
      OR: [{ batchId: null }, { batch: { proofs: { none: {} } } }],
    },
  })
  if (bare > 0) throw new Refusal('batch/proof-required')
}
