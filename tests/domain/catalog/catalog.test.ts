import { describe, expect, test } from 'vitest'
import {
  type ProductInput,
  fitAttributes,
  publishProduct,
  rulesOf,
  saveProduct,
  unitPriceFor,
  unlistProduct,
  updateCategory,
} from '@/lib/domain/catalog'
import type { Tx } from '@/lib/domain/tx'
import { db } from '@/tests/support/database'
import { NOW, aCategory, aListing, aMerchant, run } from '@/tests/support/factories'
import { race } from '@/tests/support/race'

const productIn = (categoryId: string, changes: Partial<ProductInput> = {}): ProductInput => ({
  categoryId,
  titleZh: '墨影修图 专业版',
  titleEn: 'Moying Photo Pro',
  descriptionZh: '永久授权。',
  descriptionEn: null,
  attributes: { region: '全球' },
  downloadUrl: null,
  guideZh: '安装后输入授权码。',
  guideEn: null,
  variants: [{ nameZh: '一台设备', nameEn: null, priceMinor: 9_900, maxPerOrder: 5, active: true, tiers: [] }],
  ...changes,
})
const categoryIn = (needsDownloadAddress: boolean, slug: string) => ({
  slug,
  nameZh: '软件授权',
  nameEn: 'Software',
  glyph: 'app',
  attributeTemplate: [{ key: 'region' as const, required: true }],
  needsDownloadAddress,
  rules: {},
  position: 1,
})

describe('download address', () => {
  test('a product whose category needs one cannot be published without', async () => {
    const merchantId = await aMerchant()
    const categoryId = await aCategory({ needsDownloadAddress: true })
    const id = await run((tx) => saveProduct(tx, merchantId, productIn(categoryId), NOW))
    await expect(run((tx) => publishProduct(tx, merchantId, id, NOW))).rejects.toMatchObject({
      code: 'catalog/address-required',
    })
    await run((tx) =>
      saveProduct(tx, merchantId, productIn(categoryId, { id, downloadUrl: 'https://dl.example.com/moying' }), NOW),
    )
    await run((tx) => publishProduct(tx, merchantId, id, NOW))
    await expect(run((tx) => saveProduct(tx, merchantId, productIn(categoryId, { id }), NOW))).rejects.toMatchObject({
      code: 'catalog/address-required',
    })
    await expect(db.product.update({ where: { id }, data: { downloadUrl: null } })).rejects.toThrow(
      'product_published_has_address',
    )
  })

  test('a category cannot start to need one while published products have none', async () => {
    const { productId } = await aListing()
    const { categoryId } = await db.product.findUniqueOrThrow({ where: { id: productId } })
    await expect(
      run((tx) => updateCategory(tx, categoryId, categoryIn(true, `x-${categoryId}`))),
    ).rejects.toMatchObject({ code: 'catalog/category-in-use' })
  })

  test('publication against the category starting to need one: no published product is left without', async () => {
    const merchantId = await aMerchant()
    const categoryId = await aCategory()
    const id = await run((tx) => saveProduct(tx, merchantId, productIn(categoryId), NOW))
    const outcomes = await race(
      (tx) => updateCategory(tx, categoryId, categoryIn(true, `x-${categoryId}`)),
      (tx) => publishProduct(tx, merchantId, id, NOW),
    )
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected'])
    expect(await db.product.findUnique({ where: { id } })).toMatchObject({
      status: 'DRAFT',
      needsDownloadAddress: true,
    })
  })
})

describe('products', () => {
  test('belong to one merchant', async () => {
    const { productId, variantId } = await aListing()
    const intruder = await aMerchant()
    const categoryId = await aCategory()
    const stolen = { id: variantId, nameZh: '抢', nameEn: null, priceMinor: 1, maxPerOrder: 1, active: true, tiers: [] }
    const attempts: ((tx: Tx) => Promise<unknown>)[] = [
      (tx) => publishProduct(tx, intruder, productId, NOW),
      (tx) => unlistProduct(tx, intruder, productId, NOW),
      (tx) => saveProduct(tx, intruder, productIn(categoryId, { id: productId }), NOW),
      (tx) => saveProduct(tx, intruder, productIn(categoryId, { variants: [stolen] }), NOW),
    ]
    for (const attempt of attempts) await expect(run(attempt)).rejects.toMatchObject({ code: 'access/not-found' })
  })

  test('keep variants that were left out, switched off', async () => {
    const { merchantId, productId, variantId } = await aListing()
    const { categoryId } = await db.product.findUniqueOrThrow({ where: { id: productId } })
    await run((tx) => saveProduct(tx, merchantId, productIn(categoryId, { id: productId }), NOW))
    expect(await db.variant.findUnique({ where: { id: variantId } })).toMatchObject({ active: false })
  })

  test('state what their category asks for', () => {
    const template = [{ key: 'region' as const, required: true }]
    expect(fitAttributes(template, { region: '全球', platform: 'PC' })).toEqual({ region: '全球' })
    expect(() => fitAttributes(template, { platform: 'PC' })).toThrow('catalog/attribute-missing')
  })
})

test('the unit price is that of the highest tier reached', () => {
  const tiers = [
    { minQuantity: 50, unitPriceMinor: 80 },
    { minQuantity: 10, unitPriceMinor: 90 },
  ]
  expect([1, 9, 10, 49, 50, 500].map((quantity) => unitPriceFor(100, tiers, quantity))).toEqual([
    100, 100, 90, 90, 80, 80,
  ])
})

test('rules keep the bounds that were promised', () => {
  expect(rulesOf({})).toMatchObject({ payWindowMinutes: 15, inspectionHours: 72, merchantReplyHours: 24 })
  expect(() => rulesOf({ merchantReplyHours: 72 })).toThrow(/48/u)
  expect(() => rulesOf({ noSuchRule: 1 })).toThrow(/noSuchRule/u)
})
