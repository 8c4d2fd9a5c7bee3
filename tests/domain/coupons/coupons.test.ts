import { describe, expect, test } from 'vitest'
import {
  buyerKeyOf,
  createCoupon,
  findCoupon,
  previewCoupon,
  retakeCoupon,
  returnCoupon,
  setCouponActive,
  takeCoupon,
} from '@/lib/domain/coupons'
import { newId, randomSymbols } from '@/lib/kernel/ids'
import { DAY_MS, after } from '@/lib/kernel/time'
import { aCheckout, aCoupon, usesOf } from '@/tests/support/coupons'
import { db } from '@/tests/support/database'
import { NOW, aMerchant, run } from '@/tests/support/factories'

const LATER = after(NOW, DAY_MS)
const BUYER = 'guest@example.com'
const refused = (code: string) => ({ code })

async function take(couponId: string, buyerKey = BUYER, now = NOW): Promise<string> {
  const checkoutId = await aCheckout()
  await run((tx) => takeCoupon(tx, { couponId, checkoutId, buyerKey, discountMinor: 100 }, now))
  return checkoutId
}
const goods = { lines: [{ merchantId: newId(), goodsMinor: 1_000 }], currency: 'CNY', buyerKey: BUYER }
const preview = async (code: string, changes: Partial<typeof goods> = {}, now = NOW) =>
  run((tx) => previewCoupon(tx, code, { ...goods, ...changes }, now))

describe('opening a coupon', () => {
  const terms = {
    merchantId: null,
    kind: 'PERCENT',
    percentBps: 1_000,
    amountMinor: null,
    mostMinor: 5_000,
    minimumMinor: 0,
    currency: 'CNY',
    startsAt: NOW,
    endsAt: null,
    totalLimit: 10,
    perBuyerLimit: 1,
  } as const

  test('is found by its code however it is typed, and its code cannot be used twice', async () => {
    const code = `Spring-${randomSymbols(8)}`
    const id = await run((tx) => createCoupon(tx, { ...terms, code }, NOW))
    expect(await run((tx) => findCoupon(tx, `  ${code.toLowerCase()} `))).toMatchObject({ ...terms, id, usedCount: 0 })
    const again = run((tx) => createCoupon(tx, { ...terms, code: code.toLowerCase() }, NOW))
    await expect(again).rejects.toMatchObject({ code: 'coupon/code-taken', params: { code: code.toUpperCase() } })
    expect(await run((tx) => findCoupon(tx, 'NO-SUCH-CODE'))).toBeNull()
  })

  test.for<[why: string, changes: object]>([
    ['a code with spaces', { code: 'TWO WORDS' }],
    ['a code too short', { code: 'AB' }],
    ['more than everything', { percentBps: 10_001 }],
    ['nothing off', { percentBps: 0 }],
    ['an amount beside a percentage', { amountMinor: 100 }],
    ['an amount with a cap', { kind: 'AMOUNT', percentBps: null, amountMinor: 100 }],
    ['an end before its start', { endsAt: NOW }],
    ['no use at all', { totalLimit: 0 }],
    ['half a fen', { minimumMinor: 0.5 }],
    ['a currency that is not traded', { currency: 'XXX' }],
  ])('refuses %s', async ([, changes]) => {
    const input = { code: `T${randomSymbols(8)}`, ...terms, ...changes }
    await expect(run((tx) => createCoupon(tx, input, NOW))).rejects.toMatchObject(refused('coupon/invalid'))
  })

  test('only its owner switches it', async () => {
    const [merchantId, other] = [await aMerchant(), await aMerchant()]
    const { couponId, code } = await aCoupon({ merchantId })
    const platform = await aCoupon()
    const set = async (id: string, scope: string | null, active: boolean) =>
      run((tx) => setCouponActive(tx, { couponId: id, merchantId: scope }, active))
    for (const [id, scope] of [
      [couponId, other],
      [couponId, null],
      [platform.couponId, merchantId],
    ] as const)
      await expect(set(id, scope, false)).rejects.toMatchObject(refused('access/not-found'))
    await set(couponId, merchantId, false)
    await set(platform.couponId, null, false)
    expect(await run((tx) => findCoupon(tx, code))).toMatchObject({ active: false })
    await expect(take(couponId)).rejects.toMatchObject(refused('coupon/not-active'))
    await set(couponId, merchantId, true)
    await take(couponId)
  })
})

describe('looking at a coupon', () => {
  test('says what it takes off and takes nothing', async () => {
    const { couponId, code } = await aCoupon({ totalLimit: 1 })
    for (let asked = 0; asked < 3; asked++)
      expect(await preview(code)).toMatchObject({ coupon: { id: couponId }, perLine: [100], totalMinor: 100 })
    expect(await usesOf(couponId)).toEqual({ counted: 0, held: 0 })
  })

  test('says no as taking would', async () => {
    await expect(preview('NO-SUCH-CODE')).rejects.toMatchObject(refused('coupon/unknown'))
    const ended = await aCoupon({ endsAt: LATER })
    await expect(preview(ended.code, {}, LATER)).rejects.toMatchObject(refused('coupon/not-active'))
    const last = await aCoupon({ totalLimit: 1 })
    await take(last.couponId)
    await expect(preview(last.code)).rejects.toMatchObject(refused('coupon/used-up'))
    const once = await aCoupon({ perBuyerLimit: 1 })
    await take(once.couponId)
    await expect(preview(once.code)).rejects.toMatchObject({ code: 'coupon/used-by-you', params: { most: 1 } })
    expect(await preview(once.code, { buyerKey: 'another@example.com' })).toMatchObject({ totalMinor: 100 })
  })
})

describe('taking a coupon', () => {
  test('keeps both limits, and the refused leave no trace', async () => {
    const { couponId } = await aCoupon({ totalLimit: 3, perBuyerLimit: 2 })
    await take(couponId)
    await take(couponId)
    await expect(take(couponId)).rejects.toMatchObject({ code: 'coupon/used-by-you', params: { most: 2 } })
    expect(await usesOf(couponId)).toEqual({ counted: 2, held: 2 })
    await take(couponId, 'another@example.com')
    await expect(take(couponId, 'third@example.com')).rejects.toMatchObject(refused('coupon/used-up'))
    expect(await usesOf(couponId)).toEqual({ counted: 3, held: 3 })
  })

  test('happens in its time only', async () => {
    const { couponId } = await aCoupon({ startsAt: NOW, endsAt: LATER })
    await expect(take(couponId, BUYER, after(NOW, -1))).rejects.toMatchObject(refused('coupon/not-active'))
    await expect(take(couponId, BUYER, LATER)).rejects.toMatchObject(refused('coupon/not-active'))
    await take(couponId, BUYER, after(LATER, -1))
  })

  test('the limit holds in the database, whoever writes', async () => {
    const { couponId } = await aCoupon({ totalLimit: 1 })
    const beyond = db.coupon.update({ where: { id: couponId }, data: { usedCount: 2 } })
    await expect(beyond).rejects.toThrow(/coupon_within_limit/u)
  })

  test('counts a guest by the e-mail however it was typed, an account by itself', () => {
    const id = newId()
    expect(buyerKeyOf({ buyerId: null, email: ' Guest@Example.com ' })).toBe(BUYER)
    expect(buyerKeyOf({ buyerId: id, email: BUYER })).toBe(id)
  })
})

describe('a checkout that ends unpaid', () => {
  test('gives its use back once, and somebody else may take it', async () => {
    const { couponId } = await aCoupon({ totalLimit: 1, perBuyerLimit: 1 })
    const checkoutId = await take(couponId)
    for (let times = 0; times < 3; times++) await run((tx) => returnCoupon(tx, checkoutId, LATER))
    expect(await usesOf(couponId)).toEqual({ counted: 0, held: 0 })
    await take(couponId)
    await run((tx) => returnCoupon(tx, checkoutId, LATER))
    expect(await usesOf(couponId)).toEqual({ counted: 1, held: 1 })
  })

  test('takes it again when it is paid late, also from a coupon that has ended since', async () => {
    const { couponId } = await aCoupon({ totalLimit: 1, perBuyerLimit: 1, endsAt: LATER })
    const checkoutId = await take(couponId)
    await run((tx) => returnCoupon(tx, checkoutId, NOW))
    await run((tx) => setCouponActive(tx, { couponId, merchantId: null }, false))
    for (let times = 0; times < 2; times++)
      expect(await run((tx) => retakeCoupon(tx, checkoutId, after(LATER, 1)))).toBe(true)
    expect(await usesOf(couponId)).toEqual({ counted: 1, held: 1 })
  })

  test.for<[who: string, limits: object, next: string]>([
    ['somebody else took the last use', { totalLimit: 1 }, 'another@example.com'],
    ['the buyer used it again', { perBuyerLimit: 1 }, BUYER],
  ])('does not get it back when %s', async ([, limits, next]) => {
    const { couponId } = await aCoupon(limits)
    const checkoutId = await take(couponId)
    await run((tx) => returnCoupon(tx, checkoutId, NOW))
    await take(couponId, next)
    expect(await run((tx) => retakeCoupon(tx, checkoutId, LATER))).toBe(false)
    expect(await usesOf(couponId)).toEqual({ counted: 1, held: 1 })
  })

  test('without a coupon, or with one that it still holds, has nothing to take again', async () => {
    const { couponId } = await aCoupon({ totalLimit: 1 })
    const checkoutId = await take(couponId)
    expect(await run((tx) => retakeCoupon(tx, checkoutId, NOW))).toBe(true)
    expect(await usesOf(couponId)).toEqual({ counted: 1, held: 1 })
    const plain = await aCheckout()
    await run((tx) => returnCoupon(tx, plain, NOW))
    expect(await run((tx) => retakeCoupon(tx, plain, NOW))).toBe(true)
  })
})
