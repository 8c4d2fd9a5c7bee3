import { randomUUID } from 'node:crypto'
import Stripe from 'stripe'
import { expect, test } from 'vitest'
import { STRIPE_EVENT_TYPES } from '@/lib/infra/payments/stripe/event-types'
import { MINUTE_MS, after } from '@/lib/kernel/time'
import { WEBHOOK_SECRET, mall, provider, stripe } from '@/tests/support/stripe'

const { control, books, post } = stripe
const NOW = new Date('2026-11-22T10:00:00Z')

function signed(body: string, { secret = WEBHOOK_SECRET, at = NOW } = {}): string {
  const timestamp = Math.floor(at.getTime() / 1_000)
  return Stripe.webhooks.generateTestHeaderString({ payload: body, secret, timestamp })
}

function anEvent(type: string, object: object, more: object = {}): string {
  return JSON.stringify({ id: 'evt_1', object: 'event', type, data: { object }, ...more })
}

async function aPaidSession() {
  const checkoutId = randomUUID()
  const { providerRef } = await provider.openPayment({
    checkoutId,
    amountMinor: 1_000,
    currency: 'CNY',
    description: 'KB-1',
    locale: 'en',
    returnUrl: 'http://127.0.0.1:9/',
    expiresAt: after(books.now(), 15 * MINUTE_MS),
  })
  await control.pay({ session: providerRef })
  const captureRef = books.intents.get(books.sessions.get(providerRef)?.payment_intent ?? '')?.latest_charge ?? ''
  return { checkoutId, providerRef, captureRef }
}

test('a signature of either endpoint is believed', () => {
  const body = anEvent('customer.created', { id: 'cus_1' })
  const event = { eventRef: 'evt_1', type: 'customer.created', subject: null }
  expect(provider.parseEvent(body, signed(body), NOW)).toEqual({ ok: true, event })
  const other = signed(body, { secret: 'whsec_of_another_endpoint' })
  expect(provider.parseEvent(body, other, NOW)).toEqual({ ok: true, event })
})

test.for<[string, (body: string) => string | null]>([
  ['no signature', () => null],
  ['an empty signature', () => ''],
  ['a made-up signature', () => `t=${Math.floor(NOW.getTime() / 1_000)},v1=${'0'.repeat(64)}`],
  ['another secret', (body) => signed(body, { secret: 'whsec_wrong' })],
  ['another body', (body) => signed(`${body} `)],
  ['another scheme', (body) => signed(body).replace('v1=', 'v0=')],
])('%s is forged', ([, sign]) => {
  const body = anEvent('refund.updated', { id: 're_1' })
  expect(provider.parseEvent(body, sign(body), NOW)).toEqual({ ok: false, why: 'forged' })
})

test('a signature holds for 300 seconds', () => {
  const body = anEvent('refund.updated', { id: 're_1' })
  const header = signed(body)
  expect(provider.parseEvent(body, header, new Date(NOW.getTime() + 300_000))).toMatchObject({ ok: true })
  const late = new Date(NOW.getTime() + 301_000)
  expect(provider.parseEvent(body, header, late)).toEqual({ ok: false, why: 'stale' })
  // Whoever has no secret does not learn that it was too old.
  expect(provider.parseEvent(`${body} `, header, late)).toEqual({ ok: false, why: 'forged' })
})

test.for(['not json', '[]', '{}', anEvent('refund.updated', {}), '{"id":"evt_1","object":"v2.core.event"}'])(
  'a signed body that is no event of ours is malformed: %s',
  (body) => {
    expect(provider.parseEvent(body, signed(body), NOW)).toEqual({ ok: false, why: 'malformed' })
  },
)

const CHECKOUT = '019a9f3e-0000-7000-8000-000000000001'

test.for<[string, object, object]>([
  [
    'checkout.session.completed',
    { id: 'cs_1', metadata: { checkoutId: CHECKOUT } },
    { kind: 'payment', providerRef: 'cs_1', reference: CHECKOUT },
  ],
  [
    'checkout.session.expired',
    { id: 'cs_2', metadata: { checkoutId: "1'; DROP TABLE" } },
    { kind: 'payment', providerRef: 'cs_2', reference: null },
  ],
  ['refund.failed', { id: 're_1' }, { kind: 'refund', refundRef: 're_1' }],
  ['transfer.reversed', { id: 'tr_1' }, { kind: 'transfer', transferRef: 'tr_1' }],
  ['charge.dispute.created', { id: 'du_1' }, { kind: 'dispute', disputeRef: 'du_1' }],
  ['account.updated', { id: 'acct_1' }, { kind: 'account', accountRef: 'acct_1' }],
  ['capability.updated', { id: 'transfers', account: 'acct_1' }, { kind: 'account', accountRef: 'acct_1' }],
])('%s is about what it says', ([type, object, subject]) => {
  const body = anEvent(type, object)
  expect(provider.parseEvent(body, signed(body), NOW)).toMatchObject({ ok: true, event: { type, subject } })
})

test('every type in the table is parsed into its kind of subject', () => {
  expect(provider.eventTypes).toBe(STRIPE_EVENT_TYPES)
  for (const [type, kind] of Object.entries(STRIPE_EVENT_TYPES)) {
    const body = anEvent(type, { id: 'x_1', account: 'acct_1' })
    expect(provider.parseEvent(body, signed(body), NOW)).toMatchObject({ ok: true, event: { subject: { kind } } })
  }
})

test('a life of a payment tells of everything that the mall has to look up', async () => {
  const { captureRef, ...paid } = await aPaidSession()
  await control.set({ refunds: 'pending' })
  const refund = { refundId: randomUUID(), attempt: 1, captureRef, amountMinor: 100, retry: false }
  const { refundRef } = await provider.refund(refund)
  await control.settleRefund({ refund: refundRef, status: 'failed' })
  const { accountRef } = await provider.openAccount({
    merchantId: randomUUID(),
    name: 'x',
    email: 'x@example.com',
    locale: 'en',
  })
  await control.onboard({ account: accountRef })
  const transfer = { payoutId: randomUUID(), accountRef, amountMinor: 10, currency: 'CNY', retry: false } as const
  const { transferRef } = await provider.transfer(transfer)
  await control.reverseTransfer({ transfer: transferRef })
  const { id: disputeRef } = await control.openDispute({ charge: captureRef })
  await control.closeDispute({ dispute: disputeRef, outcome: 'won' })
  await control.settled({})
  const told = mall.heard.filter(({ subject }) => subject !== null).map(({ type, subject }) => [type, subject])
  expect(told).toEqual(
    expect.arrayContaining([
      ['checkout.session.completed', { kind: 'payment', providerRef: paid.providerRef, reference: paid.checkoutId }],
      ['refund.created', { kind: 'refund', refundRef }],
      ['refund.failed', { kind: 'refund', refundRef }],
      ['account.updated', { kind: 'account', accountRef }],
      ['transfer.created', { kind: 'transfer', transferRef }],
      ['transfer.reversed', { kind: 'transfer', transferRef }],
      ['charge.dispute.created', { kind: 'dispute', disputeRef }],
      ['charge.dispute.funds_withdrawn', { kind: 'dispute', disputeRef }],
      ['charge.dispute.closed', { kind: 'dispute', disputeRef }],
      ['charge.dispute.funds_reinstated', { kind: 'dispute', disputeRef }],
    ]),
  )
})

test('events come twice, late and backwards, and not at all, when the double is told so', async () => {
  await control.set({ events: 'twice' })
  await aPaidSession()
  await control.settled({})
  expect(mall.heard.filter(({ type }) => type === 'checkout.session.completed')).toHaveLength(2)
  mall.heard.splice(0)
  await control.set({ events: 'hold' })
  await aPaidSession()
  await control.settled({})
  expect(mall.heard).toEqual([])
  await control.release({ order: 'backwards' })
  expect(mall.heard.map(({ type }) => type)).toEqual(['checkout.session.completed', 'payment_intent.succeeded'])
  mall.heard.splice(0)
  await control.set({ events: 'lose' })
  await aPaidSession()
  await control.settled({})
  expect(mall.heard).toEqual([])
})

test('an event that the mall could not take is brought again, and can be brought again by hand', async () => {
  mall.status = 503
  const { providerRef } = await aPaidSession()
  await expect.poll(() => post.deliveries.at(-1)?.status).toBe(503)
  mall.status = 200
  await control.settled({})
  const completed = mall.heard.filter(({ type }) => type === 'checkout.session.completed')
  expect(completed).toHaveLength(1)
  expect(completed[0]).toMatchObject({ subject: { providerRef } })
  await control.again({ event: completed[0]?.eventRef ?? '' })
  expect(mall.heard.filter(({ type }) => type === 'checkout.session.completed')).toHaveLength(2)
})
