import { AfterSaleRules } from '@/lib/domain/catalog'
import { type Tx, selectRows, sql } from '@/lib/domain/tx'
import { invariant } from '@/lib/kernel/invariant'
import { z } from 'zod'

/** The after-sale rules of an order as they were frozen on it at purchase. */
export async function rulesOfOrder(tx: Tx, orderId: string): Promise<AfterSaleRules> {
  const [order] = await selectRows(
    tx,
    z.object({ rules: AfterSaleRules }),
    sql`SELECT snapshot->'rules' AS rules FROM "order" WHERE id = ${orderId}::uuid`,
  )
  invariant(order, `order ${orderId} exists`)
  return order.rules
}
