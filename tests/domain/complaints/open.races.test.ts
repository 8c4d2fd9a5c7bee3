import { describe, expect, test } from 'vitest'
import { type OpenComplaintInput, openAndRule, openComplaint } from '@/lib/domain/complaints'
import { SYSTEM, autoConfirmOrder, confirmOrder, failDelivery, refundAsMerchant } from '@/lib/domain/orders'
import type { Tx } from '@/lib/domain/tx'
import { DAY_MS, HOUR_MS, after } from '@/lib/kernel/time'
import { statusOf } from '@/tests/support/books'
import { db } from '@/tests/support/database'
import {
  BUYER,
  MERCHANT,
  NOW,
  type AnOrder,
  aDeliveredOrder,
  aManualListing,
  anAwaitedOrder,
} from '@/tests/support/factories'
import { race, raceTwice } from '@/tests/support/race'

const fulfilled = { status: 'fulfilled' }
const refused = (code: string) => ({ status: 'rejected', reason: { code } })

describe('a complaint and a release', () => {
  test('confirmed first: it is a claim after release, the earning is held', async () => {
    const order = await aDeliveredOrder()
    const input = await wanted(order)
    const [first, second] = await race(
      (tx) => confirmOrder(tx, order.orderId, BUYER, NOW),
      (tx) => openComplaint(tx, input, BUYER, NOW),
    )
    expect([first, second]).toMatchObject([fulfilled, fulfilled])
    expect(await caseOf(order)).toMatchObject({ afterRelease: true, holds: true })
    expect(await db.earning.findUniqueOrThrow({ where: { orderId: order.orderId } })).toMatchObject({ heldAt: NOW })
  })

  test('complained first: the confirmation is refused, and so is the clock', async () => {
    const order = await aDeliveredOrder()
    const input = await wanted(order)
    const [first, second] = await race(open(input), (tx) => confirmOrder(tx, order.orderId, BUYER, NOW))
    expect([first, second]).toMatchObject([fulfilled, refused('order/complained')])
    const due = await aDeliveredOrder()
    const inputOfDue = await wanted(due)
    const raced = await race(open(inputOfDue), (tx) =>
      autoConfirmOrder(tx, due.orderId, SYSTEM, after(NOW, 3 * DAY_MS)),
    )
    expect(raced).toMatchObject([fulfilled, refused('order/not-due')])
    expect(await statusOf(due.orderId)).toBe('DELIVERED')
  })
})

describe('a complaint and a refund by the merchant', () => {
  test('refunded first: there is nothing left to complain about', async () => {
    const order = await aDeliveredOrder({ quantity: 2 })
    const input = await wanted(order)
    const [first, second] = await race(refund(order, input.cdkIds), open(input))
    expect([first, second]).toMatchObject([fulfilled, refused('order/not-delivered')])
    const part = await aDeliveredOrder({ quantity: 2 })
    const both = await wanted(part)
    const raced = await race(refund(part, both.cdkIds.slice(0, 1)), open(both))
    expect(raced).toMatchObject([fulfilled, refused('complaint/cdks')])
    expect(await db.order.findUniqueOrThrow({ where: { id: part.orderId } })).toMatchObject({ complainedAt: null })
  })

  test('complained first: the refund goes through under it', async () => {
    const order = await aDeliveredOrder()
    const input = await wanted(order)
    const [first, second] = await race(open(input), refund(order, input.cdkIds))
    expect([first, second]).toMatchObject([fulfilled, fulfilled])
    expect(await statusOf(order.orderId)).toBe('REFUNDED')
    expect(await caseOf(order)).toMatchObject({ holds: true })
  })
})

describe('two at once', () => {
  test('of one CDK: one case', async () => {
    const order = await aDeliveredOrder()
    const input = await wanted(order)
    const [first, second] = await raceTwice(open(input))
    expect([first, second]).toMatchObject([fulfilled, refused('complaint/known')])
    expect(await db.complaint.count({ where: { orderId: order.orderId } })).toBe(1)
  })

  test('the records rule once', async () => {
    const order = await aDeliveredOrder()
    await db.cdk.updateMany({ where: { orderId: order.orderId }, data: { expiresAt: NOW, sellBy: NOW } })
    const input = { ...(await wanted(order)), failure: 'EXPIRED' as const }
    const [first, second] = await raceTwice((tx) => openAndRule(tx, input, BUYER, NOW))
    expect([first, second]).toMatchObject([{ value: { ruled: true } }, refused('order/not-delivered')])
    expect(await db.orderRefund.count({ where: { orderId: order.orderId } })).toBe(1)
    expect(await db.penalty.count({ where: { orderId: order.orderId } })).toBe(1)
  })

  test('an order that was not delivered in time is refunded once, by the buyer or the clock', async () => {
    const order = await anAwaitedOrder({ listing: await aManualListing(4) })
    const late = after(NOW, 4 * HOUR_MS)
    const input = { ...(await wanted(order)), failure: 'NOT_DELIVERED' as const }
    const [first, second] = await race(
      (tx) => failDelivery(tx, order.orderId, late),
      (tx) => openAndRule(tx, input, BUYER, late),
    )
    expect([first, second]).toMatchObject([fulfilled, refused('order/not-delivered')])
    expect(await db.orderRefund.count({ where: { orderId: order.orderId } })).toBe(1)
  })
})

function open(input: OpenComplaintInput) {
  return (tx: Tx) => openComplaint(tx, input, BUYER, NOW)
}

function refund({ orderId, merchantId }: AnOrder, cdkIds: readonly string[]) {
  return (tx: Tx) =>
    refundAsMerchant(tx, merchantId, { orderId, wanted: { cdkIds }, reason: 'goodwill' }, MERCHANT, NOW)
}

async function wanted({ orderId }: AnOrder): Promise<OpenComplaintInput> {
  const cdks = await db.cdk.findMany({ where: { orderId }, orderBy: { id: 'asc' } })
  const facts = { failure: 'INVALID', demand: 'REFUND', demandMinor: null, statement: '激活失败' } as const
  return { orderId, buyerId: null, buyerKey: `${orderId}@example.com`, cdkIds: cdks.map(({ id }) => id), ...facts }
}

async function caseOf({ orderId }: AnOrder) {
  return db.complaint.findFirstOrThrow({ where: { orderId } })
}
