import type { Actor } from '@/lib/domain/actor'
import { notifyBuyer } from '@/lib/domain/notifications'
import { refundOrder } from '@/lib/domain/orders'
import { type Tx, selectRows, sql } from '@/lib/domain/tx'
import { z } from 'zod'

/** The reason on refunds of CDKs that the mall froze; people read `console.reason.batch-frozen`. */
export const FROZEN_REASON = 'batch-frozen'

const Order = z.object({ merchantId: z.string(), number: z.string(), disputed: z.boolean() })
const Held = z.object({ id: z.string(), frozenById: z.string() })

/**
 * Refunds an order the CDKs of it that stand in frozen batches, each its share, and tells the buyer: before release out of escrow,
 * after it as any refund. The order's row and the batches' are held, so of two sweepers one refunds, and the end of a freeze comes
 * before or after. An order that a dispute keeps as it is gets told only: `waiting`, to be tried again.
 */
export async function refundFrozen(tx: Tx, orderId: string, now: Date): Promise<'refunded' | 'waiting' | 'nothing'> {
  const [order] = await selectRows(
    tx,
    Order,
    sql`SELECT "merchantId", number, "frozenAt" IS NOT NULL AS disputed FROM "order"
        WHERE id = ${orderId}::uuid AND status IN ('DELIVERED', 'CONFIRMED') FOR UPDATE`,
  )
  if (!order) return 'nothing'
  const held = await selectRows(
    tx,
    Held,
    sql`
      SELECT c.id, b."frozenById" FROM cdk c JOIN stock_batch b ON b."merchantId" = c."merchantId" AND b.id = c."batchId"
      WHERE c."merchantId" = ${order.merchantId}::uuid AND c."orderId" = ${orderId}::uuid AND c.state = 'DELIVERED' AND b."frozenAt" IS NOT NULL
      ORDER BY c.id FOR SHARE OF b`,
  )
  const [first] = held
  if (!first) return 'nothing'
  await notifyBuyer(tx, { orderId }, { kind: 'order-frozen', dedupeKey: orderId, data: { number: order.number } }, now)
  if (order.disputed) return 'waiting'
  const operator: Actor = { kind: 'OPERATOR', id: first.frozenById }
  const wanted = { cdkIds: held.map(({ id }) => id) }
  await refundOrder(tx, { orderId, wanted, reason: FROZEN_REASON }, operator, now)
  return 'refunded'
}
