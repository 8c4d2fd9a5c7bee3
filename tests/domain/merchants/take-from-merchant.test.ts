import { describe, expect, test } from 'vitest'
import {
  type Share,
  postTransfers,
  providerClearing,
  receivablePosting,
  routeMoney,
  routedPostings,
} from '@/lib/domain/ledger'
import { type Taken, takeFromMerchant } from '@/lib/domain/merchants'
import type { Tx } from '@/lib/domain/tx'
import { newId } from '@/lib/kernel/ids'
import { DAY_MS, after } from '@/lib/kernel/time'
import { db } from '@/tests/support/database'
import { type Listing, NOW, aListing, run } from '@/tests/support/factories'
import { aDebt, aDeposit, anAvailable, anEarning, merchantBooks, pendingOf } from '@/tests/support/merchant-money'

/** What a refund after release does: decides who bears it, posts it. */
async function takeAndPost(tx: Tx, { merchantId }: Listing, orderId: string, needMinor: number): Promise<Taken> {
  const taken = await takeFromMerchant(tx, { merchantId, orderId, currency: 'CNY', needMinor }, NOW)
  const sinks: Share[] = [{ account: providerClearing('sandbox', 'CNY'), amountMinor: needMinor }]
  const key = `test:${newId()}`
  const debt = { merchantId, currency: 'CNY', amountMinor: taken.fromFundMinor, key: `${key}:owed` }
  const postings = routedPostings(routeMoney(taken.sources, sinks), { key, code: 'test', merchantId, orderId })
  await postTransfers(tx, [...postings, receivablePosting(debt)], NOW)
  return taken
}

const take = (listing: Listing, orderId: string, needMinor: number) =>
  run((tx) => takeAndPost(tx, listing, orderId, needMinor))

const soon = after(NOW, DAY_MS)
const later = after(NOW, 2 * DAY_MS)

describe('who bears a refund after release', () => {
  test('first the order itself, and nothing else while that is enough', async () => {
    const listing = await aListing({ stock: 0 })
    const own = await anEarning(listing, { earnedMinor: 900, matureAt: later })
    const other = await anEarning(listing, { earnedMinor: 500, matureAt: soon })
    await anAvailable(listing.merchantId, 300)
    const taken = await take(listing, own, 400)
    expect(taken).toMatchObject({ fromPendingMinor: 400, fromAvailableMinor: 0, fromDepositMinor: 0, fromFundMinor: 0 })
    expect([await pendingOf(own), await pendingOf(other)]).toEqual([500, 500])
    expect(await merchantBooks(listing.merchantId)).toEqual({ pending: 1_000, available: 300, deposit: 0, owed: 0 })
  })

  test('then available, other earnings by their day, the deposit, the protection fund, which is then owed', async () => {
    const listing = await aListing({ stock: 0 })
    const own = await anEarning(listing, { earnedMinor: 100 })
    const second = await anEarning(listing, { earnedMinor: 50, matureAt: later })
    const first = await anEarning(listing, { earnedMinor: 70, matureAt: soon })
    await anAvailable(listing.merchantId, 30)
    await aDeposit(listing.merchantId, 40)
    expect(await take(listing, own, 160)).toMatchObject({ fromPendingMinor: 130, fromAvailableMinor: 30 })
    expect([await pendingOf(own), await pendingOf(first), await pendingOf(second)]).toEqual([0, 40, 50])
    const rest = await take(listing, own, 200)
    expect(rest).toMatchObject({ fromPendingMinor: 90, fromAvailableMinor: 0, fromDepositMinor: 40, fromFundMinor: 70 })
    expect(await merchantBooks(listing.merchantId)).toEqual({ pending: 0, available: 0, deposit: 0, owed: 70 })
  })

  test('an order that has matured has no earning to begin with', async () => {
    const listing = await aListing({ stock: 0 })
    const own = await anEarning(listing, { earnedMinor: 100 })
    await run((tx) => takeAndPost(tx, listing, own, 100))
    await db.earning.update({ where: { orderId: own }, data: { maturedAt: NOW } })
    await anAvailable(listing.merchantId, 60)
    expect(await take(listing, own, 50)).toMatchObject({ fromPendingMinor: 0, fromAvailableMinor: 50 })
  })

  test('takes nothing of what a dispute holds, but of the disputed order itself', async () => {
    const listing = await aListing({ stock: 0 })
    const held = await anEarning(listing, { earnedMinor: 100, matureAt: soon, heldAt: NOW })
    const own = await anEarning(listing, { earnedMinor: 100 })
    expect(await take(listing, own, 150)).toMatchObject({ fromPendingMinor: 100, fromFundMinor: 50 })
    expect(await take(listing, held, 80)).toMatchObject({ fromPendingMinor: 80, fromFundMinor: 0 })
    expect(await pendingOf(held)).toBe(20)
  })

  test('other earnings without number are taken through, batch after batch', async () => {
    const listing = await aListing({ stock: 0 })
    for (let n = 0; n < 53; n += 1) await anEarning(listing, { earnedMinor: 10, matureAt: soon })
    const own = await anEarning(listing, { earnedMinor: 10, matureAt: later })
    expect(await take(listing, own, 535)).toMatchObject({ fromPendingMinor: 535, fromFundMinor: 0 })
    expect(await merchantBooks(listing.merchantId)).toMatchObject({ pending: 5, owed: 0 })
    expect(await pendingOf(own)).toBe(0)
  })

  test('nothing to bear takes nothing', async () => {
    const listing = await aListing({ stock: 0 })
    const own = await anEarning(listing)
    expect(await take(listing, own, 0)).toMatchObject({ sources: [], fromPendingMinor: 0, fromFundMinor: 0 })
  })

  test('a debt that stands grows', async () => {
    const listing = await aListing({ stock: 0 })
    const own = await anEarning(listing, { earnedMinor: 10 })
    await aDebt(listing.merchantId, 5)
    await take(listing, own, 17)
    expect(await merchantBooks(listing.merchantId)).toEqual({ pending: 0, available: 0, deposit: 0, owed: 12 })
  })

  test('a refund that is rolled back leaves earnings and balances as they were', async () => {
    const listing = await aListing({ stock: 0 })
    const own = await anEarning(listing, { earnedMinor: 100 })
    const before = await merchantBooks(listing.merchantId)
    const failing = run(async (tx) => {
      await takeAndPost(tx, listing, own, 60)
      throw new Error('crash')
    })
    await expect(failing).rejects.toThrow('crash')
    expect(await pendingOf(own)).toBe(100)
    expect(await merchantBooks(listing.merchantId)).toEqual(before)
  })
})
