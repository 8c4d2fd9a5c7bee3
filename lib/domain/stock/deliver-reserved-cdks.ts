import { SYSTEM } from '@/lib/domain/actor'
import { type Tx, sql } from '@/lib/domain/tx'
import { DAY_MS, after } from '@/lib/kernel/time'
import { batchesOf } from './batches-of'
import { changeCdks } from './change-cdks'

/** An order that holds reserved CDKs. */
export interface HoldingOrder {
  readonly merchantId: string
  readonly orderId: string
  readonly quantity: number
  /** The validity that its buyer was promised, in days; 0 for none. What the listing promises by now is another matter. */
  readonly validityDays: number
}

/**
 * Hands an order its `quantity` reserved CDKs, all or none: false when one of them may not be delivered any more (too short
 * of the promised validity, of a frozen batch) or one is missing; see `replaceReservedCdks`. Their batches are held: a freeze at the
 * same moment comes before or after. The caller holds the order's row.
 */
export async function deliverReservedCdks(
  tx: Tx,
  { merchantId, orderId, quantity, validityDays }: HoldingOrder,
  now: Date,
): Promise<boolean> {
  const reserved = sql`k."merchantId" = ${merchantId}::uuid AND k."orderId" = ${orderId}::uuid AND k.state = 'RESERVED'`
  const delivered = await changeCdks(
    tx,
    {
      set: sql`state = 'DELIVERED', "deliveredAt" = ${now}`,
      where: sql`c."merchantId" = ${merchantId}::uuid AND c."orderId" = ${orderId}::uuid AND c.state = 'RESERVED' AND ${quantity}::int = (
        SELECT count(*) FROM cdk k JOIN ${batchesOf(merchantId, orderId)} ON b.id = k."batchId"
        WHERE ${reserved} AND b."frozenAt" IS NULL
          AND (k."expiresAt" IS NULL OR k."expiresAt" > ${after(now, validityDays * DAY_MS)}::timestamptz))`,
    },
    { type: 'delivered', actor: SYSTEM, scopeId: orderId, details: { orderId }, now },
  )
  return delivered === quantity
}
