import { z } from 'zod'
import { type Tx, empty, selectRows, sql } from '@/lib/domain/tx'

const Row = z.object({
  fileKey: z.string(),
  fileName: z.string(),
  contentType: z.string(),
  wrappedKey: z.instanceof(Uint8Array),
  masterKeyVersion: z.number(),
})

/** Where the bytes of a proof lie, and what opens them: for its own merchant, or for operators (`merchantId` null). */
export async function findStoredProof(db: Tx, proofId: string, merchantId: string | null) {
  const own = merchantId === null ? empty : sql`AND f."merchantId" = ${merchantId}::uuid`
  const [row] = await selectRows(
    db,
    Row,
    sql`
      SELECT f."fileKey", f."fileName", f."contentType", b."wrappedKey", b."masterKeyVersion"
      FROM batch_proof f JOIN stock_batch b ON b."merchantId" = f."merchantId" AND b.id = f."batchId"
      WHERE f.id = ${proofId}::uuid ${own}`,
  )
  return row ?? null
}
