import { recordOperatorAction } from '@/lib/domain/accounts'
import type { Actor } from '@/lib/domain/actor'
import { notifyMerchant } from '@/lib/domain/notifications'
import { type Tx, selectRows, sql } from '@/lib/domain/tx'
import { Refusal } from '@/lib/kernel/refusal'
import { z } from 'zod'

/** What the merchant is told about. */
const Frozen = z.object({
  merchantId: z.string(),
  variantId: z.string(),
  titleZh: z.string(),
  titleEn: z.string().nullable(),
  nameZh: z.string(),
  nameEn: z.string().nullable(),
})

/**
 * An operator takes a batch out of circulation: from this commit on none of its CDKs is claimed, delivered or revealed. Whoever
 * delivers or reveals holds the batch's row, so each comes before or sees the freeze. `sweepBatches` marks the available ones and
 * refunds those that buyers hold. Refuses `access/not-found`, `batch/frozen` when it is frozen already.
 */
export async function freezeBatch(
  tx: Tx,
  { batchId, reason }: { readonly batchId: string; readonly reason: string },
  actor: Actor,
  now: Date,
): Promise<void> {
  const [batch] = await selectRows(
    tx,
    Frozen,
    sql`
      UPDATE stock_batch b SET "frozenAt" = ${now}, "frozenById" = ${actor.id}::uuid, "frozenReason" = ${reason}, "dueAt" = ${now}
      FROM variant v JOIN product p ON p."merchantId" = v."merchantId" AND p.id = v."productId"
      WHERE b.id = ${batchId}::uuid AND b."frozenAt" IS NULL AND v."merchantId" = b."merchantId" AND v.id = b."variantId"
      RETURNING b."merchantId", b."variantId", p."titleZh", p."titleEn", v."nameZh", v."nameEn"`,
  )
  if (!batch) {
    const there = await tx.stockBatch.count({ where: { id: batchId } })
    throw new Refusal(there > 0 ? 'batch/frozen' : 'access/not-found')
  }
  const action = { verb: 'freeze-batch', subject: 'batch', subjectId: batchId, note: reason }
  await recordOperatorAction(tx, { userId: actor.id, ...action }, now)
  const { merchantId, variantId, ...names } = batch
  const product = { zh: names.titleZh, en: names.titleEn }
  const variant = { zh: names.nameZh, en: names.nameEn }
  const data = { variantId, product, variant, batchId, reason }
  await notifyMerchant(tx, merchantId, { kind: 'batch-frozen', dedupeKey: `${batchId}:${now.getTime()}`, data }, now)
}
