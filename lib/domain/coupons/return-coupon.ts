import { type Tx, sql } from '@/lib/domain/tx'

/**
 * Gives back the use that a checkout holds, because it ended unpaid. Does nothing for a checkout without a coupon or one
 * that gave it back before; of two racing calls one returns it.
 */
export async function returnCoupon(tx: Tx, checkoutId: string, now: Date): Promise<void> {
  await tx.$executeRaw(sql`
    WITH returned AS (
      UPDATE coupon_use SET "returnedAt" = ${now}
      WHERE "checkoutId" = ${checkoutId}::uuid AND "returnedAt" IS NULL
      RETURNING "couponId"
    )
    UPDATE coupon c SET "usedCount" = c."usedCount" - 1 FROM returned WHERE c.id = returned."couponId"`)
}
