import { type PaymentProvider, receiveEvent } from '@/lib/domain/payments'
import type { EventVerdict } from '@/lib/infra/prisma/enums'
import type { InTransaction } from '@/lib/domain/tx'
import { handleEvent } from './handle-event'

export interface EventAnswer {
  /** RECEIVED: it stands in the inbox, and our own worker goes on with it. */
  readonly verdict: EventVerdict
  readonly reason: string | null
  /** What went wrong with handling it, for the log and for nobody else. */
  readonly error: unknown
}

/**
 * Takes a provider's callback: verified on the raw body, stored once, then handled at once. Only a failure to store it is
 * thrown; one that could not be handled is taken up again by `sweepEvents`, so the provider need not send it again. A
 * callback that is forged, stale, malformed, replayed or of no interest changes nothing and is kept with its reason.
 */
export async function receivePaymentEvent(
  run: InTransaction,
  provider: PaymentProvider,
  rawBody: string,
  signature: string | null,
  now: Date,
): Promise<EventAnswer> {
  const parsed = provider.parseEvent(rawBody, signature, now)
  const { id, verdict, reason } = await run((tx) => receiveEvent(tx, provider.name, parsed, rawBody, now))
  if (verdict !== 'RECEIVED') return { verdict, reason, error: null }
  return (await handleEvent(run, provider, id, now)) ?? { verdict, reason: 'in-hand', error: null }
}
