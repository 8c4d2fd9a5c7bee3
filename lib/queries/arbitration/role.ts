import { z } from 'zod'
import { SEATS } from '@/lib/domain/arbitration'
import { sql } from '@/lib/domain/tx'

/** Whose move it is, from where one arbitrator stands. RULE and SIGN are his own. */
const WAITS = ['RULE', 'SIGN', 'BUYER', 'SECOND', 'FIRST', 'WINDOW', 'APPEAL'] as const

/** Only the cases that were given to somebody are there for him. */
export function assignedTo(userId: string) {
  return sql`${userId}::uuid IN (x."arbitratorId", x."secondId", x."appealArbitratorId")`
}

/** Columns of STANDING, of `complaint x` and `"order" o`, for an arbitrator to whom it was given. */
export function standingOf(userId: string) {
  const role = sql`CASE ${userId}::uuid WHEN x."appealArbitratorId" THEN 'APPEAL' WHEN x."arbitratorId" THEN 'FIRST' ELSE 'SECOND' END`
  const since = sql`COALESCE(x."appealedAt", x."escalatedAt", x."openedAt")`
  return sql`
    ${role} AS role,
    CASE WHEN x.state = 'CLOSED' THEN NULL WHEN x.state = 'ASKED' THEN 'BUYER' WHEN x.state = 'RULED' THEN 'WINDOW'
         WHEN x.state = 'APPEALED' THEN CASE ${role} WHEN 'APPEAL' THEN 'RULE' ELSE 'APPEAL' END
         WHEN ${role} = 'FIRST' THEN CASE WHEN x.proposal IS NULL THEN 'RULE' ELSE 'SECOND' END
         ELSE CASE WHEN x.proposal IS NULL THEN 'FIRST' ELSE 'SIGN' END END AS waits,
    ${since} AS since,
    ${since} + (o.snapshot->'rules'->>'arbitrationHours')::int * interval '1 hour' AS "targetAt",
    ${since} + (o.snapshot->'rules'->>'arbitrationAlarmDays')::int * interval '1 day' AS "alarmAt"`
}

export const STANDING = {
  role: z.enum(SEATS),
  /** Null once closed. */
  waits: z.enum(WAITS).nullable(),
  /** When it came before the arbitrators, or before those of the appeal. */
  since: z.date(),
  targetAt: z.date(),
  alarmAt: z.date(),
}
