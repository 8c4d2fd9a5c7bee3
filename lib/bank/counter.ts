import { readBody } from '@/lib/kernel/read-body'
import type { Bank } from './bank'
import type { Html } from './html'
import { contentPolicy } from './page-style'
import { pumpCallbacks } from './pump-callbacks'

/** How long a person waits for the shop to hear of what he did before being sent on. */
const COURTESY_MS = 1_000
const MOST_FORM = 4_096

/** Keeps work alive that outlasts the answer (Next's `after`). */
export type KeepAlive = (work: Promise<unknown>) => void

/** One person at one of the bank's pages. */
export interface Visit {
  readonly request: Request
  readonly keepAlive: KeepAlive
  /** Language that the address asks for. */
  readonly lang: string | undefined
  /** What the address says behind the thing's id. */
  readonly deed: string | undefined
}

/** The fields of a form; null when another site sent it: that may link here, but not press buttons. */
export async function readForm(request: Request): Promise<URLSearchParams | null> {
  if (request.headers.get('sec-fetch-site') === 'cross-site') return null
  return new URLSearchParams((await readBody(request, MOST_FORM)) ?? '')
}

/** Tells the shop what is due of this payment or account, and waits for it, but not long. */
export async function tellShop(bank: Bank, keepAlive: KeepAlive, pageId: string): Promise<void> {
  const telling = pumpCallbacks(bank, pageId)
  keepAlive(telling)
  await Promise.race([telling, new Promise((resolve) => setTimeout(resolve, COURTESY_MS))])
}

/** `shopUrl` is where the page's links and forms may lead besides the bank. */
export function page(body: Html, status = 200, shopUrl: string | null = null): Response {
  return new Response(body.text, {
    status,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'content-security-policy': contentPolicy(shopUrl === null ? '' : new URL(shopUrl).origin),
      'referrer-policy': 'same-origin',
      'x-content-type-options': 'nosniff',
    },
  })
}

export function seeOther(location: string): Response {
  return new Response(null, { status: 303, headers: { location, 'cache-control': 'no-store' } })
}

export function forbidden(): Response {
  return new Response(null, { status: 403 })
}
