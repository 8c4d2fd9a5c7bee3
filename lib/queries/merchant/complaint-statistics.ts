import { z } from 'zod'
import { FAILURES } from '@/lib/domain/complaints'
import { type Sql, type Tx, selectRows, sql } from '@/lib/domain/tx'
import { DAY_MS, after } from '@/lib/kernel/time'
import { decided, medianReplySeconds, upheld } from '@/lib/queries/case/upheld'

/** Complaints are counted into the span in which they were opened: the last so many days, and as many before. */
export const STATISTICS_DAYS = 90
const MOST_PRODUCTS = 20

const Span = z.object({
  opened: z.number(),
  decided: z.number(),
  upheld: z.number(),
  /** The merchant did not reply in time. */
  silent: z.number(),
  /** Median time to the first reply; null when there was none. */
  replySeconds: z.number().nullable(),
})
export type ComplaintSpan = z.infer<typeof Span>

const Pair = { now: Span, before: Span }
const Statistics = z.object({
  ...Pair,
  failures: z.array(z.object({ failure: z.enum(FAILURES), ...Pair })),
  /** Those with most complaints. */
  products: z.array(z.object({ id: z.string(), titleZh: z.string(), titleEn: z.string().nullable(), ...Pair })),
})
export type ComplaintStatistics = z.infer<typeof Statistics>

/** The merchant's complaints of the last 90 days against the 90 before: in all, by failure, by product. One statement. */
export async function findComplaintStatistics(db: Tx, merchantId: string, now: Date): Promise<ComplaintStatistics> {
  const [since, until] = [after(now, -STATISTICS_DAYS * DAY_MS), after(now, -2 * STATISTICS_DAYS * DAY_MS)]
  const span = (which: Sql) => sql`
    jsonb_build_object(
      'opened', count(*) FILTER (WHERE ${which}), 'decided', count(*) FILTER (WHERE ${which} AND c.decided),
      'upheld', count(*) FILTER (WHERE ${which} AND c.upheld), 'silent', count(*) FILTER (WHERE ${which} AND c.outcome = 'SILENCE'),
      'replySeconds', ${medianReplySeconds(which)})`
  const pair = sql`${span(sql`c.recent`)} AS now, ${span(sql`NOT c.recent`)} AS before`
  const [statistics] = await selectRows(
    db,
    Statistics,
    sql`
      WITH counted AS MATERIALIZED (
        SELECT c.id, c.failure, c.outcome, c."openedAt", c."repliedAt", c."closedAt", c."orderId", c."openedAt" >= ${since} AS recent,
               ${decided} AS decided, ${upheld} AS upheld
        FROM complaint c WHERE c."merchantId" = ${merchantId}::uuid AND c."openedAt" >= ${until} AND c."openedAt" <= ${now})
      SELECT a.now, a.before,
        COALESCE((SELECT jsonb_agg(to_jsonb(f) ORDER BY f.count DESC, f.failure) FROM (
          SELECT c.failure, count(*) AS count, ${pair} FROM counted c GROUP BY c.failure) f), '[]'::jsonb) AS failures,
        COALESCE((SELECT jsonb_agg(to_jsonb(p) ORDER BY p.count DESC, p.id) FROM (
          SELECT p.id, p."titleZh", p."titleEn", count(*) AS count, ${pair}
          FROM counted c JOIN "order" o ON o.id = c."orderId" JOIN product p ON p.id = o."productId"
          GROUP BY p.id, p."titleZh", p."titleEn" ORDER BY count(*) DESC, p.id LIMIT ${MOST_PRODUCTS}) p), '[]'::jsonb) AS products
      FROM (SELECT ${pair} FROM counted c) a`,
  )
  return statistics ?? { now: NONE, before: NONE, failures: [], products: [] }
}

const NONE: ComplaintSpan = { opened: 0, decided: 0, upheld: 0, silent: 0, replySeconds: null }
