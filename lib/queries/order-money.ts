import { z } from 'zod'
import { type Tx, selectRows, sql } from '@/lib/domain/tx'
import type { Minor } from '@/lib/kernel/money'
import { minorColumn } from '@/lib/queries/columns'

/** Where an order's money stands, by the ledger; the order's status is not asked. */
export interface OrderMoney {
  /** Not paid yet, or back at the buyer. */
  readonly buyerMinor: Minor
  readonly heldMinor: Minor
  readonly merchantMinor: Minor
  readonly feeMinor: Minor
  /** On its way back to the buyer. */
  readonly refundingMinor: Minor
  readonly refundedMinor: Minor
}

const Sums = z.object({
  total: z.number(),
  held: minorColumn,
  paid: minorColumn,
  merchant: minorColumn,
  fee: minorColumn,
  returned: minorColumn,
  chargedBack: minorColumn,
  underway: minorColumn,
  lateUnderway: minorColumn,
  late: minorColumn,
})
const NOTHING: OrderMoney = {
  buyerMinor: 0,
  heldMinor: 0,
  merchantMinor: 0,
  feeMinor: 0,
  refundingMinor: 0,
  refundedMinor: 0,
}

/**
 * The order's money in one statement. A payment that came when the order could not take it any more counts only while
 * nothing else paid the order; a second capture never does, because it was never this order's money.
 */
export async function selectOrderMoney(db: Tx, orderId: string): Promise<OrderMoney> {
  const [sums] = await selectRows(
    db,
    Sums,
    sql`
      SELECT o."totalMinor" AS total, b.*, l.*
      FROM "order" o
      CROSS JOIN LATERAL (
        SELECT
          COALESCE(sum(CASE 'ESCROW' WHEN c.kind::text THEN t."amountMinor" WHEN d.kind::text THEN -t."amountMinor" END), 0)::bigint AS held,
          COALESCE(sum(CASE t.code WHEN 'pay' THEN t."amountMinor" WHEN 'wallet-pay' THEN t."amountMinor"
                                   WHEN 'wallet-back' THEN -t."amountMinor" END), 0)::bigint AS paid,
          COALESCE(sum(CASE WHEN t.code = 'release' THEN t."amountMinor"
                            WHEN t.code IN ('refund', 'chargeback') AND d.kind NOT IN ('ESCROW', 'PLATFORM_FEE', 'SUSPENSE')
                            THEN -t."amountMinor" END), 0)::bigint AS merchant,
          COALESCE(sum(CASE WHEN t.code = 'fee' THEN t."amountMinor"
                            WHEN t.code IN ('refund', 'chargeback') AND d.kind = 'PLATFORM_FEE' THEN -t."amountMinor" END), 0)::bigint AS fee,
          COALESCE(sum(t."amountMinor") FILTER (
            WHERE t.code = 'refund' AND d.kind <> 'SUSPENSE' AND c.kind <> 'PROMO_EXPENSE'), 0)::bigint AS returned,
          COALESCE(sum(t."amountMinor") FILTER (WHERE t.code = 'chargeback' AND c.kind <> 'PROMO_EXPENSE'), 0)::bigint AS "chargedBack"
        FROM ledger_transfer t JOIN ledger_account d ON d.id = t."debitId" JOIN ledger_account c ON c.id = t."creditId"
        WHERE t."orderId" = o.id) AS b
      CROSS JOIN LATERAL (
        SELECT
          COALESCE(sum(r."amountMinor") FILTER (WHERE r."orderRefundId" IS NOT NULL AND r.status <> 'SUCCEEDED'), 0)::bigint AS underway,
          COALESCE(sum(r."amountMinor") FILTER (WHERE p.use IN ('APPLIED', 'STRAY') AND r."orderRefundId" IS NULL), 0)::bigint AS late,
          COALESCE(sum(r."amountMinor") FILTER (
            WHERE p.use IN ('APPLIED', 'STRAY') AND r."orderRefundId" IS NULL AND r.status <> 'SUCCEEDED'), 0)::bigint AS "lateUnderway"
        FROM refund r LEFT JOIN payment p ON p.id = r."paymentId" WHERE r."orderId" = o.id) AS l
      WHERE o.id = ${orderId}::uuid`,
  )
  if (!sums) return NOTHING
  const { total, held, paid, merchant, fee, returned, chargedBack } = sums
  const refundingMinor = Math.min(total, paid > 0 ? sums.underway : sums.lateUnderway)
  // What went back late may be the whole checkout's: of this order's, and for its merchant's eyes, no more than it costs.
  const refundedMinor = (paid > 0 ? returned + chargedBack : Math.min(total, sums.late)) - refundingMinor
  return {
    buyerMinor: total - paid + (paid > 0 ? refundedMinor : -refundingMinor),
    heldMinor: held,
    merchantMinor: merchant,
    feeMinor: fee,
    refundingMinor,
    refundedMinor,
  }
}
