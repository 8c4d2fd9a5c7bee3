import { z } from 'zod'
import { isTariff } from '@/lib/domain/merchants'
import { type Tx, selectRows, sql } from '@/lib/domain/tx'
import { ComplaintOutcome } from '@/lib/infra/prisma/enums'
import { DAY_MS, after } from '@/lib/kernel/time'
import {
  BY_CATEGORY,
  BY_FAILURE,
  ByCategory,
  ByFailure,
  NO_COMPLAINTS,
  SHARE,
  Share,
  countedWhere,
} from '@/lib/queries/complaint-facts'

/** Kinds with fewer complaints are told together: a single one could be somebody's. */
export const FEWEST_TOLD = 5

const Arbitration = z.object({
  escalated: z.number(),
  /** Not ruled within the time that the order promised. */
  late: z.number(),
  appeals: z.number(),
  /** Appeals with another ruling than the first. */
  changed: z.number(),
})

const Row = z.object({
  all: Share,
  open: z.number(),
  outcomes: z.array(z.object({ outcome: z.enum(ComplaintOutcome), count: z.number() })),
  failures: z.array(ByFailure),
  categories: z.array(ByCategory),
  penalties: z.array(
    z.object({ tariff: z.string().refine(isTariff), count: z.number(), takenMinor: z.number(), returned: z.number() }),
  ),
  arbitration: Arbitration,
})

/** Kinds that are told, and how many complaints the others come to together; null when those are too few to tell. */
interface Told<Kind> {
  readonly told: readonly Kind[]
  readonly others: number | null
}

/** What the public report says. Numbers and words only, so that it can be cached. */
export interface Transparency extends Omit<z.infer<typeof Row>, 'failures' | 'categories'> {
  readonly failures: Told<z.infer<typeof ByFailure>>
  readonly categories: Told<z.infer<typeof ByCategory>>
}

const NOTHING: z.infer<typeof Row> = {
  all: NO_COMPLAINTS,
  open: 0,
  outcomes: [],
  failures: [],
  categories: [],
  penalties: [],
  arbitration: { escalated: 0, late: 0, appeals: 0, changed: 0 },
}

/** The complaints that were opened in the last `days`, and the penalties taken in them, of the whole mall; one statement. Names nobody. */
export async function findTransparency(db: Tx, days: number, now: Date): Promise<Transparency> {
  const since = after(now, -days * DAY_MS)
  const [row = NOTHING] = await selectRows(
    db,
    Row,
    sql`
      WITH ${countedWhere(sql`c."openedAt" >= ${since} AND c."openedAt" <= ${now}`)}
      SELECT (SELECT to_jsonb(s) FROM (SELECT ${SHARE} FROM counted c) s) AS all,
        (SELECT count(*)::int FROM counted c WHERE c.state <> 'CLOSED') AS open,
        COALESCE((SELECT jsonb_agg(to_jsonb(s) ORDER BY s.count DESC, s.outcome) FROM (
          SELECT c.outcome, count(*)::int AS count FROM counted c WHERE c.outcome IS NOT NULL GROUP BY c.outcome) s), '[]'::jsonb) AS outcomes,
        ${BY_FAILURE} AS failures, ${BY_CATEGORY} AS categories,
        COALESCE((SELECT jsonb_agg(to_jsonb(s) ORDER BY s.count DESC, s.tariff) FROM (
          SELECT p.tariff, count(*)::int AS count, COALESCE(sum(p."takenMinor") FILTER (WHERE p."returnedAt" IS NULL), 0)::bigint AS "takenMinor",
                 (count(*) FILTER (WHERE p."returnedAt" IS NOT NULL))::int AS returned
          FROM penalty p WHERE p.at >= ${since} AND p.at <= ${now} GROUP BY p.tariff) s), '[]'::jsonb) AS penalties,
        (SELECT jsonb_build_object(
           'escalated', count(*) FILTER (WHERE c."escalatedAt" IS NOT NULL),
           'late', count(*) FILTER (WHERE COALESCE(c."ruledAt", c."closedAt", ${now}) > c."escalatedAt" + c."arbitrationHours" * interval '1 hour'),
           'appeals', count(*) FILTER (WHERE c."appealedAt" IS NOT NULL),
           'changed', count(*) FILTER (WHERE EXISTS (
             SELECT FROM ruling f JOIN ruling a ON a."complaintId" = f."complaintId" AND a.appeal
             WHERE f."complaintId" = c.id AND NOT f.appeal AND (a."forBuyer" <> f."forBuyer" OR a.units <> f.units))))
         FROM counted c) AS arbitration`,
  )
  return { ...row, failures: toldOf(row.failures), categories: toldOf(row.categories) }
}

function toldOf<Kind extends Share>(kinds: readonly Kind[]): Told<Kind> {
  const told = kinds.filter(({ opened }) => opened >= FEWEST_TOLD)
  const others = kinds.reduce((sum, { opened }) => sum + opened, 0) - told.reduce((sum, { opened }) => sum + opened, 0)
  return { told, others: others > 0 && others < FEWEST_TOLD ? null : others }
}
