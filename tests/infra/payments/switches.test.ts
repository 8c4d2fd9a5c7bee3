import { expect, test } from 'vitest'
import { pumpCallbacks } from '@/lib/bank/pump-callbacks'
import { providerClearing } from '@/lib/domain/ledger'
import { syncCheckout } from '@/lib/domain/orders'
import { settleRefund } from '@/lib/domain/payments'
import { SECOND_MS, after } from '@/lib/kernel/time'
import { balanceOf, statusOf, stockOf } from '@/tests/support/books'
import { db } from '@/tests/support/database'
import { NOW, run } from '@/tests/support/factories'
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
  await settleRefund(run, provider, refund?.id ?? '', clock.now)
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
  expect(await syncCheckout(run, provider, order.checkoutId, NOW)).toEqual({ outcomes: ['delivered'], mismatches: 0 })
  expect(await statusOf(order.orderId)).toBe('DELIVERED')
})

test.each(['by-one', 'to-one'])('an underpaid payment (%s) is rejected and delivers nothing', async (underpay) => {
  const order = await anOpenedOrder()
  await pressPay(order.providerRef, { underpay })
  expect(await verdictsOf(order.checkoutId)).toEqual(['REJECTED amount-mismatch'])
  await expectUntouched(order)
  expect(await syncCheckout(run, provider, order.checkoutId, NOW)).toEqual({ outcomes: [], mismatches: 1 })
  await expectUntouched(order)
})
