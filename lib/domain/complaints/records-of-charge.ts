import { type Tx, selectRows, sql } from '@/lib/domain/tx'
import { z } from 'zod'
import type { RecordFact, RecordsAsked } from './records'

const Charge = z.object({
  at: z.date(),
  /** By the snapshot: unit price x quantity - discount. */
  agreedMinor: z.number(),
  totalMinor: z.number(),
  /** What the checkout took in all: captured and out of the wallet, less what was sent back at once. */
  paidMinor: z.number(),
  ordersMinor: z.number(),
  orders: z.number(),
})

/**
 * What the order cost above what its snapshot says, or its checkout took above its total. The database holds both equal; this is for the
 * day on which they are not. Of a checkout of several orders nobody but people can say whose money was too much.
 */
export async function recordsOfCharge(tx: Tx, { order }: RecordsAsked): Promise<readonly RecordFact[]> {
  const [charge] = await selectRows(
    tx,
    Charge,
    sql`
      SELECT COALESCE(o."paidAt", o."placedAt") AS at, o."totalMinor",
        (o.snapshot->'price'->>'unitPriceMinor')::int * (o.snapshot->'price'->>'quantity')::int
          - COALESCE((o.snapshot->'price'->>'discountMinor')::int, 0) AS "agreedMinor",
        (p."amountMinor" + CASE WHEN p.provider = 'wallet' THEN 0 ELSE paid."walletMinor" END
          - (SELECT COALESCE(sum("amountMinor"), 0) FROM refund r WHERE r."paymentId" = p.id AND r."orderRefundId" IS NULL))::int AS "paidMinor",
        paid."ordersMinor", paid.orders
      FROM "order" o JOIN checkout c ON c.id = o."checkoutId" JOIN payment p ON p.id = c."paidPaymentId"
      JOIN LATERAL (
        SELECT sum("totalMinor")::int AS "ordersMinor", sum("walletMinor") AS "walletMinor", count(*)::int AS orders
        FROM "order" s WHERE s."checkoutId" = c.id AND s."paidAt" IS NOT NULL) paid ON TRUE
      WHERE o.id = ${order.id}::uuid`,
  )
  if (!charge) return []
  const { at, agreedMinor, totalMinor, paidMinor, ordersMinor } = charge
  const aboveMinor = Math.max(0, totalMinor - agreedMinor) + Math.max(0, paidMinor - ordersMinor)
  if (aboveMinor === 0) return []
  const chargedMinor = agreedMinor + aboveMinor
  return [
    { record: 'CHARGED_MORE', cdkId: null, at: at.toISOString(), agreedMinor, chargedMinor, amountMinor: aboveMinor },
  ]
}
