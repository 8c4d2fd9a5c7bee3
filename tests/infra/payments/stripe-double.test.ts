import Stripe from 'stripe'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { startStripeDouble } from '@/tests/support/stripe-double'
import { decodeForm } from '@/tests/support/stripe-double/form'

const double = await startStripeDouble({ webhookUrl: null, webhookSecret: 'whsec_x', apiKey: 'sk_test_x' })
afterAll(() => double.stop())
beforeEach(() => {
  double.violations.length = 0
})

async function post(path: string, form: Record<string, string>, headers: Record<string, string> = {}) {
  const response = await fetch(new URL(path, double.url), {
    method: 'POST',
    headers: {
      authorization: 'Bearer sk_test_x',
      'stripe-version': Stripe.API_VERSION,
      'content-type': 'application/x-www-form-urlencoded',
      ...headers,
    },
    body: new URLSearchParams(form).toString(),
  })
  const answer: unknown = await response.json()
  return { status: response.status, answer, replayed: response.headers.get('idempotent-replayed') }
}

const SESSION = {
  mode: 'payment',
  'line_items[0][quantity]': '1',
  'line_items[0][price_data][currency]': 'cny',
  'line_items[0][price_data][unit_amount]': '1000',
  'line_items[0][price_data][product_data][name]': 'x',
  success_url: 'https://mall.example.com/',
}

test('forms are read the way Stripe reads them', () => {
  expect(decodeForm('a=1&b[c]=2&b[d][]=3&b[d][]=4&e[0][f]=5&e[1][f]=6&g=x%26y')).toEqual({
    a: '1',
    b: { c: '2', d: ['3', '4'] },
    e: [{ f: '5' }, { f: '6' }],
    g: 'x&y',
  })
})

test('a documented request is no violation', async () => {
  expect(await post('/v1/checkout/sessions', SESSION)).toMatchObject({ status: 200, answer: { amount_total: 1_000 } })
  expect(double.violations).toEqual([])
})

test.for<[string, string, Record<string, string>, string]>([
  ['an unknown parameter', '/v1/checkout/sessions', { ...SESSION, colour: 'red' }, 'unknown parameter: colour'],
  [
    'an unknown parameter far inside',
    '/v1/checkout/sessions',
    { ...SESSION, 'line_items[0][price_data][colour]': 'red' },
    'unknown parameter: line_items[0][price_data][colour]',
  ],
  [
    'a parameter that the present version has dropped',
    '/v1/checkout/sessions',
    { ...SESSION, 'payment_method_types[0]': 'card' },
    'unknown parameter: payment_method_types',
  ],
  ['an amount that is no number', '/v1/refunds', { charge: 'ch_1', amount: '1.5' }, 'Invalid amount'],
  ['a word that is not in the list', '/v1/checkout/sessions', { ...SESSION, locale: 'zh-CN' }, 'Invalid locale'],
  ['a missing parameter', '/v1/transfers', { amount: '1', currency: 'cny' }, 'Missing required param: destination'],
  [
    'a text that is too long',
    '/v1/disputes/du_1',
    { 'evidence[uncategorized_text]': 'x'.repeat(20_001) },
    'Invalid evidence',
  ],
  ['an address that does not exist', '/v1/refund', { charge: 'ch_1' }, 'Unrecognized request URL'],
])('%s is refused and noted', async ([, path, form, words]) => {
  const { status, answer } = await post(path, form)
  expect([400, 404]).toContain(status)
  expect(answer).toMatchObject({
    error: { type: 'invalid_request_error', message: expect.stringContaining(words) as unknown },
  })
  expect(double.violations).toHaveLength(1)
})

test('another version and another key are noticed', async () => {
  expect((await post('/v1/checkout/sessions', SESSION, { authorization: 'Bearer sk_test_y' })).status).toBe(401)
  await post('/v1/checkout/sessions', SESSION, { 'stripe-version': '2022-11-15' })
  expect(double.violations).toEqual([expect.stringContaining('2022-11-15')])
})

test('a key gives its first answer again, also a refusal, for the same request and for a day', async () => {
  const key = { 'idempotency-key': 'a' }
  const first = await post('/v1/checkout/sessions', SESSION, key)
  const second = await post('/v1/checkout/sessions', SESSION, key)
  expect(second).toEqual({ ...first, replayed: 'true' })
  const other = await post('/v1/checkout/sessions', { ...SESSION, locale: 'en' }, key)
  expect(other).toMatchObject({ status: 400, answer: { error: { type: 'idempotency_error' } } })
  const refused = await post('/v1/refunds', { charge: 'ch_none', amount: '1' }, { 'idempotency-key': 'b' })
  expect(await post('/v1/refunds', { charge: 'ch_none', amount: '1' }, { 'idempotency-key': 'b' })).toEqual({
    ...refused,
    replayed: 'true',
  })
  await double.control.advance({ ms: 86_400_000 })
  const next = await post('/v1/checkout/sessions', SESSION, key)
  expect([next.status, next.replayed]).toEqual([200, null])
  expect(next.answer).not.toEqual(first.answer)
})
