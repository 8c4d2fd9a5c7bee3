import { type OrderMoney, disputedOf, providerShare, refundedByProvider } from '@/lib/domain/ledger'
import { chargeOrder } from '@/lib/domain/orders'
import { type Tx, selectRows, sql } from '@/lib/domain/tx'
import { CURRENCIES, type Minor, portionOf } from '@/lib/kernel/money'
import { z } from 'zod'
import type { DisputeMoney } from './postings'

const Bearing = z.object({
  id: z.string(),
  merchantId: z.string(),
  currency: z.enum(CURRENCIES),
  totalMinor: z.number(),
  promoMinor: z.number(),
  walletMinor: z.number(),
  feeMinor: z.number(),
  refundedMinor: z.number(),
})

/**
 * Charges the orders that a lost payment paid, each in proportion to what it still has of it, at most `most` in all.
 * Returns how much they bore: less than `most` when their share of the payment went back before.
 */
export async function chargeOrders(
  tx: Tx,
  dispute: DisputeMoney & { readonly paymentId: string },
  most: Minor,
  now: Date,
): Promise<Minor> {
  const orders = await lockOrders(tx, dispute.paymentId)
  const all = orders.reduce((sum, order) => sum + leftOf(order), 0)
  const wanted = Math.min(most, all)
  let [bearers, borne, asked] = [0, 0, 0]
  for (const order of orders) {
    bearers += leftOf(order)
    // Up to this order less up to the one before: the parts add up to the whole, whatever the rounding.
    const amountMinor = all === 0 ? 0 : portionOf(wanted, bearers, all) - asked
    asked += amountMinor
    if (amountMinor === 0) continue
    const to = disputedOf(dispute.id, dispute.currency)
    const key = `dispute:${dispute.id}:lost:order:${order.id}`
    borne += await chargeOrder(tx, order.id, { amountMinor, to, key, reason: 'chargeback' }, now)
  }
  return borne
}

/** What an order still has of the money that came from the provider. */
function leftOf(order: OrderMoney): Minor {
  return providerShare(order) - refundedByProvider(order, order.refundedMinor)
}

async function lockOrders(tx: Tx, paymentId: string): Promise<OrderMoney[]> {
  return selectRows(
    tx,
    Bearing,
    sql`
      SELECT o.id, o."merchantId", o.currency, o."totalMinor", o."promoMinor", o."walletMinor", o."feeMinor", o."refundedMinor"
      FROM "order" o JOIN checkout c ON c.id = o."checkoutId"
      WHERE c."paidPaymentId" = ${paymentId}::uuid AND o.status IN ('AWAITING_DELIVERY', 'DELIVERED', 'CONFIRMED')
      ORDER BY o.id FOR UPDATE OF o`,
  )
}
