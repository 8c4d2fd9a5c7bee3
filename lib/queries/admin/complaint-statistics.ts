import { z } from 'zod'
import { type Tx, selectRows, sql } from '@/lib/domain/tx'
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
import { type Span, within } from './list'

/** Those with most complaints. */
const MOST_MERCHANTS = 100

const Statistics = z.object({
  all: Share,
  failures: z.array(ByFailure),
  categories: z.array(ByCategory),
  merchants: z.array(Share.extend({ id: z.string(), name: z.string() })),
})
export type AdminComplaintStatistics = z.infer<typeof Statistics>

/** How the complaints opened in a span went: in all, by failure, by category, by merchant. One statement. */
export async function findAdminComplaintStatistics(db: Tx, span: Span): Promise<AdminComplaintStatistics> {
  const [row] = await selectRows(
    db,
    Statistics,
    sql`
      WITH ${countedWhere(sql`TRUE ${within(sql`c."openedAt"`, span)}`)}
      SELECT (SELECT to_jsonb(s) FROM (SELECT ${SHARE} FROM counted c) s) AS all, ${BY_FAILURE} AS failures, ${BY_CATEGORY} AS categories,
        COALESCE((SELECT jsonb_agg(to_jsonb(s) ORDER BY s.opened DESC, s.name, s.id) FROM (
          SELECT m.id, m.name, ${SHARE} FROM counted c JOIN merchant m ON m.id = c."merchantId"
          GROUP BY m.id, m.name ORDER BY count(*) DESC, m.name LIMIT ${MOST_MERCHANTS}) s), '[]'::jsonb) AS merchants`,
  )
  return row ?? { all: NO_COMPLAINTS, failures: [], categories: [], merchants: [] }
}
