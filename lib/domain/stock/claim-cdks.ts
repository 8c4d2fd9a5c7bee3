import { randomInt } from 'node:crypto'
import type { Actor } from '@/lib/domain/actor'
import { type Sql, type Tx, sql } from '@/lib/domain/tx'
import { DAY_MS, after } from '@/lib/kernel/time'
import { BUCKETS } from './buckets'
import { changeCdks } from './change-cdks'

export interface ClaimInput {
  readonly merchantId: string
  readonly variantId: string
  readonly orderId: string
  readonly quantity: number
  readonly actor: Actor
  /** Only CDKs that may be sold until then: the end of the pay window, or now when they are delivered at once. */
  readonly until: Date
  /** Days of validity that this buyer was promised, where that may be more than what the listing promises by now. */
  readonly validityDays?: number
  readonly now: Date
}

/**
 * Reserves up to `quantity` available CDKs for an order and returns how many it got; the caller refuses or rolls back
 * when that is short. Racing claims skip each other's rows, so no CDK is reserved twice and nobody waits. Within the
 * random bucket those that expire first go first; what would fall short of its promised validity, and what belongs to a
 * batch that was retired or frozen, is passed over. One statement when the bucket suffices, two at most.
 */
export async function claimCdks(tx: Tx, claim: ClaimInput): Promise<number> {
  const bucket = randomInt(BUCKETS)
  const first = await reserve(tx, claim, claim.quantity, sql`AND k.bucket = ${bucket}::smallint`)
  if (first === claim.quantity) return first
  return first + (await reserve(tx, claim, claim.quantity - first, sql``))
}

async function reserve(tx: Tx, claim: ClaimInput, quantity: number, where: Sql): Promise<number> {
  const { merchantId, variantId, orderId, until, validityDays = 0, actor, now } = claim
  return changeCdks(
    tx,
    {
      set: sql`state = 'RESERVED', "orderId" = ${orderId}::uuid`,
      where: sql`c."merchantId" = ${merchantId}::uuid AND c.state = 'AVAILABLE' AND c.id = ANY (ARRAY(
        SELECT k.id FROM cdk k
        WHERE k."merchantId" = ${merchantId}::uuid AND k."variantId" = ${variantId}::uuid AND k.state = 'AVAILABLE' ${where}
          AND k."sellBy" > ${until}::timestamptz
          AND (k."expiresAt" IS NULL OR k."expiresAt" > ${after(until, validityDays * DAY_MS)}::timestamptz)
          AND EXISTS (SELECT 1 FROM stock_batch b WHERE b.id = k."batchId" AND b."retiredAt" IS NULL AND b."frozenAt" IS NULL)
        ORDER BY k."sellBy" LIMIT ${quantity} FOR UPDATE OF k SKIP LOCKED))`,
    },
    { type: 'reserved', actor, scopeId: orderId, details: { orderId }, now },
  )
}
