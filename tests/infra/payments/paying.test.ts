import { randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { pumpCallbacks } from '@/lib/bank/pump-callbacks'
import { sweepEvents } from '@/lib/domain/inbox'
import { openPayment, refundOrder, sweep } from '@/lib/domain/orders'
import { ProviderUnavailable, settleRefund } from '@/lib/domain/payments'
import { HOUR_MS, MINUTE_MS, SECOND_MS, after } from '@/lib/kernel/time'
import { statusOf } from '@/tests/support/books'
import { db } from '@/tests/support/database'
import { only } from '@/tests/support/providers'
import { NOW, aListing, aPlacedOrder, addStock, run } from '@/tests/support/factories'
import {
  anOpenedOrder,
  bank,
  bankSwitches,
  clock,
  expectUntouched,
  mallUrl,
  pressPay,
  provider,
  settled,
  verdictsOf,
} from '@/tests/support/sandbox'

const OPERATOR = { kind: 'OPERATOR', id: randomUUID() } as const
const providers = only(provider)

/** Decides that all of it goes back; id of the leg that the bank is to send. */
async function aRefund(orderId: string): Promise<string> {
  const input = { orderId, wanted: { all: true }, reason: 'not-delivered' } as const
  await run((tx) => refundOrder(tx, input, OPERATOR, NOW))
  const { id } = await db.refund.findFirstOrThrow({ where: { orderId, method: 'PROVIDER' } })
  return id
}

describe('paying', () => {
  test('delivers before the payer is back at the shop', async () => {
    const order = await anOpenedOrder()
    const answer = await pressPay(order.providerRef)
    expect(answer.status).toBe(303)
    expect(answer.headers.get('location')).toBe(`${mallUrl}/orders/${order.number}`)
    expect(await statusOf(order.orderId)).toBe('DELIVERED')
    expect(await verdictsOf(order.checkoutId)).toEqual(['APPLIED'])
  })

  test('two tabs and a reload open the same payment', async () => {
    const { checkoutId } = await aPlacedOrder()
    const open = () => openPayment(run, providers, checkoutId, { returnUrl: `${mallUrl}/orders/1`, now: NOW })
    const [one, two] = await Promise.all([open(), open()])
    expect(two).toBe(one)
    expect(await open()).toBe(one)
    expect(await db.bankPayment.count({ where: { reference: checkoutId } })).toBe(1)
  })

  test('is refused once paid, once over, and for a checkout that is not there', async () => {
    const paid = await anOpenedOrder()
    await pressPay(paid.providerRef)
    const over = await aPlacedOrder()
    const returnUrl = `${mallUrl}/orders/1`
    await expect(openPayment(run, providers, paid.checkoutId, { returnUrl, now: NOW })).rejects.toMatchObject({
      code: 'payment/already-paid',
    })
    await expect(
      openPayment(run, providers, over.checkoutId, { returnUrl, now: after(NOW, 15 * MINUTE_MS) }),
    ).rejects.toMatchObject({
      code: 'payment/window-closed',
    })
    await expect(openPayment(run, providers, randomUUID(), { returnUrl, now: NOW })).rejects.toMatchObject({
      code: 'payment/unknown',
    })
  })

  test('a double click captures once', async () => {
    const order = await anOpenedOrder()
    const answers = await Promise.all(Array.from({ length: 5 }, () => pressPay(order.providerRef)))
    expect(answers.map(({ status }) => status)).toEqual([303, 303, 303, 303, 303])
    await settled()
    expect(await db.bankCapture.count({ where: { paymentId: order.providerRef } })).toBe(1)
    expect(await db.payment.count({ where: { checkoutId: order.checkoutId } })).toBe(1)
  })

  test('a late payment takes fresh CDKs, and is refunded when there are none', async () => {
    const listing = await aListing({ stock: 1 })
    const late = await anOpenedOrder({ listing })
    clock.now = after(NOW, 16 * MINUTE_MS)
    await sweep(run, providers, clock.now, (error) => {
      throw error
    })
    expect(await statusOf(late.orderId)).toBe('EXPIRED')
    const quicker = await anOpenedOrder({ listing, now: clock.now })
    await pressPay(late.providerRef)
    expect(await statusOf(late.orderId)).toBe('EXPIRED')
    const refund = await db.refund.findFirstOrThrow({ where: { orderId: late.orderId } })
    expect(refund).toMatchObject({ amountMinor: 1_000, reason: 'late-payment' })
    expect(await settleRefund(run, providers, refund.id, clock.now)).toBe(true)
    expect(await db.bankCapture.findFirst({ where: { paymentId: late.providerRef } })).toMatchObject({
      refundedMinor: 1_000,
    })

    await addStock(listing, 1)
    clock.now = after(clock.now, HOUR_MS)
    await sweep(run, providers, clock.now, () => undefined)
    expect(await statusOf(quicker.orderId)).toBe('EXPIRED')
    await pressPay(quicker.providerRef)
    expect(await statusOf(quicker.orderId)).toBe('DELIVERED')
  })
})

describe('a bank that is down', () => {
  test('opening and looking up say so, and leave nothing behind', async () => {
    const { checkoutId } = await aPlacedOrder()
    const open = () => openPayment(run, providers, checkoutId, { returnUrl: `${mallUrl}/orders/1`, now: NOW })
    bankSwitches.down = true
    await expect(open()).rejects.toBeInstanceOf(ProviderUnavailable)
    bankSwitches.down = false
    bankSwitches.hang = true
    await expect(open()).rejects.toBeInstanceOf(ProviderUnavailable)
    bankSwitches.hang = false
    expect(await open()).toContain('/bank/pay/')
  })

  test('its callback is kept, and taken up again when it could be checked', async () => {
    const order = await anOpenedOrder()
    await pressPay(order.providerRef, { delaySeconds: '1' })
    bankSwitches.down = true
    clock.now = after(NOW, SECOND_MS)
    expect(await pumpCallbacks(bank)).toBe(1)
    await expectUntouched(order)
    bankSwitches.down = false
    clock.now = after(clock.now, HOUR_MS)
    // Kept and answered, so the bank has nothing more to say.
    expect(await pumpCallbacks(bank)).toBe(0)
    expect(await sweepEvents(run, providers, clock.now, () => undefined)).toEqual({ handled: 1, failed: 0, dead: 0 })
    // An hour late, so the order was paid before the sweep that would have expired it.
    expect(await statusOf(order.orderId)).toBe('DELIVERED')
  })

  test('a refund waits for it and is sent once', async () => {
    const order = await anOpenedOrder()
    await pressPay(order.providerRef)
    const refundId = await aRefund(order.orderId)
    bankSwitches.down = true
    expect(await settleRefund(run, providers, refundId, NOW)).toBe(false)
    bankSwitches.down = false
    const answers = await Promise.all([1, 2, 3].map(() => settleRefund(run, providers, refundId, NOW)))
    expect(answers).toEqual([true, true, true])
    expect(await db.bankRefund.count({ where: { capture: { paymentId: order.providerRef } } })).toBe(1)
    expect(await db.bankCapture.findFirst({ where: { paymentId: order.providerRef } })).toMatchObject({
      refundedMinor: 1_000,
    })
  })

  test('a refund that the bank refuses for good waits for an operator', async () => {
    const order = await anOpenedOrder()
    await pressPay(order.providerRef)
    const refundId = await aRefund(order.orderId)
    await db.bankCapture.updateMany({ where: { paymentId: order.providerRef }, data: { refundedMinor: 1 } })
    expect(await settleRefund(run, providers, refundId, NOW)).toBe(false)
    const refund = await db.refund.findUniqueOrThrow({ where: { id: refundId } })
    expect(refund).toMatchObject({ status: 'FAILED', dueAt: null })
    expect(refund.lastError).toContain('422 {"error":"more-than-captured"}')
  })
})

describe('refunds that the bank takes its time with', () => {
  test.each([
    ['pending', 'SUCCEEDED', 0],
    ['fail', 'PENDING', 1],
  ])('%s: sent first, and the callback says what became of it', async (refunds, status, attempt) => {
    const order = await anOpenedOrder()
    await pressPay(order.providerRef, { refunds })
    const refundId = await aRefund(order.orderId)
    expect(await settleRefund(run, providers, refundId, clock.now)).toBe(false)
    expect(await db.refund.findUnique({ where: { id: refundId } })).toMatchObject({ status: 'SENT', attempt: 0 })
    clock.now = after(clock.now, 3 * SECOND_MS)
    await pumpCallbacks(bank)
    expect(await db.refund.findUnique({ where: { id: refundId } })).toMatchObject({ status, attempt })
    clock.now = after(clock.now, HOUR_MS)
    expect(await settleRefund(run, providers, refundId, clock.now)).toBe(true)
    expect(await db.bankCapture.findFirst({ where: { paymentId: order.providerRef } })).toMatchObject({
      refundedMinor: 1_000,
    })
  })
})
