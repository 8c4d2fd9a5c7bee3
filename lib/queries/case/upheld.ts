import { type Sql, sql } from '@/lib/domain/tx'

/**
 * Whether complaint `c` was upheld: the buyer got, in whole or in part, what he complained for, be it by the records, the merchant's yes,
 * his silence, an offer that was taken, a ruling or because nobody ruled in time. Of a ruling the last word counts: an appeal
 * takes the first ruling's place, though money that went back before stays there; while an appeal runs nothing is decided.
 */
export const upheld: Sql = sql`
  (c.state IN ('CLOSED', 'RULED') AND CASE
    WHEN c.outcome IS NULL OR c.outcome = 'RULED' THEN COALESCE((
      SELECT r."forBuyer" FROM ruling r WHERE r."complaintId" = c.id ORDER BY r.appeal DESC LIMIT 1), FALSE)
    ELSE c.outcome IN ('RECORDS', 'ACCEPTED', 'SILENCE', 'OFFER_TAKEN', 'TIMED_OUT') END)`

/**
 * Whether complaint `c` was decided, for either side. One that the buyer took back, or whose money went back another way, was not; one
 * that he did not answer for is decided against him.
 */
export const decided: Sql = sql`
  (c.state = 'RULED' OR c.state = 'CLOSED' AND c.outcome NOT IN ('WITHDRAWN', 'ELSEWHERE'))`

/**
 * How long complaint `c` waited for the merchant's first reply, in seconds: silence lasted until it was acted for him; null where
 * nobody waited for him (the records decided) or he still has time.
 */
const firstReplySeconds: Sql = sql`
  EXTRACT(EPOCH FROM COALESCE(c."repliedAt", CASE WHEN c.outcome = 'SILENCE' THEN c."closedAt" END) - c."openedAt")`

/** The median of that over those of a group that `which` picks, in whole seconds; null when none was answered. */
export function medianReplySeconds(which: Sql = sql`TRUE`): Sql {
  return sql`(percentile_cont(0.5) WITHIN GROUP (ORDER BY ${firstReplySeconds}) FILTER (WHERE ${which}))::int`
}
