import type { Actor } from '@/lib/domain/actor'
import { type Tx, sql } from '@/lib/domain/tx'
import { SOLD_AGAIN, batchesOf } from './batches-of'
import { changeCdks } from './change-cdks'

/**
 * Returns an order's reserved CDKs to stock (of a retired or frozen batch: out of sale) and says how many. The caller holds
 * the order's row.
 */
export async function releaseReservedCdks(
  tx: Tx,
  { merchantId, orderId }: { readonly merchantId: string; readonly orderId: string },
  actor: Actor,
  now: Date,
): Promise<number> {
  return changeCdks(
    tx,
    {
      set: sql`state = ${SOLD_AGAIN}, "orderId" = NULL`,
      from: batchesOf(merchantId, orderId),
      where: sql`c."merchantId" = ${merchantId}::uuid AND c."orderId" = ${orderId}::uuid AND c.state = 'RESERVED' AND b.id = c."batchId"`,
    },
    { type: 'released', actor, scopeId: orderId, details: { orderId }, now },
  )
}
