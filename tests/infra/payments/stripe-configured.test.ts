import { afterEach, beforeEach, expect, test, vi } from 'vitest'

const LIVE = { KEYBOND_STRIPE_SECRET_KEY: 'sk_live_x', KEYBOND_STRIPE_WEBHOOK_SECRET: 'whsec_x' }
const SIGNED = new Headers({ 'stripe-signature': 'of Stripe', 'keybond-bank-signature': 'of the bank' })

/** The module as a process with these settings has it. */
async function configured(settings: Readonly<Record<string, string>>) {
  for (const [name, value] of Object.entries(settings)) vi.stubEnv(name, value)
  return import('@/lib/infra/payments')
}

beforeEach(() => vi.resetModules())
afterEach(() => vi.unstubAllEnvs())

test('without a key the sandbox bank takes new payments, and Stripe is nobody', async () => {
  const { paymentProvider, paymentProviders, providerNamed } = await configured({})
  expect(paymentProvider().name).toBe('sandbox')
  expect(providerNamed('stripe')).toBeNull()
  expect(providerNamed('constructor')).toBeNull()
  expect(paymentProviders().map(({ name }) => name)).toEqual(['sandbox'])
})

test('with a key Stripe takes new payments, and what the bank took can still be refunded', async () => {
  const { paymentProvider, paymentProviders, providerNamed } = await configured(LIVE)
  expect(paymentProvider().name).toBe('stripe')
  expect(providerNamed('stripe')).toBe(paymentProvider())
  expect(providerNamed('sandbox')?.name).toBe('sandbox')
  expect(paymentProviders().map(({ name }) => name)).toEqual(['sandbox', 'stripe'])
})

test('production with real money has no sandbox bank', async () => {
  const { paymentProviders, providerNamed } = await configured({ ...LIVE, KEYBOND_MODE: 'production' })
  expect(providerNamed('sandbox')).toBeNull()
  expect(paymentProviders().map(({ name }) => name)).toEqual(['stripe'])
})

test('each provider’s signature is read from its own header', async () => {
  const { callbackSignature } = await configured({})
  expect(callbackSignature('stripe', SIGNED)).toBe('of Stripe')
  expect(callbackSignature('sandbox', SIGNED)).toBe('of the bank')
  expect(callbackSignature('wallet', SIGNED)).toBeNull()
})
