import { z } from 'zod'
import { type Tx, selectRows, sql } from '@/lib/domain/tx'

const ArbitratorRow = z.object({
  id: z.string(),
  name: z.string(),
  email: z.string(),
  employerNumber: z.string().nullable(),
  restingSince: z.date().nullable(),
  createdAt: z.date(),
  /** Cases that wait for a ruling of theirs or may come back to them. */
  open: z.number(),
  /** Rulings with their name under them, as first, second or on appeal. */
  ruled: z.number(),
  /** From the escalation or the appeal to the ruling; null before the first. */
  medianSeconds: z.number().nullable(),
  /** Rulings of theirs that an appeal went against. */
  changed: z.number(),
})
export type ArbitratorRow = z.infer<typeof ArbitratorRow>

const MOST = 200

/** Everybody who rules, with what they have before them and behind them; one statement. */
export async function listArbitrators(db: Tx): Promise<ArbitratorRow[]> {
  return selectRows(
    db,
    ArbitratorRow,
    sql`
      SELECT u.id, u."displayName" AS name, u.email, u."employerNumber", u."restingSince", u."createdAt",
        (SELECT count(*)::int FROM complaint x WHERE x.state <> 'CLOSED'
           AND u.id IN (x."arbitratorId", x."secondId", x."appealArbitratorId")) AS open,
        r.ruled, r."medianSeconds", r.changed
      FROM "user" u CROSS JOIN LATERAL (
        SELECT count(*)::int AS ruled,
               percentile_cont(0.5) WITHIN GROUP (
                 ORDER BY extract(epoch FROM r.at - CASE WHEN r.appeal THEN x."appealedAt" ELSE x."escalatedAt" END))::int AS "medianSeconds",
               count(*) FILTER (WHERE NOT r.appeal AND EXISTS (
                 SELECT FROM ruling a WHERE a."complaintId" = r."complaintId" AND a.appeal AND a.units <> r.units))::int AS changed
        FROM ruling r JOIN complaint x ON x.id = r."complaintId"
        WHERE u.id IN (r."arbitratorId", r."secondId")) AS r
      WHERE u.role = 'ARBITRATOR' ORDER BY u."restingSince" IS NOT NULL, u."displayName", u.id LIMIT ${MOST}`,
  )
}
