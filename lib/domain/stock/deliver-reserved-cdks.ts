import { SYSTEM } from '@/lib/domain/actor'
import { type Tx, sql } from '@/lib/domain/tx'
import { changeCdks } from './change-cdks'

/** Hands an order its reserved CDKs and says how many. The caller holds the order's row and checks the count. */
export async function deliverReservedCdks(tx: Tx, merchantId: string, orderId: string, now: Date): Promise<number> {
  return changeCdks(
    tx,
    {
      set: sql`state = 'DELIVERED', "deliveredAt" = ${now}`,
      where: sql`c."merchantId" = ${merchantId}::uuid AND c."orderId" = ${orderId}::uuid AND c.state = 'RESERVED'`,
    },
    { type: 'delivered', actor: SYSTEM, scopeId: orderId, details: { orderId }, now },
  )
}
