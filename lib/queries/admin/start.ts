import { z } from 'zod'
import { type Tx, selectRows, sql } from '@/lib/domain/tx'
import { MerchantStatus, OrderStatus } from '@/lib/infra/prisma/enums'
import { invariant } from '@/lib/kernel/invariant'
import { BATCH_FROM } from '@/lib/queries/batch-shown'
import { minorColumn } from '@/lib/queries/columns'
import { BATCH_WAITS } from './batches'
import { overdueComplaints } from './complaints'
import { WAITING } from './payments'
import { PAYOUT_OPEN } from './payouts'

const Health = z.object({
  orders: z.array(z.object({ status: z.enum(OrderStatus), count: z.number() })),
  merchants: z.array(z.object({ status: z.enum(MerchantStatus), count: z.number() })),
  /** Open orders whose automatic step should have happened already: the worker is behind. */
  overdue: z.number(),
  oldestDueAt: z.date().nullable(),
  rejectedToday: z.number(),
  /** Events stored and not acted on: a look-up at the provider failed, its retry is awaited. */
  unhandled: z.number(),
  /** Given up after all attempts. */
  eventsDead: z.number(),
  refundsPending: z.number(),
  oldestRefundAt: z.date().nullable(),
  refundsFailing: z.number(),
  refundsFailed: z.number(),
  oldestFailedRefundAt: z.date().nullable(),
  /** Unknown payments in suspense. */
  paymentsWaiting: z.number(),
  oldestWaitingAt: z.date().nullable(),
  payoutsFailed: z.number(),
  disputesOpen: z.number(),
  nextEvidenceDueAt: z.date().nullable(),
  /** Batches whose proofs nobody has looked at, or that lack one. */
  batchesWaiting: z.number(),
  /** Codes that two merchants brought. */
  pairsOpen: z.number(),
  oldestPairAt: z.date().nullable(),
  /** Cases that nobody rules, or whose clock was missed. */
  complaintsOverdue: z.number(),
  /** Limits of buyers' rights that wait for a person. */
  limitsProposed: z.number(),
})
export type AdminHealth = z.infer<typeof Health>

const Sums = z.object({ debitsMinor: minorColumn, creditsMinor: minorColumn, heldMinor: minorColumn })
export type BookSums = z.infer<typeof Sums>

/** Queues and health of the mall, in two statements. `dayAgo` bounds "in the last 24 hours". */
export async function findAdminStart(
  db: Tx,
  dayAgo: Date,
  now: Date,
): Promise<{ health: AdminHealth; books: BookSums }> {
  const [health] = await selectRows(
    db,
    Health,
    sql`
      SELECT
        COALESCE((SELECT jsonb_agg(to_jsonb(s)) FROM (SELECT status, count(*)::int AS count FROM "order" GROUP BY status) AS s), '[]'::jsonb) AS orders,
        COALESCE((SELECT jsonb_agg(to_jsonb(s)) FROM (SELECT status, count(*)::int AS count FROM merchant GROUP BY status) AS s), '[]'::jsonb) AS merchants,
        (SELECT count(*)::int FROM "order" WHERE "dueAt" <= ${now}) AS overdue, (SELECT min("dueAt") FROM "order" WHERE "dueAt" <= ${now}) AS "oldestDueAt",
        (SELECT count(*)::int FROM payment_event WHERE verdict = 'REJECTED' AND "receivedAt" > ${dayAgo}) AS "rejectedToday",
        (SELECT count(*)::int FROM payment_event WHERE verdict = 'RECEIVED') AS unhandled,
        (SELECT count(*)::int FROM payment_event WHERE verdict = 'DEAD') AS "eventsDead",
        w.pending AS "refundsPending", w.oldest AS "oldestRefundAt", w.failing AS "refundsFailing",
        f.failed AS "refundsFailed", f.oldest AS "oldestFailedRefundAt",
        s.waiting AS "paymentsWaiting", s.oldest AS "oldestWaitingAt",
        (SELECT count(*)::int FROM payout p WHERE ${PAYOUT_OPEN}) AS "payoutsFailed",
        d.open AS "disputesOpen", d.next AS "nextEvidenceDueAt",
        (SELECT count(*)::int FROM ${BATCH_FROM} WHERE ${BATCH_WAITS}) AS "batchesWaiting", x.open AS "pairsOpen", x.oldest AS "oldestPairAt",
        (SELECT count(*)::int FROM ${overdueComplaints(now, now).from}) AS "complaintsOverdue",
        (SELECT count(*)::int FROM buyer_limit WHERE state = 'PROPOSED') AS "limitsProposed"
      FROM (SELECT count(*)::int AS pending, min("createdAt") AS oldest, count(*) FILTER (WHERE attempts > 1 OR attempt > 0)::int AS failing
            FROM refund WHERE "dueAt" IS NOT NULL) AS w
      CROSS JOIN (SELECT count(*)::int AS failed, min("createdAt") AS oldest FROM refund WHERE status = 'FAILED') AS f
      CROSS JOIN (SELECT count(*)::int AS waiting, min(p."recordedAt") AS oldest FROM payment p WHERE TRUE ${WAITING}) AS s
      CROSS JOIN (SELECT count(*)::int AS open, min("evidenceDueAt") AS next FROM dispute WHERE state = 'NEEDS_RESPONSE' AND "submittedAt" IS NULL) AS d
      CROSS JOIN (SELECT count(*)::int AS open, min("seenAt") AS oldest FROM fingerprint_pair WHERE "handledAt" IS NULL) AS x`,
  )
  const [books] = await selectRows(
    db,
    Sums,
    sql`
      SELECT COALESCE(sum(e.debit), 0)::bigint AS "debitsMinor", COALESCE(sum(e.credit), 0)::bigint AS "creditsMinor",
             COALESCE(sum(e.credit - e.debit) FILTER (WHERE a.kind = 'ESCROW'), 0)::bigint AS "heldMinor"
      FROM (SELECT "debitId" AS account, "amountMinor" AS debit, 0::bigint AS credit FROM ledger_transfer
            UNION ALL SELECT "creditId", 0, "amountMinor" FROM ledger_transfer) AS e
      JOIN ledger_account a ON a.id = e.account`,
  )
  invariant(health && books, 'an aggregate without GROUP BY has one row')
  return { health, books }
}
