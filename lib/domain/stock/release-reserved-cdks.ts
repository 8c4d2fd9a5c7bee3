import { type Tx, sql } from '@/lib/domain/tx'

/** Returns an order's reserved CDKs to stock and says how many. The caller holds the order's row. */
export async function releaseReservedCdks(tx: Tx, merchantId: string, orderId: string): Promise<number> {
  return tx.$executeRaw(sql`
    UPDATE cdk SET state = 'AVAILABLE', "orderId" = NULL
    WHERE "merchantId" = ${merchantId}::uuid AND "orderId" = ${orderId}::uuid AND state = 'RESERVED'`)
}
