import {
  CallbackBody,
  IDEMPOTENCY_HEADER,
  OpenPaymentAnswer,
  PaymentAnswer,
  RefundAnswer,
  SIGNATURE_HEADER,
  requestText,
  sign,
  verify,
} from '@/lib/bank/protocol'
import { type ParsedEvent, type PaymentProvider, ProviderUnavailable } from '@/lib/domain/payments/provider'
import type { z } from 'zod'

/** Answers that say "not now" or "not with this key", never "not this payment". */
const TRY_AGAIN = new Set([401, 403, 408, 429])

export interface SandboxOptions {
  /** Where the bank is. */
  readonly bankUrl: string
  /** Where the bank sends its callbacks: this application. */
  readonly appUrl: string
  readonly key: Uint8Array
  readonly fetch?: typeof globalThis.fetch
  readonly clock?: () => Date
  readonly timeoutMs?: number
}

/** The sandbox bank as a payment provider, over HTTP like any other. */
export function createSandboxProvider(options: SandboxOptions): PaymentProvider {
  const { appUrl, key } = options
  const call = caller(options)
  const notifyUrl = new URL('/api/webhooks/sandbox', appUrl).href
  return {
    name: 'sandbox',
    async openPayment({ checkoutId, ...facts }) {
      const order = { ...facts, reference: checkoutId, notifyUrl }
      const { id, payUrl } = required(
        await call('POST', '/bank/api/payments', OpenPaymentAnswer, `checkout:${checkoutId}`, order),
      )
      return { providerRef: id, payUrl }
    },
    async fetchPayment(providerRef) {
      const found = await call('GET', `/bank/api/payments/${encodeURIComponent(providerRef)}`, PaymentAnswer)
      if (!found) return null
      const captures = found.captures.map(({ id, capturedAt, ...money }) => ({
        ...money,
        captureRef: id,
        capturedAt: new Date(capturedAt),
      }))
      return { providerRef: found.id, reference: found.reference, captures }
    },
    async refund({ refundId, captureRef: captureId, amountMinor }) {
      const { id } = required(
        await call('POST', '/bank/api/refunds', RefundAnswer, `refund:${refundId}`, { captureId, amountMinor }),
      )
      return { refundRef: id }
    },
    parseEvent: (rawBody, signature, now) => parseEvent(key, rawBody, signature, now),
  }
}

function parseEvent(key: Uint8Array, rawBody: string, signature: string | null, now: Date): ParsedEvent {
  const verdict = verify(key, signature, rawBody, now)
  if (verdict !== 'good') return { ok: false, why: verdict }
  const parsed = CallbackBody.safeParse(jsonOrNull(rawBody))
  if (!parsed.success) return { ok: false, why: 'malformed' }
  const { id: eventRef, type, data } = parsed.data
  const { paymentId: providerRef, reference, amountMinor, currency } = data
  return { ok: true, event: { eventRef, type, providerRef, reference, amountMinor, currency } }
}

/** Makes signed calls: null for 404, `ProviderUnavailable` when the same call may succeed later, an error otherwise. */
function caller({
  bankUrl,
  key,
  fetch = globalThis.fetch,
  clock = () => new Date(),
  timeoutMs = 10_000,
}: SandboxOptions) {
  return async <T>(
    method: 'GET' | 'POST',
    path: string,
    answer: z.ZodType<T>,
    idempotencyKey = '',
    input?: object,
  ): Promise<T | null> => {
    const body = input === undefined ? '' : JSON.stringify(input)
    const signature = sign(key, requestText(method, path, idempotencyKey, body), clock())
    const init: RequestInit = {
      method,
      headers: {
        'content-type': 'application/json',
        [SIGNATURE_HEADER]: signature,
        [IDEMPOTENCY_HEADER]: idempotencyKey,
      },
      redirect: 'manual',
      signal: AbortSignal.timeout(timeoutMs),
      ...(input === undefined ? {} : { body }),
    }
    const { status, text } = await send(fetch, new URL(path, bankUrl), init)
    if (status === 404) return null
    if (status >= 500 || TRY_AGAIN.has(status)) throw new ProviderUnavailable(`sandbox bank answered ${status}`)
    if (status >= 300) throw new Error(`sandbox bank refused ${method} ${path}: ${status} ${text.slice(0, 100)}`)
    const parsed = answer.safeParse(jsonOrNull(text))
    if (!parsed.success) throw new ProviderUnavailable('sandbox bank answered something unreadable')
    return parsed.data
  }
}

async function send(
  fetch: typeof globalThis.fetch,
  url: URL,
  init: RequestInit,
): Promise<{ status: number; text: string }> {
  try {
    const response = await fetch(url, init)
    return { status: response.status, text: await response.text() }
  } catch (cause) {
    const name = cause instanceof Error ? cause.name : 'error'
    throw new ProviderUnavailable(`sandbox bank did not answer: ${name}`, { cause })
  }
}

function required<T>(found: T | null): T {
  if (found === null) throw new Error('sandbox bank does not know what it was asked about')
  return found
}

function jsonOrNull(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // Not JSON: no shape fits null, so the caller's check says what that means.
    return null
  }
}
