import { randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { pumpCallbacks } from '@/lib/bank/pump-callbacks'
import { openPayment, refundOrder, sweep } from '@/lib/domain/orders'
import { ProviderUnavailable, settleRefund } from '@/lib/domain/payments'
import { HOUR_MS, MINUTE_MS, SECOND_MS, after } from '@/lib/kernel/time'
import { statusOf } from '@/tests/support/books'
import { db } from '@/tests/support/database'
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
    const open = () => openPayment(run, provider, checkoutId, { returnUrl: `${mallUrl}/orders/1`, now: NOW })
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
    await expect(openPayment(run, provider, paid.checkoutId, { returnUrl, now: NOW })).rejects.toMatchObject({
      code: 'payment/already-paid',
    })
    await expect(
      openPayment(run, provider, over.checkoutId, { returnUrl, now: after(NOW, 15 * MINUTE_MS) }),
    ).rejects.toMatchObject({
      code: 'payment/window-closed',
    })
    await expect(openPayment(run, provider, randomUUID(), { returnUrl, now: NOW })).rejects.toMatchObject({
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
    await sweep(run, provider, clock.now, (error) => {
      throw error
    })
    expect(await statusOf(late.orderId)).toBe('EXPIRED')
    const quicker = await anOpenedOrder({ listing, now: clock.now })
    await pressPay(late.providerRef)
    expect(await statusOf(late.orderId)).toBe('EXPIRED')
    const refund = await db.refund.findFirstOrThrow({ where: { orderId: late.orderId } })
    expect(refund).toMatchObject({ amountMinor: 1_000, reason: 'late-payment' })
    expect(await settleRefund(run, provider, refund.id, clock.now)).toBe(true)
    expect(await db.bankCapture.findFirst({ where: { paymentId: late.providerRef } })).toMatchObject({
      refundedMinor: 1_000,
    })

    await addStock(listing, 1)
    clock.now = after(clock.now, HOUR_MS)
    await sweep(run, provider, clock.now, () => undefined)
    expect(await statusOf(quicker.orderId)).toBe('EXPIRED')
    await pressPay(quicker.providerRef)
    expect(await statusOf(quicker.orderId)).toBe('DELIVERED')
  })
})

describe('a bank that is down', () => {
  test('opening and looking up say so, and leave nothing behind', async () => {
    const { checkoutId } = await aPlacedOrder()
    const open = () => openPayment(run, provider, checkoutId, { returnUrl: `${mallUrl}/orders/1`, now: NOW })
    bankSwitches.down = true
    await expect(open()).rejects.toBeInstanceOf(ProviderUnavailable)
    bankSwitches.down = false
    bankSwitches.hang = true
    await expect(open()).rejects.toBeInstanceOf(ProviderUnavailable)
    bankSwitches.hang = false
    expect(await open()).toContain('/bank/pay/')
  })

  test('its callback is answered 503 and sent again until it could be checked', async () => {
    const order = await anOpenedOrder()
    await pressPay(order.providerRef, { delaySeconds: '1' })
    bankSwitches.down = true
    clock.now = after(NOW, SECOND_MS)
    expect(await pumpCallbacks(bank)).toBe(0)
    await expectUntouched(order)
    expect(await db.bankCallback.findFirst({ where: { paymentId: order.providerRef } })).toMatchObject({
      lastStatus: 503,
      attempts: 1,
    })
    bankSwitches.down = false
    clock.now = after(clock.now, SECOND_MS)
    expect(await pumpCallbacks(bank)).toBe(1)
    expect(await statusOf(order.orderId)).toBe('DELIVERED')
  })

  test('a refund waits for it and is sent once', async () => {
    const order = await anOpenedOrder()
    await pressPay(order.providerRef)
    const refundId = await run((tx) => refundOrder(tx, order.orderId, OPERATOR, 'not-delivered', NOW))
    bankSwitches.down = true
    expect(await settleRefund(run, provider, refundId, NOW)).toBe(false)
    bankSwitches.down = false
    const answers = await Promise.all([1, 2, 3].map(() => settleRefund(run, provider, refundId, NOW)))
    expect(answers).toEqual([true, true, true])
    expect(await db.bankRefund.count({ where: { idempotencyKey: `refund:${refundId}` } })).toBe(1)
    expect(await db.bankCapture.findFirst({ where: { paymentId: order.providerRef } })).toMatchObject({
      refundedMinor: 1_000,
    })
  })

  test('a refund that the bank refuses for good is put off, and told', async () => {
    const order = await anOpenedOrder()
    await pressPay(order.providerRef)
    const refundId = await run((tx) => refundOrder(tx, order.orderId, OPERATOR, 'not-delivered', NOW))
    await db.bankCapture.updateMany({ where: { paymentId: order.providerRef }, data: { refundedMinor: 1 } })
    await expect(settleRefund(run, provider, refundId, NOW)).rejects.toThrow('422')
    const refund = await db.refund.findUniqueOrThrow({ where: { id: refundId } })
    expect(refund).toMatchObject({ status: 'PENDING', attempts: 1 })
    expect(refund.dueAt?.getTime()).toBeGreaterThan(NOW.getTime())
  })
})
