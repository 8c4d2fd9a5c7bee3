import { ORDER_STATUSES } from './statuses'
import { DEFAULT_RULES } from '@/lib/domain/catalog'
import type { OrderMoney } from '@/lib/domain/ledger'
import { type Tx, selectRows, sql } from '@/lib/domain/tx'
import { CURRENCIES } from '@/lib/kernel/money'
import { Refusal } from '@/lib/kernel/refusal'
import { z } from 'zod'

const PaidOrder = z.object({
  id: z.string(),
  merchantId: z.string(),
  variantId: z.string(),
  number: z.string(),
  status: z.enum(ORDER_STATUSES),
  frozen: z.boolean(),
  dueAt: z.date().nullable(),
  /** Of manual delivery: the hours that were promised. */
  promisedHours: z.number().nullable(),
  latePenaltyBps: z.number(),
  quantity: z.number(),
  refundedUnits: z.number(),
  currency: z.enum(CURRENCIES),
  totalMinor: z.number(),
  promoMinor: z.number(),
  walletMinor: z.number(),
  feeMinor: z.number(),
  refundedMinor: z.number(),
  buyerId: z.string().nullable(),
  paymentId: z.string(),
  provider: z.string(),
})
export type PaidOrder = z.infer<typeof PaidOrder> & OrderMoney

/**
 * A paid order (awaiting delivery, delivered or confirmed) with the payment that paid it, its row locked: release, refunds and chargebacks of one
 * order come one after the other. Refuses `order/not-refundable`.
 */
export async function lockPaidOrder(tx: Tx, orderId: string): Promise<PaidOrder> {
  const [order] = await selectRows(
    tx,
    PaidOrder,
    sql`
      SELECT o.id, o."merchantId", o."variantId", o.number, o."dueAt", (o.snapshot->'delivery'->>'hours')::int AS "promisedHours",
             COALESCE((o.snapshot->'rules'->>'lateDeliveryPenaltyBps')::int, ${DEFAULT_RULES.lateDeliveryPenaltyBps}::int) AS "latePenaltyBps", o.status::text AS status, o."frozenAt" IS NOT NULL AS frozen, o.quantity, o."refundedUnits", o.currency,
             o."totalMinor", o."promoMinor", o."walletMinor", o."feeMinor", o."refundedMinor", c."buyerId", p.id AS "paymentId", p.provider
      FROM "order" o JOIN checkout c ON c.id = o."checkoutId" JOIN payment p ON p.id = c."paidPaymentId"
      WHERE o.id = ${orderId}::uuid AND o.status IN ('AWAITING_DELIVERY', 'DELIVERED', 'CONFIRMED') FOR UPDATE OF o`,
  )
  if (!order) throw new Refusal('order/not-refundable')
  return order
}
