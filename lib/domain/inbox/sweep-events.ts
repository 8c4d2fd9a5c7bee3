import type { OnSweepError } from '@/lib/domain/orders'
import { type ProviderNamed, ProviderUnavailable } from '@/lib/domain/payments'
import { type InTransaction, selectRows, sql } from '@/lib/domain/tx'
import { HOUR_MS, after } from '@/lib/kernel/time'
import { z } from 'zod'
import { handleEvent } from './handle-event'

/** How many due events are taken up in one sweep; those that were put off longest come first. */
const BATCH = 100

/** A provider that was silent so often in a row is left alone until the next sweep: others must not wait for its time-outs. */
const MOST_SILENCES = 3

export interface DueEvent {
  readonly id: string
  readonly provider: string
}

export interface EventSweep {
  handled: number
  failed: number
  dead: number
}

/** Events that are due, the longest due first; rows that somebody has in hand at this moment are passed over. */
export async function dueEvents(run: InTransaction, now: Date): Promise<DueEvent[]> {
  return run((tx) =>
    selectRows(
      tx,
      z.object({ id: z.string(), provider: z.string() }),
      sql`
        SELECT id, provider FROM payment_event WHERE verdict = 'RECEIVED' AND "dueAt" <= ${now}
        ORDER BY "dueAt", id LIMIT ${BATCH} FOR UPDATE SKIP LOCKED`,
    ),
  )
}

/**
 * Takes up the events that are due, each on its own: one that fails is put off by `handleEvent`, told to `onError` and does
 * not stand in the way of those behind it. Any number of sweepers may run; each event is leased by one of them.
 */
export async function sweepEvents(
  run: InTransaction,
  providers: ProviderNamed,
  now: Date,
  onError: OnSweepError,
): Promise<EventSweep> {
  const report: EventSweep = { handled: 0, failed: 0, dead: 0 }
  const silent = new Map<string, number>()
  for (const { id, provider: name } of await dueEvents(run, now)) {
    if ((silent.get(name) ?? 0) >= MOST_SILENCES) continue
    try {
      const provider = providers(name)
      const done = provider ? await handleEvent(run, provider, id, now) : await wait(run, id, now)
      if (!done) continue
      silent.set(name, done.error instanceof ProviderUnavailable ? (silent.get(name) ?? 0) + 1 : 0)
      if (done.error === null) report.handled += 1
      else {
        report[done.verdict === 'DEAD' ? 'dead' : 'failed'] += 1
        onError(done.error, `payment event ${id}`)
      }
    } catch (error) {
      onError(error, `payment event ${id}`)
    }
  }
  return report
}

/** An event of a provider that is not configured (any more) waits out of the way of the others. */
async function wait(run: InTransaction, id: string, now: Date): Promise<null> {
  await run((tx) =>
    tx.paymentEvent.updateMany({
      where: { id, verdict: 'RECEIVED' },
      data: { dueAt: after(now, HOUR_MS), lastError: 'provider not configured' },
    }),
  )
  return null
}
