import { type Tx, sql } from '@/lib/domain/tx'
import { SOLD_AGAIN, batchesOf } from './batches-of'

/**
 * Takes back CDKs of an order whose price was refunded: those that nobody has looked at return to stock (of a
 * retired batch: out of sale), the others retire and stay
 * with the order as evidence. Says how many. The caller holds the order's row, so no reveal runs at the same time.
 */
export async function takeBackCdks(
  tx: Tx,
  merchantId: string,
  orderId: string,
  cdkIds: readonly string[],
): Promise<number> {
  if (cdkIds.length === 0) return 0
  return tx.$executeRaw(sql`
    UPDATE cdk c SET
      state = CASE WHEN c."revealedAt" IS NULL THEN ${SOLD_AGAIN} ELSE 'RETIRED' END,
      "orderId" = CASE WHEN c."revealedAt" IS NULL THEN NULL ELSE c."orderId" END,
      "deliveredAt" = CASE WHEN c."revealedAt" IS NULL THEN NULL ELSE c."deliveredAt" END
    FROM ${batchesOf(merchantId, orderId)} b
    WHERE c."merchantId" = ${merchantId}::uuid AND c."orderId" = ${orderId}::uuid AND c.state = 'DELIVERED'
      AND c.id = ANY (${[...cdkIds]}::uuid[]) AND b.id = c."batchId"`)
}
