import { randomInt } from 'node:crypto'
import { type Sql, type Tx, sql } from '@/lib/domain/tx'
import { BUCKETS } from './buckets'

export interface ClaimInput {
  readonly merchantId: string
  readonly variantId: string
  readonly orderId: string
  readonly quantity: number
}

/**
 * Reserves up to `quantity` available CDKs for an order and returns how many it got; the caller refuses or rolls back
 * when that is short. Racing claims skip each other's rows, so no CDK is reserved twice and nobody waits. One statement
 * when the random bucket suffices, two at most.
 */
export async function claimCdks(tx: Tx, claim: ClaimInput): Promise<number> {
  const bucket = randomInt(BUCKETS)
  const first = await reserve(tx, claim, claim.quantity, sql`AND bucket = ${bucket}::smallint`)
  if (first === claim.quantity) return first
  return first + (await reserve(tx, claim, claim.quantity - first, sql``))
}

async function reserve(
  tx: Tx,
  { merchantId, variantId, orderId }: ClaimInput,
  quantity: number,
  where: Sql,
): Promise<number> {
  return tx.$executeRaw(sql`
    UPDATE cdk SET state = 'RESERVED', "orderId" = ${orderId}::uuid
    WHERE "merchantId" = ${merchantId}::uuid AND state = 'AVAILABLE' AND id = ANY (ARRAY(
      SELECT id FROM cdk
      WHERE "merchantId" = ${merchantId}::uuid AND "variantId" = ${variantId}::uuid AND state = 'AVAILABLE' ${where}
      LIMIT ${quantity} FOR UPDATE SKIP LOCKED))`)
}
