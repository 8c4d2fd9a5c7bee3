import type { Actor } from '@/lib/domain/actor'
import { type Tx, sql } from '@/lib/domain/tx'
import { changeCdks } from './change-cdks'

/** Writes into the log that an order's CDKs were taken as working, by the buyer or the inspection clock. The caller holds the order's row. */
export async function confirmCdks(
  tx: Tx,
  { merchantId, orderId }: { readonly merchantId: string; readonly orderId: string },
  actor: Actor,
  now: Date,
): Promise<number> {
  return changeCdks(
    tx,
    { where: sql`c."merchantId" = ${merchantId}::uuid AND c."orderId" = ${orderId}::uuid AND c.state = 'DELIVERED'` },
    { type: 'confirmed', actor, scopeId: orderId, details: { orderId }, now },
  )
}
