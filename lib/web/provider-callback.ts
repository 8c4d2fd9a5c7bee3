import { receivePaymentEvent } from '@/lib/domain/inbox'
import type { PaymentProvider } from '@/lib/domain/payments'
import type { InTransaction } from '@/lib/domain/tx'
import { readBody } from '@/lib/kernel/read-body'
import { Refusal } from '@/lib/kernel/refusal'

/** Stripe's event of an answered dispute carries the evidence: texts of up to 20,000 characters each. */
const MOST_BODY = 524_288

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
 * Answers a provider's callback: 200 once it is stored, also when it could not be handled yet (we try again ourselves, from
 * the inbox), 400 when its signature or shape is not believed, 413 when it is too long to be one, 429 when one sender has
 * made up too many (not recorded then).
 */
export async function answerCallback(edge: CallbackEdge, request: Request): Promise<Response> {
  const { run, provider, now, signature, log } = edge
  const body = await readBody(request, MOST_BODY)
  if (body === null) return new Response(null, { status: 413 })
  const parsed = provider.parseEvent(body, signature, now)
  try {
    if (!parsed.ok) await edge.countForged()
  } catch (error) {
    if (error instanceof Refusal && error.code === 'auth/rate-limited') return new Response(null, { status: 429 })
    throw error
  }
  const { error, ...answer } = await receivePaymentEvent(run, provider, body, signature, now)
  const fields = {
    provider: provider.name,
    ...(parsed.ok ? { event: parsed.event.eventRef, type: parsed.event.type } : {}),
    ...answer,
    ...(error === null ? {} : { err: error }),
  }
  log(fields, error === null ? 'payment callback' : 'payment callback is stored and tried again')
  return Response.json(answer, { status: parsed.ok ? 200 : 400 })
}
