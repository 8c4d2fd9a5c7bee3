import { expect, test } from 'vitest'
import { payStray } from '@/lib/bank/pay-stray'
import { pumpCallbacks } from '@/lib/bank/pump-callbacks'
import { providerClearing } from '@/lib/domain/ledger'
import { syncCheckout } from '@/lib/domain/orders'
import { settleRefund } from '@/lib/domain/payments'
import { SECOND_MS, after } from '@/lib/kernel/time'
import { balanceOf, statusOf, stockOf } from '@/tests/support/books'
import { db } from '@/tests/support/database'
import { NOW, run } from '@/tests/support/factories'
import { only } from '@/tests/support/providers'
import {
  anOpenedOrder,
  bank,
  clock,
  expectUntouched,
  pressPay,
  provider,
  settled,
  verdictsOf,
} from '@/tests/support/sandbox'

test('a double charge is refunded by itself', async () => {
  const before = await balanceOf(providerClearing('sandbox', 'CNY'))
  const order = await anOpenedOrder()
  await pressPay(order.providerRef, { duplicate: 'on' })
  await settled()
  const payments = await db.payment.findMany({ where: { checkoutId: order.checkoutId }, include: { refunds: true } })
  expect(payments.map(({ use }) => use).sort()).toEqual(['APPLIED', 'DUPLICATE'])
  const refund = payments.find(({ use }) => use === 'DUPLICATE')?.refunds[0]
  expect(refund).toMatchObject({ amountMinor: 1_000, reason: 'duplicate-payment', status: 'PENDING' })
  await settleRefund(run, only(provider), refund?.id ?? '', clock.now)
  const captures = await db.bankCapture.findMany({ where: { paymentId: order.providerRef } })
  expect(captures.map(({ refundedMinor }) => refundedMinor).sort((a, b) => a - b)).toEqual([0, 1_000])
  expect(await balanceOf(providerClearing('sandbox', 'CNY'))).toBe(before - 1_000)
  expect(await statusOf(order.orderId)).toBe('DELIVERED')
})

test('the same callback twice at once delivers once', async () => {
  const order = await anOpenedOrder()
  await pressPay(order.providerRef, { repeat: 'on' })
  await settled()
  const callbacks = await db.bankCallback.findMany({ where: { paymentId: order.providerRef } })
  expect(callbacks).toHaveLength(2)
  expect(new Set(callbacks.map(({ eventId }) => eventId)).size).toBe(1)
  expect(callbacks.map(({ lastStatus }) => lastStatus)).toEqual([200, 200])
  expect(await verdictsOf(order.checkoutId)).toEqual(['APPLIED'])
  expect(await db.payment.count({ where: { checkoutId: order.checkoutId } })).toBe(1)
  expect(await stockOf(order.variantId)).toEqual({ AVAILABLE: 4, DELIVERED: 1 })
})

test('a callback that comes late finds the order waiting', async () => {
  const order = await anOpenedOrder()
  await pressPay(order.providerRef, { delaySeconds: '30' })
  expect(await pumpCallbacks(bank)).toBe(0)
  expect(await statusOf(order.orderId)).toBe('AWAITING_PAYMENT')
  clock.now = after(NOW, 30 * SECOND_MS)
  expect(await pumpCallbacks(bank)).toBe(1)
  expect(await statusOf(order.orderId)).toBe('DELIVERED')
})

test('an older event after the newer one changes nothing', async () => {
  const order = await anOpenedOrder()
  await pressPay(order.providerRef, { reorder: 'on' })
  expect(await verdictsOf(order.checkoutId)).toEqual(['APPLIED'])
  clock.now = after(NOW, 2 * SECOND_MS)
  expect(await pumpCallbacks(bank)).toBe(1)
  expect(await verdictsOf(order.checkoutId)).toEqual(['APPLIED', 'IGNORED known'])
  expect(await statusOf(order.orderId)).toBe('DELIVERED')
})

test('a lost callback is made good by looking the payment up', async () => {
  const order = await anOpenedOrder()
  await pressPay(order.providerRef, { lose: 'on' })
  expect(await pumpCallbacks(bank)).toBe(0)
  await expectUntouched(order)
  expect(await syncCheckout(run, only(provider), order.checkoutId, NOW)).toEqual({ outcomes: ['delivered'] })
  expect(await statusOf(order.orderId)).toBe('DELIVERED')
})

test.each([
  ['one fen less', { underpay: 'by-one' }, { amountMinor: 999, currency: 'CNY' }],
  ['one fen', { underpay: 'to-one' }, { amountMinor: 1, currency: 'CNY' }],
  ['the same number of another currency', { currency: 'USD' }, { amountMinor: 1_000, currency: 'USD' }],
])('%s delivers nothing and goes back in full', async (_what, switches, money) => {
  const order = await anOpenedOrder()
  await pressPay(order.providerRef, switches)
  expect(await verdictsOf(order.checkoutId)).toEqual(['APPLIED mismatch'])
  expect(await statusOf(order.orderId)).toBe('AWAITING_PAYMENT')
  expect(await stockOf(order.variantId)).toMatchObject({ RESERVED: 1 })
  const payment = await db.payment.findFirstOrThrow({
    where: { checkoutId: order.checkoutId },
    include: { refunds: true },
  })
  expect(payment).toMatchObject({ use: 'MISMATCH', ...money })
  expect(payment.refunds).toMatchObject([{ ...money, status: 'PENDING' }])
  expect(await settleRefund(run, only(provider), payment.refunds[0]?.id ?? '', clock.now)).toBe(true)
  expect(await db.bankCapture.findFirst({ where: { paymentId: order.providerRef } })).toMatchObject({
    refundedMinor: money.amountMinor,
  })
})

test('a notice of a kind that nobody knows is kept and ignored', async () => {
  const order = await anOpenedOrder()
  const before = await db.paymentEvent.count({ where: { type: 'bank.newsletter' } })
  await pressPay(order.providerRef, { newsletter: 'on' })
  expect(await statusOf(order.orderId)).toBe('DELIVERED')
  const kept = await db.paymentEvent.findMany({ where: { type: 'bank.newsletter' }, orderBy: { id: 'desc' } })
  expect(kept).toHaveLength(before + 1)
  expect(kept[0]).toMatchObject({ verdict: 'IGNORED', reason: 'unsupported-type' })
})

test('money that nobody asked for is parked', async () => {
  await anOpenedOrder()
  const before = await db.payment.count({ where: { checkoutId: null } })
  const paymentId = await payStray(bank, { amountMinor: 4_321, currency: 'CNY', description: 'KB?' })
  await pumpCallbacks(bank, paymentId)
  expect(await db.payment.count({ where: { checkoutId: null } })).toBe(before + 1)
})
