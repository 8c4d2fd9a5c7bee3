import { IDEMPOTENCY_HEADER, SIGNATURE_HEADER, requestText, sign } from '@/lib/bank/protocol'
import { ProviderRefused, ProviderUnavailable } from '@/lib/domain/payments/provider'
import type { z } from 'zod'

/** Answers that say "not now" or "not with this key", never "not this payment". */
const TRY_AGAIN = new Set([401, 403, 408, 429])

export interface SandboxLine {
  /** Where the bank is. */
  readonly bankUrl: string
  readonly key: Uint8Array
  readonly fetch?: typeof globalThis.fetch
  readonly clock?: () => Date
  readonly timeoutMs?: number
}

/**
 * Makes signed calls to the bank. `find` gives null for what it does not know; `write` takes that as a refusal. Both throw
 * `ProviderUnavailable` when the same call may succeed later, `ProviderRefused` when it never will.
 */
export function sandboxCall(line: SandboxLine) {
  const find = async <T>(path: string, answer: z.ZodType<T>) => ask(line, answer, { method: 'GET', path })
  const write = async <T>(path: string, answer: z.ZodType<T>, input: object, idempotencyKey = '') => {
    const found = await ask(line, answer, { method: 'POST', path, idempotencyKey, body: JSON.stringify(input) })
    if (found === null) throw new ProviderRefused(`sandbox bank does not know what POST ${path} is about: 404`)
    return found
  }
  return { find, write }
}

async function ask<T>(
  { bankUrl, key, fetch = globalThis.fetch, clock = () => new Date(), timeoutMs = 10_000 }: SandboxLine,
  answer: z.ZodType<T>,
  call: {
    readonly method: 'GET' | 'POST'
    readonly path: string
    readonly idempotencyKey?: string
    readonly body?: string
  },
): Promise<T | null> {
  const { method, path, idempotencyKey = '', body = '' } = call
  const { status, text } = await send(fetch, new URL(path, bankUrl), {
    method,
    headers: {
      'content-type': 'application/json',
      [SIGNATURE_HEADER]: sign(key, requestText(method, path, idempotencyKey, body), clock()),
      [IDEMPOTENCY_HEADER]: idempotencyKey,
    },
    redirect: 'manual',
    signal: AbortSignal.timeout(timeoutMs),
    ...(method === 'GET' ? {} : { body }),
  })
  if (status === 404) return null
  if (status >= 500 || TRY_AGAIN.has(status)) throw new ProviderUnavailable(`sandbox bank answered ${status}`)
  if (status >= 300) {
    throw new ProviderRefused(`sandbox bank refused ${method} ${path}: ${status} ${text.slice(0, 100)}`)
  }
  const parsed = answer.safeParse(jsonOrNull(text))
  if (!parsed.success) throw new ProviderUnavailable('sandbox bank answered something unreadable')
  return parsed.data
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

function jsonOrNull(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // Not JSON: no shape fits null, so the caller's check says what that means.
    return null
  }
}
