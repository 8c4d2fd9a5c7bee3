import { type Tx, selectRows, sql } from '@/lib/domain/tx'
import { Refusal } from '@/lib/kernel/refusal'
import { z } from 'zod'
import { refreshSellBy } from './refresh-sell-by'

/**
 * Changes how many days of validity a variant promises (null: none) and with it until when its CDKs are sold, in one
 * transaction. What buyers were promised before stands in their orders. The variant's row is taken first: an upload at the same moment
 * reads the promise before or after. Says how many CDKs moved. Refuses `access/not-found`, `batch/importing`.
 */
export async function changeValidity(
  tx: Tx,
  of: { readonly merchantId: string; readonly variantId: string },
  validityDays: number | null,
): Promise<number> {
  const { merchantId, variantId } = of
  const [before] = await selectRows(
    tx,
    z.object({ validityDays: z.number().nullable() }),
    sql`SELECT "validityDays" FROM variant
        WHERE id = ${variantId}::uuid AND "merchantId" = ${merchantId}::uuid FOR NO KEY UPDATE`,
  )
  if (!before) throw new Refusal('access/not-found')
  if (before.validityDays === validityDays) return 0
  const reading = await tx.stockImport.count({ where: { merchantId, variantId, state: { in: ['QUEUED', 'RUNNING'] } } })
  if (reading > 0) throw new Refusal('batch/importing')
  await tx.variant.update({ where: { id: variantId }, data: { validityDays } })
  return refreshSellBy(tx, of)
}
