import { z } from 'zod'
import { type Tx, selectRows, sql } from '@/lib/domain/tx'
import { SECOND_MS, after } from '@/lib/kernel/time'

/** An order this young says that buyers are in the shop. */
const LATELY_MS = 3 * SECOND_MS

/** Whether somebody placed an order in the last seconds. A look at the end of an index, whatever the number of orders. */
export async function shopIsSelling(tx: Tx, now: Date): Promise<boolean> {
  const [row] = await selectRows(
    tx,
    z.object({ selling: z.boolean() }),
    sql`SELECT EXISTS (
          SELECT FROM unnest(enum_range(NULL::"OrderStatus")) AS s (status)
          WHERE EXISTS (SELECT FROM "order" o WHERE o.status = s.status AND o."placedAt" > ${after(now, -LATELY_MS)})) AS selling`,
  )
  return row?.selling ?? false
}
