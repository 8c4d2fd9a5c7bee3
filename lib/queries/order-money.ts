import { z } from 'zod'
import { type Tx, selectRows, sql } from '@/lib/domain/tx'
import type { Minor } from '@/lib/kernel/money'
import { minorColumn } from '@/lib/queries/columns'

/** Where an order's money stands, by the ledger; the order's status is not asked. */
export interface OrderMoney {
  readonly heldMinor: Minor
  readonly merchantMinor: Minor
  readonly feeMinor: Minor
  /** On its way back to the buyer. */
  readonly refundingMinor: Minor
  readonly refundedMinor: Minor
}

/**
 * The order's money in one statement. Refunds are found by their facts' keys; a second capture that went straight back
 * is left out, because it was never this order's money.
 */
export async function selectOrderMoney(db: Tx, orderId: string): Promise<OrderMoney> {
  const rows = await selectRows(
    db,
    z.object({ place: z.string(), minor: minorColumn }),
    sql`
      SELECT a.kind::text AS place, sum(CASE WHEN t."creditId" = a.id THEN t."amountMinor" ELSE -t."amountMinor" END)::bigint AS minor
      FROM ledger_transfer t JOIN ledger_account a ON a.id IN (t."debitId", t."creditId")
      WHERE t."orderId" = ${orderId}::uuid GROUP BY a.kind
      UNION ALL
      SELECT f.fact, sum(t."amountMinor")::bigint
      FROM refund r JOIN payment p ON p.id = r."paymentId" AND p.use <> 'DUPLICATE'
      CROSS JOIN (VALUES ('start'), ('settled')) AS f (fact)
      JOIN ledger_transfer t ON t."idempotencyKey" = 'refund:' || r.id || ':' || f.fact
      WHERE r."orderId" = ${orderId}::uuid GROUP BY f.fact`,
  )
  const at = (place: string) => rows.find((row) => row.place === place)?.minor ?? 0
  return {
    heldMinor: at('ESCROW'),
    merchantMinor: at('MERCHANT_PENDING'),
    feeMinor: at('PLATFORM_FEE'),
    refundingMinor: at('start') - at('settled'),
    refundedMinor: at('settled'),
  }
}
