import { z } from 'zod'
import { type Tx, selectRows, sql } from '@/lib/domain/tx'

/** Stock is counted up to here: no order is larger. */
const MOST_COUNTED = 1_000

const CannedAnswer = z.object({ id: z.string(), title: z.string(), body: z.string() })
export type CannedAnswer = z.infer<typeof CannedAnswer>

const Desk = z.object({
  /** CDKs of the order's variant that could be handed over instead; 0 where it has no stock of its own (by hand, shared). */
  stock: z.number(),
  canned: z.array(CannedAnswer),
})
export type ComplaintDesk = z.infer<typeof Desk>

const CANNED = sql`
  COALESCE((SELECT jsonb_agg(jsonb_build_object('id', a.id, 'title', a.title, 'body', a.body) ORDER BY a.title)
            FROM canned_answer a WHERE a."merchantId" = m.id), '[]'::jsonb)`

/** What the merchant answers one of his complaints with: replacements in stock, prepared answers. One statement; null for another's. */
export async function findComplaintDesk(
  db: Tx,
  merchantId: string,
  complaintId: string,
  now: Date,
): Promise<ComplaintDesk | null> {
  const [desk] = await selectRows(
    db,
    Desk,
    sql`
      SELECT ${CANNED} AS canned, CASE COALESCE(o.snapshot->'delivery'->>'kind', 'AUTOMATIC') WHEN 'AUTOMATIC' THEN (
          SELECT count(*)::int FROM (
            SELECT 1 FROM cdk k WHERE k."variantId" = o."variantId" AND k.state = 'AVAILABLE' AND k."sellBy" > ${now}::timestamptz
              AND (k."expiresAt" IS NULL OR k."expiresAt" >
                ${now}::timestamptz + make_interval(days => COALESCE((o.snapshot->>'validityDays')::int, 0)))
              AND EXISTS (SELECT 1 FROM stock_batch b WHERE b.id = k."batchId" AND b."retiredAt" IS NULL AND b."frozenAt" IS NULL)
            LIMIT ${MOST_COUNTED}) left_over) ELSE 0 END AS stock
      FROM complaint c JOIN "order" o ON o."merchantId" = c."merchantId" AND o.id = c."orderId" JOIN merchant m ON m.id = c."merchantId"
      WHERE c.id = ${complaintId}::uuid AND c."merchantId" = ${merchantId}::uuid`,
  )
  return desk ?? null
}

/** The merchant's prepared answers, by title. */
export async function listCannedAnswers(db: Tx, merchantId: string): Promise<readonly CannedAnswer[]> {
  return selectRows(
    db,
    CannedAnswer,
    sql`SELECT id, title, body FROM canned_answer WHERE "merchantId" = ${merchantId}::uuid ORDER BY title`,
  )
}
