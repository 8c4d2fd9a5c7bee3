import { beforeEach, describe, expect, test } from 'vitest'
import {
  BY_HAND,
  ProviderRefused,
  bookRefund,
  openRefund,
  refundToWallet,
  retryRefund,
  settleRefund,
  settleRefundByHand,
  syncRefund,
} from '@/lib/domain/payments'
import { providerClearing, refundInTransit, walletOf } from '@/lib/domain/ledger'
import { recordPayment, refundOrder, sweep } from '@/lib/domain/orders'
import { newId } from '@/lib/kernel/ids'
import { HOUR_MS, after } from '@/lib/kernel/time'
import { balanceOf, legsOf } from '@/tests/support/books'
import { db } from '@/tests/support/database'
import { type ABuyer, NOW, aBuyer, aCapture, aDeliveredOrder, run } from '@/tests/support/factories'
import { PocketProvider } from '@/tests/support/pocket-provider'
import { only } from '@/tests/support/providers'

const OPERATOR = { kind: 'OPERATOR', id: null } as const
const [clearing, transit] = [providerClearing('sandbox', 'CNY'), refundInTransit('sandbox', 'CNY')]
let provider = new PocketProvider()
let before = { clearing: 0, transit: 0 }

beforeEach(async () => {
  provider = new PocketProvider()
  await db.refund.updateMany({
    where: { status: { in: ['PENDING', 'SENT'] } },
    data: { dueAt: after(NOW, 9_999 * HOUR_MS) },
  })
  before = { clearing: await balanceOf(clearing), transit: await balanceOf(transit) }
})

/** How clearing and refunds in transit have changed in this test since the money of its order came in. */
async function changes(): Promise<{ clearing: number; transit: number }> {
  return {
    clearing: (await balanceOf(clearing)) - before.clearing,
    transit: (await balanceOf(transit)) - before.transit,
  }
}

const settle = (refundId: string, now = NOW) => settleRefund(run, only(provider), refundId, now)
const rowOf = (id: string) => db.refund.findUniqueOrThrow({ where: { id } })

/** A refund of 10.00 that is to be sent. */
async function aRefund(buyer: ABuyer | null = null): Promise<string> {
  const { orderId } = await aDeliveredOrder({ form: buyer ?? {} })
  before = { clearing: await balanceOf(clearing), transit: await balanceOf(transit) }
  await run((tx) => refundOrder(tx, { orderId, wanted: { all: true }, reason: 'issuer outage' }, OPERATOR, NOW))
  return (await legsOf(orderId))[0]?.id ?? ''
}

/** A refund that failed at the provider as often as it is tried. */
async function aFailedRefund(buyer: ABuyer | null = null): Promise<string> {
  const id = await aRefund(buyer)
  provider.refundsBecome = 'failed'
  for (let hour = 0; hour < 3; hour++) await settle(id, after(NOW, hour * HOUR_MS))
  expect(await rowOf(id)).toMatchObject({ status: 'FAILED' })
  return id
}

describe('a refund on its way', () => {
  test('is sent once, also by two workers, and booked when the provider answers', async () => {
    const id = await aRefund()
    expect(await changes()).toEqual({ clearing: 0, transit: 1_000 })
    await Promise.all([settle(id), settle(id)])
    expect(await changes()).toEqual({ clearing: 1_000, transit: 0 })
    expect(await rowOf(id)).toMatchObject({
      status: 'SUCCEEDED',
      settledAt: NOW,
      dueAt: null,
      lastError: null,
      providerRef: provider.refunds.get(id),
    })
    expect(provider.movements).toHaveLength(1)
  })

  test('waits longer and longer while the provider is down, and goes out when it is back', async () => {
    const id = await aRefund()
    provider.down = true
    expect(await settle(id)).toBe(false)
    expect(await rowOf(id)).toMatchObject({
      status: 'PENDING',
      attempts: 1,
      dueAt: after(NOW, 10_000),
      lastError: 'no answer',
    })
    await settle(id)
    expect(await rowOf(id)).toMatchObject({ attempts: 2, dueAt: after(NOW, 20_000) })
    provider.down = false
    expect(await swept(after(NOW, 19_999))).toMatchObject({ refunded: 0 })
    expect(await swept(after(NOW, 20_000))).toMatchObject({ refunded: 1 })
  })

  test('waits also while its provider is not configured, and says so', async () => {
    const id = await aRefund()
    expect(await settleRefund(run, () => null, id, NOW)).toBe(false)
    expect(await rowOf(id)).toMatchObject({
      status: 'PENDING',
      attempts: 1,
      lastError: 'payment provider sandbox is not configured',
    })
  })

  test('that the provider took on is followed to its end by looks', async () => {
    provider.refundsBecome = 'pending'
    const id = await aRefund()
    expect(await settle(id)).toBe(false)
    expect(await changes()).toEqual({ clearing: 1_000, transit: 0 })
    expect(await rowOf(id)).toMatchObject({ status: 'SENT', dueAt: after(NOW, HOUR_MS) })
    provider.endRefund(provider.refunds.get(id) ?? '', 'succeeded')
    expect(await swept(after(NOW, HOUR_MS))).toMatchObject({ refunded: 1 })
    expect(await changes()).toEqual({ clearing: 1_000, transit: 0 })
  })

  test('or by a callback, whichever comes first and however often', async () => {
    provider.refundsBecome = 'pending'
    const id = await aRefund()
    await settle(id)
    const ref = provider.refunds.get(id) ?? ''
    provider.endRefund(ref, 'succeeded')
    expect(await syncRefund(run, provider, ref, NOW)).toBe(true)
    expect(await syncRefund(run, provider, ref, NOW)).toBe(true)
    expect(await syncRefund(run, provider, newId(), NOW)).toBe(false)
    expect(await settle(id)).toBe(true)
    expect(await rowOf(id)).toMatchObject({ status: 'SUCCEEDED' })
    expect(await changes()).toEqual({ clearing: 1_000, transit: 0 })
  })

  test('that fails is begun anew under a new key after an hour', async () => {
    provider.refundsBecome = 'pending'
    const id = await aRefund()
    await settle(id)
    const first = provider.refunds.get(id) ?? ''
    provider.endRefund(first, 'failed')
    expect(await syncRefund(run, provider, first, NOW)).toBe(true)
    expect(await changes()).toEqual({ clearing: 0, transit: 1_000 })
    expect(await rowOf(id)).toMatchObject({
      status: 'PENDING',
      attempt: 1,
      attempts: 0,
      providerRef: null,
      dueAt: after(NOW, HOUR_MS),
      lastError: 'account closed',
    })
    provider.refundsBecome = 'succeeded'
    expect(await settle(id, after(NOW, HOUR_MS))).toBe(true)
    expect(provider.refunds.get(id)).not.toBe(first)
    expect(await changes()).toEqual({ clearing: 1_000, transit: 0 })
  })

  test('is not touched by an answer about an attempt before', async () => {
    const id = await aRefund()
    await settle(id)
    const late = { refundRef: newId(), status: 'failed', failure: 'account closed' } as const
    expect(await run((tx) => bookRefund(tx, { refundId: id, attempt: 0 }, late, NOW))).toBe(true)
    expect(await rowOf(id)).toMatchObject({ status: 'SUCCEEDED', attempt: 0 })
  })

  test('is not touched either once it was begun anew: two callbacks of one failure at once count as one', async () => {
    provider.refundsBecome = 'pending'
    const id = await aRefund()
    await settle(id)
    const first = provider.refunds.get(id) ?? ''
    provider.endRefund(first, 'failed')
    const look = provider.fetchRefund.bind(provider)
    provider.fetchRefund = async (ref) => {
      provider.fetchRefund = look
      // The other callback is handled whole while this one waits for the provider's answer.
      await syncRefund(run, provider, ref, NOW)
      return look(ref)
    }
    await syncRefund(run, provider, first, NOW)
    expect(await rowOf(id)).toMatchObject({ status: 'PENDING', attempt: 1, providerRef: null })
    expect(await changes()).toEqual({ clearing: 0, transit: 1_000 })
  })

  test('is sent once more only, when a worker that slept brings the answer to an attempt that failed since', async () => {
    provider.refundsBecome = 'pending'
    const id = await aRefund()
    const send = provider.refund.bind(provider)
    provider.refund = async (input) => {
      provider.refund = send
      const slow = await send(input)
      await settle(id)
      provider.endRefund(slow.refundRef, 'failed')
      await syncRefund(run, provider, slow.refundRef, NOW)
      return slow
    }
    expect(await settle(id)).toBe(false)
    expect(await rowOf(id)).toMatchObject({ status: 'PENDING', attempt: 1, providerRef: null })
    provider.refundsBecome = 'succeeded'
    expect(await settle(id, after(NOW, HOUR_MS))).toBe(true)
    expect(await swept(after(NOW, 9 * HOUR_MS))).toMatchObject({ refunded: 0 })
    expect(await changes()).toEqual({ clearing: 1_000, transit: 0 })
    expect(provider.movements.map(({ kind }) => kind)).toEqual(['refund', 'refund-failed', 'refund'])
  })

  test('that succeeded and came back after all is begun anew', async () => {
    const id = await aRefund()
    await settle(id)
    const ref = provider.refunds.get(id) ?? ''
    provider.endRefund(ref, 'failed')
    await syncRefund(run, provider, ref, NOW)
    expect(await changes()).toEqual({ clearing: 0, transit: 1_000 })
    expect(await rowOf(id)).toMatchObject({ status: 'PENDING', attempt: 1, settledAt: null })
  })

  test('waits while the payer disputes the capture', async () => {
    const id = await aRefund()
    const { paymentId } = await rowOf(id)
    const facts = {
      provider: 'sandbox',
      disputeRef: newId(),
      amountMinor: 1_000,
      currency: 'CNY',
      reason: 'fraudulent',
    }
    const { id: disputeId } = await db.dispute.create({
      data: {
        id: newId(),
        ...facts,
        paymentId: paymentId ?? '',
        state: 'NEEDS_RESPONSE',
        evidence: {},
        openedAt: NOW,
        dueAt: NOW,
      },
    })
    expect(await settle(id)).toBe(false)
    expect(provider.refunds.size).toBe(0)
    expect(await rowOf(id)).toMatchObject({ status: 'PENDING', attempts: 0, dueAt: after(NOW, 6 * HOUR_MS) })
    await db.dispute.update({ where: { id: disputeId }, data: { state: 'WON', dueAt: null, closedAt: NOW } })
    expect(await settle(id, after(NOW, 6 * HOUR_MS))).toBe(true)
  })

  test('never exceeds its capture', async () => {
    const id = await aRefund()
    const { paymentId } = await rowOf(id)
    const more = { order: null, amountMinor: 1, currency: 'CNY', reason: 'x' }
    await expect(run((tx) => openRefund(tx, paymentId ?? '', more, NOW))).rejects.toThrow('payment_refunded_sound')
  })
})

describe('a refund that failed for good', () => {
  test('is given up after three attempts, its money with us', async () => {
    const id = await aFailedRefund()
    expect(await rowOf(id)).toMatchObject({ status: 'FAILED', attempt: 3, dueAt: null, lastError: 'account closed' })
    expect(await changes()).toEqual({ clearing: 0, transit: 1_000 })
    expect(await swept(after(NOW, 99 * HOUR_MS))).toMatchObject({ refunded: 0 })
  })

  test('is given up at once when the provider says never', async () => {
    const id = await aRefund()
    provider.refund = () => Promise.reject(new ProviderRefused('too old'))
    expect(await settle(id)).toBe(false)
    expect(await rowOf(id)).toMatchObject({ status: 'FAILED', dueAt: null, lastError: 'too old' })
    expect(await changes()).toEqual({ clearing: 0, transit: 1_000 })
  })

  test('is tried again when an operator says so, under a key of its own', async () => {
    const id = await aFailedRefund()
    const keys = new Set(provider.movements.map(({ sourceRef }) => sourceRef))
    provider.refundsBecome = 'succeeded'
    await run((tx) => retryRefund(tx, id, NOW))
    expect(await rowOf(id)).toMatchObject({ status: 'PENDING', dueAt: NOW })
    expect(await settle(id)).toBe(true)
    expect(keys.has(provider.refunds.get(id) ?? '')).toBe(false)
    expect(await changes()).toEqual({ clearing: 1_000, transit: 0 })
    await expect(run((tx) => retryRefund(tx, id, NOW))).rejects.toMatchObject({ code: 'refund/not-failed' })
  })

  test('that the provider would not have is asked for under a new key too: to the old one it repeats its no', async () => {
    const id = await aRefund()
    const send = provider.refund.bind(provider)
    const asked: number[] = []
    provider.refund = (input) => {
      asked.push(input.attempt)
      return input.attempt === 0 ? Promise.reject(new ProviderRefused('no balance')) : send(input)
    }
    await settle(id)
    await run((tx) => retryRefund(tx, id, NOW))
    expect(await settle(id)).toBe(true)
    expect(asked).toEqual([0, 1])
  })

  test("goes to the buyer's wallet instead, once; a guest has none", async () => {
    const buyer = await aBuyer()
    const id = await aFailedRefund(buyer)
    await run((tx) => refundToWallet(tx, id, NOW))
    expect(await balanceOf(walletOf(buyer.buyerId, 'CNY'))).toBe(1_000)
    expect(await changes()).toEqual({ clearing: 0, transit: 0 })
    expect(await rowOf(id)).toMatchObject({ status: 'SUCCEEDED', method: 'WALLET', walletUserId: buyer.buyerId })
    await expect(run((tx) => refundToWallet(tx, id, NOW))).rejects.toMatchObject({ code: 'refund/not-failed' })
    const guests = await aFailedRefund()
    await expect(run((tx) => refundToWallet(tx, guests, NOW))).rejects.toMatchObject({ code: 'refund/no-wallet' })
  })

  test('was sent by hand: booked once, out of the clearing of bank transfers', async () => {
    const byHand = providerClearing(BY_HAND, 'CNY')
    const had = await balanceOf(byHand)
    const id = await aFailedRefund()
    await run((tx) => settleRefundByHand(tx, id, 'TX-77', NOW))
    expect(await changes()).toEqual({ clearing: 0, transit: 0 })
    expect(await balanceOf(byHand)).toBe(had + 1_000)
    expect(await rowOf(id)).toMatchObject({ status: 'SUCCEEDED', providerRef: 'bank-transfer:TX-77' })
    await expect(run((tx) => settleRefundByHand(tx, id, 'TX-78', NOW))).rejects.toMatchObject({
      code: 'refund/not-failed',
    })
  })

  test('is not settled by a bank transfer that another refund was settled by', async () => {
    const [one, two] = [await aFailedRefund(), await aFailedRefund()]
    await run((tx) => settleRefundByHand(tx, one, 'TX-88', NOW))
    const again = run((tx) => settleRefundByHand(tx, two, 'TX-88', NOW))
    await expect(again).rejects.toMatchObject({ code: 'merchant/deposit-recorded' })
    expect(await rowOf(two)).toMatchObject({ status: 'FAILED', providerRef: null })
  })

  test('in a currency that the mall does not trade in goes into no wallet', async () => {
    const buyer = await aBuyer()
    const order = await aDeliveredOrder({ form: buyer })
    const dollars = await aCapture(order.checkoutId, { currency: 'USD' })
    await run((tx) => recordPayment(tx, order.checkoutId, dollars, NOW))
    const { id } = await db.refund.findFirstOrThrow({ where: { payment: { captureRef: dollars.captureRef } } })
    await db.refund.update({ where: { id }, data: { status: 'FAILED', dueAt: null } })
    await expect(run((tx) => refundToWallet(tx, id, NOW))).rejects.toMatchObject({ code: 'refund/no-wallet' })
    expect(await balanceOf(walletOf(buyer.buyerId, 'USD'))).toBe(0)
  })
})

async function swept(now: Date) {
  return sweep(run, only(provider), now, (error) => {
    throw error
  })
}
