import type { Tx } from '@/lib/domain/tx'
import { Refusal } from '@/lib/kernel/refusal'

/**
 * Takes the CDKs of a batch that are still available out of sale for good, and says how many. Reserved and delivered
 * ones stay with their orders. Refuses `access/not-found` for another merchant's batch, `stock/not-available` when
 * nothing was left to retire.
 */
export async function retireBatch(tx: Tx, merchantId: string, batchId: string): Promise<number> {
  const batch = await tx.stockBatch.count({ where: { id: batchId, merchantId } })
  if (batch === 0) throw new Refusal('access/not-found')
  const { count } = await tx.cdk.updateMany({
    where: { merchantId, batchId, state: 'AVAILABLE' },
    data: { state: 'RETIRED' },
  })
  if (count === 0) throw new Refusal('stock/not-available')
  return count
}
