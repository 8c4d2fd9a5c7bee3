import { z } from 'zod'
import { type Tx, selectRows, sql } from '@/lib/domain/tx'
import { Refusal } from '@/lib/kernel/refusal'
import type { BatchFacts } from './import-facts'

const Variant = z.object({ delivery: z.string(), sharedSeats: z.number().nullable() })

/**
 * Whether a batch of these facts may be made for the import's variant, whose row is held: a kind of delivery that changes at this
 * moment (`changeDelivery`) comes before, or sees the import once it is queued. Refuses `access/not-found` for another merchant's
 * import, `import/by-hand` when the variant is delivered by hand and so has no stock, `import/seats` when codes are for more buyers
 * than the variant promises (one, unless it is shared).
 */
export async function requireFactsFit(tx: Tx, merchantId: string, importId: string, facts: BatchFacts): Promise<void> {
  const [found] = await selectRows(
    tx,
    Variant,
    sql`SELECT v.delivery::text AS delivery, v."sharedSeats" FROM stock_import i
        JOIN variant v ON v."merchantId" = i."merchantId" AND v.id = i."variantId"
        WHERE i.id = ${importId}::uuid AND i."merchantId" = ${merchantId}::uuid FOR SHARE OF v`,
  )
  if (!found) throw new Refusal('access/not-found')
  const { delivery, sharedSeats } = found
  if (delivery === 'MANUAL') throw new Refusal('import/by-hand')
  if (facts.seats > (sharedSeats ?? 1)) throw new Refusal('import/seats', { most: sharedSeats ?? 1 })
}
