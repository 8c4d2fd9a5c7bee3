import { z } from 'zod'
import { FAILURES } from '@/lib/domain/complaints'
import { type Sql, sql } from '@/lib/domain/tx'
import { decided, medianReplySeconds, upheld } from '@/lib/queries/case/upheld'

/** How complaints of one kind went. */
export const Share = z.object({
  opened: z.number(),
  /** Decided for either side, and for the buyer among them. */
  decided: z.number(),
  upheld: z.number(),
  /** Medians, from the opening: to the merchant's first reply, and to the first remedy that was carried out. */
  replySeconds: z.number().nullable(),
  remedySeconds: z.number().nullable(),
})
export type Share = z.infer<typeof Share>

export const NO_COMPLAINTS: Share = { opened: 0, decided: 0, upheld: 0, replySeconds: null, remedySeconds: null }

/** A slice of a statistic: what it is of, and how its complaints went. */
export const ByFailure = Share.extend({ failure: z.enum(FAILURES) })
export const ByCategory = Share.extend({ slug: z.string(), nameZh: z.string(), nameEn: z.string() })

/** `counted c`: complaints for which `which` (a condition on `complaint c`) holds, as SHARE counts them. */
export function countedWhere(which: Sql): Sql {
  return sql`
    counted AS MATERIALIZED (
      SELECT c.id, c.failure, c.outcome, c."merchantId", c."openedAt", c."repliedAt", c."closedAt", c."escalatedAt", c."appealedAt", c."ruledAt", c.state,
             c."orderId", ${decided} AS decided, ${upheld} AS upheld, k.category, (o.snapshot->'rules'->>'arbitrationHours')::int AS "arbitrationHours",
             (SELECT min(e.at) FROM case_entry e WHERE e."complaintId" = c.id AND e.type = 'remedied') AS "remediedAt"
      FROM complaint c JOIN "order" o ON o."merchantId" = c."merchantId" AND o.id = c."orderId"
      CROSS JOIN LATERAL (SELECT o.snapshot->'product'->'category' AS category) k
      WHERE ${which})`
}

/** Columns of Share over rows of `counted c`. */
export const SHARE: Sql = sql`
  count(*)::int AS opened, (count(*) FILTER (WHERE c.decided))::int AS decided, (count(*) FILTER (WHERE c.upheld))::int AS upheld,
  ${medianReplySeconds()} AS "replySeconds",
  (percentile_cont(0.5) WITHIN GROUP (ORDER BY EXTRACT(EPOCH FROM c."remediedAt" - c."openedAt")))::int AS "remedySeconds"`

/** `counted c` by failure and by category, most complaints first, as JSON. */
export const BY_FAILURE: Sql = sql`
  COALESCE((SELECT jsonb_agg(to_jsonb(s) ORDER BY s.opened DESC, s.failure) FROM (
    SELECT c.failure, ${SHARE} FROM counted c GROUP BY c.failure) s), '[]'::jsonb)`
export const BY_CATEGORY: Sql = sql`
  COALESCE((SELECT jsonb_agg(to_jsonb(s) ORDER BY s.opened DESC, s.slug) FROM (
    SELECT c.category->>'slug' AS slug, max(c.category->>'nameZh') AS "nameZh", max(c.category->>'nameEn') AS "nameEn", ${SHARE}
    FROM counted c GROUP BY c.category->>'slug') s), '[]'::jsonb)`
