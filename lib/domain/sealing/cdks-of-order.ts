import { z } from 'zod'
import { type Tx, selectRows, sql } from '@/lib/domain/tx'

/**
 * The CDKs that were ever an order's, those given back included: each began with a `reserved` event of it (an index of its own,
 * prisma/migrations). Where its details were destroyed, the CDKs that it holds or was refunded for still tell.
 */
export async function cdksOfOrder(tx: Tx, orderId: string): Promise<string[]> {
  const rows = await selectRows(
    tx,
    z.object({ id: z.string() }),
    sql`
      SELECT "cdkId" AS id FROM cdk_event WHERE type = 'reserved' AND (details->>'orderId')::uuid = ${orderId}::uuid
      UNION SELECT id FROM cdk WHERE "orderId" = ${orderId}::uuid
      UNION SELECT u."cdkId" FROM refund_unit u WHERE u."orderId" = ${orderId}::uuid
      ORDER BY id`,
  )
  return rows.map(({ id }) => id)
}
