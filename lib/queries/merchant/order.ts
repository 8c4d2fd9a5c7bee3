import { z } from 'zod'
import { OrderSnapshot } from '@/lib/domain/orders'
import { type Tx, selectRows, sql } from '@/lib/domain/tx'
import { CdkState, OrderStatus, RefundStatus } from '@/lib/infra/prisma/enums'
import { maskEmail } from '@/lib/queries/columns'
import { type OrderEventRow, selectOrderEvents } from '@/lib/queries/order-events'
import { type OrderMoney, selectOrderMoney } from '@/lib/queries/order-money'

const MOST_CDKS = 200

const MerchantOrder = z.object({
  id: z.string(),
  number: z.string(),
  status: z.enum(OrderStatus),
  quantity: z.number(),
  unitPriceMinor: z.number(),
  totalMinor: z.number(),
  feeMinor: z.number(),
  currency: z.string(),
  placedAt: z.date(),
  deliveredAt: z.date().nullable(),
  firstRevealedAt: z.date().nullable(),
  dueAt: z.date().nullable(),
  closedAt: z.date().nullable(),
  /** Masked: the merchant needs to recognise the buyer, not to write past the platform. */
  buyer: z.string().transform(maskEmail),
  snapshot: OrderSnapshot,
  snapshotHash: z.string(),
  variantId: z.string(),
  cdks: z.array(
    z.object({ id: z.string(), batchId: z.string(), state: z.enum(CdkState), revealedAt: z.coerce.date().nullable() }),
  ),
  refunds: z.array(
    z.object({
      id: z.string(),
      amountMinor: z.number(),
      reason: z.string(),
      status: z.enum(RefundStatus),
      createdAt: z.coerce.date(),
      settledAt: z.coerce.date().nullable(),
    }),
  ),
})
export type MerchantOrder = z.infer<typeof MerchantOrder>

export interface MerchantOrderPage {
  readonly order: MerchantOrder
  readonly money: OrderMoney
  readonly events: readonly OrderEventRow[]
}

/** One order of the merchant in three statements: facts, money by the ledger, events. Null for another merchant's. */
export async function findMerchantOrder(
  db: Tx,
  merchantId: string,
  orderId: string,
): Promise<MerchantOrderPage | null> {
  const [order] = await selectRows(
    db,
    MerchantOrder,
    sql`
      SELECT o.id, o.number, o.status::text AS status, o.quantity, o."unitPriceMinor", o."totalMinor", o."feeMinor", o.currency, o."placedAt",
             o."deliveredAt", o."firstRevealedAt", o."dueAt", o."closedAt", c.email AS buyer, o.snapshot, o."snapshotHash", o."variantId",
             COALESCE((SELECT jsonb_agg(to_jsonb(k) ORDER BY k.id) FROM (
               SELECT id, "batchId", state, "revealedAt" FROM cdk
               WHERE "merchantId" = o."merchantId" AND "orderId" = o.id ORDER BY id LIMIT ${MOST_CDKS}) AS k), '[]'::jsonb) AS cdks,
             COALESCE((SELECT jsonb_agg(to_jsonb(r) ORDER BY r.id) FROM (
               SELECT id, "amountMinor", reason, status, "createdAt", "settledAt" FROM refund
               WHERE "merchantId" = o."merchantId" AND "orderId" = o.id) AS r), '[]'::jsonb) AS refunds
      FROM "order" o JOIN checkout c ON c.id = o."checkoutId"
      WHERE o.id = ${orderId}::uuid AND o."merchantId" = ${merchantId}::uuid`,
  )
  if (!order) return null
  const money = await selectOrderMoney(db, orderId)
  const events = await selectOrderEvents(db, merchantId, orderId)
  return { order, money, events }
}
