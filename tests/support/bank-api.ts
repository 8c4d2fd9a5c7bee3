import { requestText, sign } from '@/lib/bank/protocol'
import { bankKey, bankUrl, clock } from './bank'

export interface Asked {
  readonly method?: 'GET' | 'POST'
  readonly key?: string
  readonly body?: unknown
  /** Another one than the right one. */
  readonly signature?: string
  /** When it was signed. */
  readonly at?: Date
}

/** Asks the bank's API as the shop would, or as somebody who would like to be the shop. */
export async function ask(
  path: string,
  { method = 'POST', key = '', body, signature, at = clock.now }: Asked,
): Promise<{ status: number; answer: unknown }> {
  const text = body === undefined ? '' : JSON.stringify(body)
  const response = await fetch(new URL(path, bankUrl), {
    method,
    headers: {
      'idempotency-key': key,
      'keybond-bank-signature': signature ?? sign(bankKey, requestText(method, path, key, text), at),
    },
    ...(body === undefined ? {} : { body: text }),
  })
  return { status: response.status, answer: await response.json() }
}
