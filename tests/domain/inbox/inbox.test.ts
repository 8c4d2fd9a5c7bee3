import { randomUUID } from 'node:crypto'
import { beforeEach, describe, expect, test } from 'vitest'
import { refundOrder } from '@/lib/domain/orders'
import { attachProviderPayment, settleRefund } from '@/lib/domain/payments'
import { suspenseOf } from '@/lib/domain/ledger'
import { MOST_ATTEMPTS, dueEvents, handleEvent, receivePaymentEvent, retryEvent, sweepEvents } from '@/lib/domain/inbox'
import type { ProviderCapture, ProviderEvent } from '@/lib/domain/payments'
import { newId } from '@/lib/kernel/ids'
import { HOUR_MS, MINUTE_MS, SECOND_MS, after } from '@/lib/kernel/time'
import { balanceOf, statusOf } from '@/tests/support/books'
import { db } from '@/tests/support/database'
import { type AnOrder, NOW, aCapture, aPlacedOrder, run } from '@/tests/support/factories'
import { PocketProvider } from '@/tests/support/pocket-provider'
import { raceTwice } from '@/tests/support/race'

let provider = new PocketProvider()
const failures: string[] = []
const operator = { kind: 'OPERATOR', id: newId() } as const
const named = (name: string) => (name === provider.name ? provider : null)
const swept = (now: Date) => sweepEvents(run, named, now, (_error, what) => failures.push(what))
const receive = (event: ProviderEvent, now = NOW, signature: string | null = 'good') =>
  receivePaymentEvent(run, provider, JSON.stringify(event), signature, now)

function anEvent(subject: ProviderEvent['subject']): ProviderEvent {
  return { eventRef: randomUUID(), type: `${subject?.kind ?? 'mall'}.captured`, subject }
}

async function paidOrder(captures?: readonly ProviderCapture[]): Promise<AnOrder & { providerRef: string }> {
  const order = await aPlacedOrder()
  const { providerRef, payUrl } = await provider.openPayment(order)
  provider.payments.set(providerRef, {
    reference: order.checkoutId,
    captures: [...(captures ?? [await aCapture(order.checkoutId)])],
  })
  await run((tx) => attachProviderPayment(tx, order.checkoutId, providerRef, payUrl))
  return { ...order, providerRef }
}

const storedEvent = async (eventRef: string) => db.paymentEvent.findFirstOrThrow({ where: { eventRef } })
const paymentOf = ({ providerRef, checkoutId }: { providerRef: string; checkoutId: string }) =>
  anEvent({ kind: 'payment', providerRef, reference: checkoutId })

beforeEach(async () => {
  provider = new PocketProvider()
  failures.length = 0
  await db.paymentEvent.deleteMany()
})

describe('receiving', () => {
  test('stores, looks up and delivers at once; again it is kept and changes nothing', async () => {
    const order = await paidOrder()
    const event = paymentOf(order)
    expect(await receive(event)).toMatchObject({ verdict: 'APPLIED', reason: null })
    expect(await statusOf(order.orderId)).toBe('DELIVERED')
    expect(await storedEvent(event.eventRef)).toMatchObject({
      verdict: 'APPLIED',
      checkoutId: order.checkoutId,
      subject: event.subject,
      attempts: 1,
      dueAt: null,
      handledAt: NOW,
    })
    expect(await receive(event)).toMatchObject({ verdict: 'IGNORED', reason: 'replayed' })
    expect(await receive(paymentOf(order))).toMatchObject({ verdict: 'IGNORED', reason: 'known' })
    expect(await db.paymentEvent.count({ where: { eventRef: event.eventRef } })).toBe(1)
  })

  test('an unbelieved one is stored without anything that it claims, and does not stand in the true one’s way', async () => {
    const order = await paidOrder()
    const event = paymentOf(order)
    expect(await receive(event, NOW, 'no')).toMatchObject({ verdict: 'REJECTED', reason: 'forged' })
    const [forged] = await db.paymentEvent.findMany()
    expect(forged).toMatchObject({ eventRef: null, type: null, subject: null, dueAt: null, attempts: 0 })
    expect(await statusOf(order.orderId)).toBe('AWAITING_PAYMENT')
    expect(await receive(event)).toMatchObject({ verdict: 'APPLIED' })
  })

  test('a type that nothing is done about is ignored, a body is kept up to 16 KiB', async () => {
    const event = { ...anEvent(null), note: '账'.repeat(10_000) }
    expect(await receive(event)).toMatchObject({ verdict: 'IGNORED', reason: 'unsupported-type' })
    const { body, dueAt } = await storedEvent(event.eventRef)
    expect(Buffer.byteLength(body)).toBeLessThanOrEqual(16_386)
    expect(Buffer.byteLength(body)).toBeGreaterThan(16_000)
    expect(dueAt).toBeNull()
  })

  test('what goes wrong with handling is noted and tried again by ourselves', async () => {
    const order = await paidOrder()
    const event = paymentOf(order)
    provider.down = true
    expect(await receive(event)).toMatchObject({ verdict: 'RECEIVED', reason: 'failed' })
    expect(await storedEvent(event.eventRef)).toMatchObject({
      attempts: 1,
      lastError: 'no answer',
      dueAt: after(NOW, 20 * SECOND_MS),
    })
    expect(await receive(event)).toMatchObject({ verdict: 'IGNORED', reason: 'replayed' })
    provider.down = false
    expect(await swept(after(NOW, 19 * SECOND_MS))).toEqual({ handled: 0, failed: 0, dead: 0 })
    expect(await swept(after(NOW, 20 * SECOND_MS))).toEqual({ handled: 1, failed: 0, dead: 0 })
    expect(await statusOf(order.orderId)).toBe('DELIVERED')
    expect(await storedEvent(event.eventRef)).toMatchObject({ verdict: 'APPLIED', lastError: null })
  })

  test('a second capture, and one of another amount, are told by the reason', async () => {
    const order = await paidOrder()
    provider.payments.get(order.providerRef)?.captures.push(await aCapture(order.checkoutId))
    expect(await receive(paymentOf(order))).toMatchObject({ verdict: 'APPLIED', reason: 'duplicate' })
    const other = await aPlacedOrder()
    const short = await paidOrder([await aCapture(other.checkoutId, { amountMinor: 1 })])
    expect(await receive(paymentOf(short))).toMatchObject({ verdict: 'APPLIED', reason: 'mismatch' })
    expect(await statusOf(short.orderId)).toBe('AWAITING_PAYMENT')
  })

  test('nothing captured, and a payment that nobody has', async () => {
    const order = await paidOrder([])
    expect(await receive(paymentOf(order))).toMatchObject({ verdict: 'IGNORED', reason: 'not-captured' })
    const unknown = paymentOf({ ...order, providerRef: randomUUID() })
    expect(await receive(unknown)).toMatchObject({ verdict: 'REJECTED', reason: 'foreign' })
  })

  test("another checkout's reference does not move this one: what stands at the provider counts", async () => {
    const [cheap, dear] = [await paidOrder(), await paidOrder([])]
    const claim = paymentOf({ providerRef: cheap.providerRef, checkoutId: dear.checkoutId })
    expect(await receive(claim)).toMatchObject({ verdict: 'APPLIED' })
    expect([await statusOf(cheap.orderId), await statusOf(dear.orderId)]).toEqual(['DELIVERED', 'AWAITING_PAYMENT'])
    expect((await storedEvent(claim.eventRef)).checkoutId).toBe(cheap.checkoutId)
  })

  test('a payment of no checkout of ours is parked in suspense, once', async () => {
    const providerRef = randomUUID()
    const capture = { captureRef: randomUUID(), amountMinor: 4_200, currency: 'CNY', capturedAt: NOW }
    provider.payments.set(providerRef, { reference: null, captures: [capture] })
    const event = () => anEvent({ kind: 'payment', providerRef, reference: null })
    expect(await receive(event())).toMatchObject({ verdict: 'APPLIED', reason: 'parked' })
    expect(await receive(event())).toMatchObject({ verdict: 'IGNORED', reason: 'known' })
    const payment = await db.payment.findFirstOrThrow({ where: { captureRef: capture.captureRef } })
    expect(payment).toMatchObject({ use: 'UNKNOWN', checkoutId: null, amountMinor: 4_200 })
    expect(await balanceOf(suspenseOf(payment.id, 'CNY'))).toBe(4_200)
  })

  test('a checkout whose payment was opened by a process that was killed is found by its reference', async () => {
    const order = await aPlacedOrder()
    const { providerRef } = await provider.openPayment(order)
    provider.payments.set(providerRef, { reference: order.checkoutId, captures: [await aCapture(order.checkoutId)] })
    expect(await receive(paymentOf({ ...order, providerRef }))).toMatchObject({ verdict: 'APPLIED', reason: null })
    expect(await statusOf(order.orderId)).toBe('DELIVERED')
  })

  test.each([
    { kind: 'refund', refundRef: 'r' },
    { kind: 'transfer', transferRef: 't' },
    { kind: 'account', accountRef: 'a' },
    { kind: 'dispute', disputeRef: 'd' },
  ] as const)('a $kind that is none of ours is foreign', async (subject) => {
    expect(await receive(anEvent(subject))).toMatchObject({ verdict: 'REJECTED', reason: 'foreign' })
  })
})

test('events of a refund and a dispute are found beside the orders of their payment', async () => {
  const order = await paidOrder()
  await receive(paymentOf(order))
  const operatorId = { kind: 'OPERATOR', id: newId() } as const
  await run((tx) =>
    refundOrder(tx, { orderId: order.orderId, wanted: { amountMinor: 100 }, reason: 'x' }, operatorId, NOW),
  )
  const { id } = await db.refund.findFirstOrThrow({ where: { orderId: order.orderId } })
  provider.refundsBecome = 'pending'
  await settleRefund(run, named, id, NOW)
  const refundRef = provider.refunds.get(id) ?? ''
  provider.endRefund(refundRef, 'succeeded')
  const refunded = anEvent({ kind: 'refund', refundRef })
  expect(await receive(refunded)).toMatchObject({ verdict: 'APPLIED' })
  expect(await db.refund.findUnique({ where: { id } })).toMatchObject({ status: 'SUCCEEDED' })
  const [capture] = provider.payments.get(order.providerRef)?.captures ?? []
  const disputed = anEvent({ kind: 'dispute', disputeRef: provider.openDispute(capture?.captureRef ?? '', 900) })
  expect(await receive(disputed)).toMatchObject({ verdict: 'APPLIED' })
  for (const { eventRef } of [refunded, disputed]) {
    expect((await storedEvent(eventRef)).checkoutId).toBe(order.checkoutId)
  }
})

describe('dead letters', () => {
  async function poisoned(): Promise<string> {
    // The provider names a checkout of ours and means another one: no look-up ever succeeds.
    const event = anEvent({ kind: 'payment', providerRef: randomUUID(), reference: null })
    if (event.subject?.kind === 'payment') {
      const { providerRef } = event.subject
      Object.defineProperty(provider, 'fetchPayment', {
        configurable: true,
        value: async (ref: string) => {
          if (ref === providerRef) throw new Error('cannot be read')
          return PocketProvider.prototype.fetchPayment.call(provider, ref)
        },
      })
    }
    await receive(event)
    return event.eventRef
  }

  test('after eight attempts an event is dead; an operator has it tried again', async () => {
    const eventRef = await poisoned()
    let now = NOW
    for (let attempt = 2; attempt <= MOST_ATTEMPTS; attempt++) {
      const { dueAt } = await storedEvent(eventRef)
      expect(dueAt).not.toBeNull()
      now = dueAt ?? now
      expect(await swept(now)).toEqual({
        handled: 0,
        failed: attempt === MOST_ATTEMPTS ? 0 : 1,
        dead: attempt === MOST_ATTEMPTS ? 1 : 0,
      })
    }
    const dead = await storedEvent(eventRef)
    expect(dead).toMatchObject({
      verdict: 'DEAD',
      attempts: 8,
      dueAt: null,
      handledAt: now,
      lastError: 'cannot be read',
    })
    expect(failures).toHaveLength(MOST_ATTEMPTS - 1)
    expect(await swept(after(now, 1000 * HOUR_MS))).toEqual({ handled: 0, failed: 0, dead: 0 })

    await run((tx) => retryEvent(tx, dead.id, operator, now))
    expect(await storedEvent(eventRef)).toMatchObject({ verdict: 'RECEIVED', attempts: 0, dueAt: now, handledAt: null })
    Object.defineProperty(provider, 'fetchPayment', { configurable: true, value: async () => Promise.resolve(null) })
    expect(await swept(now)).toMatchObject({ handled: 1 })
    expect(await storedEvent(eventRef)).toMatchObject({ verdict: 'REJECTED', reason: 'foreign', lastError: null })
    expect(await db.operatorAction.findMany({ where: { subjectId: dead.id } })).toMatchObject([
      { verb: 'retry-event', subject: 'payment-event', userId: operator.id, at: now },
    ])
  })

  test('only what is dead is retried, by one of two operators', async () => {
    const { id } = await storedEvent(await poisoned())
    await expect(run((tx) => retryEvent(tx, id, operator, NOW))).rejects.toMatchObject({
      code: 'payment/event-not-dead',
    })
    await expect(run((tx) => retryEvent(tx, newId(), operator, NOW))).rejects.toMatchObject({
      code: 'access/not-found',
    })
    await db.paymentEvent.update({ where: { id }, data: { verdict: 'DEAD', dueAt: null, handledAt: NOW } })
    const [one, two] = await raceTwice((tx) => retryEvent(tx, id, operator, NOW))
    expect(one.status).toBe('fulfilled')
    expect(two).toMatchObject({ status: 'rejected', reason: { code: 'payment/event-not-dead' } })
    expect(await db.operatorAction.count({ where: { subjectId: id } })).toBe(1)
  })

  test('a poisoned event does not keep the others from being handled', async () => {
    const poison = await poisoned()
    const order = await paidOrder()
    const event = paymentOf(order)
    provider.down = true
    await receive(event)
    provider.down = false
    expect(await swept(after(NOW, MINUTE_MS))).toEqual({ handled: 1, failed: 1, dead: 0 })
    expect(await statusOf(order.orderId)).toBe('DELIVERED')
    expect(failures).toEqual([`payment event ${(await storedEvent(poison)).id}`])
  })

  test('a provider that is not configured keeps nobody waiting but its own events', async () => {
    const order = await paidOrder()
    const event = paymentOf(order)
    provider.down = true
    await receive(event)
    provider.down = false
    const orphan = { id: newId(), provider: 'gone', eventRef: 'e', type: 't', verdict: 'RECEIVED', body: '' } as const
    await db.paymentEvent.create({
      data: { ...orphan, dueAt: NOW, receivedAt: NOW, subject: { kind: 'refund', refundRef: 'r' } },
    })
    const now = after(NOW, MINUTE_MS)
    expect(await swept(now)).toEqual({ handled: 1, failed: 0, dead: 0 })
    expect(await db.paymentEvent.findUnique({ where: { id: orphan.id } })).toMatchObject({
      verdict: 'RECEIVED',
      attempts: 0,
      dueAt: after(now, HOUR_MS),
    })
  })

  test('a subject that cannot be read back is a failure like any other', async () => {
    const id = newId()
    await db.paymentEvent.create({
      data: {
        id,
        provider: 'sandbox',
        eventRef: randomUUID(),
        type: 't',
        verdict: 'RECEIVED',
        body: '',
        subject: { kind: 'weather' },
        dueAt: NOW,
        receivedAt: NOW,
      },
    })
    expect(await swept(NOW)).toMatchObject({ failed: 1 })
  })
})

describe('at once', () => {
  test('two handlers of one event: one has it, the other leaves it', async () => {
    const order = await paidOrder()
    const event = paymentOf(order)
    provider.down = true
    await receive(event)
    provider.down = false
    const now = after(NOW, MINUTE_MS)
    const { id } = await storedEvent(event.eventRef)
    const done = await Promise.all([handleEvent(run, provider, id, now), handleEvent(run, provider, id, now)])
    expect(done.filter(Boolean)).toMatchObject([{ verdict: 'APPLIED' }])
    expect(await db.payment.count({ where: { checkoutId: order.checkoutId } })).toBe(1)
  })

  test('a handler that was killed leaves its event to the next, which changes nothing twice', async () => {
    const order = await paidOrder()
    const event = paymentOf(order)
    await receive(event)
    // Killed between the delivery and the verdict: the lease is still on the row.
    const { id } = await storedEvent(event.eventRef)
    await db.paymentEvent.update({
      where: { id },
      data: { verdict: 'RECEIVED', dueAt: after(NOW, 2 * MINUTE_MS), handledAt: null },
    })
    expect(await swept(after(NOW, MINUTE_MS))).toMatchObject({ handled: 0 })
    expect(await swept(after(NOW, 2 * MINUTE_MS))).toMatchObject({ handled: 1 })
    expect(await storedEvent(event.eventRef)).toMatchObject({ verdict: 'IGNORED', reason: 'known', attempts: 2 })
    expect(await db.payment.count({ where: { checkoutId: order.checkoutId } })).toBe(1)
  })

  test('rows that another sweeper has in hand are passed over', async () => {
    const order = await paidOrder()
    provider.down = true
    await receive(paymentOf(order))
    const now = after(NOW, MINUTE_MS)
    await db.$transaction(async (tx) => {
      await tx.$executeRaw`SELECT 1 FROM payment_event WHERE verdict = 'RECEIVED' FOR UPDATE`
      expect(await dueEvents(run, now)).toEqual([])
    })
    expect(await dueEvents(run, now)).toHaveLength(1)
  })
})
