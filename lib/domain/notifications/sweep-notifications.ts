import { type InTransaction, type Tx, selectRows, sql } from '@/lib/domain/tx'
import { DAY_MS, MINUTE_MS, after } from '@/lib/kernel/time'
import { z } from 'zod'
import { MailRefused, type Mailer } from './mailer'
import { readNote } from './read-note'

/** So many are sent beside each other; the lease (the first wait) is far longer than they can take. */
const BATCH = 8
const MOST_ATTEMPTS = 8
/** Three times that with each try, up to LONGEST_WAIT_MS: more than a day in all. */
const FIRST_WAIT_MS = 5 * MINUTE_MS
const LONGEST_WAIT_MS = DAY_MS / 2
/** Nobody wants to hear by e-mail what happened days ago: after an outage, or when mail was set up late. */
const STALE_AFTER_MS = 3 * DAY_MS

const Due = z.object({
  id: z.string(),
  kind: z.string(),
  email: z.string(),
  locale: z.string(),
  data: z.unknown(),
  attempts: z.number(),
})
type Due = z.infer<typeof Due>

export interface NotificationSweep {
  sent: number
  failed: number
  /** Never to be sent: refused for good, tried MOST_ATTEMPTS times, or stale. */
  givenUp: number
}

/**
 * Sends the e-mails that are due, outside any transaction. A row is counted and put off before its e-mail is sent, so any number of
 * sweepers may run and a server that is down, or we, killed, only make it later; killed between sending and recording it, it is
 * sent again under the same Message-ID. When a whole batch fails, the rest waits for the next sweep. Each failure is told to `onError`.
 */
export async function sweepNotifications(
  run: InTransaction,
  mailer: Mailer,
  now: Date,
  onError: (error: unknown, what: string) => void,
): Promise<NotificationSweep> {
  const report: NotificationSweep = { sent: 0, failed: 0, givenUp: await run((tx) => passOverStale(tx, now)) }
  for (;;) {
    const due = await run((tx) => claim(tx, now))
    const results = await Promise.all(due.map((row) => sendOne(run, mailer, row, now, onError)))
    for (const result of results) report[result] += 1
    if (due.length < BATCH || results.every((result) => result === 'failed')) return report
  }
}

async function passOverStale(tx: Tx, now: Date): Promise<number> {
  const { count } = await tx.notification.updateMany({
    where: { dueAt: { lte: now }, createdAt: { lt: after(now, -STALE_AFTER_MS) } },
    data: { dueAt: null, lastError: 'too old to be sent' },
  })
  return count
}

async function claim(tx: Tx, now: Date): Promise<Due[]> {
  const wait = sql`LEAST(${FIRST_WAIT_MS} * 3 ^ n.attempts, ${LONGEST_WAIT_MS}) / 1000`
  return selectRows(
    tx,
    Due,
    sql`
      UPDATE notification n SET attempts = n.attempts + 1, "dueAt" = ${now}::timestamptz + make_interval(secs => ${wait})
      WHERE n.id IN (SELECT id FROM notification WHERE "dueAt" <= ${now} ORDER BY "dueAt" LIMIT ${BATCH} FOR UPDATE SKIP LOCKED)
      RETURNING n.id, n.kind, n.email, n.locale, n.data, n.attempts`,
  )
}

async function sendOne(
  run: InTransaction,
  mailer: Mailer,
  { id, kind, email, locale, data, attempts }: Due,
  now: Date,
  onError: (error: unknown, what: string) => void,
): Promise<keyof NotificationSweep> {
  try {
    await mailer.send({ id, email, locale, note: readNote(kind, data) }, now)
  } catch (error) {
    onError(error, `notification ${id}`)
    const last = attempts >= MOST_ATTEMPTS || error instanceof MailRefused
    await settle(run, id, { lastError: reasonOf(error), ...(last && { dueAt: null }) })
    return last ? 'givenUp' : 'failed'
  }
  await settle(run, id, { dueAt: null, sentAt: now, lastError: null })
  return 'sent'
}

/** Only while nobody else has sent it: a slow sender must not put a row back that another one settled. */
async function settle(
  run: InTransaction,
  id: string,
  data: { dueAt?: null; sentAt?: Date; lastError: string | null },
): Promise<void> {
  await run((tx) => tx.notification.updateMany({ where: { id, sentAt: null }, data }))
}

function reasonOf(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).slice(0, 200)
}
