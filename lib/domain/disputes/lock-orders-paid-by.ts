import { type Tx, selectRows, sql } from '@/lib/domain/tx'
import { z } from 'zod'

/**
 * Locks the orders that a payment paid, always in the same sequence and before any row of the payment, as refunds do; none
 * of a payment that no checkout took.
 */
export async function lockOrdersPaidBy(tx: Tx, paymentId: string): Promise<string[]> {
  const rows = await selectRows(
    tx,
    z.object({ id: z.string() }),
    sql`
      SELECT o.id FROM "order" o JOIN checkout c ON c.id = o."checkoutId"
      WHERE c."paidPaymentId" = ${paymentId}::uuid ORDER BY o.id FOR UPDATE OF o`,
  )
  return rows.map(({ id }) => id)
}
