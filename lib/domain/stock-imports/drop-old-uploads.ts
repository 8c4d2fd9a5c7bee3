import { z } from 'zod'
import { type Tx, selectRows, sql } from '@/lib/domain/tx'
import { DAY_MS, after } from '@/lib/kernel/time'

/** So long the rejected lines of an import can be downloaded with their text. */
export const KEPT_DAYS = 7
/** So long an upload waits for its merchant to decide. */
const UNDECIDED_DAYS = 1
const MOST = 100

const Dropped = z.object({ fileKey: z.string() })

/**
 * Lets go of uploads whose time is over and returns the keys of their files, for the caller to delete once this is committed:
 * of imports that ended 7 days ago, and of those nobody decided on for a day, which end here (CANCELLED).
 */
export async function dropOldUploads(tx: Tx, now: Date): Promise<string[]> {
  const dropped = await selectRows(
    tx,
    Dropped,
    sql`
      WITH old AS (
        SELECT id, "fileKey" FROM stock_import
        WHERE "fileKey" IS NOT NULL
          AND ("finishedAt" < ${after(now, -KEPT_DAYS * DAY_MS)}::timestamptz
            OR (state IN ('UPLOADED', 'CHECKED') AND COALESCE("startedAt", "createdAt") < ${after(now, -UNDECIDED_DAYS * DAY_MS)}::timestamptz))
        LIMIT ${MOST} FOR UPDATE SKIP LOCKED
      ), dropped AS (
        UPDATE stock_import i SET "fileKey" = NULL,
          state = CASE WHEN i.state IN ('UPLOADED', 'CHECKED') THEN 'CANCELLED' ELSE i.state END,
          "finishedAt" = COALESCE(i."finishedAt", ${now}::timestamptz)
        FROM old WHERE old.id = i.id
        RETURNING old."fileKey"
      )
      SELECT "fileKey" FROM dropped`,
  )
  return dropped.map(({ fileKey }) => fileKey)
}

/** Which of these files no import names: what a crash left between file and row. */
export async function filesWithoutImport(tx: Tx, fileKeys: readonly string[]): Promise<string[]> {
  const named = await tx.stockImport.findMany({ where: { fileKey: { in: [...fileKeys] } }, select: { fileKey: true } })
  const known = new Set(named.map(({ fileKey }) => fileKey))
  return fileKeys.filter((key) => !known.has(key))
}
