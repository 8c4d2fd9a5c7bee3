import type { CdkVault } from '@/lib/domain/stock'
import { type Tx, selectRows, sql } from '@/lib/domain/tx'
import { newId } from '@/lib/kernel/ids'
import { Refusal } from '@/lib/kernel/refusal'
import { z } from 'zod'

const Waiting = z.object({
  batchId: z.string().nullable(),
  variantId: z.string(),
  uploadedById: z.string(),
  fileName: z.string().nullable(),
})

/**
 * The batch that proofs of an undecided import hang on: made with the first of them, empty, and filled by the importer later. Of two
 * at once both get the same. Refuses `access/not-found` (another merchant's), `import/not-waiting`.
 */
export async function openBatchForProofs(
  tx: Tx,
  vault: Pick<CdkVault, 'newBatchKey'>,
  { merchantId, importId }: { readonly merchantId: string; readonly importId: string },
  now: Date,
): Promise<string> {
  const own = sql`"merchantId" = ${merchantId}::uuid AND id = ${importId}::uuid`
  const [waiting] = await selectRows(
    tx,
    Waiting,
    sql`SELECT "batchId", "variantId", "uploadedById", "fileName" FROM stock_import
        WHERE ${own} AND state IN ('UPLOADED', 'CHECKING', 'CHECKED') FOR UPDATE`,
  )
  if (!waiting) {
    const known = await tx.stockImport.count({ where: { merchantId, id: importId } })
    throw new Refusal(known > 0 ? 'import/not-waiting' : 'access/not-found')
  }
  const { batchId, ...facts } = waiting
  if (batchId !== null) return batchId
  const { wrappedKey, masterKeyVersion } = vault.newBatchKey()
  const id = newId()
  const empty = { acceptedCount: 0, rejectedCount: 0, createdAt: now }
  await tx.stockBatch.create({ data: { id, merchantId, wrappedKey, masterKeyVersion, ...facts, ...empty } })
  await tx.stockImport.update({ where: { id: importId }, data: { batchId: id } })
  return id
}
