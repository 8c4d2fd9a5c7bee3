import { z } from 'zod'
import { accountId, escrowOf } from '@/lib/domain/ledger'
import { type Tx, selectRows, sql } from '@/lib/domain/tx'
import { RefundMethod, RefundStatus } from '@/lib/infra/prisma/enums'
import { type Currency, type Minor, toMinor } from '@/lib/kernel/money'
import { refundsShownFor } from './refunds-shown'

const Refund = z.object({
  id: z.string(),
  /** Of the order, or money that no order took: a second payment, one that came too late, one of another amount. */
  kind: z.enum(['order', 'chargeback', 'duplicate', 'late', 'mismatch']),
  method: z.enum(RefundMethod),
  status: z.enum(RefundStatus),
  amountMinor: z.number(),
  /** Not always the order's: money that it did not take may be of any. */
  currency: z.string(),
  /** How many CDKs its decision gave the price of back; 0 for an amount, and for the second of two ways that one goes. */
  units: z.number(),
  /** The provider's id of it; null while there is none, and for the wallet. */
  reference: z.string().nullable(),
  createdAt: z.coerce.date(),
  settledAt: z.coerce.date().nullable(),
  /** Whether it was this order's own payment that could not be taken. */
  ownLate: z.boolean(),
})
export type OrderRefund = z.infer<typeof Refund>

const minor = z.union([z.bigint(), z.number()]).transform(toMinor)
const Sums = z.object({
  held: minor,
  paid: minor,
  merchant: minor,
  fee: minor,
  returned: minor,
  chargedBack: minor,
  promo: minor,
  refunds: z.array(Refund),
})

/** Where the order's money stands, from the ledger alone. Amounts add up to what the order costs and the platform adds. */
export interface OrderMoney {
  readonly buyerMinor: Minor
  readonly heldMinor: Minor
  readonly merchantMinor: Minor
  readonly feeMinor: Minor
  /** On its way back to the buyer. */
  readonly refundingMinor: Minor
  /** Part of what is held or at the merchant that the platform put there for its coupon. */
  readonly promoMinor: Minor
  /** Of the order, and of money that the checkout could not take (that is not part of the sums above). */
  readonly refunds: readonly OrderRefund[]
}

/** Reads the books of one order, in one statement. */
export async function readOrderMoney(
  db: Tx,
  order: { readonly id: string; readonly checkoutId: string; readonly totalMinor: Minor; readonly currency: Currency },
): Promise<OrderMoney> {
  const [sums] = await selectRows(
    db,
    Sums,
    sql`
      SELECT COALESCE((SELECT b."creditsMinor" - b."debitsMinor" FROM ledger_balance b
                       WHERE b."accountId" = ${accountId(escrowOf(order.id, order.currency))}::uuid), 0) AS held,
             COALESCE(sum(CASE t.code WHEN 'pay' THEN t."amountMinor" WHEN 'wallet-pay' THEN t."amountMinor"
                                      WHEN 'wallet-back' THEN -t."amountMinor" END), 0)::bigint AS paid,
             (COALESCE(sum(t."amountMinor") FILTER (WHERE t.code = 'release'), 0) - COALESCE(sum(t."amountMinor") FILTER (
               WHERE t.code IN ('refund', 'chargeback') AND d.kind NOT IN ('ESCROW', 'PLATFORM_FEE', 'SUSPENSE')), 0))::bigint AS merchant,
             (COALESCE(sum(t."amountMinor") FILTER (WHERE t.code = 'fee'), 0) - COALESCE(sum(t."amountMinor") FILTER (
               WHERE t.code IN ('refund', 'chargeback') AND d.kind = 'PLATFORM_FEE'), 0))::bigint AS fee,
             COALESCE(sum(t."amountMinor") FILTER (
               WHERE t.code = 'refund' AND d.kind <> 'SUSPENSE' AND c.kind IN ('REFUND_IN_TRANSIT', 'BUYER_WALLET')), 0)::bigint AS returned,
             COALESCE(sum(t."amountMinor") FILTER (WHERE t.code = 'chargeback' AND c.kind <> 'PROMO_EXPENSE'), 0)::bigint AS "chargedBack",
             COALESCE(sum(CASE WHEN d.kind = 'PROMO_EXPENSE' THEN t."amountMinor" WHEN c.kind = 'PROMO_EXPENSE' THEN -t."amountMinor" END), 0)::bigint AS promo,
             ${refundsShownFor(order)} AS refunds
      FROM ledger_transfer t JOIN ledger_account d ON d.id = t."debitId" JOIN ledger_account c ON c.id = t."creditId"
      WHERE t."orderId" = ${order.id}::uuid`,
  )
  const {
    held = 0,
    paid = 0,
    merchant = 0,
    fee = 0,
    returned = 0,
    chargedBack = 0,
    promo = 0,
    refunds = [],
  } = sums ?? {}
  const underway = refunds.filter(({ status }) => status !== 'SUCCEEDED')
  // A payment that came when the order could not take it any more never was its money, but then it is all the money
  // there is, and the buyer asks where it went.
  const counted = underway.filter(({ kind, ownLate }) => (paid > 0 ? kind === 'order' : ownLate))
  const refundingMinor = Math.min(order.totalMinor, sum(counted))
  return {
    buyerMinor: order.totalMinor - paid + returned - refundingMinor + chargedBack,
    heldMinor: held,
    merchantMinor: merchant,
    feeMinor: fee,
    refundingMinor,
    promoMinor: promo,
    refunds,
  }
}

function sum(refunds: readonly OrderRefund[]): Minor {
  return refunds.reduce((total, { amountMinor }) => total + amountMinor, 0)
}
