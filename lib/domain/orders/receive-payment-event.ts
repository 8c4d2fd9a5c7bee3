import { type PaymentProvider, type ProviderEvent, judgeEvent, receiveEvent } from '@/lib/domain/payments'
import type { EventVerdict } from '@/lib/infra/prisma/enums'
import type { InTransaction } from '@/lib/domain/tx'
import { Refusal } from '@/lib/kernel/refusal'
import { syncCheckout } from './sync-checkout'

export interface EventAnswer {
  readonly verdict: Exclude<EventVerdict, 'RECEIVED'>
  readonly reason: string | null
}

/**
 * Takes a provider's callback: verify on the raw body, store once, check it against the checkout, then look the payment
 * up at the provider and record what is there. A callback that is forged, stale, replayed, underpaid or foreign changes
 * nothing and is recorded with its reason. Throws `ProviderUnavailable` when the look-up failed: the event stays
 * RECEIVED and the provider's retry takes it up again; should none come, the look at expiry or the buyer's visit does.
 */
export async function receivePaymentEvent(
  run: InTransaction,
  provider: PaymentProvider,
  rawBody: string,
  signature: string | null,
  now: Date,
): Promise<EventAnswer> {
  const parsed = provider.parseEvent(rawBody, signature, now)
  const event = parsed.ok ? parsed.event : null
  const entry = { provider: provider.name, eventRef: event?.eventRef ?? null, type: event?.type ?? null, body: rawBody }
  const { id, fresh } = await run((tx) => receiveEvent(tx, entry, now))
  if (!fresh) return { verdict: 'IGNORED', reason: 'replayed' }
  const answer: EventAnswer = parsed.ok
    ? await act(run, provider, parsed.event, now)
    : { verdict: 'REJECTED', reason: parsed.why }
  const known = parsed.ok && answer.reason !== 'foreign' ? parsed.event.reference : null
  await run((tx) => judgeEvent(tx, id, answer.verdict, answer.reason, known, now))
  return answer
}

async function act(
  run: InTransaction,
  provider: PaymentProvider,
  event: ProviderEvent,
  now: Date,
): Promise<EventAnswer> {
  const checkout = await run((tx) => findCheckout(tx, event.reference))
  if (!checkout || checkout.provider !== provider.name || checkout.providerRef !== event.providerRef) {
    return { verdict: 'REJECTED', reason: 'foreign' }
  }
  if (event.currency !== checkout.currency) return { verdict: 'REJECTED', reason: 'currency-mismatch' }
  if (event.amountMinor !== checkout.totalMinor) return { verdict: 'REJECTED', reason: 'amount-mismatch' }
  try {
    const { outcomes, mismatches } = await syncCheckout(run, provider, checkout.id, now)
    if (outcomes.some((outcome) => outcome !== 'known')) return { verdict: 'APPLIED', reason: null }
    if (mismatches > 0) return { verdict: 'REJECTED', reason: 'amount-mismatch' }
    return { verdict: 'IGNORED', reason: outcomes.length > 0 ? 'known' : 'not-captured' }
  } catch (error) {
    if (error instanceof Refusal && error.code === 'payment/unknown') return { verdict: 'REJECTED', reason: 'foreign' }
    throw error
  }
}

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/u

async function findCheckout(tx: Parameters<Parameters<InTransaction>[0]>[0], id: string) {
  if (!UUID.test(id)) return null
  return tx.checkout.findUnique({
    where: { id },
    select: { id: true, provider: true, providerRef: true, totalMinor: true, currency: true },
  })
}
