import type { Actor } from '@/lib/domain/actor'
import { type Tx, sql } from '@/lib/domain/tx'
import { SOLD_AGAIN, batchesOf } from './batches-of'
import { changeCdks } from './change-cdks'

/**
 * Takes back CDKs of an order whose price was refunded: those that nobody has looked at return to stock (of a retired or
 * frozen batch: out of sale), the others, and all that were found `bad`, retire and stay with the order as evidence. Says how many. The caller holds the
 * order's row, so no reveal runs at the same time.
 */
export async function takeBackCdks(
  tx: Tx,
  {
    merchantId,
    orderId,
    cdkIds,
    bad = false,
  }: {
    readonly merchantId: string
    readonly orderId: string
    readonly cdkIds: readonly string[]
    readonly bad?: boolean
  },
  actor: Actor,
  now: Date,
): Promise<number> {
  if (cdkIds.length === 0) return 0
  const unused = sql`(c."revealedAt" IS NULL AND NOT ${bad}::boolean)`
  return changeCdks(
    tx,
    {
      set: sql`
        state = CASE WHEN ${unused} THEN ${SOLD_AGAIN} ELSE 'RETIRED' END,
        "orderId" = CASE WHEN ${unused} THEN NULL ELSE c."orderId" END,
        "deliveredAt" = CASE WHEN ${unused} THEN NULL ELSE c."deliveredAt" END`,
      from: batchesOf(merchantId, orderId),
      where: sql`c."merchantId" = ${merchantId}::uuid AND c."orderId" = ${orderId}::uuid AND c.state = 'DELIVERED'
        AND c.id = ANY (${[...cdkIds]}::uuid[]) AND b.id = c."batchId"`,
    },
    { type: 'refunded', actor, scopeId: orderId, details: { orderId }, now },
  )
}
