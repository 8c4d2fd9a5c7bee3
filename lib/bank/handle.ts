import { hasLocale } from 'next-intl'
import { type Locale, routing } from '@/i18n/routing'
import { readBody } from '@/lib/kernel/read-body'
import { answerApi } from './api'
import type { Bank } from './bank'
import { capturePayment } from './capture-payment'
import { readFaults } from './faults'
import type { Html } from './html'
import { contentPolicy } from './page-style'
import { missingPage, payPage } from './pay-page'
import { pumpCallbacks } from './pump-callbacks'
import { type Statement, readStatement } from './read-statement'

/** How long a payer waits for the shop to hear of the payment before being sent back to it. */
const COURTESY_MS = 1_000
const MOST_FORM = 4_096

/** Keeps work alive that outlasts the answer (Next's `after`). */
export type KeepAlive = (work: Promise<unknown>) => void

/** Everything under /bank: the API for the shop and the page for payers. */
export async function handleBank(bank: Bank, request: Request, keepAlive: KeepAlive): Promise<Response> {
  const { pathname, searchParams } = new URL(request.url)
  const [, , area, ...rest] = pathname.split('/')
  if (area === 'api') return answerApi(bank, request, rest)
  const [id = '', more] = area === 'pay' ? rest : []
  const statement = more === undefined ? await readStatement(bank, id) : null
  const locale = localeOf(searchParams.get('lang') ?? statement?.locale)
  if (!statement) return page(missingPage(locale), null, 404)
  if (request.method === 'POST') return pay(bank, statement, request, keepAlive)
  return page(payPage(statement, locale), statement, 200)
}

async function pay(bank: Bank, statement: Statement, request: Request, keepAlive: KeepAlive): Promise<Response> {
  // Another site may link here, but not press the button.
  if (request.headers.get('sec-fetch-site') === 'cross-site') return new Response(null, { status: 403 })
  const form = new URLSearchParams((await readBody(request, MOST_FORM)) ?? '')
  await capturePayment(bank, statement.id, readFaults(form))
  const telling = pumpCallbacks(bank, statement.id)
  keepAlive(telling)
  await Promise.race([telling, new Promise((resolve) => setTimeout(resolve, COURTESY_MS))])
  return new Response(null, { status: 303, headers: { location: statement.returnUrl, 'cache-control': 'no-store' } })
}

function page(body: Html, statement: Statement | null, status: number): Response {
  const shopOrigin = statement ? new URL(statement.returnUrl).origin : ''
  return new Response(body.text, {
    status,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'content-security-policy': contentPolicy(shopOrigin),
      'referrer-policy': 'same-origin',
      'x-content-type-options': 'nosniff',
    },
  })
}

function localeOf(asked: string | undefined): Locale {
  return hasLocale(routing.locales, asked) ? asked : routing.defaultLocale
}
