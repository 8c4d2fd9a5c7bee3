import { expect, test } from 'vitest'
import { cancelCheckout, placeCheckout, refundOrder } from '@/lib/domain/orders'
import { retireBatch } from '@/lib/domain/stock'
import { createDb, inTransaction } from '@/lib/infra/db'
import { Refusal } from '@/lib/kernel/refusal'
import { stockOf } from '@/tests/support/books'
import { databaseUrl, db } from '@/tests/support/database'
import {
  BUYER,
  MERCHANT,
  NOW,
  aDeliveredOrder,
  aListing,
  aPlacedOrder,
  aPurchase,
  run,
} from '@/tests/support/factories'
import { race } from '@/tests/support/race'

test('60 buyers and 20 CDKs: 20 are reserved, 40 are told, none twice', async () => {
  const listing = await aListing({ stock: 20 })
  const client = createDb(databaseUrl, { max: 12 })
  const outcomes = await Promise.allSettled(
    Array.from({ length: 60 }, async () => inTransaction(client, (tx) => placeCheckout(tx, aPurchase(listing), NOW))),
  )
  await client.$disconnect()
  const placed = outcomes.filter(({ status }) => status === 'fulfilled')
  const told = outcomes.filter(
    (outcome) =>
      outcome.status === 'rejected' && outcome.reason instanceof Refusal && outcome.reason.code === 'stock/sold-out',
  )
  expect([placed.length, told.length]).toEqual([20, 40])
  expect(await stockOf(listing.variantId)).toEqual({ RESERVED: 20 })
  expect(await db.order.count({ where: { variantId: listing.variantId } })).toBe(20)
})

test('retiring a batch leaves alone what a buyer is just reserving', async () => {
  const listing = await aListing({ stock: 3 })
  const { id: batchId } = await db.stockBatch.findFirstOrThrow({ where: { variantId: listing.variantId } })
  const [placed, retired] = await race(
    (tx) => placeCheckout(tx, aPurchase(listing, { quantity: 2 }), NOW),
    (tx) => retireBatch(tx, { merchantId: listing.merchantId, batchId }, MERCHANT, NOW),
  )
  expect(placed).toMatchObject({ status: 'fulfilled' })
  expect(retired).toMatchObject({ value: 1 })
  expect(await stockOf(listing.variantId)).toEqual({ RESERVED: 2, RETIRED: 1 })
})

test('what comes back from an order is not sold again when its batch was retired, before or at the same moment', async () => {
  const listing = await aListing({ stock: 3 })
  const { id: batchId } = await db.stockBatch.findFirstOrThrow({ where: { variantId: listing.variantId } })
  const [unpaid, refunded] = [await aPlacedOrder({ listing }), await aDeliveredOrder({ listing })]
  const [cancelled, retired] = await race(
    (tx) => cancelCheckout(tx, unpaid.checkoutId, BUYER, NOW),
    (tx) => retireBatch(tx, { merchantId: listing.merchantId, batchId }, MERCHANT, NOW),
  )
  expect([cancelled.status, retired.status]).toEqual(['fulfilled', 'fulfilled'])
  expect(await stockOf(listing.variantId)).toEqual({ DELIVERED: 1, RETIRED: 2 })
  await run((tx) =>
    refundOrder(
      tx,
      { orderId: refunded.orderId, wanted: { all: true }, reason: 'batch withdrawn' },
      { kind: 'OPERATOR', id: null },
      NOW,
    ),
  )
  expect(await stockOf(listing.variantId)).toEqual({ RETIRED: 3 })
})
