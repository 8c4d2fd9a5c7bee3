import type { Actor } from '@/lib/domain/actor'
import { type Tx, sql } from '@/lib/domain/tx'
import { Refusal } from '@/lib/kernel/refusal'
import { changeCdks } from './change-cdks'
import { CDKS_PER_PART } from './chosen-cdks'

/**
 * Takes a batch out of sale for good: from this commit on none of its CDKs is claimed. Says how many of those available it
 * retired here, CDKS_PER_PART at most; the rest follow by the batch's `dueAt`. Reserved and delivered ones stay with their orders
 * and retire when they come back. The batch's row is taken first: an order that gives CDKs back at the same moment comes
 * before (they are retired here) or after (it sees the batch as retired). Refuses `access/not-found` for another merchant's
 * batch, `stock/not-available` when nothing was left to retire.
 */
export async function retireBatch(
  tx: Tx,
  { merchantId, batchId }: { readonly merchantId: string; readonly batchId: string },
  actor: Actor,
  now: Date,
): Promise<number> {
  const batch = await tx.stockBatch.updateMany({ where: { id: batchId, merchantId }, data: { retiredAt: now } })
  if (batch.count === 0) throw new Refusal('access/not-found')
  const available = sql`c."merchantId" = ${merchantId}::uuid AND c."batchId" = ${batchId}::uuid AND c.state = 'AVAILABLE'`
  const count = await changeCdks(
    tx,
    {
      set: sql`state = 'RETIRED'`,
      where: sql`${available} AND c.id = ANY (ARRAY(SELECT c.id FROM cdk c WHERE ${available} ORDER BY c.id LIMIT ${CDKS_PER_PART}))`,
    },
    { type: 'retired', actor, scopeId: batchId, details: { batchId }, now },
  )
  if (count === 0) throw new Refusal('stock/not-available')
  if (count === CDKS_PER_PART) await tx.stockBatch.update({ where: { id: batchId }, data: { dueAt: now } })
  return count
}
