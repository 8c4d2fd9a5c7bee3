import { expect, test } from 'vitest'
import { alertExpiring, alertLowStock } from '@/lib/domain/stock'
import { DAY_MS, HOUR_MS, after } from '@/lib/kernel/time'
import { db } from '@/tests/support/database'
import { NOW, addStock, aDeliveredOrder, aListing, run } from '@/tests/support/factories'
import { aMerchantUser, notesTo } from '@/tests/support/notes'

async function aWatchedListing(stock: number, lowStockAt = 3) {
  const listing = await aListing({ stock })
  const userId = await aMerchantUser(listing.merchantId)
  await db.variant.update({ where: { id: listing.variantId }, data: { lowStockAt } })
  return { listing, userId }
}

test('tells of stock below what the merchant wants to keep: once, a day later only after an upload', async () => {
  const { listing, userId } = await aWatchedListing(4)
  expect(await alertLowStock(run, NOW)).toBe(0)
  await aDeliveredOrder({ listing, quantity: 2 })
  expect(await alertLowStock(run, NOW)).toBe(1)
  expect(await notesTo({ userId })).toMatchObject([
    { kind: 'low-stock', data: { variantId: listing.variantId, left: 2, product: { zh: '星海点卡 100 点' } } },
  ])
  expect(await alertLowStock(run, after(NOW, HOUR_MS))).toBe(0)
  expect(await alertLowStock(run, after(NOW, 2 * DAY_MS))).toBe(0)
  await db.stockBatch.updateMany({ where: { variantId: listing.variantId }, data: { createdAt: after(NOW, DAY_MS) } })
  expect(await alertLowStock(run, after(NOW, 2 * DAY_MS))).toBe(1)
  expect(await alertLowStock(run, after(NOW, 2 * DAY_MS + HOUR_MS))).toBe(0)
})

test('what may not be sold any more does not count, what nobody asked about is not told', async () => {
  const { listing, userId } = await aWatchedListing(5)
  const [one, two, three] = await db.cdk.findMany({ where: { variantId: listing.variantId } })
  const soon = { sellBy: after(NOW, -HOUR_MS), expiresAt: after(NOW, DAY_MS) }
  for (const cdk of [one, two, three]) await db.cdk.update({ where: { id: cdk?.id ?? '' }, data: soon })
  await alertLowStock(run, NOW)
  expect(await notesTo({ userId })).toMatchObject([{ data: { left: 2 } }])
  const unasked = await aListing({ stock: 1 })
  const other = await aMerchantUser(unasked.merchantId)
  await alertLowStock(run, NOW)
  expect(await notesTo({ userId: other })).toEqual([])
})

test('tells of unsold CDKs that expire within a week, once a variant and week', async () => {
  const listing = await aListing({ stock: 0 })
  const userId = await aMerchantUser(listing.merchantId)
  await addStock(listing, 4)
  const [one, two, three] = await db.cdk.findMany({ where: { variantId: listing.variantId } })
  const ends = [after(NOW, 6 * DAY_MS), after(NOW, 2 * DAY_MS), after(NOW, 8 * DAY_MS)]
  for (const [at, cdk] of [one, two, three].entries()) {
    const expiresAt = ends[at] ?? NOW
    await db.cdk.update({ where: { id: cdk?.id ?? '' }, data: { expiresAt, sellBy: expiresAt } })
  }
  const told = async (now: Date) => {
    await alertExpiring(run, now)
    return (await notesTo({ userId })).map(({ data }) => data)
  }
  const variant = { variantId: listing.variantId }
  expect(await told(NOW)).toMatchObject([{ ...variant, count: 2, firstAt: ends[1]?.toISOString() }])
  // NOW is a Tuesday: Sunday is of the same week, Monday of the next.
  expect(await told(after(NOW, 5 * DAY_MS))).toHaveLength(1)
  expect(await told(after(NOW, 6 * DAY_MS - HOUR_MS))).toMatchObject([{ count: 2 }, { count: 2 }])
})
