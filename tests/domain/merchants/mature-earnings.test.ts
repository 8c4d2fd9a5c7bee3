import { expect, test, vi } from 'vitest'
import { matureEarnings } from '@/lib/domain/merchants'
import { MINUTE_MS, after } from '@/lib/kernel/time'
import { db } from '@/tests/support/database'
import { NOW, aListing, run } from '@/tests/support/factories'
import { aDebt, anEarning, merchantBooks, pendingOf } from '@/tests/support/merchant-money'

const due = after(NOW, -MINUTE_MS)
const noError = (error: unknown) => {
  throw error
}
const mature = (now = NOW) => matureEarnings(run, now, noError)

test('what is due becomes available, once; what is not due or held waits', async () => {
  const listing = await aListing({ stock: 0 })
  const orderId = await anEarning(listing, { earnedMinor: 700, matureAt: due })
  await anEarning(listing, { earnedMinor: 50, matureAt: after(NOW, MINUTE_MS) })
  await anEarning(listing, { earnedMinor: 8, matureAt: due, heldAt: NOW })
  expect(await mature()).toBe(1)
  expect(await mature()).toBe(0)
  expect(await merchantBooks(listing.merchantId)).toMatchObject({ pending: 58, available: 700 })
  const earning = await db.earning.findUniqueOrThrow({ where: { orderId } })
  expect(earning).toMatchObject({ pendingMinor: 0, earnedMinor: 700, maturedAt: NOW })
  const posted = await db.ledgerTransfer.findUniqueOrThrow({ where: { idempotencyKey: `order:${orderId}:mature` } })
  expect(posted).toMatchObject({ amountMinor: 700n, orderId, merchantId: listing.merchantId })
})

test('an earning that was taken whole just becomes matured', async () => {
  const listing = await aListing({ stock: 0 })
  const orderId = await anEarning(listing, { earnedMinor: 700, matureAt: due })
  const empty = await anEarning(listing, { earnedMinor: 20, matureAt: due })
  await db.earning.update({ where: { orderId: empty }, data: { pendingMinor: 0 } })
  expect(await mature()).toBe(2)
  expect(await db.earning.count({ where: { orderId: { in: [orderId, empty] }, maturedAt: null } })).toBe(0)
  expect(await merchantBooks(listing.merchantId)).toMatchObject({ available: 700 })
})

test('what the merchant owes the protection fund is collected first', async () => {
  const listing = await aListing({ stock: 0 })
  await anEarning(listing, { earnedMinor: 300, matureAt: due })
  await aDebt(listing.merchantId, 500)
  await mature()
  expect(await merchantBooks(listing.merchantId)).toMatchObject({ pending: 0, available: 0, owed: 200 })
  await anEarning(listing, { earnedMinor: 250, matureAt: due })
  await mature()
  expect(await merchantBooks(listing.merchantId)).toMatchObject({ pending: 0, available: 50, owed: 0 })
})

test('a crash before the commit matures nothing, and the next run all of it', async () => {
  const listing = await aListing({ stock: 0 })
  const orderId = await anEarning(listing, { earnedMinor: 300, matureAt: due })
  const errors = vi.fn<(error: unknown, what: string) => void>()
  const crashing: typeof run = async (work) =>
    run(async (tx) => {
      const done = await work(tx)
      if (typeof done === 'number') throw new Error('killed')
      return done
    })
  expect(await matureEarnings(crashing, NOW, errors)).toBe(0)
  expect(errors).toHaveBeenCalledOnce()
  expect(await pendingOf(orderId)).toBe(300)
  expect(await mature()).toBe(1)
  expect(await merchantBooks(listing.merchantId)).toMatchObject({ pending: 0, available: 300 })
})

test('a merchant whose books are broken does not hold up the others', async () => {
  const [broken, sound] = [await aListing({ stock: 0 }), await aListing({ stock: 0 })]
  const bad = await anEarning(broken, { earnedMinor: 300, matureAt: due })
  await anEarning(sound, { earnedMinor: 40, matureAt: due })
  await db.earning.update({ where: { orderId: bad }, data: { earnedMinor: 301, pendingMinor: 301 } })
  const errors = vi.fn<(error: unknown, what: string) => void>()
  expect(await matureEarnings(run, NOW, errors)).toBe(1)
  expect(errors).toHaveBeenCalledWith(expect.any(Error), `earnings of merchant ${broken.merchantId}`)
  expect(await merchantBooks(sound.merchantId)).toMatchObject({ available: 40 })
  await db.earning.update({ where: { orderId: bad }, data: { earnedMinor: 300, pendingMinor: 300 } })
  await mature()
})

test('more than one batch matures in one run', async () => {
  const listing = await aListing({ stock: 0 })
  for (let n = 0; n < 203; n += 1) await anEarning(listing, { earnedMinor: 1, matureAt: due })
  expect(await mature()).toBe(203)
  expect(await merchantBooks(listing.merchantId)).toMatchObject({ pending: 0, available: 203 })
})
