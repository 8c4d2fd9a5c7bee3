import { type Sql, sql } from '@/lib/domain/tx'

/** The batches of an order's CDKs, held against a retirement at the same moment; `b` in the statements that use it. */
export function batchesOf(merchantId: string, orderId: string): Sql {
  return sql`(
    SELECT id, "retiredAt" FROM stock_batch
    WHERE "merchantId" = ${merchantId}::uuid
      AND id IN (SELECT "batchId" FROM cdk WHERE "merchantId" = ${merchantId}::uuid AND "orderId" = ${orderId}::uuid)
    FOR SHARE)`
}

/** What becomes of an unseen CDK that comes back. */
export const SOLD_AGAIN = sql`(CASE WHEN b."retiredAt" IS NULL THEN 'AVAILABLE' ELSE 'RETIRED' END)::"CdkState"`
