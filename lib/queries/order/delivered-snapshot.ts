import { z } from 'zod'
import { OrderSnapshot } from '@/lib/domain/orders'
import { type Tx, selectRows, sql } from '@/lib/domain/tx'
import { type BuyerScope, inScope } from './scope'

const Row = z.object({ number: z.string(), snapshot: OrderSnapshot })

/**
 * The snapshot of an order that was delivered (and perhaps refunded since); null before, and outside the scope: it
 * carries the guide and the download address, which come with the CDK.
 */
export async function findDeliveredSnapshot(
  db: Tx,
  scope: BuyerScope,
  number: string,
): Promise<z.infer<typeof Row> | null> {
  const [row] = await selectRows(
    db,
    Row,
    sql`
      SELECT o.number, o.snapshot FROM "order" o JOIN checkout c ON c.id = o."checkoutId"
      WHERE o.number = ${number} AND o."deliveredAt" IS NOT NULL AND ${inScope(scope)}`,
  )
  return row ?? null
}
