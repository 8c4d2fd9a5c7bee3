import { describe, expect, test } from 'vitest'
import { merchantAvailable } from '@/lib/domain/ledger'
import { matureEarnings } from '@/lib/domain/merchants'
import {
  SYSTEM,
  autoConfirmOrder,
  confirmOrder,
  freezeOrder,
  holdOrder,
  letOrderGo,
  refundOrder,
  revealCdks,
  thawOrder,
} from '@/lib/domain/orders'
import { newId } from '@/lib/kernel/ids'
import { DAY_MS, HOUR_MS, after } from '@/lib/kernel/time'
import { balanceOf, eventsOf } from '@/tests/support/books'
import { db } from '@/tests/support/database'
import {
  BUYER,
  NOW,
  aConfirmedOrder,
  aDeliveredOrder,
  aListing,
  aPlacedOrder,
  anAwaitedOrder,
  run,
  vault,
} from '@/tests/support/factories'

const OPERATOR = { kind: 'OPERATOR', id: null } as const
const atHour = (hours: number) => after(NOW, hours * HOUR_MS)

const hold = (orderId: string, now: Date) => run((tx) => holdOrder(tx, orderId, { complaintId: newId() }, BUYER, now))
const letGo = (orderId: string, now: Date, inspectAgain = false) =>
  run((tx) => letOrderGo(tx, orderId, { inspectAgain }, now))
const freeze = (orderId: string, now: Date) => run((tx) => freezeOrder(tx, orderId, { disputeId: newId() }, now))
const thaw = (orderId: string, now: Date) => run((tx) => thawOrder(tx, orderId, now))
const rowOf = (orderId: string) => db.order.findUniqueOrThrow({ where: { id: orderId } })

describe('an order under a complaint', () => {
  test('keeps what is left of its inspection window, and goes on with it', async () => {
    const { orderId } = await aDeliveredOrder()
    await hold(orderId, atHour(60))
    expect(await rowOf(orderId)).toMatchObject({ dueAt: null, complainedAt: atHour(60), pausedSeconds: 12 * 3_600 })
    await expect(run((tx) => autoConfirmOrder(tx, orderId, SYSTEM, atHour(900)))).rejects.toMatchObject({
      code: 'order/not-due',
    })
    await expect(run((tx) => confirmOrder(tx, orderId, BUYER, atHour(61)))).rejects.toMatchObject({
      code: 'order/complained',
    })
    await letGo(orderId, atHour(200))
    expect(await rowOf(orderId)).toMatchObject({ dueAt: atHour(212), complainedAt: null, pausedSeconds: null })
    expect(await eventsOf(orderId)).toEqual(['place', 'deliver', 'complain', 'complaint-over'])
    await run((tx) => autoConfirmOrder(tx, orderId, SYSTEM, atHour(212)))
  })

  test('a second complaint changes neither the moment nor what is left', async () => {
    const { orderId } = await aDeliveredOrder()
    await hold(orderId, atHour(10))
    await hold(orderId, atHour(20))
    expect(await rowOf(orderId)).toMatchObject({ complainedAt: atHour(10), pausedSeconds: 62 * 3_600 })
  })

  test('gets a whole window for other CDKs', async () => {
    const { orderId } = await aDeliveredOrder()
    await hold(orderId, atHour(71))
    await letGo(orderId, atHour(100), true)
    expect(await rowOf(orderId)).toMatchObject({ dueAt: atHour(172) })
  })

  test('is refunded all the same, in part and in full', async () => {
    const { orderId } = await aDeliveredOrder({ quantity: 2 })
    await hold(orderId, atHour(1))
    const refund = (amountMinor: number) =>
      run((tx) => refundOrder(tx, { orderId, wanted: { amountMinor }, reason: 'x' }, OPERATOR, atHour(2)))
    await refund(500)
    await refund(1_500)
    expect(await rowOf(orderId)).toMatchObject({ status: 'REFUNDED', complainedAt: atHour(1), pausedSeconds: null })
    await letGo(orderId, atHour(3))
    expect(await rowOf(orderId)).toMatchObject({ status: 'REFUNDED', complainedAt: null, dueAt: null })
  })

  test('a look meanwhile starts no clock; it shortens what is left where the rules say so', async () => {
    const rules = { inspectionHoursAfterReveal: 24 }
    const { orderId } = await aDeliveredOrder({ listing: await aListing({ category: { rules } }) })
    await hold(orderId, atHour(1))
    await run((tx) => revealCdks(tx, vault, { orderId, consent: true }, BUYER, atHour(30)))
    expect(await rowOf(orderId)).toMatchObject({ dueAt: null, pausedSeconds: 24 * 3_600, firstRevealedAt: atHour(30) })
    await letGo(orderId, atHour(50))
    expect(await rowOf(orderId)).toMatchObject({ dueAt: atHour(74) })
  })

  test('what was released before does not mature, and does afterwards', async () => {
    const { orderId, merchantId } = await aConfirmedOrder()
    await hold(orderId, atHour(1))
    await mature()
    expect(await balanceOf(merchantAvailable(merchantId, 'CNY'))).toBe(0)
    expect(await rowOf(orderId)).toMatchObject({ status: 'CONFIRMED', dueAt: null, pausedSeconds: null })
    await letGo(orderId, atHour(500))
    await mature()
    expect(await balanceOf(merchantAvailable(merchantId, 'CNY'))).toBe(970)
  })

  test('is one that was delivered', async () => {
    for (const { orderId } of [await aPlacedOrder(), await anAwaitedOrder()]) {
      await expect(hold(orderId, NOW)).rejects.toMatchObject({ code: 'order/not-delivered' })
    }
  })
})

describe('a dispute with the provider beside it', () => {
  test('no complaint while it runs', async () => {
    const { orderId } = await aDeliveredOrder()
    await freeze(orderId, atHour(1))
    await expect(hold(orderId, atHour(2))).rejects.toMatchObject({ code: 'order/frozen' })
  })

  test.each([
    ['the complaint ends first', [letGo, thaw]],
    ['the dispute ends first', [thaw, letGo]],
  ] as const)('%s: the clock goes on with what was left once both are over', async (_, [first, second]) => {
    const { orderId } = await aDeliveredOrder()
    await hold(orderId, atHour(60))
    await freeze(orderId, atHour(61))
    expect(await rowOf(orderId)).toMatchObject({ dueAt: null, pausedSeconds: 12 * 3_600 })
    await first(orderId, atHour(100))
    expect(await rowOf(orderId)).toMatchObject({ dueAt: null, pausedSeconds: 12 * 3_600 })
    await expect(run((tx) => confirmOrder(tx, orderId, BUYER, atHour(101)))).rejects.toMatchObject({
      code: first === letGo ? 'order/frozen' : 'order/complained',
    })
    await second(orderId, atHour(200))
    expect(await rowOf(orderId)).toMatchObject({ dueAt: atHour(212), pausedSeconds: null })
  })

  test.each([
    ['the complaint ends first', [letGo, thaw]],
    ['the dispute ends first', [thaw, letGo]],
  ] as const)('%s: the earning matures once both are over', async (_, [first, second]) => {
    const { orderId, merchantId } = await aConfirmedOrder()
    await hold(orderId, atHour(1))
    await freeze(orderId, atHour(2))
    await first(orderId, atHour(3))
    await mature()
    expect(await balanceOf(merchantAvailable(merchantId, 'CNY'))).toBe(0)
    await second(orderId, atHour(4))
    await mature()
    expect(await balanceOf(merchantAvailable(merchantId, 'CNY'))).toBe(970)
  })
})

async function mature(): Promise<void> {
  await matureEarnings(run, after(NOW, 40 * DAY_MS), (error) => {
    throw error
  })
}
