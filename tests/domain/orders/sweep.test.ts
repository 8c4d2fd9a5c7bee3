import { beforeEach, describe, expect, test } from 'vitest'
import { confirmOrder, sweep } from '@/lib/domain/orders'
import { type ProviderCapture, ProviderUnavailable, attachProviderPayment } from '@/lib/domain/payments'
import { HOUR_MS, MINUTE_MS, after } from '@/lib/kernel/time'
import { statusOf } from '@/tests/support/books'
import { db } from '@/tests/support/database'
import { PocketProvider } from '@/tests/support/pocket-provider'
import { only } from '@/tests/support/providers'
import { type AnOrder, NOW, aCapture, aDeliveredOrder, aListing, aPlacedOrder, run } from '@/tests/support/factories'

let provider = new PocketProvider()
const failures: unknown[] = []
const swept = (now: Date) => sweep(run, only(provider), now, (error) => failures.push(error))
const END = after(NOW, 15 * MINUTE_MS)

async function opened(order: AnOrder, captures: ProviderCapture[] = []): Promise<void> {
  const { providerRef, payUrl } = await provider.openPayment(order)
  provider.payments.set(providerRef, { reference: order.checkoutId, captures })
  await run((tx) => attachProviderPayment(tx, order.checkoutId, providerRef, payUrl))
}

beforeEach(async () => {
  // Whatever earlier tests left due is done first, so that each test counts only its own.
  provider = new PocketProvider()
  await swept(after(NOW, 1000 * HOUR_MS))
  failures.length = 0
})

describe('sweep', () => {
  test('expires what was not paid, once', async () => {
    const order = await aPlacedOrder()
    await opened(order)
    expect(await swept(after(END, -1))).toMatchObject({ expired: 0 })
    const [one, other] = await Promise.all([swept(END), swept(END)])
    expect(one.expired + other.expired).toBe(1)
    expect(await statusOf(order.orderId)).toBe('EXPIRED')
    expect(failures).toEqual([])
  })

  test('makes a lost callback good before it expires an order', async () => {
    const order = await aPlacedOrder()
    await opened(order, [await aCapture(order.checkoutId)])
    expect(await swept(END)).toMatchObject({ paid: 1, expired: 0 })
    expect(await statusOf(order.orderId)).toBe('DELIVERED')
  })

  test('expires also while the provider is down, and when its books say less than the price', async () => {
    const order = await aPlacedOrder()
    await opened(order)
    provider.down = true
    expect(await swept(END)).toMatchObject({ expired: 1 })
    provider.down = false
    const underpaid = await aPlacedOrder()
    await opened(underpaid, [await aCapture(underpaid.checkoutId, { amountMinor: 1 })])
    expect(await swept(END)).toMatchObject({ expired: 1, paid: 0, refunded: 1 })
    expect(await db.payment.findMany({ where: { checkoutId: underpaid.checkoutId } })).toMatchObject([
      { use: 'MISMATCH', amountMinor: 1, refundedMinor: 1 },
    ])
  })

  test('a provider that is down for a moment is asked again a batch later', async () => {
    const listing = await aListing({ stock: 101 })
    let looks = 0
    provider.fetchPayment = async () => {
      looks += 1
      if (looks === 1) throw new ProviderUnavailable('a cough')
      return Promise.resolve(null)
    }
    for (let n = 0; n < 101; n++) await opened(await aPlacedOrder({ listing }))
    expect(await swept(END)).toMatchObject({ expired: 101 })
    expect(looks).toBe(2)
  })

  test('confirms when the inspection window has run out, and not what the buyer confirmed', async () => {
    const order = await aDeliveredOrder()
    const confirmed = await aDeliveredOrder()
    await run((tx) => confirmOrder(tx, confirmed.orderId, { kind: 'BUYER', id: null }, NOW))
    expect(await swept(after(NOW, 72 * HOUR_MS))).toMatchObject({ confirmed: 1 })
    expect(await statusOf(order.orderId)).toBe('CONFIRMED')
  })

  test('one broken row does not stop the others and is told', async () => {
    const broken = await aPlacedOrder()
    const whole = await aPlacedOrder()
    await db.cdk.updateMany({ where: { orderId: broken.orderId }, data: { state: 'AVAILABLE', orderId: null } })
    expect(await swept(END)).toMatchObject({ expired: 1 })
    expect(failures).toMatchObject([{ message: `order ${broken.orderId} held 0 of 1 CDKs` }])
    expect([await statusOf(broken.orderId), await statusOf(whole.orderId)]).toEqual(['AWAITING_PAYMENT', 'EXPIRED'])
    await db.cdk.updateMany({ where: { variantId: broken.variantId, state: 'AVAILABLE' }, data: { state: 'RETIRED' } })
    const [cdk] = await db.cdk.findMany({ where: { variantId: broken.variantId } })
    await db.cdk.update({ where: { id: cdk?.id ?? '' }, data: { state: 'RESERVED', orderId: broken.orderId } })
  })

  test('more broken rows than one batch holds do not keep the sweep from what is behind them', async () => {
    const listing = await aListing({ stock: 101 })
    const broken: string[] = []
    for (let n = 0; n < 100; n++) broken.push((await aPlacedOrder({ listing })).orderId)
    await db.cdk.updateMany({ where: { orderId: { in: broken } }, data: { state: 'RETIRED', orderId: null } })
    const whole = await aPlacedOrder({ listing, now: after(NOW, 1) })
    expect(await swept(after(END, 1))).toMatchObject({ expired: 1 })
    expect(failures).toHaveLength(100)
    expect(await statusOf(whole.orderId)).toBe('EXPIRED')
    const closed = { status: 'CANCELLED', dueAt: null, closedAt: NOW } as const
    await db.order.updateMany({ where: { id: { in: broken } }, data: closed })
  })
})
