import { type Sql, type Tx, sql } from '@/lib/domain/tx'

/** Seconds that are left of an order's clock, to be kept while it stands still. */
export function leftOfClock(now: Date): Sql {
  return sql`GREATEST(0, EXTRACT(EPOCH FROM "dueAt" - ${now}::timestamptz))::int`
}

/** Assignments that let the clock go on with what was left, if `free` says that nothing else stops it. */
export function clockGoesOn(now: Date, free: Sql): Sql {
  return sql`
    "dueAt" = CASE WHEN status IN ('AWAITING_DELIVERY', 'DELIVERED') AND ${free} THEN ${now}::timestamptz + make_interval(secs => "pausedSeconds") END,
    "pausedSeconds" = CASE WHEN ${free} THEN NULL ELSE "pausedSeconds" END`
}

/** The earning of an order that neither a dispute nor a complaint keeps matures again. */
export async function letEarningGo(tx: Tx, orderId: string): Promise<void> {
  await tx.earning.updateMany({
    where: { orderId, heldAt: { not: null }, order: { frozenAt: null, complainedAt: null } },
    data: { heldAt: null },
  })
}
