import { notifyMerchant } from '@/lib/domain/notifications'
import { type InTransaction, selectRows, sql } from '@/lib/domain/tx'
import { z } from 'zod'

/** How many reminders are written at a time. */
const BATCH = 100

const Due = z.object({
  id: z.string(),
  merchantId: z.string(),
  number: z.string(),
  dueAt: z.date(),
  moment: z.enum(['half', 'hour']),
})

/**
 * Reminds merchants of orders that wait for their hand: once when half of the promised time is gone, once an hour before its end
 * (of a promise of two hours and less that is the same, and told once). What a dispute keeps is not asked for. Returns how many
 * were told; called again, or by two workers at once, it tells nobody twice.
 */
export async function remindDeliveries(run: InTransaction, now: Date): Promise<number> {
  const due = await run((tx) =>
    selectRows(
      tx,
      Due,
      sql`
        SELECT o.id, o."merchantId", o.number, o."dueAt", r.moment
        FROM "order" o CROSS JOIN LATERAL (SELECT (o.snapshot->'delivery'->>'hours')::int AS hours) p
        CROSS JOIN LATERAL (VALUES ('half', make_interval(mins => p.hours * 30)), ('hour', interval '1 hour')) AS r (moment, before)
        WHERE o.status = 'AWAITING_DELIVERY' AND o."dueAt" > ${now} AND o."dueAt" - r.before <= ${now}
          AND (r.moment = 'half' OR p.hours > 2)
          AND EXISTS (
            SELECT FROM "user" u WHERE u."merchantId" = o."merchantId" AND NOT EXISTS (
              SELECT FROM notification n WHERE n."dedupeKey" = 'delivery-due:' || o.id || ':' || r.moment || ':' || u.id))
        ORDER BY o."dueAt", o.id LIMIT ${BATCH}`,
    ),
  )
  let told = 0
  for (const { id: orderId, merchantId, number, dueAt, moment } of due) {
    const data = { orderId, number, dueAt: dueAt.toISOString() }
    const note = { kind: 'delivery-due', dedupeKey: `${orderId}:${moment}`, data } as const
    told += await run((tx) => notifyMerchant(tx, merchantId, note, now))
  }
  return told
}
