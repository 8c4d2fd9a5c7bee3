import { type InTransaction, sql } from '@/lib/domain/tx'
import { DAY_MS, after } from '@/lib/kernel/time'

/** Ruled against a buyer so often within these days, and in more than half of his complaints that ended then. */
export const UNFOUNDED_COMPLAINTS = 3
export const UNFOUNDED_WITHIN_DAYS = 180

/**
 * Proposes limits to operators, and ends those whose time is over. Only what arbitrators found wholly for the merchant, for good, counts
 * against a buyer; what he withdrew or was granted does not. After a limit was dismissed or ended only later complaints count. A buyer has one
 * running limit: of two workers at once one proposes it. Says how many were proposed.
 */
export async function proposeLimits(run: InTransaction, now: Date): Promise<number> {
  return run(async (tx) => {
    await tx.buyerLimit.updateMany({
      where: { state: 'IN_FORCE', until: { lte: now } },
      data: { state: 'LIFTED' },
    })
    const since = after(now, -UNFOUNDED_WITHIN_DAYS * DAY_MS)
    return tx.$executeRaw(sql`
      INSERT INTO buyer_limit (id, "buyerKey", state, complaints, "proposedAt")
      SELECT gen_random_uuid(), "buyerKey", 'PROPOSED', jsonb_agg(id::text ORDER BY "closedAt", id) FILTER (WHERE unfounded), ${now}
      FROM (
        SELECT c.id, c."buyerKey", c."closedAt", c.outcome = 'RULED' AND COALESCE(last.rejected, FALSE) AS unfounded
        FROM complaint c LEFT JOIN LATERAL (
          SELECT NOT r."forBuyer" AND r."arbitratorId" IS NOT NULL AS rejected
          FROM ruling r WHERE r."complaintId" = c.id ORDER BY r.appeal DESC LIMIT 1
        ) last ON TRUE
        WHERE c.state = 'CLOSED' AND c."closedAt" > ${since}::timestamptz
          AND c."closedAt" > COALESCE((
            SELECT max(COALESCE(l.until, l."decidedAt")) FROM buyer_limit l WHERE l."buyerKey" = c."buyerKey" AND l.state = 'LIFTED'
          ), '-infinity')
      ) ended
      GROUP BY "buyerKey"
      HAVING count(*) FILTER (WHERE unfounded) >= ${UNFOUNDED_COMPLAINTS}::int AND count(*) FILTER (WHERE unfounded) * 2 > count(*)
      ON CONFLICT ("buyerKey") WHERE state <> 'LIFTED' DO NOTHING`)
  })
}
