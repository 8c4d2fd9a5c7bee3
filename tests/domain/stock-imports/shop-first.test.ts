import { expect, test } from 'vitest'
import { placeCheckout } from '@/lib/domain/orders'
import { shopIsSelling } from '@/lib/domain/stock'
import { SECOND_MS, after } from '@/lib/kernel/time'
import { stockOf } from '@/tests/support/books'
import { db } from '@/tests/support/database'
import { type Listing, aListing, aPurchase, codes, run } from '@/tests/support/factories'
import { aQueuedImport, takeNext } from '@/tests/support/imports'

/** In how many transactions an upload of 5,000 codes was taken. */
async function stepsOf(listing: Listing): Promise<number> {
  await aQueuedImport(listing, codes(5_000).join('\n'))
  expect(await takeNext(new Date(), undefined, { chunkCdks: 1_000 })).toBe('done')
  expect(await stockOf(listing.variantId)).toEqual({ AVAILABLE: 5_000 })
  const [row] = await db.$queryRaw<{ steps: bigint }[]>`
    SELECT count(DISTINCT xid) AS steps FROM cdk_event WHERE "merchantId" = ${listing.merchantId}::uuid AND seq = 0`
  return Number(row?.steps)
}

test('alone an import takes large steps, beside a shop that sells small ones, and takes the same', async () => {
  expect(await stepsOf(await aListing({ stock: 0 }))).toBe(5)
  const shop = await aListing({ stock: 1 })
  await run((tx) => placeCheckout(tx, aPurchase(shop), new Date()))
  expect(await stepsOf(await aListing({ stock: 0 }))).toBeGreaterThan(5)
})

test('the shop sells for some seconds after an order, whatever became of it', async () => {
  const now = after(new Date(), 60 * SECOND_MS)
  expect(await run((tx) => shopIsSelling(tx, now))).toBe(false)
  const shop = await aListing({ stock: 1 })
  const { orders } = await run((tx) => placeCheckout(tx, aPurchase(shop), now))
  expect(await run((tx) => shopIsSelling(tx, after(now, 2 * SECOND_MS)))).toBe(true)
  await db.order.update({
    where: { id: orders[0]?.id ?? '' },
    data: { status: 'EXPIRED', dueAt: null, closedAt: now },
  })
  expect(await run((tx) => shopIsSelling(tx, after(now, 2 * SECOND_MS)))).toBe(true)
  expect(await run((tx) => shopIsSelling(tx, after(now, 4 * SECOND_MS)))).toBe(false)
})
