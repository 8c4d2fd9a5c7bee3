import { SYSTEM } from '@/lib/domain/actor'
import { type Sql, type Tx, sql } from '@/lib/domain/tx'
import { invariant } from '@/lib/kernel/invariant'
import { DAY_MS, after } from '@/lib/kernel/time'
import { SOLD_AGAIN, batchesOf } from './batches-of'
import { changeCdks } from './change-cdks'
import { claimCdks } from './claim-cdks'
import type { HoldingOrder } from './deliver-reserved-cdks'

/**
 * Reserved CDKs that may not be delivered to their order any more are given up and others claimed in their place: of a frozen
 * batch FROZEN, expired RETIRED, merely too short of what this buyer was promised back to stock. False when there are too few
 * others; what was claimed then stays reserved and the caller lets it go. The caller holds the order's row.
 */
export async function replaceReservedCdks(
  tx: Tx,
  order: HoldingOrder & { readonly variantId: string },
  now: Date,
): Promise<boolean> {
  const { merchantId, orderId, quantity, validityDays } = order
  const giveUp = async (type: 'frozen' | 'retired' | 'released', state: Sql, which: Sql) =>
    changeCdks(
      tx,
      {
        set: sql`state = ${state}, "orderId" = NULL`,
        from: batchesOf(merchantId, orderId),
        where: sql`c."merchantId" = ${merchantId}::uuid AND c."orderId" = ${orderId}::uuid AND c.state = 'RESERVED'
          AND b.id = c."batchId" AND ${which}`,
      },
      { type, actor: SYSTEM, scopeId: orderId, details: { orderId }, now },
    )
  const promised = after(now, validityDays * DAY_MS)
  let wanted = await giveUp('frozen', sql`'FROZEN'`, sql`b."frozenAt" IS NOT NULL`)
  wanted += await giveUp('retired', sql`'RETIRED'`, sql`c."expiresAt" <= ${now}::timestamptz`)
  wanted += await giveUp('released', SOLD_AGAIN, sql`c."expiresAt" <= ${promised}::timestamptz`)
  invariant(wanted > 0, `order ${orderId} holds other than ${quantity} CDKs`)
  return wanted === (await claimCdks(tx, { ...order, quantity: wanted, actor: SYSTEM, until: now, now }))
}
