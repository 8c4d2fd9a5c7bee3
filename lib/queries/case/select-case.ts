import { type Sql, type Tx, selectRows, sql } from '@/lib/domain/tx'
import type { z } from 'zod'
import { CaseRow } from './case-row'

/** A case that is longer shows its latest entries; the file that proves it has them all. */
const MOST_ENTRIES = 500
const MOST_FILES = 100

// A CDK keeps its number for good, also once it was refunded and went elsewhere: as on the order's pages.
const POSITIONS = sql`
  positions AS (
    SELECT k.id, row_number() OVER (ORDER BY k.id)::int AS position FROM cdk k, found f
    WHERE k."merchantId" = f."merchantId"
      AND (k."orderId" = f."orderId" OR k.id IN (SELECT "cdkId" FROM refund_unit WHERE "orderId" = f."orderId")
           OR k.id IN (SELECT "cdkId" FROM complaint_unit WHERE "complaintId" = f.id)))`

/** A case in one statement; `which` is a condition on `complaint x`, `"order" o` and `checkout c`. Null when there is none. */
export async function selectCase(db: Tx, which: Sql): Promise<z.infer<typeof CaseRow> | null> {
  const [row] = await selectRows(
    db,
    CaseRow,
    sql`
      WITH found AS (
        SELECT x.* FROM complaint x JOIN "order" o ON o.id = x."orderId" JOIN checkout c ON c.id = o."checkoutId" WHERE ${which} LIMIT 1),
      ${POSITIONS}
      SELECT f.id, f.number, f."merchantId", f.failure, f.demand::text AS demand, f."demandMinor", f."stakeMinor", f.currency, f.state::text AS state,
             f.outcome::text AS outcome, f.holds, f.limited, f."afterRelease", f."dueAt", f."escalateAt", f."openedAt", f."repliedAt", f."askedAt",
             f."escalatedAt", f."ruledAt", f."appealedAt", f."appealBy"::text AS "appealBy", f."closedAt", f."reopenedAt", f.offer,
             f.proposal IS NOT NULL AS proposed, jsonb_build_object('seq', f."entrySeq", 'hash', encode(f."entryHash", 'hex')) AS head,
             to_jsonb(o) AS "order", ${UNITS} AS units, ${ENTRIES} AS entries,
             COALESCE((SELECT jsonb_agg(to_jsonb(r)) FROM case_read r WHERE r."complaintId" = f.id), '[]'::jsonb) AS reads,
             ${FILES} AS files, ${RULINGS} AS rulings,
             COALESCE((SELECT jsonb_agg(to_jsonb(p) ORDER BY p.at, p.id) FROM penalty p
                       WHERE p."merchantId" = f."merchantId" AND p."complaintId" = f.id), '[]'::jsonb) AS penalties
      FROM found f JOIN "order" o ON o.id = f."orderId"`,
  )
  return row ?? null
}

const UNITS = sql`
  COALESCE((SELECT jsonb_agg(jsonb_build_object(
              'cdkId', u."cdkId", 'position', p.position, 'priceMinor', u."priceMinor", 'open', u.open, 'result', u.result,
              'replacementId', u."replacementId", 'replacementPosition', n.position, 'expiresAt', k."expiresAt",
              'deliveredAt', CASE WHEN k."orderId" = f."orderId" THEN k."deliveredAt" END,
              'revealedAt', CASE WHEN k."orderId" = f."orderId" THEN k."revealedAt" END) ORDER BY p.position)
            FROM complaint_unit u JOIN cdk k ON k."merchantId" = u."merchantId" AND k.id = u."cdkId" JOIN positions p ON p.id = u."cdkId"
            LEFT JOIN positions n ON n.id = u."replacementId"
            WHERE u."complaintId" = f.id), '[]'::jsonb)`

const ENTRIES = sql`
  COALESCE((SELECT jsonb_agg(to_jsonb(e) ORDER BY e.seq) FROM (
    SELECT seq, type, at, "actorKind", CASE WHEN "hiddenAt" IS NULL THEN body END AS body, "hiddenAt" IS NOT NULL AS hidden,
           encode(hash, 'hex') AS hash
    FROM case_entry WHERE "complaintId" = f.id ORDER BY seq DESC LIMIT ${MOST_ENTRIES}) e), '[]'::jsonb)`

const FILES = sql`
  COALESCE((SELECT jsonb_agg(to_jsonb(e) ORDER BY e."readyAt", e.id) FROM (
    SELECT id, side, kind, "fileName", "contentType", "byteCount", encode(sha256, 'hex') AS sha256, "readyAt"
    FROM evidence_file WHERE "complaintId" = f.id AND state = 'READY' ORDER BY "readyAt" LIMIT ${MOST_FILES}) e), '[]'::jsonb)`

const RULINGS = sql`
  COALESCE((SELECT jsonb_agg(jsonb_build_object('appeal', r.appeal, 'forBuyer', r."forBuyer", 'reasons', r.reasons, 'compensationMinor', r."compensationMinor", 'at', r.at,
                                                'byClock', r."arbitratorId" IS NULL, 'units', r.units) ORDER BY r.at, r.appeal)
            FROM ruling r WHERE r."complaintId" = f.id), '[]'::jsonb)`
