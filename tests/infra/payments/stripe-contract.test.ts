import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import type { EventSubject, PaymentProvider } from '@/lib/domain/payments/provider'
import { createSandboxProvider } from '@/lib/infra/payments/sandbox'
import { createStripeProvider } from '@/lib/infra/payments/stripe'

/** One of each: a kind that is added to the port does not compile until it stands here. */
const SUBJECTS: Readonly<Record<EventSubject['kind'], true>> = {
  payment: true,
  refund: true,
  transfer: true,
  dispute: true,
  account: true,
}

const PROVIDERS: readonly PaymentProvider[] = [
  createSandboxProvider({ bankUrl: 'http://127.0.0.1:1', appUrl: 'http://127.0.0.1:2', key: new Uint8Array(32) }),
  createStripeProvider({ apiKey: 'sk_test_x', webhookSecrets: ['whsec_x'], methods: ['card'] }),
]

describe.each(PROVIDERS)('$name', (provider) => {
  test('tells of every kind of thing that the mall has to look up', () => {
    expect(new Set(Object.values(provider.eventTypes))).toEqual(new Set(Object.keys(SUBJECTS)))
  })

  test('does not believe what nobody signed', () => {
    expect(provider.parseEvent('{}', null, new Date())).toEqual({ ok: false, why: 'forged' })
  })
})

test('the way to go live lists exactly the events that something is done about', () => {
  const guide = readFileSync('docs/going-live-with-stripe.md', 'utf8')
  const listed = [...guide.matchAll(/^ {4}([a-z_]+(?:\.[a-z_]+)+)$/gmu)].map(([, type]) => type)
  const [, stripe] = PROVIDERS
  expect(new Set(listed)).toEqual(new Set(Object.keys(stripe?.eventTypes ?? {})))
})
