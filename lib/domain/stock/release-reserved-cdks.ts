import { type Tx, sql } from '@/lib/domain/tx'
import { SOLD_AGAIN, batchesOf } from './batches-of'

/** Returns an order's reserved CDKs to stock (of a retired batch: out of sale) and says how many. The caller holds the order's row. */
export async function releaseReservedCdks(tx: Tx, merchantId: string, orderId: string): Promise<number> {
  return tx.$executeRaw(sql`
    UPDATE cdk c SET state = ${SOLD_AGAIN}, "orderId" = NULL
    FROM ${batchesOf(merchantId, orderId)} b
    WHERE c."merchantId" = ${merchantId}::uuid AND c."orderId" = ${orderId}::uuid AND c.state = 'RESERVED' AND b.id = c."batchId"`)
}
