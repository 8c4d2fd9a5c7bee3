import { randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { decideDispute } from '@/lib/bank/decide-dispute'
import { openDispute } from '@/lib/bank/open-dispute'
import { type News, sign } from '@/lib/bank/protocol'
import { pumpCallbacks } from '@/lib/bank/pump-callbacks'
import { returnLastTransfer } from '@/lib/bank/return-last-transfer'
import { type EventSubject, ProviderRefused, ProviderUnavailable } from '@/lib/domain/payments/provider'
import { createSandboxProvider } from '@/lib/infra/payments/sandbox'
import { MINUTE_MS, SECOND_MS, after } from '@/lib/kernel/time'
import {
  aPaidPayment,
  aReadyAccount,
  bank,
  bankKey,
  bankSwitches,
  bankUrl,
  clock,
  mallEnd,
  mallUrl,
  pressPay,
  provider,
} from '@/tests/support/bank'
import { db } from '@/tests/support/database'

async function open(checkoutId: string, amountMinor = 1_000) {
  return provider.openPayment({
    checkoutId,
    amountMinor,
    currency: 'CNY',
    description: 'KB1',
    locale: 'en',
    returnUrl: `${mallUrl}/orders/KB1`,
    expiresAt: after(clock.now, 15 * MINUTE_MS),
  })
}

describe('a payment', () => {
  test('is opened once per checkout, also when the answer was lost, and leads back to the shop', async () => {
    const checkoutId = randomUUID()
    bankSwitches.loseAnswers = 1
    await expect(open(checkoutId)).rejects.toBeInstanceOf(ProviderUnavailable)
    const [one, two] = await Promise.all([open(checkoutId), open(checkoutId)])
    expect(two).toEqual(one)
    expect(one.payUrl).toBe(`${mallUrl}/bank/pay/${one.providerRef}`)
    expect(await db.bankPayment.findMany({ where: { reference: checkoutId } })).toMatchObject([
      { idempotencyKey: `checkout:${checkoutId}`, payBy: after(clock.now, 15 * MINUTE_MS) },
    ])
    expect((await pressPay(one.providerRef)).headers.get('location')).toBe(`${mallUrl}/orders/KB1`)
    const { captureId } = await captureOf(one.providerRef)
    expect(await provider.fetchPayment(one.providerRef)).toEqual({
      providerRef: one.providerRef,
      reference: checkoutId,
      captures: [{ captureRef: captureId, amountMinor: 1_000, currency: 'CNY', capturedAt: clock.now }],
    })
    await expect(open(checkoutId, 999)).rejects.toBeInstanceOf(ProviderRefused)
  })

  test('that nobody has is null; ids that are none, too', async () => {
    for (const ref of [randomUUID(), 'x', '../refunds', '?x=1']) expect(await provider.fetchPayment(ref)).toBeNull()
  })
})

async function captureOf(paymentId: string): Promise<{ captureId: string }> {
  const { id } = await db.bankCapture.findFirstOrThrow({ where: { paymentId } })
  return { captureId: id }
}

describe('a bank that cannot be reached', () => {
  test.each([
    ['down', { down: true }],
    ['too slow', { hang: true }],
  ])('%s: everything may be asked again', async (_what, switches) => {
    const { captureId, paymentId } = await aPaidPayment()
    const accountRef = await aReadyAccount()
    Object.assign(bankSwitches, switches)
    const money = { amountMinor: 1, currency: 'CNY', retry: false } as const
    const calls = [
      open(randomUUID()),
      provider.fetchPayment(paymentId),
      provider.refund({ refundId: randomUUID(), attempt: 1, captureRef: captureId, amountMinor: 1, retry: false }),
      provider.transfer({ payoutId: randomUUID(), accountRef, ...money }),
      provider.fetchAccount(accountRef),
      provider.listMovements({ since: clock.now, cursor: null }),
    ]
    const answers = await Promise.allSettled(calls)
    const reasons = answers.map((answer) => (answer.status === 'rejected' ? (answer.reason as unknown) : null))
    expect(reasons.every((reason) => reason instanceof ProviderUnavailable)).toBe(true)
  })

  test('with another key or another clock is not taken for a refusal', async () => {
    const { paymentId } = await aPaidPayment()
    const line = { bankUrl, appUrl: mallUrl, key: bankKey, clock: () => clock.now }
    const stranger = createSandboxProvider({ ...line, key: Buffer.alloc(32) })
    await expect(stranger.fetchPayment(paymentId)).rejects.toThrow('401')
    const slow = createSandboxProvider({ ...line, clock: () => after(clock.now, -10 * MINUTE_MS) })
    await expect(slow.fetchPayment(paymentId)).rejects.toBeInstanceOf(ProviderUnavailable)
    const babble = createSandboxProvider({ ...line, fetch: async () => Promise.resolve(new Response('<html>')) })
    await expect(babble.fetchPayment(paymentId)).rejects.toBeInstanceOf(ProviderUnavailable)
  })
})

describe('a callback', () => {
  const id = randomUUID()
  const money = { amountMinor: 1_000, currency: 'CNY' }
  const cases: [keyof News, object, EventSubject][] = [
    [
      'payment.captured',
      { paymentId: id, reference: 'abc', ...money },
      { kind: 'payment', providerRef: id, reference: 'abc' },
    ],
    [
      'payment.pending',
      { paymentId: id, reference: null, ...money },
      { kind: 'payment', providerRef: id, reference: null },
    ],
    ['refund.updated', { refundId: id, captureId: id, status: 'failed' }, { kind: 'refund', refundRef: id }],
    ['dispute.opened', { disputeId: id, captureId: id, status: 'needs-response' }, { kind: 'dispute', disputeRef: id }],
    ['dispute.closed', { disputeId: id, captureId: id, status: 'won' }, { kind: 'dispute', disputeRef: id }],
    ['transfer.updated', { transferId: id, accountId: id, status: 'failed' }, { kind: 'transfer', transferRef: id }],
    ['account.updated', { accountId: id }, { kind: 'account', accountRef: id }],
  ]

  function parse(type: string, data: unknown, at = clock.now) {
    const body = JSON.stringify({ id, type, createdAt: clock.now.toISOString(), data })
    return provider.parseEvent(body, sign(bankKey, body, at), clock.now)
  }

  test.each(cases)('%s says what it is about', (type, data, subject) => {
    expect(parse(type, data)).toEqual({ ok: true, event: { eventRef: id, type, subject } })
    expect(provider.eventTypes[type]).toBe(subject.kind)
    // Signed, and yet not what this type looks like.
    expect(parse(type, {})).toEqual({ ok: false, why: 'malformed' })
    expect(parse(type, null)).toEqual({ ok: false, why: 'malformed' })
  })

  test('of a type that nobody knows is about nothing', () => {
    for (const type of ['bank.newsletter', 'constructor', '']) {
      expect(parse(type, { headline: 'x' })).toEqual({ ok: true, event: { eventRef: id, type, subject: null } })
    }
    expect(Object.keys(provider.eventTypes)).toEqual(cases.map(([type]) => type))
  })

  test('is not believed unsigned, changed, too old, or without its shape', () => {
    const body = '{"id":1}'
    expect(provider.parseEvent(body, null, clock.now)).toEqual({ ok: false, why: 'forged' })
    const signature = sign(bankKey, body, clock.now)
    expect(provider.parseEvent(`${body} `, signature, clock.now)).toEqual({ ok: false, why: 'forged' })
    expect(provider.parseEvent(body, signature, clock.now)).toEqual({ ok: false, why: 'malformed' })
    expect(provider.parseEvent('not JSON', sign(bankKey, 'not JSON', clock.now), clock.now)).toEqual({
      ok: false,
      why: 'malformed',
    })
    expect(parse('account.updated', { accountId: id }, after(clock.now, -6 * MINUTE_MS))).toEqual({
      ok: false,
      why: 'stale',
    })
  })

  test('of every kind that the bank itself sends is understood', async () => {
    const understood: string[] = []
    mallEnd.answer = async (request) => {
      const body = await request.text()
      const parsed = provider.parseEvent(body, request.headers.get('keybond-bank-signature'), clock.now)
      understood.push(parsed.ok ? `${parsed.event.type} ${parsed.event.subject?.kind ?? 'nothing'}` : parsed.why)
      return Response.json({})
    }
    const { captureId } = await aPaidPayment({ newsletter: 'on', reorder: 'on', refunds: 'pending' })
    await provider.refund({ refundId: randomUUID(), attempt: 1, captureRef: captureId, amountMinor: 1, retry: false })
    await decideDispute(bank, (await openDispute(bank, captureId, 'duplicate')) ?? '', 'shop')
    const accountRef = await aReadyAccount()
    const money = { amountMinor: 1, currency: 'CNY', retry: false } as const
    await provider.transfer({ payoutId: randomUUID(), accountRef, ...money })
    await returnLastTransfer(bank, accountRef)
    clock.now = after(clock.now, 3 * SECOND_MS)
    await pumpCallbacks(bank)
    const known = Object.entries(provider.eventTypes).map(([type, kind]) => `${type} ${kind}`)
    expect(new Set(understood)).toEqual(new Set([...known, 'bank.newsletter nothing']))
  })
})

describe('callbacks that are not answered', () => {
  test('come again until they are, one by one', async () => {
    mallEnd.answer = async () => Promise.resolve(new Response(null, { status: 503 }))
    const { paymentId } = await aPaidPayment()
    expect(await db.bankCallback.findFirst({ where: { paymentId } })).toMatchObject({ lastStatus: 503, attempts: 1 })
    mallEnd.answer = async () => Promise.resolve(Response.json({}))
    clock.now = after(clock.now, SECOND_MS)
    expect(await pumpCallbacks(bank, paymentId)).toBe(1)
    expect(await pumpCallbacks(bank, paymentId)).toBe(0)
    expect(await db.bankCallback.findFirst({ where: { paymentId } })).toMatchObject({ lastStatus: 200, attempts: 2 })
  })
})
