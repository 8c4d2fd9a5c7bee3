import { z } from 'zod'
import type { Failure } from '@/lib/domain/complaints'
import { type Tx, selectRows, sql } from '@/lib/domain/tx'
import { UnitResult } from '@/lib/infra/prisma/enums'

const MOST = 5

const Precedent = z.object({
  id: z.string(),
  at: z.date(),
  /** An appeal said it last. */
  appeal: z.boolean(),
  forBuyer: z.boolean(),
  reasons: z.string(),
  results: z.array(z.object({ result: z.enum(UnitResult), count: z.number() })),
})
export type Precedent = z.infer<typeof Precedent>

/** What arbitrators finally decided where the same was wrong, latest first; nobody is named. */
export async function findPrecedents(db: Tx, failure: Failure, butOf: string): Promise<Precedent[]> {
  return selectRows(
    db,
    Precedent,
    sql`
      SELECT r.id, r.at, r.appeal, r."forBuyer", r.reasons,
        COALESCE((SELECT jsonb_agg(to_jsonb(s) ORDER BY s.result) FROM (
                    SELECT u->>'result' AS result, count(*)::int AS count FROM jsonb_array_elements(r.units) u GROUP BY 1) s), '[]'::jsonb) AS results
      FROM complaint x
      CROSS JOIN LATERAL (SELECT * FROM ruling f WHERE f."complaintId" = x.id ORDER BY f.appeal DESC LIMIT 1) r
      WHERE x.failure = ${failure} AND x."closedAt" IS NOT NULL AND x.outcome = 'RULED' AND x.id <> ${butOf}::uuid
        AND r."arbitratorId" IS NOT NULL
      ORDER BY x."closedAt" DESC, x.id LIMIT ${MOST}`,
  )
}
