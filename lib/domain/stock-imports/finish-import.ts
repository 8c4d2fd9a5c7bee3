import { z } from 'zod'
import { SYSTEM } from '@/lib/domain/actor'
import { changeCdks } from '@/lib/domain/stock'
import { type Tx, selectRows, sql } from '@/lib/domain/tx'
import { newId } from '@/lib/kernel/ids'
import { MINUTE_MS, after } from '@/lib/kernel/time'
import { endImport } from './end-import'
import type { Lease } from './renew-lease'

/** A batch is dated by its importer's clock and seen once it is committed. */
const MARGIN_MS = 10 * MINUTE_MS

export interface FinishedImport {
  readonly batchId: string | null
  readonly startedAt: Date
  readonly linesTotal: number
}

/** Where the transactions of this moment stand; see `areOver`. */
export async function transactionsNow(tx: Tx): Promise<string> {
  const [row] = await selectRows(
    tx,
    z.object({ next: z.string() }),
    sql`SELECT pg_snapshot_xmax(pg_current_snapshot())::text AS next`,
  )
  return row?.next ?? '0'
}

/** Whether all transactions that wrote at that moment have ended. */
export async function areOver(tx: Tx, moment: string): Promise<boolean> {
  const [row] = await selectRows(
    tx,
    z.object({ over: z.boolean() }),
    sql`SELECT pg_snapshot_xmin(pg_current_snapshot()) >= ${moment}::text::xid8 AS over`,
  )
  return row?.over ?? false
}

/**
 * Ends an import (DONE), having looked once more for codes that another merchant brought at the same moment: the one with the later
 * id is retired where it is unsold, and operators see the pair. Called when all transactions that ran at the last chunk's
 * end are over (`areOver`): who began later has seen our codes. Returns how many pairs it found.
 */
export async function finishImport(
  tx: Tx,
  lease: Lease,
  { batchId, startedAt, linesTotal }: FinishedImport,
  now: Date,
): Promise<number> {
  const pairs = batchId === null ? [] : await pairsOf(tx, lease.merchantId, batchId, startedAt)
  for (const pair of pairs) await settle(tx, lease.id, batchId, pair, now)
  await endImport(tx, lease, 'finish', { linesTotal }, now)
  return pairs.length
}

const Pair = z.object({
  fingerprint: z.instanceof(Uint8Array),
  merchantId: z.string(),
  cdkId: z.string(),
  batchId: z.string(),
  firstMerchantId: z.string(),
  firstCdkId: z.string(),
})
type Pair = z.infer<typeof Pair>

async function pairsOf(tx: Tx, merchantId: string, batchId: string, startedAt: Date): Promise<Pair[]> {
  // Only what came in meanwhile can have been missed: most often nothing, and never all of the stock.
  return selectRows(
    tx,
    Pair,
    sql`
      WITH meanwhile AS MATERIALIZED (
        SELECT b.id FROM stock_batch b LEFT JOIN stock_import i ON i."merchantId" = b."merchantId" AND i."batchId" = b.id
        WHERE b."merchantId" <> ${merchantId}::uuid
          AND (b."createdAt" >= ${after(startedAt, -MARGIN_MS)}::timestamptz OR (i.id IS NOT NULL AND i."finishedAt" IS NULL)
            OR i."finishedAt" >= ${after(startedAt, -MARGIN_MS)}::timestamptz)
      )
      SELECT c.fingerprint, l."merchantId", l.id AS "cdkId", l."batchId", f."merchantId" AS "firstMerchantId", f.id AS "firstCdkId"
      FROM meanwhile m
        JOIN cdk o ON o."batchId" = m.id
        JOIN cdk c ON c.fingerprint = o.fingerprint AND c."merchantId" = ${merchantId}::uuid AND c."batchId" = ${batchId}::uuid
        JOIN cdk l ON l.id = GREATEST(c.id, o.id)
        JOIN cdk f ON f.id = LEAST(c.id, o.id)
      ORDER BY l.id`,
  )
}

/** The later one is taken out of sale; one that was sold meanwhile stays with its buyer, and operators see it all the same. */
async function settle(tx: Tx, importId: string, ours: string | null, pair: Pair, now: Date): Promise<void> {
  const { fingerprint, merchantId, cdkId, batchId, firstMerchantId, firstCdkId } = pair
  await tx.$executeRaw`
    INSERT INTO fingerprint_pair (id, fingerprint, "merchantId", "cdkId", "importId", "firstMerchantId", "firstCdkId", "seenAt")
    VALUES (${newId()}::uuid, ${fingerprint}::bytea, ${merchantId}::uuid, ${cdkId}::uuid, ${batchId === ours ? importId : null}::uuid,
      ${firstMerchantId}::uuid, ${firstCdkId}::uuid, ${now}::timestamptz)
    ON CONFLICT (fingerprint, "merchantId", "firstMerchantId") DO NOTHING`
  await changeCdks(
    tx,
    {
      set: sql`state = 'RETIRED'`,
      where: sql`c."merchantId" = ${merchantId}::uuid AND c.id = ${cdkId}::uuid AND c.state IN ('AVAILABLE', 'FROZEN')`,
    },
    { type: 'retired', actor: SYSTEM, scopeId: batchId, details: { batchId }, now },
  )
}
