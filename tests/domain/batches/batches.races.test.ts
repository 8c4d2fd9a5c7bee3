import { beforeEach, expect, test } from 'vitest'
import { freezeBatch, refundFrozen, sweepBatches, turnCdks, unfreezeBatch } from '@/lib/domain/batches'
import { escrowOf, merchantPending } from '@/lib/domain/ledger'
import { confirmOrder, recordPayment, revealCdks } from '@/lib/domain/orders'
import type { Tx } from '@/lib/domain/tx'
import { MINUTE_MS, after } from '@/lib/kernel/time'
import { OPERATOR, batchOf, freeze, statesOf, sweepOnce } from '@/tests/support/batches'
import { balanceOf, legsOf, statusOf } from '@/tests/support/books'
import { db } from '@/tests/support/database'
import { BUYER, NOW, aCapture, aDeliveredOrder, aListing, aPlacedOrder, run, vault } from '@/tests/support/factories'
import { race, raceTwice } from '@/tests/support/race'

const START = '00000000-0000-0000-0000-000000000000'
const freezing = (batchId: string) => (tx: Tx) => freezeBatch(tx, { batchId, reason: '来源存疑' }, OPERATOR, NOW)
const revealing = (orderId: string) => (tx: Tx) => revealCdks(tx, vault, { orderId, consent: true }, BUYER, NOW)
const done = { status: 'fulfilled' }

beforeEach(async () => {
  await db.stockBatch.updateMany({ data: { dueAt: null } })
})

async function aFreezableOrder() {
  const listing = await aListing({ stock: 1 })
  const order = await aDeliveredOrder({ listing })
  return { ...order, batchId: await batchOf(listing) }
}

test('freeze before a payment: the payment sees it, and the money goes back', async () => {
  const listing = await aListing({ stock: 1 })
  const order = await aPlacedOrder({ listing })
  const batchId = await batchOf(listing)
  const capture = await aCapture(order.checkoutId)
  const [first, second] = await race(freezing(batchId), (tx) => recordPayment(tx, order.checkoutId, capture, NOW))
  expect([first, second]).toMatchObject([done, done])
  expect(await statusOf(order.orderId)).toBe('CANCELLED')
  expect(await legsOf(order.orderId)).toMatchObject([{ amountMinor: 1_000 }])
  expect(await statesOf(batchId)).toEqual({ FROZEN: 1 })
})

test('payment before a freeze: the CDK is delivered, and the sweep finds it', async () => {
  const listing = await aListing({ stock: 1 })
  const order = await aPlacedOrder({ listing })
  const batchId = await batchOf(listing)
  const capture = await aCapture(order.checkoutId)
  const [first, second] = await race((tx) => recordPayment(tx, order.checkoutId, capture, NOW), freezing(batchId))
  expect([first, second]).toMatchObject([done, done])
  expect(await statusOf(order.orderId)).toBe('DELIVERED')
  expect(await sweepOnce()).toMatchObject({ refunded: 1, finished: 1 })
  expect(await statusOf(order.orderId)).toBe('REFUNDED')
})

test('freeze before a first look: nothing is shown or recorded', async () => {
  const { orderId, batchId } = await aFreezableOrder()
  const [first, second] = await race(freezing(batchId), revealing(orderId))
  expect(first).toMatchObject(done)
  expect(second).toMatchObject({ status: 'rejected', reason: { code: 'order/batch-frozen' } })
  expect(await db.cdk.count({ where: { orderId, revealedAt: null } })).toBe(1)
})

test('first look before a freeze: the freeze waits, the code was seen, and its money still comes back', async () => {
  const { orderId, batchId } = await aFreezableOrder()
  const [first, second] = await race(revealing(orderId), freezing(batchId))
  expect([first, second]).toMatchObject([done, done])
  await sweepOnce()
  expect(await statesOf(batchId)).toEqual({ RETIRED: 1 })
  expect(await statusOf(orderId)).toBe('REFUNDED')
})

test.each(['refund', 'confirm'] as const)('%s first: the other sees it, and the buyer has the money', async (first) => {
  const { orderId, batchId, merchantId } = await aFreezableOrder()
  await freeze(batchId)
  const refund = (tx: Tx) => refundFrozen(tx, orderId, NOW)
  const confirm = async (tx: Tx) => confirmOrder(tx, orderId, BUYER, NOW)
  const [one, two] = first === 'refund' ? await race(refund, confirm) : await race(confirm, refund)
  expect(one).toMatchObject(done)
  expect(two.status).toBe(first === 'refund' ? 'rejected' : 'fulfilled')
  expect(await statusOf(orderId)).toBe('REFUNDED')
  expect(await balanceOf(escrowOf(orderId, 'CNY'))).toBe(0)
  expect(await balanceOf(merchantPending(merchantId, 'CNY'))).toBe(0)
  expect(await legsOf(orderId)).toMatchObject([{ amountMinor: 1_000 }])
  await sweepOnce()
})

test('two sweepers at one order refund it once', async () => {
  const { orderId, batchId } = await aFreezableOrder()
  await freeze(batchId)
  const outcomes = await raceTwice((tx) => refundFrozen(tx, orderId, NOW))
  expect(outcomes).toMatchObject([{ value: 'refunded' }, { value: 'nothing' }])
  expect(await legsOf(orderId)).toHaveLength(1)
  await sweepOnce()
})

test('the end of a freeze against a refund of it: who comes second sees the other', async () => {
  const one = await aFreezableOrder()
  await freeze(one.batchId)
  const ending = (batchId: string) => (tx: Tx) => unfreezeBatch(tx, { batchId, note: '已核实' }, OPERATOR, NOW)
  expect(await race(ending(one.batchId), (tx) => refundFrozen(tx, one.orderId, NOW))).toMatchObject([
    done,
    { value: 'nothing' },
  ])
  expect(await legsOf(one.orderId)).toEqual([])
  const two = await aFreezableOrder()
  await freeze(two.batchId)
  expect(await race((tx) => refundFrozen(tx, two.orderId, NOW), ending(two.batchId))).toMatchObject([
    { value: 'refunded' },
    done,
  ])
  expect(await legsOf(two.orderId)).toHaveLength(1)
  await sweepOnce()
})

test('the end of a freeze against a part of it: no CDK stays as it should not', async () => {
  const listing = await aListing({ stock: 4 })
  const batchId = await batchOf(listing)
  await freeze(batchId)
  const part = (tx: Tx) => turnCdks(tx, { batchId, after: START, now: NOW })
  const end = (tx: Tx) => unfreezeBatch(tx, { batchId, note: '已核实' }, OPERATOR, NOW)
  expect(await race(part, end)).toMatchObject([{ value: { to: 'FROZEN', count: 4 } }, done])
  expect(await sweepOnce()).toMatchObject({ restored: 4, finished: 1 })
  await freeze(batchId)
  expect(await race(end, part)).toMatchObject([done, { value: { to: 'AVAILABLE', count: 0 } }])
  expect(await statesOf(batchId)).toEqual({ AVAILABLE: 4 })
  await sweepOnce()
})

test.each([1, 2, 3, 4, 5, 6, 7])(
  'killed after %i transactions, the next goes on, and nothing is done twice',
  async (lives) => {
    const listing = await aListing({ stock: 7 })
    const orders = [await aDeliveredOrder({ listing }), await aDeliveredOrder({ listing, quantity: 2 })]
    const batchId = await batchOf(listing)
    await freeze(batchId)
    let left = lives
    const mortal: typeof run = async (work) => {
      if (left === 0) throw new Error('killed')
      left -= 1
      return run(work)
    }
    const fate: unknown[] = []
    await sweepBatches(mortal, NOW, (error) => fate.push(error), 3).catch((error: unknown) => fate.push(error))
    // Nobody else takes it while it is leased; afterwards anybody does.
    expect(await sweepOnce()).toMatchObject({ frozen: 0, refunded: 0 })
    await sweepOnce(after(NOW, 6 * MINUTE_MS), 3)
    expect(await statesOf(batchId)).toEqual({ FROZEN: 7 })
    for (const { orderId } of orders) {
      expect(await statusOf(orderId)).toBe('REFUNDED')
      expect(await legsOf(orderId)).toHaveLength(1)
    }
    expect(await db.stockBatch.findUniqueOrThrow({ where: { id: batchId } })).toMatchObject({ dueAt: null })
    const events = await db.cdkEvent.groupBy({
      by: ['cdkId'],
      where: { type: 'frozen', merchantId: listing.merchantId },
      _count: true,
    })
    expect(events.map(({ _count }) => _count)).toEqual([1, 1, 1, 1])
  },
)
