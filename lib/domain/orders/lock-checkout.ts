import { DELIVERY_KINDS } from '@/lib/domain/catalog'
import type { DeliveryKind } from '@/lib/infra/prisma/enums'
import { ORDER_STATUSES } from './statuses'
import type { OrderMoney } from '@/lib/domain/ledger'
import { type Tx, selectRows, sql } from '@/lib/domain/tx'
import { CURRENCIES } from '@/lib/kernel/money'
import { Refusal } from '@/lib/kernel/refusal'
import { z } from 'zod'

const CheckoutFacts = {
  checkoutId: z.string(),
  provider: z.string(),
  buyerId: z.string().nullable(),
  checkoutCurrency: z.enum(CURRENCIES),
  checkoutTotalMinor: z.number(),
  checkoutWalletMinor: z.number(),
  hasCoupon: z.boolean(),
  paidPaymentId: z.string().nullable(),
}

const Row = z.object({
  ...CheckoutFacts,
  id: z.string(),
  number: z.string(),
  merchantId: z.string(),
  variantId: z.string(),
  quantity: z.number(),
  status: z.enum(ORDER_STATUSES),
  delivery: z.enum(DELIVERY_KINDS),
  validityDays: z.number(),
  merchantSells: z.boolean(),
  soldAlike: z.boolean(),
  totalMinor: z.number(),
  discountMinor: z.number(),
  promoMinor: z.number(),
  walletMinor: z.number(),
  feeMinor: z.number(),
  refundedMinor: z.number(),
})

const TopUp = z.object(CheckoutFacts)

export interface LockedOrder extends OrderMoney {
  readonly number: string
  readonly variantId: string
  readonly quantity: number
  readonly status: z.infer<typeof Row>['status']
  /** As it was bought. */
  readonly delivery: DeliveryKind
  /** Of validity left at delivery, as promised to its buyer; 0 for none. */
  readonly validityDays: number
  readonly discountMinor: number
  /** Whether its merchant is active: nothing new is taken from one who is not. */
  readonly merchantSells: boolean
  /** Whether its variant is still delivered in the way it was bought: several pieces of one that is shared by now would be seats of one code. */
  readonly soldAlike: boolean
}

export interface LockedCheckout extends z.infer<typeof TopUp> {
  readonly purpose: 'ORDERS' | 'TOP_UP'
  readonly orders: readonly LockedOrder[]
}

/**
 * A checkout with its orders, locked in this sequence (orders by id): payments, expiry and cancellation of one checkout
 * come one after the other. Refuses `payment/unknown`.
 */
export async function lockCheckout(tx: Tx, checkoutId: string): Promise<LockedCheckout> {
  const rows = await selectRows(
    tx,
    Row,
    sql`
      SELECT ${FACTS}, o.id, o.number, o."merchantId", o."variantId", o.quantity, o.status::text AS status,
             COALESCE(o.snapshot->'delivery'->>'kind', 'AUTOMATIC') AS delivery,
             COALESCE((o.snapshot->>'validityDays')::int, 0) AS "validityDays", m.status = 'ACTIVE' AS "merchantSells",
             v.delivery::text = COALESCE(o.snapshot->'delivery'->>'kind', 'AUTOMATIC') AS "soldAlike",
             o."totalMinor", o."discountMinor", o."promoMinor", o."walletMinor", o."feeMinor", o."refundedMinor"
      FROM checkout c JOIN "order" o ON o."checkoutId" = c.id JOIN merchant m ON m.id = o."merchantId"
        JOIN variant v ON v.id = o."variantId"
      WHERE c.id = ${checkoutId}::uuid ORDER BY o.id FOR UPDATE OF c, o`,
  )
  const [first] = rows
  if (first) {
    const orders = rows.map((row) => ({ ...row, currency: row.checkoutCurrency }))
    return { ...TopUp.parse(first), purpose: 'ORDERS', orders }
  }
  const [topUp] = await selectRows(
    tx,
    TopUp,
    sql`SELECT ${FACTS} FROM checkout c WHERE c.id = ${checkoutId}::uuid AND c.purpose = 'TOP_UP' FOR UPDATE`,
  )
  if (!topUp) throw new Refusal('payment/unknown')
  return { ...topUp, purpose: 'TOP_UP', orders: [] }
}

const FACTS = sql`
  c.id AS "checkoutId", c.provider, c."buyerId", c.currency AS "checkoutCurrency", c."totalMinor" AS "checkoutTotalMinor",
  c."walletMinor" AS "checkoutWalletMinor", c."paidPaymentId",
  EXISTS (SELECT FROM coupon_use u WHERE u."checkoutId" = c.id) AS "hasCoupon"`
