import { type Sql, sql } from '@/lib/domain/tx'

/** The batches of an order's CDKs, held against a retirement or freeze at the same moment; `b` in the statements that use it. */
export function batchesOf(merchantId: string, orderId: string): Sql {
  return sql`(
    SELECT id, seats, "retiredAt", "frozenAt" FROM stock_batch
    WHERE "merchantId" = ${merchantId}::uuid
      AND id IN (SELECT "batchId" FROM cdk WHERE "merchantId" = ${merchantId}::uuid AND "orderId" = ${orderId}::uuid)
    FOR SHARE) b`
}

/**
 * What becomes of an unseen CDK that comes back. One that its variant, delivered in another way by now, cannot sell retires: a seat of a
 * shared code is no code of its own.
 */
export const SOLD_AGAIN = sql`(CASE WHEN b."frozenAt" IS NOT NULL THEN 'FROZEN' WHEN b."retiredAt" IS NOT NULL THEN 'RETIRED'
  WHEN EXISTS (SELECT FROM variant v WHERE v.id = c."variantId" AND (v.delivery = 'MANUAL' OR b.seats > COALESCE(v."sharedSeats", 1)))
  THEN 'RETIRED' ELSE 'AVAILABLE' END)::"CdkState"`
