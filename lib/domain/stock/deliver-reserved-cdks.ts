import { type Tx, sql } from '@/lib/domain/tx'

/** Hands an order its reserved CDKs and says how many. The caller holds the order's row and checks the count. */
export async function deliverReservedCdks(tx: Tx, merchantId: string, orderId: string, now: Date): Promise<number> {
  return tx.$executeRaw(sql`
    UPDATE cdk SET state = 'DELIVERED', "deliveredAt" = ${now}
    WHERE "merchantId" = ${merchantId}::uuid AND "orderId" = ${orderId}::uuid AND state = 'RESERVED'`)
}
