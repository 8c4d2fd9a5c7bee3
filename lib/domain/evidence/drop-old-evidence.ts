import { type Tx, selectRows, sql } from '@/lib/domain/tx'
import { HOUR_MS, after } from '@/lib/kernel/time'
import { z } from 'zod'
import { takeParts } from './refuse-evidence'

/** So long an unfinished upload waits for its next part, and a finished one for the scanner. */
export const UNFINISHED_HOURS = 24
const MOST = 100

const Row = z.object({ id: z.string() })

/**
 * Lets go of uploads to which nothing came for a day (DROPPED), and of whole ones that nobody could look through (REFUSED, `unscanned`);
 * returns the names of their parts, for the caller to delete once this is committed. A hundred at a time; two workers take different ones.
 */
export async function dropOldEvidence(tx: Tx, now: Date): Promise<string[]> {
  const dropped = await selectRows(
    tx,
    Row,
    sql`
      UPDATE evidence_file e SET
        state = CASE WHEN e."receivedBytes" = e."byteCount" THEN 'REFUSED' ELSE 'DROPPED' END::"EvidenceState",
        refusal = CASE WHEN e."receivedBytes" = e."byteCount" THEN 'unscanned' END
      WHERE e.state = 'UPLOADING' AND e.id = ANY (ARRAY(
        SELECT id FROM evidence_file WHERE state = 'UPLOADING' AND "touchedAt" < ${after(now, -UNFINISHED_HOURS * HOUR_MS)}::timestamptz
        ORDER BY "touchedAt" LIMIT ${MOST} FOR UPDATE SKIP LOCKED))
      RETURNING e.id`,
  )
  return takeParts(
    tx,
    dropped.map(({ id }) => id),
  )
}

/** Which of these parts no row names: what a crash left between file and row. */
export async function partsWithoutRow(tx: Tx, fileKeys: readonly string[]): Promise<string[]> {
  const lost = await selectRows(
    tx,
    z.object({ key: z.string() }),
    sql`SELECT k.key FROM unnest(${[...fileKeys]}::text[]) AS k(key)
        WHERE NOT EXISTS (SELECT FROM evidence_part p WHERE p."fileKey" = k.key)`,
  )
  return lost.map(({ key }) => key)
}
