import { beforeEach, expect, test } from 'vitest'
import { freezeBatch, refundFrozen, unfreezeBatch } from '@/lib/domain/batches'
import { merchantPending } from '@/lib/domain/ledger'
import { confirmOrder, freezeOrder, placeCheckout, refundOrder, revealCdks, thawOrder } from '@/lib/domain/orders'
import { readChains, retireBatch } from '@/lib/domain/stock'
import { newId } from '@/lib/kernel/ids'
import { MINUTE_MS, after } from '@/lib/kernel/time'
import { OPERATOR, batchOf, freeze, statesOf, sweepOnce } from '@/tests/support/batches'
import { balanceOf, eventsOf, legsOf, statusOf } from '@/tests/support/books'
import { db } from '@/tests/support/database'
import {
  BUYER,
  MERCHANT,
  NOW,
  aDeliveredOrder,
  aListing,
  aPlacedOrder,
  aPurchase,
  addStock,
  pay,
  run,
  vault,
} from '@/tests/support/factories'

const reveal = (orderId: string, cdkId?: string) =>
  run((tx) => revealCdks(tx, vault, { orderId, consent: true, ...(cdkId === undefined ? {} : { cdkId }) }, BUYER, NOW))
const refused = (code: string) => ({ code })
const unitsOf = (orderId: string) => db.refundUnit.count({ where: { orderId } })

beforeEach(async () => {
  await db.stockBatch.updateMany({ data: { dueAt: null } })
})

test('a frozen batch is neither sold nor revealed from its commit on, before anything was swept', async () => {
  const listing = await aListing({ stock: 3 })
  const { orderId } = await aDeliveredOrder({ listing })
  const batchId = await batchOf(listing)
  await freeze(batchId)
  await expect(run((tx) => placeCheckout(tx, aPurchase(listing), NOW))).rejects.toMatchObject(refused('stock/sold-out'))
  await expect(reveal(orderId)).rejects.toMatchObject(refused('order/batch-frozen'))
  expect(await db.order.findUniqueOrThrow({ where: { id: orderId } })).toMatchObject({ firstRevealedAt: null })
  expect(await statesOf(batchId)).toEqual({ AVAILABLE: 2, DELIVERED: 1 })
})

test('of an order from two batches the frozen part is kept back, the other shown; only that part is refunded', async () => {
  const listing = await aListing({ stock: 1 })
  const batchId = await batchOf(listing)
  await addStock(listing, 1)
  const { orderId } = await aDeliveredOrder({ listing, quantity: 2 })
  await freeze(batchId)
  const frozen = await db.cdk.findFirstOrThrow({ where: { batchId } })
  await expect(reveal(orderId, frozen.id)).rejects.toMatchObject(refused('order/batch-frozen'))
  expect((await reveal(orderId)).map(({ id }) => id)).not.toContain(frozen.id)
  expect(await reveal(orderId)).toHaveLength(1)
  expect(await sweepOnce()).toMatchObject({ refunded: 1, finished: 1 })
  expect(await legsOf(orderId)).toMatchObject([{ amountMinor: 1_000 }])
  expect(await statusOf(orderId)).toBe('DELIVERED')
  expect(await db.order.findUniqueOrThrow({ where: { id: orderId } })).toMatchObject({ refundedUnits: 1 })
  expect(await reveal(orderId)).toHaveLength(1)
})

test('the sweep freezes what is unsold, refunds what buyers hold, and tells merchant and buyer once', async () => {
  const listing = await aListing({ stock: 5 })
  const seen = await aDeliveredOrder({ listing })
  const unseen = await aDeliveredOrder({ listing, quantity: 2 })
  await reveal(seen.orderId)
  const userId = newId()
  const user = { id: userId, email: `${userId}@example.com`, passwordHash: 'x', displayName: 'x', createdAt: NOW }
  await db.user.create({ data: { ...user, role: 'MERCHANT', merchantId: listing.merchantId } })
  const batchId = await batchOf(listing)
  await freeze(batchId)
  expect(await sweepOnce()).toEqual({ frozen: 2, retired: 0, restored: 0, refunded: 2, finished: 1 })
  // Who looked at it keeps the code, and it is never sold again.
  expect(await statesOf(batchId)).toEqual({ FROZEN: 4, RETIRED: 1 })
  expect([await statusOf(seen.orderId), await statusOf(unseen.orderId)]).toEqual(['REFUNDED', 'REFUNDED'])
  expect(await db.orderRefund.findFirst({ where: { orderId: unseen.orderId } })).toMatchObject({
    reason: 'batch-frozen',
    amountMinor: 2_000,
    actorKind: 'OPERATOR',
    actorId: OPERATOR.id,
  })
  expect(await db.stockBatch.findUniqueOrThrow({ where: { id: batchId } })).toMatchObject({ dueAt: null })
  expect(await sweepOnce(after(NOW, 60 * MINUTE_MS))).toMatchObject({ refunded: 0, finished: 0 })
  const told = await db.notification.findMany({ where: { kind: { in: ['batch-frozen', 'order-frozen'] } } })
  expect(told.filter(({ userId: reader }) => reader === userId)).toMatchObject([{ kind: 'batch-frozen' }])
  expect(told.filter(({ data }) => JSON.stringify(data).includes(seen.number))).toHaveLength(1)
  const chain = (await readChains(db, [(await db.cdk.findFirstOrThrow({ where: { batchId, state: 'FROZEN' } })).id]))
    .values()
    .next().value
  expect(['frozen', 'refunded']).toContain(chain?.at(-1)?.event.type)
})

test('after release the money comes back out of what the merchant has', async () => {
  const listing = await aListing({ stock: 1 })
  const { orderId, merchantId } = await aDeliveredOrder({ listing })
  await run((tx) => confirmOrder(tx, orderId, BUYER, NOW))
  expect(await balanceOf(merchantPending(merchantId, 'CNY'))).toBe(970)
  await freeze(await batchOf(listing))
  await sweepOnce()
  expect(await statusOf(orderId)).toBe('REFUNDED')
  expect(await balanceOf(merchantPending(merchantId, 'CNY'))).toBe(0)
  expect(await eventsOf(orderId)).toEqual(['place', 'deliver', 'confirm', 'refund'])
})

test('a goodwill that went before is counted: never more than was paid', async () => {
  const listing = await aListing({ stock: 1 })
  const { orderId } = await aDeliveredOrder({ listing })
  const part = { orderId, wanted: { amountMinor: 400 }, reason: '补偿' }
  await run((tx) => refundOrder(tx, part, OPERATOR, NOW))
  await freeze(await batchOf(listing))
  await sweepOnce()
  expect((await legsOf(orderId)).map(({ amountMinor }) => amountMinor)).toEqual([400, 600])
})

test('an order in dispute is told and left to the dispute; it is refunded once that has let it go', async () => {
  const listing = await aListing({ stock: 1 })
  const { orderId } = await aDeliveredOrder({ listing })
  await run((tx) => freezeOrder(tx, orderId, { disputeId: newId() }, NOW))
  await freeze(await batchOf(listing))
  expect(await sweepOnce()).toMatchObject({ refunded: 0, finished: 0 })
  expect(await legsOf(orderId)).toEqual([])
  expect(
    await db.notification.count({
      where: {
        kind: 'order-frozen',
        data: { path: ['number'], equals: (await db.order.findUniqueOrThrow({ where: { id: orderId } })).number },
      },
    }),
  ).toBe(1)
  await run((tx) => thawOrder(tx, orderId, NOW))
  expect(await sweepOnce(after(NOW, 4 * MINUTE_MS))).toMatchObject({ refunded: 0 })
  expect(await sweepOnce(after(NOW, 6 * MINUTE_MS))).toMatchObject({ refunded: 1, finished: 1 })
})

test('an unpaid order gets other CDKs when it is paid, or its money back', async () => {
  const listing = await aListing({ stock: 1 })
  const batchId = await batchOf(listing)
  const swapped = await aPlacedOrder({ listing })
  await freeze(batchId)
  expect(await sweepOnce()).toMatchObject({ finished: 1 })
  await addStock(listing, 1)
  await pay(swapped.checkoutId)
  expect(await statusOf(swapped.orderId)).toBe('DELIVERED')
  expect(await db.cdk.findFirst({ where: { orderId: swapped.orderId, batchId } })).toBeNull()
  expect(await statesOf(batchId)).toEqual({ FROZEN: 1 })

  const other = await aListing({ stock: 1 })
  const fallen = await aPlacedOrder({ listing: other })
  await freeze(await batchOf(other))
  await pay(fallen.checkoutId)
  expect(await statusOf(fallen.orderId)).toBe('CANCELLED')
  expect(await legsOf(fallen.orderId)).toMatchObject([{ amountMinor: 1_000 }])
  expect(await statesOf(await batchOf(other))).toEqual({ FROZEN: 1 })
})

test('what is let go again is sold again; what was refunded stays so; of a retired batch it retires', async () => {
  const listing = await aListing({ stock: 3 })
  const { orderId } = await aDeliveredOrder({ listing })
  const batchId = await batchOf(listing)
  await freeze(batchId)
  await sweepOnce()
  await run((tx) => unfreezeBatch(tx, { batchId, note: '来源已核实' }, OPERATOR, NOW))
  expect(await sweepOnce()).toMatchObject({ restored: 3, finished: 1 })
  expect(await statesOf(batchId)).toEqual({ AVAILABLE: 3 })
  expect(await unitsOf(orderId)).toBe(1)
  await run((tx) => placeCheckout(tx, aPurchase(listing), NOW))

  const retired = await aListing({ stock: 2 })
  const of = { merchantId: retired.merchantId, batchId: await batchOf(retired) }
  await freeze(of.batchId)
  await sweepOnce()
  await db.stockBatch.update({ where: { id: of.batchId }, data: { retiredAt: NOW } })
  await run((tx) => unfreezeBatch(tx, { batchId: of.batchId, note: 'x' }, OPERATOR, NOW))
  expect(await sweepOnce()).toMatchObject({ retired: 2, finished: 1 })
  expect(await statesOf(of.batchId)).toEqual({ RETIRED: 2 })
})

test('let go before it was swept: nobody is refunded', async () => {
  const listing = await aListing({ stock: 2 })
  const { orderId } = await aDeliveredOrder({ listing })
  const batchId = await batchOf(listing)
  await freeze(batchId)
  await run((tx) => unfreezeBatch(tx, { batchId, note: '误操作' }, OPERATOR, NOW))
  expect(await sweepOnce()).toEqual({ frozen: 0, retired: 0, restored: 0, refunded: 0, finished: 1 })
  expect(await run((tx) => refundFrozen(tx, orderId, NOW))).toBe('nothing')
  expect(await reveal(orderId)).toHaveLength(1)
})

test('freezing twice, freezing nothing, letting go what is free', async () => {
  const batchId = await batchOf(await aListing({ stock: 1 }))
  const again = (id: string) => run((tx) => freezeBatch(tx, { batchId: id, reason: 'x' }, OPERATOR, NOW))
  await expect(run((tx) => unfreezeBatch(tx, { batchId, note: 'x' }, OPERATOR, NOW))).rejects.toMatchObject(
    refused('batch/not-frozen'),
  )
  await again(batchId)
  await expect(again(batchId)).rejects.toMatchObject(refused('batch/frozen'))
  await expect(again(newId())).rejects.toMatchObject(refused('access/not-found'))
  const actions = await db.operatorAction.findMany({ where: { subjectId: batchId } })
  expect(actions).toMatchObject([{ verb: 'freeze-batch', note: 'x', userId: OPERATOR.id }])
})

test('the rest of a retired batch leaves sale in parts', async () => {
  const listing = await aListing({ stock: 7 })
  const batchId = await batchOf(listing)
  await db.stockBatch.update({ where: { id: batchId }, data: { retiredAt: NOW, dueAt: NOW } })
  await expect(run((tx) => placeCheckout(tx, aPurchase(listing), NOW))).rejects.toMatchObject(refused('stock/sold-out'))
  expect(await sweepOnce(NOW, 3)).toMatchObject({ retired: 7, finished: 1 })
  expect(await statesOf(batchId)).toEqual({ RETIRED: 7 })
  await expect(
    run((tx) => retireBatch(tx, { merchantId: listing.merchantId, batchId }, MERCHANT, NOW)),
  ).rejects.toMatchObject(refused('stock/not-available'))
})
