import type { Tx } from '@/lib/domain/tx'
import { Refusal } from '@/lib/kernel/refusal'
import type { BatchFacts } from './import-facts'

/**
 * Whether a batch of these facts may be made for the import's variant. Refuses `access/not-found` for another merchant's
 * import, `import/by-hand` when the variant is delivered by hand and so has no stock, `import/seats` when codes are for more buyers
 * than the variant promises (one, unless it is shared).
 */
export async function requireFactsFit(tx: Tx, merchantId: string, importId: string, facts: BatchFacts): Promise<void> {
  const found = await tx.stockImport.findFirst({
    where: { merchantId, id: importId },
    select: { variant: { select: { delivery: true, sharedSeats: true } } },
  })
  if (!found) throw new Refusal('access/not-found')
  const { delivery, sharedSeats } = found.variant
  if (delivery === 'MANUAL') throw new Refusal('import/by-hand')
  if (facts.seats > (sharedSeats ?? 1)) throw new Refusal('import/seats', { most: sharedSeats ?? 1 })
}
