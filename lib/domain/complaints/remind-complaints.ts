import { type Note, notify, notifyBuyer, notifyMerchant } from '@/lib/domain/notifications'
import { type InTransaction, type Tx, selectRows, sql } from '@/lib/domain/tx'
import { z } from 'zod'

/** How many cases are told of at a time. */
const BATCH = 100

const SIDES = z.enum(['BUYER', 'MERCHANT', 'STAFF', 'OPERATOR'])
const Reminder = z.object({
  id: z.string(),
  merchantId: z.string(),
  orderId: z.string(),
  state: z.enum(['OPEN', 'OFFERED', 'ASKED', 'ESCALATED', 'RULED', 'APPEALED']),
  number: z.string(),
  order: z.string(),
  what: z.enum(['reply', 'offer', 'evidence', 'ruling', 'appeal']),
  dueAt: z.date(),
  sides: z.array(SIDES),
  arbitrators: z.array(z.string()),
})
type Reminder = z.infer<typeof Reminder>

/**
 * Reminds who must act once per clock, when less than a quarter of it is left (12 hours at most, one at least): the merchant of his reply,
 * the buyer of an offer or of evidence, arbitrators of their target, who lost of the time for an appeal. An arbitration older than
 * arbitrationAlarmDays alarms its arbitrators and every operator, once. Returns how many clocks were told; two workers tell none twice.
 */
export async function remindComplaints(run: InTransaction, now: Date): Promise<number> {
  let told = 0
  for (const [flag, found] of [
    ['remindedAt', await run((tx) => nearTheirEnd(tx, now))],
    ['alarmedAt', await run((tx) => alarming(tx, now))],
  ] as const) {
    for (const reminder of found) {
      told += await run((tx) => tell(tx, reminder, flag, now))
    }
  }
  return told
}

async function tell(tx: Tx, reminder: Reminder, flag: 'remindedAt' | 'alarmedAt', now: Date): Promise<number> {
  const { id, state, number, order, what, dueAt, sides } = reminder
  const { count } = await tx.complaint.updateMany({
    // Not of a clock that began meanwhile.
    where: { id, state, OR: [{ [flag]: null }, { appealedAt: { gt: tx.complaint.fields[flag] } }] },
    data: { [flag]: now },
  })
  if (count === 0) return 0
  const note = (side: z.infer<typeof SIDES>): Note => ({
    kind: 'case-due',
    dedupeKey: `${id}:${flag}:${what}:${dueAt.getTime()}:${side}`,
    data: { complaintId: id, number, order, side, what, dueAt: dueAt.toISOString() },
  })
  for (const side of sides) await tellSide(tx, reminder, side, note(side), now)
  return 1
}

async function tellSide(
  tx: Tx,
  { orderId, merchantId, arbitrators }: Reminder,
  side: z.infer<typeof SIDES>,
  note: Note,
  now: Date,
): Promise<void> {
  if (side === 'BUYER') await notifyBuyer(tx, { orderId }, note, now)
  if (side === 'MERCHANT') await notifyMerchant(tx, merchantId, note, now)
  if (side === 'STAFF') for (const userId of arbitrators) await notify(tx, { to: { userId }, ...note }, now)
  if (side !== 'OPERATOR') return
  const operators = await tx.user.findMany({ where: { role: 'OPERATOR' }, select: { id: true } })
  for (const { id: userId } of operators) await notify(tx, { to: { userId }, ...note }, now)
}

const FACTS = sql`c.id, c.state::text AS state, c."merchantId", c."orderId", c.number, o.number AS "order"`
const ARBITRATORS = sql`
  ARRAY_REMOVE(CASE WHEN c."appealedAt" IS NULL THEN ARRAY[c."arbitratorId", c."secondId"] ELSE ARRAY[c."appealArbitratorId"] END, NULL)::text[]`
const LOST = sql`
  CASE WHEN EXISTS (SELECT FROM complaint_unit u WHERE u."complaintId" = c.id AND u.result = 'REJECTED')
         OR EXISTS (SELECT FROM ruling r WHERE r."complaintId" = c.id AND NOT r."forBuyer") THEN ARRAY['BUYER'] ELSE ARRAY[]::text[] END
  || CASE WHEN EXISTS (SELECT FROM ruling r WHERE r."complaintId" = c.id AND r."forBuyer") THEN ARRAY['MERCHANT'] ELSE ARRAY[]::text[] END`

/** The clock of each began with the last entry that starts one; arbitrators are reminded of their target, not of the far end. */
async function nearTheirEnd(tx: Tx, now: Date): Promise<Reminder[]> {
  return selectRows(
    tx,
    Reminder,
    sql`
      SELECT ${FACTS}, ${ARBITRATORS} AS arbitrators, k.ends AS "dueAt",
        CASE c.state WHEN 'OPEN' THEN 'reply' WHEN 'OFFERED' THEN 'offer' WHEN 'ASKED' THEN 'evidence' WHEN 'RULED' THEN 'appeal' ELSE 'ruling' END AS what,
        CASE c.state WHEN 'OPEN' THEN ARRAY['MERCHANT'] WHEN 'OFFERED' THEN ARRAY['BUYER'] WHEN 'ASKED' THEN ARRAY['BUYER'] WHEN 'RULED' THEN ${LOST} ELSE ARRAY['STAFF'] END AS sides
      FROM complaint c JOIN "order" o ON o.id = c."orderId"
      CROSS JOIN LATERAL (
        SELECT CASE WHEN c.state IN ('ESCALATED', 'APPEALED')
          THEN COALESCE(c."appealedAt", c."escalatedAt") + make_interval(hours => (o.snapshot->'rules'->>'arbitrationHours')::int) ELSE c."dueAt" END AS ends,
          CASE c.state WHEN 'ESCALATED' THEN c."escalatedAt" WHEN 'APPEALED' THEN c."appealedAt" ELSE (
            SELECT max(e.at) FROM case_entry e
            WHERE e."complaintId" = c.id AND e.type IN ('opened', 'offered', 'asked', 'ruled')) END AS began) k
      WHERE c."dueAt" IS NOT NULL AND c."remindedAt" IS NULL AND c.state <> 'CONTESTED'
        AND (c.state IN ('ESCALATED', 'APPEALED') OR c."dueAt" < ${now}::timestamptz + interval '12 hours') AND k.ends > ${now}
        AND k.ends - LEAST(interval '12 hours', GREATEST(interval '1 hour', (k.ends - k.began) / 4)) < ${now}
      ORDER BY k.ends, c.id LIMIT ${BATCH}`,
  )
}

async function alarming(tx: Tx, now: Date): Promise<Reminder[]> {
  return selectRows(
    tx,
    Reminder,
    sql`
      SELECT ${FACTS}, ${ARBITRATORS} AS arbitrators, c."dueAt", 'ruling' AS what, ARRAY['STAFF', 'OPERATOR'] AS sides
      FROM complaint c JOIN "order" o ON o.id = c."orderId"
      WHERE c.state IN ('ESCALATED', 'APPEALED') AND (c."alarmedAt" IS NULL OR c."alarmedAt" < c."appealedAt")
        AND COALESCE(c."appealedAt", c."escalatedAt") + make_interval(days => (o.snapshot->'rules'->>'arbitrationAlarmDays')::int) < ${now}
      ORDER BY c."escalatedAt", c.id LIMIT ${BATCH}`,
  )
}
