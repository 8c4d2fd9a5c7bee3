import { receivePaymentEvent } from '@/lib/domain/orders'
import { type PaymentProvider, ProviderUnavailable } from '@/lib/domain/payments'
import type { InTransaction } from '@/lib/domain/tx'
import { readBody } from '@/lib/kernel/read-body'
import { Refusal } from '@/lib/kernel/refusal'

const MOST_BODY = 65_536

export interface CallbackEdge {
  readonly run: InTransaction
  readonly provider: PaymentProvider
  readonly now: Date
  readonly signature: string | null
  /** Counts one callback that is not believed; refuses `auth/rate-limited` when there were too many. */
  readonly countForged: () => Promise<void>
  readonly log: (fields: object, message: string) => void
}

/**
 * Answers a provider's callback: 200 once its verdict is recorded, 400 when its signature or shape is not believed, 429
 * when one sender has made up too many (not recorded then), 503 when the provider could not be asked back, so that it
 * sends again.
 */
export async function answerCallback(edge: CallbackEdge, request: Request): Promise<Response> {
  const { run, provider, now, signature, log } = edge
  const body = await readBody(request, MOST_BODY)
  if (body === null) return new Response(null, { status: 413 })
  const parsed = provider.parseEvent(body, signature, now)
  const fields = {
    provider: provider.name,
    ...(parsed.ok ? { event: parsed.event.eventRef, type: parsed.event.type } : {}),
  }
  try {
    if (!parsed.ok) await edge.countForged()
    const answer = await receivePaymentEvent(run, provider, body, signature, now)
    log({ ...fields, ...answer }, 'payment callback')
    return Response.json(answer, { status: parsed.ok ? 200 : 400 })
  } catch (error) {
    if (error instanceof Refusal && error.code === 'auth/rate-limited') return new Response(null, { status: 429 })
    if (!(error instanceof ProviderUnavailable)) throw error
    log({ ...fields, reason: error.message }, 'payment callback waits: the provider cannot be asked back')
    return new Response(null, { status: 503, headers: { 'retry-after': '5' } })
  }
}
