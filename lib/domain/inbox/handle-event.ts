import { type PaymentProvider, backoff } from '@/lib/domain/payments'
import type { InTransaction, Tx } from '@/lib/domain/tx'
import type { EventVerdict } from '@/lib/infra/prisma/enums'
import { MINUTE_MS, after } from '@/lib/kernel/time'
import { type Judgement, actOnEvent } from './act-on-event'
import { StoredSubject } from './stored-subject'

/** How often an event is tried before it is a dead letter that an operator looks at. */
export const MOST_ATTEMPTS = 8

/** Longer than the longest handling: a handler that was killed only makes its event later. */
const LEASE_MS = 2 * MINUTE_MS

export interface HandledEvent {
  /** RECEIVED: it failed and is tried again later. */
  readonly verdict: EventVerdict
  readonly reason: string | null
  /** What went wrong, for the log. */
  readonly error: unknown
}

/**
 * Takes up one stored event that is due: leases its row, acts on it, writes the verdict. Whatever goes wrong is noted on
 * the row, which is due again later (10 s, doubling); the eighth failure makes it DEAD. Null when it is not due or somebody
 * else has it in hand; two at once, also after a lease ran out, do no harm, because what they call looks things up.
 */
export async function handleEvent(
  run: InTransaction,
  provider: PaymentProvider,
  eventId: string,
  now: Date,
): Promise<HandledEvent | null> {
  const leased = await run((tx) => leaseEvent(tx, provider.name, eventId, now))
  if (!leased) return null
  try {
    const judgement = await actOnEvent(run, provider, StoredSubject.parse(leased.subject), now)
    await run((tx) => judgeEvent(tx, eventId, judgement, now))
    return { verdict: judgement.verdict, reason: judgement.reason, error: null }
  } catch (error) {
    const verdict = await run((tx) => putOff(tx, eventId, leased.attempts, error, now))
    return { verdict, reason: 'failed', error }
  }
}

async function leaseEvent(tx: Tx, provider: string, id: string, now: Date) {
  const [leased] = await tx.paymentEvent.updateManyAndReturn({
    where: { id, provider, verdict: 'RECEIVED', dueAt: { lte: now } },
    data: { dueAt: after(now, LEASE_MS), attempts: { increment: 1 } },
    select: { subject: true, attempts: true },
  })
  return leased ?? null
}

/** Of the same event handled twice at once, the verdict that changed something is kept. */
async function judgeEvent(tx: Tx, id: string, judgement: Judgement, now: Date): Promise<void> {
  await tx.paymentEvent.updateMany({
    where: { id, verdict: { not: 'APPLIED' } },
    data: { ...judgement, dueAt: null, handledAt: now, lastError: null },
  })
}

/** `attempts` names the lease: whoever lost it to a later handler does not write over what that one found. */
async function putOff(tx: Tx, id: string, attempts: number, error: unknown, now: Date): Promise<EventVerdict> {
  const lastError = (error instanceof Error ? error.message : String(error)).slice(0, 500)
  const dead = attempts >= MOST_ATTEMPTS
  await tx.paymentEvent.updateMany({
    where: { id, verdict: 'RECEIVED', attempts },
    data: dead
      ? { verdict: 'DEAD', reason: 'failed', lastError, dueAt: null, handledAt: now }
      : { lastError, dueAt: after(now, backoff(attempts)) },
  })
  return dead ? 'DEAD' : 'RECEIVED'
}
