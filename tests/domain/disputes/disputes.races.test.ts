import { beforeEach, expect, test } from 'vitest'
import { recordDispute } from '@/lib/domain/disputes/record-dispute'
import { disputedOf, escrowOf, merchantPending, suspenseOf } from '@/lib/domain/ledger'
import { confirmOrder, refundOrder } from '@/lib/domain/orders'
import type { ProviderDispute } from '@/lib/domain/payments'
import { refundSuspense, takePayment } from '@/lib/domain/suspense'
import { newId } from '@/lib/kernel/ids'
import { balanceOf, statusOf } from '@/tests/support/books'
import { db } from '@/tests/support/database'
import { NOW, run } from '@/tests/support/factories'
import { PocketProvider } from '@/tests/support/pocket-provider'
import { race, raceTwice } from '@/tests/support/race'
import { captured, claimOf, disputeOf, operator } from './support'

let provider = new PocketProvider()
const BUYER = { kind: 'BUYER', id: null } as const

beforeEach(() => {
  provider = new PocketProvider()
})

async function aDispute(status: ProviderDispute['status'] = 'needs-response') {
  const order = await captured(provider)
  await order.sync()
  const disputeRef = provider.openDispute(order.capture.captureRef, 1_000)
  const { id: paymentId } = await db.payment.findFirstOrThrow({ where: { captureRef: order.capture.captureRef } })
  const found = await provider.fetchDispute(disputeRef)
  if (!found) throw new Error('the provider forgot its dispute')
  return { ...order, disputeRef, paymentId, found: { ...found, status } }
}

test('a dispute that two see first at once is opened once', async () => {
  const { paymentId, found, disputeRef } = await aDispute()
  const both = await raceTwice((tx) => recordDispute(tx, 'sandbox', paymentId, found, NOW))
  expect(both.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled'])
  expect(await db.dispute.count({ where: { disputeRef } })).toBe(1)
  expect(await claimOf(disputeRef)).toBe(1_000)
})

test('a dispute that is lost at once, heard twice, is paid once', async () => {
  const { paymentId, found, disputeRef, orderId } = await aDispute('lost')
  const both = await raceTwice((tx) => recordDispute(tx, 'sandbox', paymentId, found, NOW))
  expect(both.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled'])
  const { id } = await disputeOf(disputeRef)
  expect(await balanceOf(disputedOf(id, 'CNY'))).toBe(0)
  expect(await db.orderRefund.count({ where: { orderId } })).toBe(1)
})

test.each([true, false])('a verdict against the opening (verdict first: %s) ends decided', async (verdictFirst) => {
  const { paymentId, found, disputeRef } = await aDispute()
  const record = (status: ProviderDispute['status']) => (tx: Parameters<typeof recordDispute>[0]) =>
    recordDispute(tx, 'sandbox', paymentId, { ...found, status }, NOW)
  const states = verdictFirst ? (['won', 'needs-response'] as const) : (['needs-response', 'won'] as const)
  await race(record(states[0]), record(states[1]))
  expect(await disputeOf(disputeRef)).toMatchObject({ state: 'WON' })
  expect(await claimOf(disputeRef)).toBe(0)
})

test.each([true, false])(
  'a confirmation against the opening (confirmation first: %s): frozen either way',
  async (first) => {
    const { paymentId, found, orderId, merchantId } = await aDispute()
    const confirm = (tx: Parameters<typeof confirmOrder>[0]) => confirmOrder(tx, orderId, BUYER, NOW)
    const open = (tx: Parameters<typeof confirmOrder>[0]) => recordDispute(tx, 'sandbox', paymentId, found, NOW)
    const [one, two] = first ? await race(confirm, open) : await race(open, confirm)
    const confirmed = first ? one : two
    expect((first ? two : one).status).toBe('fulfilled')
    expect(confirmed.status).toBe(first ? 'fulfilled' : 'rejected')
    expect((await db.order.findUniqueOrThrow({ where: { id: orderId } })).frozenAt).toEqual(NOW)
    expect(await statusOf(orderId)).toBe(first ? 'CONFIRMED' : 'DELIVERED')
    expect(await balanceOf(merchantPending(merchantId, 'CNY'))).toBe(first ? 970 : 0)
  },
)

test.each([true, false])(
  'a refund against a lost dispute (refund first: %s): the payer is paid once',
  async (first) => {
    const { paymentId, found, orderId, disputeRef } = await aDispute('lost')
    const input = { orderId, wanted: { all: true }, reason: 'goodwill' } as const
    const refund = (tx: Parameters<typeof refundOrder>[0]) => refundOrder(tx, input, operator, NOW)
    const lose = (tx: Parameters<typeof refundOrder>[0]) => recordDispute(tx, 'sandbox', paymentId, found, NOW)
    if (first) await race(refund, lose)
    else await race(lose, refund)
    expect(await statusOf(orderId)).toBe('REFUNDED')
    expect(await claimOf(disputeRef)).toBe(0)
    expect(await balanceOf(escrowOf(orderId, 'CNY'))).toBe(0)
    // Whoever decided first: nothing of it is left to be sent as well.
    expect(await db.refund.count({ where: { orderId, status: { in: ['PENDING', 'SENT'] } } })).toBe(0)
    const fund = await db.ledgerTransfer.count({ where: { idempotencyKey: { endsWith: ':lost:fund' } } })
    expect(fund).toBe(0)
  },
)

test.each([true, false])('unknown money sent back against its dispute (sent first: %s): never both', async (first) => {
  const capture = { captureRef: newId(), amountMinor: 700, currency: 'CNY', capturedAt: NOW }
  const providerRef = newId()
  provider.payments.set(providerRef, { reference: null, captures: [capture] })
  await takePayment(run, provider, providerRef, NOW)
  const { id } = await db.payment.findFirstOrThrow({ where: { captureRef: capture.captureRef } })
  const disputeRef = provider.openDispute(capture.captureRef, 700)
  provider.closeDispute(disputeRef, 'lost')
  const found = await provider.fetchDispute(disputeRef)
  if (!found) throw new Error('the provider forgot its dispute')
  const send = (tx: Parameters<typeof refundSuspense>[0]) => refundSuspense(tx, id, operator, null, NOW)
  const lose = (tx: Parameters<typeof refundSuspense>[0]) => recordDispute(tx, 'sandbox', id, found, NOW)
  const [one, two] = first ? await race<unknown, unknown>(send, lose) : await race<unknown, unknown>(lose, send)
  expect([one.status, two.status]).toEqual(['fulfilled', first ? 'fulfilled' : 'rejected'])
  expect(await balanceOf(suspenseOf(id, 'CNY'))).toBe(0)
  expect(await claimOf(disputeRef)).toBe(0)
  expect(await db.refund.count({ where: { paymentId: id, status: 'PENDING' } })).toBe(0)
})
