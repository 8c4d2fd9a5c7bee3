import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { canonicalJson } from '@/lib/kernel/canonical-json'
import { hashJson } from '@/lib/kernel/hash-json'
import { idFor, newId, randomSymbols } from '@/lib/kernel/ids'
import { formatMoney, shareOf, toMinor } from '@/lib/kernel/money'

describe('ids', () => {
  test('are UUIDv7 and strictly increase, also far more than a millisecond holds', () => {
    const ids = Array.from({ length: 20_000 }, newId)
    expect(ids.every((id) => /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/u.test(id))).toBe(
      true,
    )
    expect(ids.toSorted()).toEqual(ids)
    expect(new Set(ids).size).toBe(ids.length)
  })

  test('of the same words are the same, and word borders count', () => {
    expect(idFor('escrow', 'a')).toBe(idFor('escrow', 'a'))
    expect(idFor('ab', 'c')).not.toBe(idFor('a', 'bc'))
    expect(randomSymbols(10)).toMatch(/^[0-9A-HJKMNP-TV-Z]{10}$/u)
  })
})

describe('money', () => {
  test('a share is exact, rounded half up, and never more than the whole', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2_000_000_000 }), fc.integer({ min: 0, max: 10_000 }), (amount, bps) => {
        const share = shareOf(amount, bps)
        expect(Math.abs(share - (amount * bps) / 10_000)).toBeLessThanOrEqual(0.5)
        expect(share).toBeLessThanOrEqual(amount)
      }),
    )
    expect(shareOf(50, 100)).toBe(1)
    expect(shareOf(49, 100)).toBe(0)
  })

  test('is written by Intl and never silently rounded', () => {
    expect(formatMoney(123_456, 'CNY', 'zh-CN')).toBe('¥1,234.56')
    expect(() => toMinor(2n ** 60n)).toThrow('beyond')
  })
})

test('canonical JSON does not depend on the order of members and is read back the same', () => {
  fc.assert(
    fc.property(
      fc.dictionary(
        fc.string(),
        fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.constant(null), fc.array(fc.string())),
      ),
      (value) => {
        const turned = Object.fromEntries(Object.entries(value).toReversed())
        expect(hashJson(turned)).toBe(hashJson(value))
        expect(JSON.parse(canonicalJson(value))).toEqual(value)
      },
    ),
  )
  expect(canonicalJson({ b: 1, a: [true, null, 'x'], c: undefined })).toBe('{"a":[true,null,"x"],"b":1}')
})
