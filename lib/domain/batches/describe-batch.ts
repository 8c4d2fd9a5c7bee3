import { refreshSellBy } from '@/lib/domain/stock'
import { type Tx, selectRows, sql } from '@/lib/domain/tx'
import type { BatchReview, BatchSource } from '@/lib/infra/prisma/enums'
import type { Minor } from '@/lib/kernel/money'
import { Refusal } from '@/lib/kernel/refusal'
import { z } from 'zod'

/** What a merchant says of a batch. */
export interface SaidOfBatch {
  readonly source: BatchSource
  readonly sourceNote: string | null
  /** Of one CDK, in the variant's currency. */
  readonly costMinor: Minor | null
  /** Days of validity left at delivery, as the source promises them. */
  readonly validityDays: number | null
}

const Held = z.object({ source: z.string(), sourceNote: z.string().nullable(), validityDays: z.number().nullable() })

/**
 * Writes down where a batch comes from, what it cost and what it promises. Another source is looked at again: an approved or
 * rejected batch becomes pending. Another promise moves the day until which its CDKs are sold, in one statement. Refuses
 * `access/not-found` for another merchant's batch, `batch/importing` while an import writes its own facts onto it.
 */
export async function describeBatch(
  tx: Tx,
  { merchantId, batchId }: { readonly merchantId: string; readonly batchId: string },
  facts: SaidOfBatch,
): Promise<void> {
  const [held] = await selectRows(
    tx,
    Held,
    sql`SELECT source::text AS source, "sourceNote", "validityDays" FROM stock_batch
        WHERE id = ${batchId}::uuid AND "merchantId" = ${merchantId}::uuid FOR UPDATE`,
  )
  if (!held) throw new Refusal('access/not-found')
  await requireNoImport(tx, batchId)
  const promised = held.validityDays !== facts.validityDays
  await tx.stockBatch.update({ where: { id: batchId }, data: facts })
  if (held.source !== facts.source || held.sourceNote !== facts.sourceNote) await reviewAgain(tx, batchId)
  if (promised) await refreshSellBy(tx, { merchantId, batchId })
}

/** What was decided no longer stands for what is there: operators look again. `from` says which decisions fall. */
export async function reviewAgain(
  tx: Tx,
  batchId: string,
  from: readonly BatchReview[] = ['APPROVED', 'REJECTED'],
): Promise<void> {
  await tx.stockBatch.updateMany({
    where: { id: batchId, review: { in: [...from] } },
    data: { review: 'PENDING', reviewedAt: null, reviewedById: null, reviewNote: null },
  })
}

async function requireNoImport(tx: Tx, batchId: string): Promise<void> {
  const running = await tx.stockImport.count({
    where: { batchId, finishedAt: null },
  })
  if (running > 0) throw new Refusal('batch/importing')
}
