import { type PaymentProvider, ProviderUnavailable } from '@/lib/domain/payments/provider'
import { HOUR_MS, MINUTE_MS, after } from '@/lib/kernel/time'
import Stripe from 'stripe'
import { type Desk, secondsOf } from './client'
import { asked, isKeyTaken, isReplay } from './errors'

type ToOpen = Parameters<PaymentProvider['openPayment']>[0]
type Params = Stripe.Checkout.SessionCreateParams

interface Opened {
  readonly providerRef: string
  readonly payUrl: string
}

/** A page that Stripe shows stays payable for 30 minutes at least; one more for clocks that differ. */
const SHORTEST_MS = 31 * MINUTE_MS
const LONGEST_MS = 23 * HOUR_MS
const MOST_SESSIONS = 5
const MOST_LISTED = 1_000
const LOCALES: Readonly<Record<string, 'zh' | 'en'>> = { 'zh-CN': 'zh', en: 'en' }

/**
 * Opens the checkout's page at Stripe, or finds the one that is open. Keys `checkout:<id>`, then `checkout:<id>:2` and on:
 * within a day Stripe answers a used key with what it answered before, be that a page that has meanwhile run out or a fault,
 * so a key whose page is dead is followed by the next one, and every caller walks the same chain to the same live page. A key
 * that was used with other parameters (another language, another hour) stands for a page too: the open one is looked for
 * before a next key is taken. Of two callers at once one gets the page, the other `ProviderUnavailable` or the same page.
 */
export async function openSession(desk: Desk, input: ToOpen): Promise<Opened> {
  const params = sessionParams(input, desk.methods, desk.clock())
  for (let nth = 1; nth <= MOST_SESSIONS; nth += 1) {
    const key = nth === 1 ? `checkout:${input.checkoutId}` : `checkout:${input.checkoutId}:${nth}`
    const opened = await asked(() => tryKey(desk, input, params, key))
    if (opened) return opened
  }
  throw new ProviderUnavailable('Stripe: every key of this checkout was used up today')
}

/** Null when the key is spent: what it stands for is no page to pay at, and none is found. */
async function tryKey(desk: Desk, input: ToOpen, params: Params, key: string): Promise<Opened | null> {
  const { sessions } = desk.stripe.checkout
  try {
    const created = await sessions.create(params, { idempotencyKey: key })
    const session = isReplay(created.lastResponse.headers) ? await sessions.retrieve(created.id) : created
    if (session.status === 'expired') return null
    // Paid already: there is no page any more, and the order's own page says what became of the money.
    return { providerRef: session.id, payUrl: session.url ?? input.returnUrl }
  } catch (error) {
    const spent = isKeyTaken(error) || (error instanceof Stripe.errors.StripeError && isSpentFault(error))
    if (!spent) throw error
    return findOpen(desk, input)
  }
}

function isSpentFault({ statusCode = 0, headers }: Stripe.errors.StripeError): boolean {
  return statusCode >= 500 && isReplay(headers)
}

async function findOpen({ stripe, clock }: Desk, { checkoutId, amountMinor }: ToOpen): Promise<Opened | null> {
  const since = secondsOf(after(clock(), -24 * HOUR_MS))
  const open = stripe.checkout.sessions.list({ status: 'open', created: { gte: since }, limit: 100 })
  let seen = 0
  for await (const { id, url, client_reference_id: reference, amount_total: total } of open) {
    if (reference === checkoutId && total === amountMinor && url !== null) return { providerRef: id, payUrl: url }
    seen += 1
    if (seen === MOST_LISTED) break
  }
  return null
}

/**
 * One line with the exact amount, and nothing that could change it: no local currency instead of ours, no codes, no taxes.
 * The money stays with the platform; `transfer_group` only ties the pieces together in Stripe's own screens.
 */
function sessionParams(input: ToOpen, methods: readonly string[], now: Date): Params {
  const { checkoutId, amountMinor, currency, description, locale, returnUrl } = input
  const expiresAt = closesAt(input.expiresAt, now)
  return {
    mode: 'payment',
    client_reference_id: checkoutId,
    metadata: { checkoutId },
    line_items: [
      {
        quantity: 1,
        price_data: {
          currency: currency.toLowerCase(),
          unit_amount: amountMinor,
          product_data: { name: description },
        },
      },
    ],
    payment_intent_data: { description, transfer_group: checkoutId, metadata: { checkoutId } },
    allowed_payment_method_types: [...methods],
    ...(methods.includes('wechat_pay') ? { payment_method_options: { wechat_pay: { client: 'web' } } } : {}),
    adaptive_pricing: { enabled: false },
    locale: LOCALES[locale] ?? 'auto',
    success_url: returnUrl,
    cancel_url: returnUrl,
    ...(expiresAt === null ? {} : { expires_at: secondsOf(expiresAt) }),
  }
}

/**
 * When the page closes: a set span after the checkout does, so that a second call says the same and meets the same key; for
 * a checkout that is over already, a set span after the full hour. Null (Stripe's own day) beyond what Stripe takes. Money
 * that comes after the checkout closed is the mall's to handle.
 */
function closesAt(checkoutClosesAt: Date, now: Date): Date | null {
  const usual = after(checkoutClosesAt, SHORTEST_MS)
  const late = after(new Date(Math.ceil(now.getTime() / HOUR_MS) * HOUR_MS), SHORTEST_MS)
  const at = checkoutClosesAt >= now ? usual : late
  return at > after(now, LONGEST_MS) ? null : at
}
