import { type Tx, sql } from '@/lib/domain/tx'

/**
 * Takes back the CDKs of a refunded order: those that nobody has looked at return to stock, the others retire and stay
 * with the order as evidence. Says how many. The caller holds the order's row, so no reveal runs at the same time.
 */
export async function takeBackCdks(tx: Tx, merchantId: string, orderId: string): Promise<number> {
  return tx.$executeRaw(sql`
    UPDATE cdk SET
      state = CASE WHEN "revealedAt" IS NULL THEN 'AVAILABLE' ELSE 'RETIRED' END::"CdkState",
      "orderId" = CASE WHEN "revealedAt" IS NULL THEN NULL ELSE "orderId" END,
      "deliveredAt" = CASE WHEN "revealedAt" IS NULL THEN NULL ELSE "deliveredAt" END
    WHERE "merchantId" = ${merchantId}::uuid AND "orderId" = ${orderId}::uuid AND state = 'DELIVERED'`)
}
