import type { Tx } from '@/lib/domain/tx'
import { Refusal } from '@/lib/kernel/refusal'

/**
 * Takes the CDKs of a batch that are still available out of sale for good, and says how many. Reserved and delivered
 * ones stay with their orders and retire when they come back. The batch's row is taken first: an order that gives CDKs back
 * at the same moment comes before (they are retired here) or after (it sees the batch as retired). Refuses `access/not-found` for another merchant's batch, `stock/not-available` when
 * nothing was left to retire.
 */
export async function retireBatch(tx: Tx, merchantId: string, batchId: string, now: Date): Promise<number> {
  const batch = await tx.stockBatch.updateMany({ where: { id: batchId, merchantId }, data: { retiredAt: now } })
  if (batch.count === 0) throw new Refusal('access/not-found')
  const { count } = await tx.cdk.updateMany({
    where: { merchantId, batchId, state: 'AVAILABLE' },
    data: { state: 'RETIRED' },
  })
  if (count === 0) throw new Refusal('stock/not-available')
  return count
}
