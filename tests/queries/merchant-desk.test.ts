import { expect, test } from 'vitest'
import { setCouponActive } from '@/lib/domain/coupons'
import { requestPayout, setPayoutSchedule, settlePayout } from '@/lib/domain/merchants'
import { DAY_MS, MINUTE_MS, after } from '@/lib/kernel/time'
import { findMerchantStart, findPayoutDesk, listMerchantCoupons, listPayouts } from '@/lib/queries/merchant'
import { counting } from '@/tests/support/counting'
import { aCoupon } from '@/tests/support/coupons'
import { db } from '@/tests/support/database'
import { NOW, aDeliveredOrder, aListing, aMerchant, aPlacedOrder, run } from '@/tests/support/factories'
import { aReadyAccount, aRequestedPayout, anAvailable } from '@/tests/support/merchant-money'
import { PocketProvider } from '@/tests/support/pocket-provider'

test('the payout desk tells account, what it lacks, balance and schedule, of this provider and this merchant', async () => {
  const [merchantId, provider] = [await aMerchant(), new PocketProvider()]
  const desk = async () => findPayoutDesk(db, merchantId, 'sandbox')
  expect(await desk()).toMatchObject({ status: 'ACTIVE', account: null, schedule: 'MANUAL', nextPayoutAt: null })
  const accountRef = await aReadyAccount(merchantId, provider)
  await anAvailable(merchantId, 12_345)
  await run((tx) => setPayoutSchedule(tx, merchantId, 'DAILY', NOW))
  const { result, sent } = await counting((tx) => findPayoutDesk(tx, merchantId, 'sandbox'))
  expect(sent).toBe(1)
  expect(result).toMatchObject({
    availableMinor: 12_345,
    schedule: 'DAILY',
    nextPayoutAt: new Date('2026-02-03T18:00:00.000Z'),
    account: { accountRef, ready: true, missing: [], checkedAt: NOW },
  })
  await db.payoutAccount.updateMany({ where: { merchantId }, data: { ready: false, missing: ['id card'] } })
  expect((await desk())?.account).toMatchObject({ ready: false, missing: ['id card'] })
  expect((await findPayoutDesk(db, merchantId, 'stripe'))?.account).toBeNull()
  expect((await findPayoutDesk(db, await aMerchant(), 'sandbox'))?.account).toBeNull()
})

test('payouts say how they stand and why one came back; the first page says so until another is asked for', async () => {
  const [merchantId, provider] = [await aMerchant(), new PocketProvider()]
  provider.transfersBecome = 'failed'
  const failed = await aRequestedPayout(merchantId, provider)
  await settlePayout(run, () => provider, failed, NOW)
  const watch = async () => (await findMerchantStart(db, merchantId, 'sandbox', NOW))?.watch
  expect(await watch()).toMatchObject({ failedPayout: { amountMinor: 500, at: NOW }, accountReady: true })
  provider.transfersBecome = 'pending'
  const wanted = { merchantId, amountMinor: 300, currency: 'CNY', provider: 'sandbox', requestedById: null } as const
  const next = await run((tx) => requestPayout(tx, wanted, after(NOW, MINUTE_MS)))
  await settlePayout(run, () => provider, next, after(NOW, MINUTE_MS))
  const { result, sent } = await counting((tx) => listPayouts(tx, merchantId, 1))
  expect(sent).toBe(1)
  expect(result.rows).toMatchObject([
    { id: next, amountMinor: 300, status: 'SENT', failure: null, requestedBy: null, settledAt: null },
    { id: failed, amountMinor: 500, status: 'FAILED', failure: 'declined', settledAt: NOW },
  ])
  expect(await watch()).toMatchObject({ failedPayout: null })
  expect((await listPayouts(db, await aMerchant(), 1)).rows).toEqual([])
})

test("lists the merchant's own coupons with their uses: paid, waiting, and given back", async () => {
  const listing = await aListing({ stock: 5 })
  const { merchantId } = listing
  const { code, couponId } = await aCoupon({ merchantId, totalLimit: 3, perBuyerLimit: 3 })
  const { couponId: coming } = await aCoupon({ merchantId, startsAt: after(NOW, DAY_MS) })
  await aCoupon({ merchantId: await aMerchant() })
  await aCoupon()
  const form = { couponCode: code, expectedTotalMinor: 900 }
  await aDeliveredOrder({ listing, form })
  await aPlacedOrder({ listing, form })
  const states = async (now: Date) =>
    Object.fromEntries((await listMerchantCoupons(db, merchantId, 1, now)).rows.map(({ id, state }) => [id, state]))
  const { result, sent } = await counting((tx) => listMerchantCoupons(tx, merchantId, 1, NOW))
  expect(sent).toBe(1)
  expect(result.total).toBe(2)
  const row = result.rows.find(({ id }) => id === couponId)
  expect(row).toMatchObject({ code, usedCount: 2, paidCount: 1, discountMinor: 100, state: 'RUNNING' })
  expect(await states(NOW)).toEqual({ [couponId]: 'RUNNING', [coming]: 'COMING' })
  await aPlacedOrder({ listing, form })
  await run((tx) => setCouponActive(tx, { couponId: coming, merchantId }, false))
  expect(await states(after(NOW, 2 * DAY_MS))).toEqual({ [couponId]: 'USED_UP', [coming]: 'OFF' })
  await db.coupon.update({ where: { id: couponId }, data: { endsAt: after(NOW, DAY_MS) } })
  expect(await states(after(NOW, DAY_MS))).toMatchObject({ [couponId]: 'ENDED' })
})
