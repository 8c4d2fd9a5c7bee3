import { beforeEach, expect, test } from 'vitest'
import { SYSTEM, expireCheckout, lookAgain, recordPayment } from '@/lib/domain/orders'
import { attachProviderPayment } from '@/lib/domain/payments'
import { DAY_MS, MINUTE_MS, after } from '@/lib/kernel/time'
import { eventsOf, statusOf } from '@/tests/support/books'
import { db } from '@/tests/support/database'
import { type AnOrder, NOW, aCapture, aPlacedOrder, run } from '@/tests/support/factories'
import { PocketProvider } from '@/tests/support/pocket-provider'
import { only } from '@/tests/support/providers'

const provider = new PocketProvider()
const END = after(NOW, 15 * MINUTE_MS)
const FIRST_LOOK = after(END, 10 * MINUTE_MS)
const look = (now: Date) =>
  lookAgain(run, only(provider), now, (error) => {
    throw error
  })

beforeEach(async () => {
  provider.down = false
  await db.checkout.updateMany({ data: { lookAt: null } })
})

/** An order that expired unpaid, with a payment page that is still open at the provider. */
async function anExpiredOrder(): Promise<AnOrder & { readonly providerRef: string }> {
  const order = await aPlacedOrder()
  const { providerRef, payUrl } = await provider.openPayment(order)
  await run((tx) => attachProviderPayment(tx, order.checkoutId, providerRef, payUrl))
  await run((tx) => expireCheckout(tx, order.checkoutId, SYSTEM, END))
  return { ...order, providerRef }
}

test('a payment that came late and whose callback was lost is found and delivered', async () => {
  const order = await anExpiredOrder()
  expect(await look(after(FIRST_LOOK, -1))).toBe(0)
  expect(await look(FIRST_LOOK)).toBe(0)
  provider.payments.get(order.providerRef)?.captures.push(await aCapture(order.checkoutId))
  expect(await look(after(END, 59 * MINUTE_MS))).toBe(0)
  expect(await look(after(END, 60 * MINUTE_MS))).toBe(1)
  expect(await eventsOf(order.orderId)).toEqual(['place', 'expire', 'deliver-late'])
})

test('a second capture of a paid checkout is found and sent back, once', async () => {
  const order = await aPlacedOrder()
  const { providerRef, payUrl } = await provider.openPayment(order)
  await run((tx) => attachProviderPayment(tx, order.checkoutId, providerRef, payUrl))
  const [first, second] = [await aCapture(order.checkoutId), await aCapture(order.checkoutId)]
  await run((tx) => recordPayment(tx, order.checkoutId, first, NOW))
  provider.payments.get(providerRef)?.captures.push(first, second)
  const [one, other] = await Promise.all([look(FIRST_LOOK), look(FIRST_LOOK)])
  expect(one + other).toBe(1)
  expect(await db.refund.count({ where: { payment: { captureRef: second.captureRef } } })).toBe(1)
})

test('a provider that is down only makes the look later', async () => {
  const order = await anExpiredOrder()
  provider.payments.get(order.providerRef)?.captures.push(await aCapture(order.checkoutId))
  provider.down = true
  expect(await look(FIRST_LOOK)).toBe(0)
  provider.down = false
  expect(await look(after(FIRST_LOOK, 10 * MINUTE_MS))).toBe(1)
  expect(await statusOf(order.orderId)).toBe('DELIVERED')
})

test('the looks come to an end after a week', async () => {
  const order = await anExpiredOrder()
  await look(after(END, 8 * DAY_MS))
  expect(await db.checkout.findUnique({ where: { id: order.checkoutId } })).toMatchObject({ lookAt: null })
})
