import { z } from 'zod'
import { type Tx, selectRows, sql } from '@/lib/domain/tx'
import { Refusal } from '@/lib/kernel/refusal'
import { type BuyerScope, inScope } from './scope'

/** The buyer's own order by its number; refuses `access/not-found` for anybody else's. */
export async function requireOrderOfBuyer(
  tx: Tx,
  scope: BuyerScope,
  number: string,
): Promise<{ id: string; checkoutId: string }> {
  const [order] = await selectRows(
    tx,
    z.object({ id: z.string(), checkoutId: z.string() }),
    sql`
      SELECT o.id, o."checkoutId" FROM "order" o JOIN checkout c ON c.id = o."checkoutId"
      WHERE o.number = ${number} AND ${inScope(scope)}`,
  )
  if (!order) throw new Refusal('access/not-found')
  return order
}
