import { z } from 'zod'
import { sql } from '@/lib/domain/tx'
import type { BulkTx } from './bulk-tx'
import type { BatchFacts, ImportCounts } from './import-facts'

/** The batch that an import fills; it may stand there already, empty, with proofs on it. */
export interface NewBatch {
  readonly id: string
  readonly merchantId: string
  readonly variantId: string
  readonly uploadedById: string
  readonly fileName: string | null
  readonly wrappedKey: Uint8Array<ArrayBuffer>
  readonly masterKeyVersion: number
  readonly facts: BatchFacts
  /** What its CDKs are sealed by: the larger of the variant's promise and the batch's. */
  readonly validityDays: number
  readonly createdAt: Date
}

/** Makes the batch unless it is there, and locks nothing of one that is. */
export async function makeBatch(tx: BulkTx, { id, facts, ...batch }: NewBatch): Promise<void> {
  await tx.change(sql`
    INSERT INTO stock_batch (id, "merchantId", "variantId", "uploadedById", "fileName", "wrappedKey", "masterKeyVersion", "acceptedCount",
      "rejectedCount", seats, "createdAt")
    VALUES (${id}::uuid, ${batch.merchantId}::uuid, ${batch.variantId}::uuid, ${batch.uploadedById}::uuid, ${batch.fileName},
      ${batch.wrappedKey}::bytea, ${batch.masterKeyVersion}::int, 0, 0, ${facts.seats}::int, ${batch.createdAt}::timestamptz)
    ON CONFLICT (id) DO NOTHING`)
}

/**
 * Counts what a chunk adds to its batch: CDKs taken, lines not taken. What the merchant says of the batch, and what his listing says, is
 * written with the first codes only: he may correct it while the rest comes in. A batch that was retired or frozen meanwhile is
 * swept once more. To be called last: who buys from the batch waits for its row.
 */
export async function countIntoBatch(
  tx: BulkTx,
  { id, facts }: NewBatch,
  {
    accepted,
    rejected,
    counts,
  }: { readonly accepted: number; readonly rejected: number; readonly counts: ImportCounts },
  now: Date,
): Promise<void> {
  const { accepted: taken = 0, ...others } = counts
  // Lines rejected before the first code was taken count with it.
  const first = taken === accepted
  const rejectedSoFar = first ? Object.values(others).reduce((sum, lines) => sum + lines, 0) : rejected
  const said = first
    ? sql`, source = ${facts.source}::"BatchSource", "sourceNote" = ${facts.sourceNote}, "costMinor" = ${facts.costMinor}::int,
           "validityDays" = ${facts.validityDays}::int, seats = ${facts.seats}::int,
           attributes = (SELECT p.attributes FROM variant v JOIN product p ON p.id = v."productId" WHERE v.id = stock_batch."variantId")`
    : sql``
  await tx.change(sql`
    UPDATE stock_batch SET "acceptedCount" = "acceptedCount" + ${accepted * facts.seats}::int,
      "rejectedCount" = "rejectedCount" + ${rejectedSoFar}::int,
      "dueAt" = CASE WHEN "retiredAt" IS NOT NULL OR "frozenAt" IS NOT NULL THEN ${now}::timestamptz ELSE "dueAt" END ${said}
    WHERE id = ${id}::uuid`)
}

/** The variant promises another validity than the chunk was sealed by: lease the import again. */
export class PromiseChanged extends Error {
  override readonly name = 'PromiseChanged'
}

/**
 * Holds the variant's promise of validity until the commit: one that changes afterwards moves what was stored, one that changed
 * before ends in PromiseChanged. (The batch's own promise cannot change while it is being filled.)
 */
export async function holdPromise(tx: BulkTx, { merchantId, variantId, facts, validityDays }: NewBatch): Promise<void> {
  const [promise] = await tx.select(
    z.object({ days: z.number() }),
    sql`SELECT COALESCE("validityDays", 0) AS days FROM variant
        WHERE "merchantId" = ${merchantId}::uuid AND id = ${variantId}::uuid FOR SHARE`,
  )
  if (Math.max(promise?.days ?? 0, facts.validityDays ?? 0) !== validityDays) throw new PromiseChanged()
}
