import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Coupon, discountsOf } from '@/lib/domain/coupons'
import { MINUTE_MS, after } from '@/lib/kernel/time'
import { NOW } from '@/tests/support/factories'

const [A, B] = ['0198a000-0000-7000-8000-00000000000a', '0198a000-0000-7000-8000-00000000000b']

const plain: Coupon = {
  id: '0198a000-0000-7000-8000-0000000000c0',
  code: 'SPRING',
  merchantId: null,
  kind: 'AMOUNT',
  percentBps: null,
  amountMinor: 500,
  mostMinor: null,
  minimumMinor: 0,
  currency: 'CNY',
  startsAt: NOW,
  endsAt: null,
  totalLimit: null,
  perBuyerLimit: null,
  usedCount: 0,
  active: true,
}
const percent = (percentBps: number, mostMinor: number | null = null): Coupon => ({
  ...plain,
  kind: 'PERCENT',
  percentBps,
  amountMinor: null,
  mostMinor,
})
const of = (merchantId: string, goodsMinor: number) => ({ merchantId, goodsMinor })
const refused = (code: string): unknown => expect.objectContaining({ code })

describe('what a coupon takes off', () => {
  test('an amount is spread over the lines in proportion', () => {
    const lines = [of(A, 1_000), of(B, 2_000), of(A, 3_000)]
    expect(discountsOf({ ...plain, amountMinor: 600 }, lines, 'CNY', NOW)).toEqual({
      perLine: [100, 200, 300],
      totalMinor: 600,
      byPlatform: true,
    })
  })

  test("a merchant's coupon leaves the lines of others alone, and counts only its own goods", () => {
    const lines = [of(B, 9_000), of(A, 1_000), of(A, 500)]
    const coupon = { ...percent(1_000), merchantId: A, minimumMinor: 1_500 }
    expect(discountsOf(coupon, lines, 'CNY', NOW)).toEqual({
      perLine: [0, 100, 50],
      totalMinor: 150,
      byPlatform: false,
    })
    expect(() => discountsOf({ ...coupon, minimumMinor: 1_501 }, lines, 'CNY', NOW)).toThrow(
      expect.objectContaining({ code: 'coupon/minimum', params: { minimumMinor: 1_501 } }),
    )
  })

  test('a percentage is rounded down, and capped', () => {
    expect(discountsOf(percent(1_500), [of(A, 999)], 'CNY', NOW).totalMinor).toBe(149)
    expect(discountsOf(percent(1_500, 100), [of(A, 999)], 'CNY', NOW).totalMinor).toBe(100)
  })

  test('every line still costs one fen, however much is taken off', () => {
    const lines = [of(A, 999), of(A, 1), of(B, 500)]
    expect(discountsOf({ ...plain, amountMinor: 9_999 }, lines, 'CNY', NOW).perLine).toEqual([998, 0, 499])
    expect(discountsOf(percent(10_000), lines, 'CNY', NOW).perLine).toEqual([998, 0, 499])
  })
})

describe('what it refuses', () => {
  const end = after(NOW, MINUTE_MS)
  test.for<[why: string, coupon: Coupon, at: Date, code: string]>([
    ['switched off', { ...plain, active: false }, NOW, 'coupon/not-active'],
    ['not started', plain, after(NOW, -1), 'coupon/not-active'],
    ['ended', { ...plain, endsAt: end }, end, 'coupon/not-active'],
    ['another merchant', { ...plain, merchantId: B }, NOW, 'coupon/no-match'],
    ['nothing to take off', percent(1), NOW, 'coupon/no-match'],
    ['below the minimum', { ...plain, minimumMinor: 1_001 }, NOW, 'coupon/minimum'],
  ])('%s', ([, coupon, at, code]) => {
    expect(() => discountsOf(coupon, [of(A, 1_000)], 'CNY', at)).toThrow(refused(code))
  })

  test('another currency, no lines, and a last moment that still counts', () => {
    expect(() => discountsOf(plain, [of(A, 1_000)], 'USD', NOW)).toThrow(refused('coupon/no-match'))
    expect(() => discountsOf(plain, [], 'CNY', NOW)).toThrow(refused('coupon/no-match'))
    expect(discountsOf({ ...plain, endsAt: end }, [of(A, 1_000)], 'CNY', after(end, -1)).totalMinor).toBe(500)
  })
})

describe('of any coupon and any lines', () => {
  const goods = fc.oneof(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 2_000_000_000 }))
  const line = fc.record({ merchantId: fc.constantFrom(A, B), goodsMinor: goods })
  const lines = fc.array(line, { minLength: 1, maxLength: 20 })
  const coupon = fc
    .tuple(fc.constantFrom(null, A), fc.integer({ min: 1, max: 10_000 }), fc.option(goods), fc.option(goods))
    .map(([merchantId, bps, amountMinor, mostMinor]) =>
      amountMinor === null ? { ...percent(bps, mostMinor), merchantId } : { ...plain, merchantId, amountMinor },
    )
  const discountOrRefusal = (...args: Parameters<typeof discountsOf>) => {
    try {
      return discountsOf(...args)
    } catch (error) {
      expect(error).toEqual(refused('coupon/no-match'))
      return null
    }
  }

  test('the shares add up, leave something of each line to pay and stay in proportion', () => {
    fc.assert(
      fc.property(coupon, lines, (one, bought) => {
        const found = discountOrRefusal(one, bought, 'CNY', NOW)
        if (!found) return
        const reached = bought.filter(({ merchantId }) => one.merchantId === null || one.merchantId === merchantId)
        const all = reached.reduce((sum, { goodsMinor }) => sum + goodsMinor, 0)
        expect(found.perLine.reduce((sum, share) => sum + share, 0)).toBe(found.totalMinor)
        expect(found.totalMinor).toBeGreaterThan(0)
        // Rounding moves a line by less than a fen; keeping the last fen of every line, by one for each line beside it.
        const astray = bought.filter((line, at) => {
          const share = found.perLine[at] ?? NaN
          if (!reached.includes(line)) return share !== 0
          const exact = (found.totalMinor * line.goodsMinor) / all
          const fair = share >= 0 && share < line.goodsMinor && Math.abs(share - exact) <= bought.length
          return !(Number.isSafeInteger(share) && fair)
        })
        expect(astray).toEqual([])
      }),
      { numRuns: 2_000 },
    )
  })

  test('the total is the most that was offered and does not depend on the order of the lines', () => {
    const shuffled = lines.chain((bought) =>
      fc.tuple(
        fc.constant(bought),
        fc.shuffledSubarray(bought, { minLength: bought.length, maxLength: bought.length }),
      ),
    )
    fc.assert(
      fc.property(coupon, shuffled, (one, [bought, mixed]) => {
        const found = discountOrRefusal(one, bought, 'CNY', NOW)
        expect(discountOrRefusal(one, mixed, 'CNY', NOW)?.totalMinor).toBe(found?.totalMinor)
        if (!found) return
        expect(found.totalMinor).toBeLessThanOrEqual(one.amountMinor ?? one.mostMinor ?? Infinity)
      }),
      { numRuns: 1_000 },
    )
  })
})
