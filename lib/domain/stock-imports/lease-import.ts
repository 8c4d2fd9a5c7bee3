import { z } from 'zod'
import { type Tx, selectRows, sql } from '@/lib/domain/tx'
import { after, SECOND_MS } from '@/lib/kernel/time'
import { BatchFacts, ImportCounts } from './import-facts'

/** For so long nobody else works on an import. Each chunk renews it; a chunk takes a second or two. */
export const LEASE_MS = 60 * SECOND_MS

const LeasedImport = z.object({
  id: z.string(),
  merchantId: z.string(),
  variantId: z.string(),
  uploadedById: z.string(),
  batchId: z.string().nullable(),
  state: z.enum(['RUNNING', 'CHECKING']),
  fileName: z.string().nullable(),
  fileKey: z.string().nullable(),
  wrappedKey: z.instanceof(Uint8Array),
  masterKeyVersion: z.number(),
  choices: z.unknown(),
  allOrNothing: z.boolean(),
  batchFacts: BatchFacts,
  linesTotal: z.number().nullable(),
  linesDone: z.number(),
  counts: ImportCounts,
  startedAt: z.date(),
  cancelAsked: z.boolean(),
  /** The promise of the variant, in days; the batch's is among the facts. */
  validityDays: z.number().nullable(),
})
/** An import that is ours until the lease runs out. */
export type LeasedImport = z.infer<typeof LeasedImport> & { readonly leaseId: string }

/**
 * Takes an import that is due and that nobody works on: one that was begun first, else the oldest; never a second one of the
 * same merchant. Null when there is none. Importers ask one after the other (an advisory lock for the length of the
 * transaction), or two could take two imports of one merchant at the same moment.
 */
export async function leaseImport(tx: Tx, leaseId: string, now: Date): Promise<LeasedImport | null> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended('keybond/stock-import/lease', 0))`
  const [leased] = await selectRows(
    tx,
    LeasedImport,
    sql`
      UPDATE stock_import i
      SET state = CASE WHEN i.state = 'QUEUED' THEN 'RUNNING' ELSE i.state END,
          "startedAt" = COALESCE(i."startedAt", ${now}::timestamptz),
          "leaseId" = ${leaseId}::uuid, "leaseUntil" = ${after(now, LEASE_MS)}::timestamptz
      FROM variant v
      WHERE v."merchantId" = i."merchantId" AND v.id = i."variantId" AND i.id = (
        SELECT d.id FROM stock_import d
        WHERE d.state IN ('QUEUED', 'CHECKING', 'RUNNING') AND (d."leaseUntil" IS NULL OR d."leaseUntil" <= ${now}::timestamptz)
          AND NOT EXISTS (
            SELECT 1 FROM stock_import o
            WHERE o."merchantId" = d."merchantId" AND o.id <> d.id AND o."leaseUntil" > ${now}::timestamptz
              AND o.state IN ('CHECKING', 'RUNNING'))
        ORDER BY d.state = 'RUNNING' DESC, d."createdAt", d.id LIMIT 1 FOR UPDATE)
      RETURNING i.id, i."merchantId", i."variantId", i."uploadedById", i."batchId", i.state::text AS state, i."fileName", i."fileKey",
        i."wrappedKey", i."masterKeyVersion", i.choices, i."allOrNothing", i."batchFacts", i."linesTotal", i."linesDone", i.counts,
        i."startedAt", i."cancelAskedAt" IS NOT NULL AS "cancelAsked", v."validityDays"`,
  )
  return leased ? { ...leased, leaseId } : null
}
