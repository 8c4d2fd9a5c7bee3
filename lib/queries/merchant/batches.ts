import { z } from 'zod'
import { FROZEN_REASON } from '@/lib/domain/batches'
import { type Tx, selectRows, sql } from '@/lib/domain/tx'
import { BATCH_COLUMNS, BATCH_FROM, BATCH_SHOWN, PROOFS_OF_BATCH, Proof } from '@/lib/queries/batch-shown'

const MerchantBatch = z.object({
  ...BATCH_SHOWN,
  /** Orders whose buyers got money back for codes of this batch because the mall froze it. */
  refundedOrders: z.number(),
})
export type MerchantBatch = z.infer<typeof MerchantBatch>

/** One batch with its proofs and its CDKs by state, in one statement; null for another merchant's. */
export async function findMerchantBatch(db: Tx, merchantId: string, batchId: string): Promise<MerchantBatch | null> {
  const [batch] = await selectRows(
    db,
    MerchantBatch,
    sql`
      SELECT ${BATCH_COLUMNS},
        (SELECT count(DISTINCT r."orderId")::int FROM order_refund r
         JOIN refund_unit n ON n."orderRefundId" = r.id JOIN cdk c ON c."merchantId" = n."merchantId" AND c.id = n."cdkId"
         WHERE r."merchantId" = b."merchantId" AND r.reason = ${FROZEN_REASON} AND c."batchId" = b.id) AS "refundedOrders"
      FROM ${BATCH_FROM} WHERE b.id = ${batchId}::uuid AND b."merchantId" = ${merchantId}::uuid`,
  )
  return batch ?? null
}

const ImportProofs = z.object({ requiresProof: z.boolean(), proofs: z.array(Proof) })
export type ImportProofs = z.infer<typeof ImportProofs>

/** Whether an import needs proofs before it starts, and those it has; null for another merchant's. */
export async function findImportProofs(db: Tx, merchantId: string, importId: string): Promise<ImportProofs | null> {
  const [found] = await selectRows(
    db,
    ImportProofs,
    sql`
      SELECT g."requiresProof", ${PROOFS_OF_BATCH}
      FROM stock_import i
      JOIN variant v ON v."merchantId" = i."merchantId" AND v.id = i."variantId"
      JOIN product p ON p."merchantId" = v."merchantId" AND p.id = v."productId"
      JOIN category g ON g.id = p."categoryId"
      LEFT JOIN stock_batch b ON b."merchantId" = i."merchantId" AND b.id = i."batchId"
      WHERE i.id = ${importId}::uuid AND i."merchantId" = ${merchantId}::uuid`,
  )
  return found ?? null
}
