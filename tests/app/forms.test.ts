import { expect, test } from 'vitest'
import { CategoryFormInput } from '@/app/[locale]/admin/categories/category-input'
import { RULE_BOUNDS } from '@/app/[locale]/admin/categories/rule-bounds'
import { feeInput, isCreditCode } from '@/app/[locale]/admin/merchants/merchant-input'
import { ProductFormInput } from '@/app/[locale]/merchant/products/product-input'
import { moneyInput } from '@/app/[locale]/_console/form-schema'
import { newId } from '@/lib/kernel/ids'

const product = {
  categoryId: newId(),
  intent: 'publish',
  titleZh: '星海点卡',
  descriptionZh: '说明',
  guideZh: '教程',
  downloadUrl: '',
  'attribute-region': ' 国区 ',
  'attribute-edition': '',
  'v0-nameZh': '100 点',
  'v0-price': '10.5',
  'v0-max': '10',
  'v0-t0-from': '5',
  'v0-t0-price': '9.99',
  'v1-nameZh': '',
  'v1-price': '',
  'v1-max': '10',
}

function fieldsOf(form: Record<string, string>): Record<string, string> {
  const parsed = ProductFormInput.safeParse(form)
  return Object.fromEntries(parsed.error?.issues.map(({ path, message }) => [path.join('.'), message]) ?? [])
}

test('reads a product form: yuan to fen, empty rows left out', () => {
  expect(ProductFormInput.parse(product)).toMatchObject({
    intent: 'publish',
    downloadUrl: null,
    titleEn: null,
    attributes: { region: '国区' },
    variants: [
      {
        nameZh: '100 点',
        nameEn: null,
        priceMinor: 1_050,
        maxPerOrder: 10,
        active: true,
        tiers: [{ minQuantity: 5, unitPriceMinor: 999 }],
      },
    ],
  })
})

test('reads how a variant is delivered', () => {
  const deliveryOf = (form: Record<string, string>) => ProductFormInput.parse({ ...product, ...form }).variants[0]
  expect(deliveryOf({})).toMatchObject({ delivery: { kind: 'AUTOMATIC' } })
  expect(deliveryOf({ 'v0-delivery': 'MANUAL', 'v0-hours': '24', 'v0-seats': 'x' })).toMatchObject({
    delivery: { kind: 'MANUAL', hours: 24 },
  })
  const shared = { 'v0-delivery': 'SHARED', 'v0-seats': '5', 'v0-max': '1', 'v0-hours': '' }
  expect(deliveryOf(shared)).toMatchObject({ delivery: { kind: 'SHARED', seats: 5 }, maxPerOrder: 1 })
  expect(Object.keys(fieldsOf({ ...product, 'v0-delivery': 'MANUAL', 'v0-hours': '72' }))).toEqual(['v0-hours'])
  expect(Object.keys(fieldsOf({ ...product, 'v0-delivery': 'MANUAL' }))).toEqual(['v0-hours'])
  expect(Object.keys(fieldsOf({ ...product, ...shared, 'v0-seats': '1' }))).toEqual(['v0-seats'])
  expect(fieldsOf({ ...product, ...shared, 'v0-max': '2' })).toEqual({ 'v0-max': 'shared-one' })
})

test('names the field that does not fit', () => {
  expect(fieldsOf({ ...product, 'v0-price': '10.555' })).toEqual({ 'v0-price': 'money' })
  expect(fieldsOf({ ...product, 'v0-price': '0' })).toEqual({ 'v0-price': 'money' })
  expect(fieldsOf({ ...product, 'v0-t0-price': '10.50' })).toEqual({ 'v0-t0-price': 'tier-price' })
  expect(fieldsOf({ ...product, 'v0-t1-from': '5', 'v0-t1-price': '9' })).toEqual({ 'v0-t1-from': 'tier-quantity' })
  expect(fieldsOf({ ...product, 'v1-nameZh': '500 点' })).toMatchObject({ 'v1-price': 'money' })
  expect(fieldsOf({ ...product, 'v0-nameZh': '', 'v0-price': '' })).toEqual({ 'v0-nameZh': 'required' })
  expect(Object.keys(fieldsOf({ ...product, titleZh: '' }))).toEqual(['titleZh'])
})

test('takes https addresses only', () => {
  for (const downloadUrl of [
    'http://a.example.com',
    'javascript:alert(1)',
    'https://user:pw@a.example.com',
    'https://localhost',
    'a.example.com',
  ]) {
    expect(fieldsOf({ ...product, downloadUrl })).toEqual({ downloadUrl: 'url' })
  }
  expect(ProductFormInput.parse({ ...product, downloadUrl: 'https://dl.example.com/a?b=1' }).downloadUrl).toBe(
    'https://dl.example.com/a?b=1',
  )
})

test('a variant that exists is switched off by its missing tick', () => {
  const form = { ...product, 'v0-id': newId() }
  expect(ProductFormInput.parse(form).variants[0]?.active).toBe(false)
  expect(ProductFormInput.parse({ ...form, 'v0-active': 'on' }).variants[0]?.active).toBe(true)
})

test('money, fee and credit code as people type them', () => {
  expect(['0.01', '12', '12.5', '20000000'].map((text) => moneyInput.parse(text))).toEqual([
    1, 1200, 1250, 2_000_000_000,
  ])
  for (const text of ['', '-1', '1e3', '1,000', '1.234', '１', '20000000.01'])
    expect(moneyInput.safeParse(text).success).toBe(false)
  expect(['0', '5', '2.5', '50'].map((text) => feeInput.parse(text))).toEqual([0, 500, 250, 5000])
  expect(feeInput.safeParse('50.01').success).toBe(false)
  expect(isCreditCode('91350100M000100Y43')).toBe(true)
  expect(isCreditCode('91350100M000100Y44')).toBe(false)
  expect(isCreditCode('91350100M000100YI3')).toBe(false)
})

test('stores only the rules that differ from the default, within their bounds', () => {
  const form = {
    slug: 'Game-Keys',
    nameZh: '激活码',
    nameEn: 'Keys',
    glyph: 'game',
    position: '3',
    'attribute-region': 'must',
    'attribute-validity': 'may',
    'attribute-edition': 'no',
  }
  expect(
    CategoryFormInput.parse({
      ...form,
      'rule-inspectionHours': '72',
      'rule-payWindowMinutes': '30',
      'rule-inspectionHoursAfterReveal': '24',
    }),
  ).toMatchObject({
    id: null,
    slug: 'game-keys',
    needsDownloadAddress: false,
    attributeTemplate: [
      { key: 'region', required: true },
      { key: 'validity', required: false },
    ],
    rules: { payWindowMinutes: 30, inspectionHoursAfterReveal: 24 },
  })
  const refused = CategoryFormInput.safeParse({ ...form, 'rule-merchantReplyHours': '49', 'rule-appealDays': 'x' })
  expect(refused.error?.issues.map(({ path }) => path.join('.'))).toEqual([
    'rule-merchantReplyHours',
    'rule-appealDays',
  ])
  expect(RULE_BOUNDS.merchantReplyHours).toEqual({ least: 1, most: 48 })
  expect(RULE_BOUNDS.inspectionHoursAfterReveal).toEqual({ least: 1, most: 720 })
})
