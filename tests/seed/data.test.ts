import { expect, test } from 'vitest'
import { fitAttributes } from '@/lib/domain/catalog'
import { codesOf } from '@/lib/seed/codes'
import { CATEGORIES, MERCHANTS, PRODUCTS, mostPerOrder } from '@/lib/seed/data'
import { DEMO_MERCHANTS } from '@/lib/seed/demo-accounts'
import { diceFor } from '@/lib/seed/dice'
import { planStories } from '@/lib/seed/stories'

const products = Object.values(PRODUCTS).flat()
const NOW = new Date('2026-03-04T05:06:07.000Z')

test('the mall is as large as promised', () => {
  expect(MERCHANTS.filter(({ active }) => active).length).toBeGreaterThanOrEqual(6)
  expect(CATEGORIES.map(({ slug }) => slug)).toEqual(Object.keys(PRODUCTS))
  expect(CATEGORIES).toHaveLength(8)
  expect(products.length).toBeGreaterThanOrEqual(40)
  expect(
    products.flatMap(({ variants }) => variants).reduce((sum, { stock }) => sum + stock, 0),
  ).toBeGreaterThanOrEqual(5_000)
})

test.each(MERCHANTS)(
  '$legalName has a Unified Social Credit Code with a true check digit, and an owner',
  ({ slug, legalNumber }) => {
    expect(legalNumber).toMatch(/^91\d{6}[0-9A-HJ-NPQRTUWXY]{10}$/u)
    expect(legalNumber.at(-1)).toBe(creditCodeCheck(legalNumber))
    expect(DEMO_MERCHANTS.filter(({ merchant }) => merchant === slug)).toHaveLength(1)
  },
)

test('the check digit is that of the standard', () => {
  expect(creditCodeCheck('91350100M000100Y43')).toBe('3')
})

test.each(products)('$titleZh is complete in both languages and states what its category asks for', (product) => {
  const slug = Object.entries(PRODUCTS).find(([, list]) => list.includes(product))?.[0]
  const category = CATEGORIES.find((candidate) => candidate.slug === slug)
  expect(fitAttributes(category?.attributeTemplate ?? [], product.attributes)).toEqual(product.attributes)
  expect(product.guideEn).toHaveLength(product.guideZh.length)
  expect(product.guideZh.length).toBeGreaterThan(0)
  for (const text of [product.titleEn, product.descriptionEn, ...product.guideEn])
    expect(text).not.toMatch(/[\u4e00-\u9fff]/u)
  expect(category?.needsDownloadAddress === true && product.downloadUrl === undefined).toBe(false)
  expect(product.downloadUrl ?? 'https://none.example.com/').toMatch(/^https:\/\/[a-z]+\.example\.com\//u)
})

test('wholesale prices fall and can be reached', () => {
  for (const { titleZh, variants } of products) {
    for (const variant of variants) {
      const { priceMinor, tiers = [] } = variant
      const prices = [priceMinor, ...tiers.map(([, price]) => price)]
      expect([titleZh, prices]).toEqual([titleZh, prices.toSorted((a, b) => b - a)])
      expect(Math.max(0, ...tiers.map(([from]) => from))).toBeLessThanOrEqual(mostPerOrder(variant))
    }
  }
})

test('codes of one upload differ, and are the same in the next run', () => {
  const once = codesOf('digits-16', 50, diceFor('test'))
  expect(new Set(once.split('\n')).size).toBe(50)
  expect(codesOf('digits-16', 50, diceFor('test'))).toBe(once)
})

test('the plan is the same every time', () => {
  expect(planStories(NOW, 1)).toEqual(planStories(NOW, 1))
})

/** GB 32100-2015: weights are powers of 3 modulo 31. */
function creditCodeCheck(code: string): string | undefined {
  const symbols = '0123456789ABCDEFGHJKLMNPQRTUWXY'
  const sum = Array.from(code.slice(0, 17)).reduce(
    (total, symbol, at) => total + symbols.indexOf(symbol) * (3 ** at % 31),
    0,
  )
  return symbols[(31 - (sum % 31)) % 31]
}
