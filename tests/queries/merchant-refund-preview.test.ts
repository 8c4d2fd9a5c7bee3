import { describe, expect, test } from 'vitest'
import { matureEarnings } from '@/lib/domain/merchants'
import { freezeOrder, refundOrder, revealCdks } from '@/lib/domain/orders'
import { newId } from '@/lib/kernel/ids'
import { DAY_MS, after } from '@/lib/kernel/time'
import { findBearers, findMerchantOrder, previewRefund } from '@/lib/queries/merchant'
import { aCoupon } from '@/tests/support/coupons'
import { db } from '@/tests/support/database'
import {
  type AnOrder,
  NOW,
  aConfirmedOrder,
  aDeliveredOrder,
  aPlacedOrder,
  run,
  vault,
} from '@/tests/support/factories'
import { aDeposit, anAvailable, anEarning } from '@/tests/support/merchant-money'

const MERCHANT = { kind: 'MERCHANT', id: null } as const
const BUYER = { kind: 'BUYER', id: null } as const

type Wanted = Parameters<typeof previewRefund>[2]

async function orderOf({ merchantId, orderId }: AnOrder) {
  const page = await findMerchantOrder(db, merchantId, orderId)
  if (!page) throw new Error('not found')
  return page.order
}

async function preview(of: AnOrder, wanted: Wanted) {
  return previewRefund(await orderOf(of), await findBearers(db, of.merchantId, of.orderId), wanted)
}

/** Says what the refund would do, does it, and compares: what the merchant was told is what happened. */
async function keepsItsWord(of: AnOrder, wanted: Wanted): Promise<Awaited<ReturnType<typeof preview>>> {
  const { units, unseen, lessMinor, feeMinor, ...told } = await preview(of, wanted)
  const refund = { orderId: of.orderId, wanted, reason: '卡密无效' }
  const id = await run((tx) => refundOrder(tx, refund, MERCHANT, NOW))
  const done = await db.orderRefund.findUniqueOrThrow({ where: { id }, include: { units: true } })
  expect(done).toMatchObject(told)
  expect(done.units).toHaveLength(units)
  const borne = done.fromPendingMinor + done.fromAvailableMinor + done.fromDepositMinor + done.fromFundMinor
  const released = done.fromEscrowMinor === 0
  expect({ borne, fee: done.feeMinor }).toEqual(released ? { borne: lessMinor, fee: feeMinor } : { borne: 0, fee: 0 })
  return { ...told, units, unseen, lessMinor, feeMinor }
}

describe('what a merchant is told before he refunds is what happens', () => {
  test('out of escrow: an amount, one CDK, the rest', async () => {
    const order = await aDeliveredOrder({ quantity: 3 })
    const [seen] = await run((tx) => revealCdks(tx, vault, { orderId: order.orderId, consent: true }, BUYER, NOW))
    expect(seen).toBeDefined()
    expect(await keepsItsWord(order, { amountMinor: 100 })).toMatchObject({ fromEscrowMinor: 100, units: 0 })
    const [first = ''] = (await orderOf(order)).cdks.map(({ id }) => id)
    const one = await keepsItsWord(order, { cdkIds: [first] })
    expect(one).toMatchObject({ amountMinor: 1_000, units: 1, unseen: 0, lessMinor: 970, feeMinor: 30 })
    const rest = await keepsItsWord(order, { all: true })
    expect(rest).toMatchObject({ amountMinor: 1_900, units: 2, fromEscrowMinor: 1_900 })
  })

  test("with the platform's coupon, in shares that do not divide", async () => {
    const { code } = await aCoupon({ amountMinor: 101 })
    const order = await aDeliveredOrder({ quantity: 3, form: { couponCode: code, expectedTotalMinor: 2_899 } })
    const [first = '', second = ''] = (await orderOf(order)).cdks.map(({ id }) => id)
    const one = await keepsItsWord(order, { cdkIds: [first] })
    expect(one.fromEscrowMinor).toBe(one.amountMinor + one.promoMinor)
    await keepsItsWord(order, { cdkIds: [second] })
    await keepsItsWord(order, { all: true })
  })

  test('after release: own earning, then available, other earnings, deposit, and the fund for the rest', async () => {
    const order = await aConfirmedOrder({ quantity: 2 })
    await matureEarnings(run, after(NOW, 15 * DAY_MS), (error) => {
      throw error
    })
    expect(await preview(order, { all: true })).toMatchObject({ fromAvailableMinor: 1_940, fromPendingMinor: 0 })
    const poor = await aConfirmedOrder({ quantity: 2 })
    await db.earning.update({ where: { orderId: poor.orderId }, data: { pendingMinor: 40 } })
    await anAvailable(poor.merchantId, 60)
    await anEarning(poor, { earnedMinor: 70 })
    await anEarning(poor, { earnedMinor: 500, heldAt: NOW })
    await aDeposit(poor.merchantId, 200)
    expect(await keepsItsWord(poor, { amountMinor: 1_000 })).toMatchObject({
      lessMinor: 970,
      feeMinor: 30,
      fromPendingMinor: 110,
      fromAvailableMinor: 60,
      fromDepositMinor: 200,
      fromFundMinor: 600,
    })
  })
})

test('refuses what the refund would refuse', async () => {
  const order = await aDeliveredOrder({ quantity: 2 })
  await expect(preview(order, { amountMinor: 2_001 })).rejects.toMatchObject({ code: 'refund/too-much' })
  await expect(preview(order, { cdkIds: [] })).rejects.toMatchObject({ code: 'refund/cdk-refunded' })
  await expect(preview(order, { cdkIds: [newId()] })).rejects.toMatchObject({ code: 'refund/cdk-refunded' })
  await run((tx) => freezeOrder(tx, order.orderId, { disputeId: newId() }, NOW))
  await expect(preview(order, { all: true })).rejects.toMatchObject({ code: 'order/frozen' })
  await expect(preview(await aPlacedOrder(), { all: true })).rejects.toMatchObject({ code: 'order/not-refundable' })
})

test('a second submit of the same form refunds nothing', async () => {
  const order = await aDeliveredOrder({ quantity: 2 })
  const form = { orderId: order.orderId, wanted: { amountMinor: 100 }, reason: '补偿', refundedBeforeMinor: 0 }
  await run((tx) => refundOrder(tx, form, MERCHANT, NOW))
  await expect(run((tx) => refundOrder(tx, form, MERCHANT, NOW))).rejects.toMatchObject({ code: 'refund/changed' })
  expect((await orderOf(order)).refundedMinor).toBe(100)
})
