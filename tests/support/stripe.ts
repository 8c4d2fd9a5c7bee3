import { afterAll, afterEach, beforeEach } from 'vitest'
import type { ProviderEvent } from '@/lib/domain/payments/provider'
import { createStripeProvider } from '@/lib/infra/payments/stripe'
import { serve } from './http'
import { startStripeDouble } from './stripe-double'

const API_KEY = 'sk_test_double'
export const WEBHOOK_SECRET = 'whsec_double'

/** What the mall's end of the line answers, and what it believed. */
export const mall = { status: 200, heard: [] as ProviderEvent[] }

const mallServer = await serve(async (request) => {
  const parsed = provider.parseEvent(await request.text(), request.headers.get('stripe-signature'), stripe.books.now())
  if (!parsed.ok) return new Response(parsed.why, { status: 400 })
  if (mall.status === 200) mall.heard.push(parsed.event)
  return new Response(null, { status: mall.status })
})

export const stripe = await startStripeDouble({
  webhookUrl: mallServer.origin,
  webhookSecret: WEBHOOK_SECRET,
  apiKey: API_KEY,
})

const options = {
  apiKey: API_KEY,
  webhookSecrets: ['whsec_of_another_endpoint', WEBHOOK_SECRET],
  methods: ['card', 'alipay', 'wechat_pay'],
  apiOrigin: stripe.url,
  clock: () => stripe.books.now(),
}

/** The mall's end: what one call does, and nothing repeated behind its back. */
export const provider = createStripeProvider({ ...options, maxNetworkRetries: 0 })
/** The same with no patience, for answers that never come. */
export const hastyProvider = createStripeProvider({ ...options, timeoutMs: 500, maxNetworkRetries: 0 })
export const patientProvider = createStripeProvider({ ...options, timeoutMs: 500, maxNetworkRetries: 2 })
export const strangerProvider = createStripeProvider({ ...options, apiKey: 'sk_test_wrong', maxNetworkRetries: 0 })

/** How often an operation was carried out or answered from the keys. */
export function callsOf(operation: string): number {
  return stripe.calls.filter((call) => call.operation === operation).length
}

beforeEach(async () => {
  mall.status = 200
  await stripe.control.calm({})
  await stripe.control.settled({})
  mall.heard.splice(0)
})

afterEach(() => {
  const violations = stripe.violations.splice(0)
  if (violations.length > 0) throw new Error(`not as Stripe documents it: ${violations.join('; ')}`)
})

afterAll(async () => {
  await stripe.stop()
  await mallServer.close()
})
