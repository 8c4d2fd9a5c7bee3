import { z } from 'zod'
import { accountId, escrowOf } from '@/lib/domain/ledger'
import { type Tx, selectRows, sql } from '@/lib/domain/tx'
import { PaymentUse } from '@/lib/infra/prisma/enums'
import { type Currency, type Minor, toMinor } from '@/lib/kernel/money'

const Refund = z.object({
  id: z.string(),
  amountMinor: z.number(),
  use: z.enum(PaymentUse),
  createdAt: z.coerce.date(),
  settledAt: z.coerce.date().nullable(),
  /** Whether the books say that it has left us. */
  settled: z.boolean(),
})
export type OrderRefund = z.infer<typeof Refund>

const minor = z.union([z.bigint(), z.number()]).transform(toMinor)
const Sums = z.object({ held: minor, captured: minor, released: minor, fee: minor, refunds: z.array(Refund) })

/** Where the order's money stands, from the ledger alone. Amounts add up to what the order costs. */
export interface OrderMoney {
  readonly buyerMinor: Minor
  readonly heldMinor: Minor
  readonly merchantMinor: Minor
  readonly feeMinor: Minor
  /** On its way back to the buyer. */
  readonly refundingMinor: Minor
  /** All refunds of this checkout, a second payment's included (that one is not part of the sums above). */
  readonly refunds: readonly OrderRefund[]
}

/** Reads the books of one order, in one statement. */
export async function readOrderMoney(
  db: Tx,
  order: { readonly id: string; readonly totalMinor: Minor; readonly currency: Currency },
): Promise<OrderMoney> {
  const [sums] = await selectRows(
    db,
    Sums,
    sql`
      SELECT COALESCE((SELECT b."creditsMinor" - b."debitsMinor" FROM ledger_balance b
                       WHERE b."accountId" = ${accountId(escrowOf(order.id, order.currency))}::uuid), 0) AS held,
             COALESCE(sum(t."amountMinor") FILTER (WHERE t.code = 'pay'), 0)::bigint AS captured,
             COALESCE(sum(t."amountMinor") FILTER (WHERE t.code = 'release'), 0)::bigint AS released,
             COALESCE(sum(t."amountMinor") FILTER (WHERE t.code = 'fee'), 0)::bigint AS fee,
             COALESCE((SELECT jsonb_agg(jsonb_build_object('id', r.id, 'amountMinor', r."amountMinor", 'use', p.use,
                                'createdAt', r."createdAt", 'settledAt', r."settledAt", 'settled', EXISTS (
                                  SELECT 1 FROM ledger_transfer s WHERE s."idempotencyKey" = 'refund:' || r.id || ':settled'))
                              ORDER BY r.id)
                       FROM refund r JOIN payment p ON p.id = r."paymentId" WHERE r."orderId" = ${order.id}::uuid), '[]'::jsonb) AS refunds
      FROM ledger_transfer t WHERE t."orderId" = ${order.id}::uuid`,
  )
  const { held = 0, captured = 0, released = 0, fee = 0, refunds = [] } = sums ?? {}
  // Money of a second payment never belonged to the order; that of a payment which no order took did not either, but
  // then it is the only money there is, and the buyer asks where it went.
  const counted = refunds.filter(({ use }) => use === (captured > 0 ? 'APPLIED' : 'STRAY'))
  const refundingMinor = sum(counted.filter(({ settled }) => !settled))
  const refundedMinor = sum(counted.filter(({ settled }) => settled))
  const untouched = captured > 0 || counted.length > 0 ? 0 : order.totalMinor
  return {
    buyerMinor: untouched + refundedMinor,
    heldMinor: held,
    merchantMinor: released,
    feeMinor: fee,
    refundingMinor,
    refunds,
  }
}

function sum(refunds: readonly OrderRefund[]): Minor {
  return refunds.reduce((total, { amountMinor }) => total + amountMinor, 0)
}
