import { expect, test } from 'vitest'
import { retakeCoupon, returnCoupon, takeCoupon } from '@/lib/domain/coupons'
import type { Tx } from '@/lib/domain/tx'
import { createDb, inTransaction } from '@/lib/infra/db'
import { Refusal } from '@/lib/kernel/refusal'
import { aCheckout, aCoupon, usesOf } from '@/tests/support/coupons'
import { databaseUrl } from '@/tests/support/database'
import { NOW, run } from '@/tests/support/factories'
import { race, raceTwice } from '@/tests/support/race'

const BUYER = 'guest@example.com'
const fulfilled = { status: 'fulfilled' }
const refused = (code: string) => ({ status: 'rejected', reason: { code } })

/** A transaction that takes the coupon for a checkout of its own. */
async function taker(couponId: string, buyerKey: string): Promise<(tx: Tx) => Promise<void>> {
  const checkoutId = await aCheckout()
  return async (tx) => takeCoupon(tx, { couponId, checkoutId, buyerKey, discountMinor: 100 }, NOW)
}

async function aReturnedUse(couponId: string): Promise<string> {
  const checkoutId = await aCheckout()
  await run((tx) => takeCoupon(tx, { couponId, checkoutId, buyerKey: BUYER, discountMinor: 100 }, NOW))
  await run((tx) => returnCoupon(tx, checkoutId, NOW))
  return checkoutId
}

test('two buyers and the last use: one gets it, the other is told', async () => {
  const { couponId } = await aCoupon({ totalLimit: 1 })
  const [first, second] = await race(await taker(couponId, BUYER), await taker(couponId, 'another@example.com'))
  expect(first).toMatchObject(fulfilled)
  expect(second).toMatchObject(refused('coupon/used-up'))
  expect(await usesOf(couponId)).toEqual({ counted: 1, held: 1 })
})

test('one buyer in two tabs cannot use once what is given once', async () => {
  const { couponId } = await aCoupon({ perBuyerLimit: 1 })
  const [first, second] = await race(await taker(couponId, BUYER), await taker(couponId, BUYER))
  expect(first).toMatchObject(fulfilled)
  expect(second).toMatchObject(refused('coupon/used-by-you'))
  expect(await usesOf(couponId)).toEqual({ counted: 1, held: 1 })
})

test('a use that is just being given back is there once that is certain, not before', async () => {
  const { couponId } = await aCoupon({ totalLimit: 1 })
  const checkoutId = await aCheckout()
  await run((tx) => takeCoupon(tx, { couponId, checkoutId, buyerKey: BUYER, discountMinor: 100 }, NOW))
  const next = await taker(couponId, 'another@example.com')
  const [returned, taken] = await race((tx) => returnCoupon(tx, checkoutId, NOW), next)
  expect([returned, taken]).toMatchObject([fulfilled, refused('coupon/used-up')])
  await run(next)
  expect(await usesOf(couponId)).toEqual({ counted: 1, held: 1 })
})

test('given back twice at once it comes back once', async () => {
  const { couponId } = await aCoupon({ totalLimit: 2 })
  await run(await taker(couponId, 'another@example.com'))
  const checkoutId = await aCheckout()
  await run((tx) => takeCoupon(tx, { couponId, checkoutId, buyerKey: BUYER, discountMinor: 100 }, NOW))
  expect(await raceTwice((tx) => returnCoupon(tx, checkoutId, NOW))).toMatchObject([fulfilled, fulfilled])
  expect(await usesOf(couponId)).toEqual({ counted: 1, held: 1 })
})

test('a late payment and a new buyer want the last use: whoever came first has it', async () => {
  const late = await aCoupon({ totalLimit: 1 })
  const paidLate = await aReturnedUse(late.couponId)
  expect(
    await race((tx) => retakeCoupon(tx, paidLate, NOW), await taker(late.couponId, 'another@example.com')),
  ).toMatchObject([{ value: true }, refused('coupon/used-up')])
  expect(await usesOf(late.couponId)).toEqual({ counted: 1, held: 1 })

  const early = await aCoupon({ totalLimit: 1 })
  const tooLate = await aReturnedUse(early.couponId)
  expect(
    await race(await taker(early.couponId, 'another@example.com'), (tx) => retakeCoupon(tx, tooLate, NOW)),
  ).toMatchObject([fulfilled, { value: false }])
  expect(await usesOf(early.couponId)).toEqual({ counted: 1, held: 1 })
})

test('paid late while it is being given back, the checkout holds its use in the end', async () => {
  const { couponId } = await aCoupon({ totalLimit: 1 })
  const checkoutId = await aCheckout()
  await run((tx) => takeCoupon(tx, { couponId, checkoutId, buyerKey: BUYER, discountMinor: 100 }, NOW))
  const [returned, retaken] = await race(
    (tx) => returnCoupon(tx, checkoutId, NOW),
    (tx) => retakeCoupon(tx, checkoutId, NOW),
  )
  expect([returned, retaken]).toMatchObject([fulfilled, { value: true }])
  expect(await usesOf(couponId)).toEqual({ counted: 1, held: 1 })
})

test('two late notices of one checkout take its use once', async () => {
  const { couponId } = await aCoupon({ totalLimit: 2, perBuyerLimit: 1 })
  const checkoutId = await aReturnedUse(couponId)
  expect(await raceTwice((tx) => retakeCoupon(tx, checkoutId, NOW))).toMatchObject([{ value: true }, { value: true }])
  expect(await usesOf(couponId)).toEqual({ counted: 1, held: 1 })
})

test('40 buyers and 10 uses: 10 take one, 30 are told', async () => {
  const { couponId } = await aCoupon({ totalLimit: 10 })
  const takers = await Promise.all(Array.from({ length: 40 }, async (_, n) => taker(couponId, `buyer-${n}`)))
  const client = createDb(databaseUrl, { max: 10 })
  const outcomes = await Promise.allSettled(takers.map(async (take) => inTransaction(client, take)))
  await client.$disconnect()
  const taken = outcomes.filter(({ status }) => status === 'fulfilled')
  const told = outcomes.filter(
    (outcome) =>
      outcome.status === 'rejected' && outcome.reason instanceof Refusal && outcome.reason.code === 'coupon/used-up',
  )
  expect([taken.length, told.length]).toEqual([10, 30])
  expect(await usesOf(couponId)).toEqual({ counted: 10, held: 10 })
})
