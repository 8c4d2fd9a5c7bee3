import { describe, expect, test } from 'vitest'
import {
  escrowOf,
  merchantDeposit,
  protectionFund,
  providerClearing,
  refundInTransit,
  walletOf,
} from '@/lib/domain/ledger'
import { recordDeposit } from '@/lib/domain/merchants'
import {
  SYSTEM,
  confirmOrder,
  declineDelivery,
  deliverByHand,
  expireCheckout,
  failDelivery,
  freezeOrder,
  placeCheckout,
  recordPayment,
  refundAsMerchant,
  refundOrder,
  remindDeliveries,
  revealCdks,
  sweepOrders,
  thawOrder,
} from '@/lib/domain/orders'
import { newId } from '@/lib/kernel/ids'
import { HOUR_MS, MINUTE_MS, after } from '@/lib/kernel/time'
import { balanceOf, eventsOf, legsOf, statusOf, stockOf } from '@/tests/support/books'
import { db } from '@/tests/support/database'
import {
  type AnOrder,
  BUYER,
  MERCHANT,
  NOW,
  aBuyerWithWallet,
  aCapture,
  aManualListing,
  aMerchant,
  aPlacedOrder,
  aPurchase,
  addStock,
  anAwaitedOrder,
  codes,
  onlyOrderOf,
  run,
  vault,
} from '@/tests/support/factories'

const OPERATOR = { kind: 'OPERATOR', id: null } as const
const DUE = after(NOW, 4 * HOUR_MS)
const rowOf = (orderId: string) => db.order.findUniqueOrThrow({ where: { id: orderId } })
const linesOf = (given: readonly string[]) => given.map((code, index) => ({ line: index + 1, code }))

const handOver = (
  order: Pick<AnOrder, 'orderId' | 'merchantId'>,
  given: readonly string[],
  { refundRest = false, now = NOW } = {},
) =>
  run((tx) => {
    const { orderId, merchantId } = order
    const facts = { orderId, merchantId, deliveredById: newId(), fileName: null, refundRest }
    return deliverByHand(tx, vault, { ...facts, lines: linesOf(given) }, MERCHANT, now)
  })
const decline = ({ orderId, merchantId }: AnOrder, now = NOW) =>
  run((tx) => declineDelivery(tx, { orderId, merchantId }, MERCHANT, now))
const refused = (code: string) => ({ code })

async function aDeposit(merchantId: string, amountMinor: number): Promise<void> {
  const facts = { merchantId, reference: `bank ${newId()}`, amountMinor, currency: 'CNY' } as const
  await run((tx) => recordDeposit(tx, facts, NOW))
}

describe('an order of manual delivery', () => {
  test('takes no stock, and waits for its merchant once it is paid', async () => {
    const order = await aPlacedOrder({ listing: await aManualListing(), quantity: 3 })
    expect(await stockOf(order.variantId)).toEqual({})
    await run(async (tx) => recordPayment(tx, order.checkoutId, await aCapture(order.checkoutId), NOW))
    expect(await rowOf(order.orderId)).toMatchObject({
      status: 'AWAITING_DELIVERY',
      paidAt: NOW,
      deliveredAt: null,
      dueAt: DUE,
    })
    expect(await balanceOf(escrowOf(order.orderId, 'CNY'))).toBe(3_000)
    expect(await eventsOf(order.orderId)).toEqual(['place', 'await-delivery'])
    expect((await rowOf(order.orderId)).snapshot).toMatchObject({ delivery: { kind: 'MANUAL', hours: 4 } })
  })

  test('can be paid by the wallet alone', async () => {
    const buyer = await aBuyerWithWallet(1_000)
    const placed = await run(async (tx) =>
      placeCheckout(tx, aPurchase(await aManualListing(), { ...buyer, walletMinor: 1_000 }), NOW),
    )
    expect(await statusOf(onlyOrderOf(placed).orderId)).toBe('AWAITING_DELIVERY')
  })

  test('paid late waits as well, and is refunded when the variant is not sold any more', async () => {
    const later = after(NOW, HOUR_MS)
    for (const active of [true, false]) {
      const order = await aPlacedOrder({ listing: await aManualListing() })
      await run((tx) => expireCheckout(tx, order.checkoutId, SYSTEM, later))
      await db.variant.update({ where: { id: order.variantId }, data: { active } })
      const capture = await aCapture(order.checkoutId)
      await run((tx) => recordPayment(tx, order.checkoutId, capture, later))
      expect(await statusOf(order.orderId)).toBe(active ? 'AWAITING_DELIVERY' : 'EXPIRED')
      expect(await legsOf(order.orderId)).toHaveLength(active ? 0 : 1)
    }
  })

  test('is delivered with what the merchant typed, which the buyer sees and confirms', async () => {
    const order = await anAwaitedOrder({ quantity: 2 })
    const given = codes(2)
    expect(await handOver(order, ['', ...given, ''], { now: after(NOW, HOUR_MS) })).toEqual({
      delivered: 2,
      refunded: 0,
      faults: [],
    })
    expect(await rowOf(order.orderId)).toMatchObject({
      status: 'DELIVERED',
      deliveredAt: after(NOW, HOUR_MS),
      dueAt: after(NOW, 73 * HOUR_MS),
    })
    const shown = await run((tx) => revealCdks(tx, vault, { orderId: order.orderId, consent: true }, BUYER, NOW))
    expect(shown.map(({ code }) => code).toSorted()).toEqual(given.toSorted())
    await run((tx) => confirmOrder(tx, order.orderId, BUYER, after(NOW, 2 * HOUR_MS)))
    expect(await eventsOf(order.orderId)).toEqual(['place', 'await-delivery', 'deliver-by-hand', 'reveal', 'confirm'])
    expect(await db.stockBatch.findMany({ where: { variantId: order.variantId } })).toMatchObject([
      { kind: 'HAND_DELIVERY', acceptedCount: 2, retiredAt: after(NOW, HOUR_MS) },
    ])
    const chain = await db.cdkEvent.findMany({
      where: { merchantId: order.merchantId },
      orderBy: [{ cdkId: 'asc' }, { seq: 'asc' }],
    })
    expect(chain.slice(0, 3).map(({ type }) => type)).toEqual(['imported', 'reserved', 'delivered'])
  })

  test('is delivered in part only when the merchant says so, the rest refunded at once', async () => {
    const order = await anAwaitedOrder({ quantity: 3 })
    await expect(handOver(order, codes(2))).rejects.toMatchObject(refused('delivery/too-few'))
    expect(await stockOf(order.variantId)).toEqual({})
    expect(await handOver(order, codes(2), { refundRest: true })).toMatchObject({ delivered: 2, refunded: 1 })
    expect(await rowOf(order.orderId)).toMatchObject({ status: 'DELIVERED', refundedMinor: 1_000, refundedUnits: 1 })
    expect(await balanceOf(escrowOf(order.orderId, 'CNY'))).toBe(2_000)
    expect(await stockOf(order.variantId)).toEqual({ DELIVERED: 2 })
    await run((tx) =>
      refundOrder(tx, { orderId: order.orderId, wanted: { all: true }, reason: 'goodwill' }, OPERATOR, NOW),
    )
    expect(await rowOf(order.orderId)).toMatchObject({ status: 'REFUNDED', refundedMinor: 3_000, refundedUnits: 3 })
    // Nobody saw them; a variant that has no stock gets none from that.
    expect(await stockOf(order.variantId)).toEqual({ RETIRED: 2 })
  })

  test('takes exactly what was bought', async () => {
    const order = await anAwaitedOrder({ quantity: 2 })
    await expect(handOver(order, ['', ' '.trim()])).rejects.toMatchObject(refused('delivery/no-codes'))
    await expect(handOver(order, codes(3))).rejects.toMatchObject({
      code: 'delivery/too-many',
      params: { given: 3, quantity: 2 },
    })
    await expect(handOver({ ...order, merchantId: await aMerchant() }, codes(2))).rejects.toMatchObject(
      refused('access/not-found'),
    )
    expect(await statusOf(order.orderId)).toBe('AWAITING_DELIVERY')
  })

  test('cannot be split when nothing would be left of its money', async () => {
    const order = await anAwaitedOrder({ quantity: 2 })
    const goodwill = { orderId: order.orderId, wanted: { amountMinor: 1_000 }, reason: 'goodwill' }
    await run((tx) => refundOrder(tx, goodwill, OPERATOR, NOW))
    await expect(handOver(order, codes(1), { refundRest: true })).rejects.toMatchObject(
      refused('delivery/nothing-would-be-left'),
    )
    expect(await handOver(order, codes(2))).toMatchObject({ delivered: 2 })
  })

  test('takes no code twice: in the text, or from his own stock', async () => {
    const order = await anAwaitedOrder({ quantity: 2 })
    const [old = ''] = await addStock(order, 1)
    const [fresh = ''] = codes(1)
    expect(await handOver(order, [fresh, fresh])).toEqual({
      delivered: 0,
      refunded: 0,
      faults: [{ line: 2, verdict: 'duplicate-in-file' }],
    })
    expect(await handOver(order, [fresh, old])).toMatchObject({ faults: [{ line: 2, verdict: 'duplicate-in-stock' }] })
    expect(await handOver(order, [fresh, 'x'.repeat(501)])).toMatchObject({
      faults: [{ line: 2, verdict: 'too-long' }],
    })
    expect(await statusOf(order.orderId)).toBe('AWAITING_DELIVERY')
    expect(await stockOf(order.variantId)).toEqual({ AVAILABLE: 1 })
    expect(await handOver(order, [fresh, ...codes(1)])).toMatchObject({ delivered: 2 })
  })
})

describe('when the promised time runs out', () => {
  test('the buyer gets everything back and the deposit pays the penalty', async () => {
    const order = await anAwaitedOrder({ quantity: 5 })
    await aDeposit(order.merchantId, 10_000)
    const fund = await balanceOf(protectionFund('CNY'))
    await expect(run((tx) => failDelivery(tx, order.orderId, after(DUE, -1)))).rejects.toMatchObject(
      refused('order/not-due'),
    )
    await expect(handOver(order, codes(5), { now: DUE })).rejects.toMatchObject(refused('delivery/too-late'))
    await sweepOrders(
      run,
      () => null,
      DUE,
      () => undefined,
    )
    expect(await rowOf(order.orderId)).toMatchObject({
      status: 'REFUNDED',
      refundedMinor: 5_000,
      dueAt: null,
      deliveredAt: null,
    })
    expect(await legsOf(order.orderId)).toMatchObject([{ amountMinor: 5_000, reason: 'not-delivered' }])
    expect(await balanceOf(escrowOf(order.orderId, 'CNY'))).toBe(0)
    // 5 % of 50.00.
    expect(await balanceOf(merchantDeposit(order.merchantId, 'CNY'))).toBe(9_750)
    expect((await balanceOf(protectionFund('CNY'))) - fund).toBe(250)
    expect(await eventsOf(order.orderId)).toEqual(['place', 'await-delivery', 'fail-delivery'])
    await expect(run((tx) => failDelivery(tx, order.orderId, DUE))).rejects.toMatchObject(refused('order/not-due'))
  })

  test('the penalty is 1.00 at least, and no more than the deposit holds', async () => {
    const small = await anAwaitedOrder()
    await aDeposit(small.merchantId, 10_000)
    await run((tx) => failDelivery(tx, small.orderId, DUE))
    expect(await balanceOf(merchantDeposit(small.merchantId, 'CNY'))).toBe(9_900)
    const poor = await anAwaitedOrder({ quantity: 9 })
    await aDeposit(poor.merchantId, 130)
    await run((tx) => failDelivery(tx, poor.orderId, DUE))
    expect(await balanceOf(merchantDeposit(poor.merchantId, 'CNY'))).toBe(0)
    const bare = await anAwaitedOrder()
    await run((tx) => failDelivery(tx, bare.orderId, DUE))
    expect(await statusOf(bare.orderId)).toBe('REFUNDED')
  })

  test('money of the wallet is back in the wallet', async () => {
    const buyer = await aBuyerWithWallet(1_000)
    const placed = await run(async (tx) =>
      placeCheckout(tx, aPurchase(await aManualListing(), { ...buyer, walletMinor: 1_000 }), NOW),
    )
    await run((tx) => failDelivery(tx, onlyOrderOf(placed).orderId, DUE))
    expect(await balanceOf(walletOf(buyer.buyerId, 'CNY'))).toBe(1_000)
  })

  test('a dispute stops the clock, for the merchant too, and what was left of it goes on', async () => {
    const order = await anAwaitedOrder()
    await run((tx) => freezeOrder(tx, order.orderId, { disputeId: newId() }, after(NOW, HOUR_MS)))
    expect(await rowOf(order.orderId)).toMatchObject({ dueAt: null, pausedSeconds: 3 * 3_600 })
    await expect(handOver(order, codes(1))).rejects.toMatchObject(refused('order/frozen'))
    await expect(run((tx) => failDelivery(tx, order.orderId, after(DUE, HOUR_MS)))).rejects.toMatchObject(
      refused('order/not-due'),
    )
    const thawed = after(NOW, 48 * HOUR_MS)
    await run((tx) => thawOrder(tx, order.orderId, thawed))
    expect(await rowOf(order.orderId)).toMatchObject({ dueAt: after(thawed, 3 * HOUR_MS), pausedSeconds: null })
    expect(await handOver(order, codes(1), { now: after(thawed, HOUR_MS) })).toMatchObject({ delivered: 1 })
  })
})

describe('declineDelivery', () => {
  test('costs nothing in the first half of the time and the penalty afterwards', async () => {
    const early = await anAwaitedOrder()
    await aDeposit(early.merchantId, 10_000)
    expect(await decline(early, after(NOW, 2 * HOUR_MS))).toBe(0)
    expect(await rowOf(early.orderId)).toMatchObject({ status: 'REFUNDED', refundedMinor: 1_000 })
    expect(await eventsOf(early.orderId)).toEqual(['place', 'await-delivery', 'decline-delivery'])
    const late = await anAwaitedOrder({ listing: early })
    expect(await decline(late, after(NOW, 2 * HOUR_MS + MINUTE_MS))).toBe(100)
    expect(await balanceOf(merchantDeposit(early.merchantId, 'CNY'))).toBe(9_900)
    await expect(decline(late)).rejects.toMatchObject(refused('delivery/not-awaiting'))
  })

  test('is the only way in which a merchant gives such an order back', async () => {
    const { orderId, merchantId } = await anAwaitedOrder()
    const all = { orderId, wanted: { all: true }, reason: 'goodwill' } as const
    await expect(run((tx) => refundAsMerchant(tx, merchantId, all, MERCHANT, NOW))).rejects.toMatchObject(
      refused('delivery/decline-instead'),
    )
    await run((tx) => refundOrder(tx, all, OPERATOR, NOW))
    expect(await statusOf(orderId)).toBe('REFUNDED')
    expect(await balanceOf(refundInTransit('sandbox', 'CNY'))).toBeGreaterThanOrEqual(1_000)
    expect(await balanceOf(providerClearing('sandbox', 'CNY'))).toBeLessThan(0)
  })
})

test('reminds at half time and an hour before, once each, and of a short promise once', async () => {
  const order = await anAwaitedOrder()
  const short = await anAwaitedOrder({ listing: await aManualListing(1, { merchantId: order.merchantId }) })
  await db.user.create({
    data: {
      id: newId(),
      email: `${newId()}@merchants.example.com`,
      passwordHash: 'not a real hash',
      role: 'MERCHANT',
      displayName: '掌柜',
      merchantId: order.merchantId,
      createdAt: NOW,
    },
  })
  const reminders = async (orderId: string) =>
    db.notification.count({ where: { kind: 'delivery-due', dedupeKey: { contains: orderId } } })
  const at = async (minutes: number) => {
    await remindDeliveries(run, after(NOW, minutes * MINUTE_MS))
    await remindDeliveries(run, after(NOW, minutes * MINUTE_MS))
    return [await reminders(order.orderId), await reminders(short.orderId)]
  }
  expect(await at(29)).toEqual([0, 0])
  expect(await at(30)).toEqual([0, 1])
  expect(await at(119)).toEqual([0, 1])
  expect(await at(120)).toEqual([1, 1])
  expect(await at(180)).toEqual([2, 1])
})
