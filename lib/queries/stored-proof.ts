import { z } from 'zod'
import { type Sql, type Tx, empty, selectRows, sql } from '@/lib/domain/tx'

const Row = z.object({
  fileKey: z.string(),
  fileName: z.string(),
  contentType: z.string(),
  wrappedKey: z.instanceof(Uint8Array),
  masterKeyVersion: z.number(),
})

/** Whose proofs somebody may see: a merchant's own, those behind the CDKs of an arbitrator's cases, or everybody's. */
export type ProofReader = { readonly merchantId: string } | { readonly arbitratorId: string } | 'EVERYBODY'

/** Where the bytes of a proof lie, and what opens them, for whoever may see it. */
export async function findStoredProof(db: Tx, proofId: string, reader: ProofReader) {
  const own = scopeOf(reader)
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

function scopeOf(reader: ProofReader): Sql {
  if (reader === 'EVERYBODY') return empty
  if ('merchantId' in reader) return sql`AND f."merchantId" = ${reader.merchantId}::uuid`
  return sql`AND EXISTS (
    SELECT FROM complaint x JOIN complaint_unit n ON n."complaintId" = x.id JOIN cdk k ON k."merchantId" = n."merchantId" AND k.id = n."cdkId"
    WHERE k."batchId" = b.id AND ${reader.arbitratorId}::uuid IN (x."arbitratorId", x."secondId", x."appealArbitratorId"))`
}
