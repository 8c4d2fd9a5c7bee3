import { randomUUID } from 'node:crypto'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { type ProductInput, publishProduct, saveProduct, unlistProduct } from '@/lib/domain/catalog'
import { depositPosting, postTransfers } from '@/lib/domain/ledger'
import { confirmOrder } from '@/lib/domain/orders'
import type { Tx } from '@/lib/domain/tx'
import { createDb } from '@/lib/infra/db'
import { DAY_MS, after } from '@/lib/kernel/time'
import {
  PAGE_SIZE,
  findHome,
  findProduct,
  listCategories,
  listProducts,
  listPublicAddresses,
  readFilters,
} from '@/lib/queries/storefront'
import { databaseUrl, db } from '@/tests/support/database'
import { type Listing, NOW, aCategory, aDeliveredOrder, aMerchant, addStock, run } from '@/tests/support/factories'

const statements: string[] = []
const counted = createDb(databaseUrl, { onQuery: (statement) => statements.push(statement) })
afterAll(() => counted.$disconnect())

async function counting<T>(work: (tx: Tx) => Promise<T>): Promise<{ result: T; sent: number }> {
  statements.length = 0
  const result = await work(counted)
  return { result, sent: statements.length }
}

interface Shelf {
  readonly merchantId: string
  readonly merchantSlug: string
  readonly categoryId: string
  readonly categorySlug: string
}

let shelf: Shelf
beforeEach(async () => {
  const categorySlug = `c-${randomUUID()}`
  const categoryId = await aCategory({ slug: categorySlug })
  const merchantId = await aMerchant()
  shelf = { merchantId, merchantSlug: `m-${merchantId}`, categoryId, categorySlug }
})

type Changes = Partial<ProductInput> & {
  readonly prices?: readonly number[]
  readonly stock?: readonly number[]
  readonly at?: Date
}

/** A published product on this test's own shelf; `stock` by variant. */
async function aProduct({ prices = [1_000], stock = [], at = NOW, ...changes }: Changes = {}): Promise<
  Listing & { slug: string }
> {
  const { merchantId, categoryId } = shelf
  const input: ProductInput = {
    categoryId,
    titleZh: '星海点卡',
    titleEn: 'Starsea points',
    descriptionZh: '官方渠道，自动交付。',
    descriptionEn: null,
    attributes: { region: '中国大陆', platform: 'PC' },
    downloadUrl: null,
    guideZh: '登录后在「兑换」页输入卡密。',
    guideEn: null,
    variants: prices.map((priceMinor, index) => ({
      nameZh: `${index + 1} 档`,
      nameEn: null,
      priceMinor,
      maxPerOrder: 100,
      active: true,
      tiers: [],
    })),
    ...changes,
  }
  const productId = await run(async (tx) => {
    const id = await saveProduct(tx, merchantId, input, at)
    await publishProduct(tx, merchantId, id, at)
    return id
  })
  const { slug, variants } = await db.product.findUniqueOrThrow({
    where: { id: productId },
    include: { variants: { orderBy: { position: 'asc' } } },
  })
  for (const [index, count] of stock.entries()) {
    const variantId = variants[index]?.id
    if (variantId && count > 0) await addStock({ merchantId, variantId }, count)
  }
  return { merchantId, productId, variantId: variants[0]?.id ?? '', slug, priceMinor: variants[0]?.priceMinor ?? 0 }
}

async function listed(address: Record<string, string> = {}) {
  return listProducts(db, 'zh-CN', readFilters(address), { categorySlug: shelf.categorySlug }, NOW)
}

const slugsOf = ({ cards }: Awaited<ReturnType<typeof listed>>) => cards.map(({ slug }) => slug)

test('a card names its variant where there is nothing to choose, for the cart', async () => {
  const many = await aProduct({ prices: [1_000, 2_000], stock: [1, 1] })
  const one = await aProduct({ prices: [1_000], stock: [2] })
  const { cards } = await listed()
  const onlyOf = (slug: string) => cards.find((card) => card.slug === slug)?.onlyVariantId
  expect([onlyOf(one.slug), onlyOf(many.slug)]).toEqual([one.variantId, null])
})

test('a list, the home page and a product page keep their statement budgets whatever their length', async () => {
  for (let made = 0; made < PAGE_SIZE + 3; made += 1) await aProduct({ prices: [1_000, 2_000] })
  const { slug } = await aProduct({ stock: [3] })
  const scope = { categorySlug: shelf.categorySlug }
  const everything = readFilters({ q: '星海', region: '中国大陆', platform: 'PC', min: '1', max: '99', sort: 'sold' })

  const list = await counting((tx) => listProducts(tx, 'zh-CN', everything, scope, NOW))
  expect(list.result).toMatchObject({ total: PAGE_SIZE + 4, pages: 2 })
  expect(list.result.cards).toHaveLength(PAGE_SIZE)
  expect(list.sent).toBe(1)

  // Every page also asks for the header's categories and for who is signed in: three in all.
  expect((await counting((tx) => listCategories(tx, 'en'))).sent).toBe(1)
  expect((await counting((tx) => findProduct(tx, 'zh-CN', slug, NOW))).sent).toBe(1)
  const ofMerchant = { merchantSlug: shelf.merchantSlug }
  const sold = await counting((tx) => listProducts(tx, 'zh-CN', readFilters({}), ofMerchant, NOW))
  expect(sold).toMatchObject({ sent: 1, result: { total: PAGE_SIZE + 4, merchant: { slug: shelf.merchantSlug } } })
  const home = await counting((tx) => findHome(tx, 'zh-CN', NOW))
  expect(home.sent).toBe(1)
  expect(home.result.merchants[0]).toMatchObject({ selling: true, since: NOW, depositMinor: 0 })
  expect((await counting((tx) => listPublicAddresses(tx))).sent).toBeLessThanOrEqual(3)
})

test('only published products of active merchants with an active variant are listed', async () => {
  const { slug } = await aProduct()
  const unlisted = await aProduct()
  await run((tx) => unlistProduct(tx, unlisted.merchantId, unlisted.productId, NOW))
  const empty = await aProduct()
  await db.variant.updateMany({ where: { productId: empty.productId }, data: { active: false } })
  expect(slugsOf(await listed())).toEqual([slug])

  await db.merchant.update({ where: { id: shelf.merchantId }, data: { status: 'SUSPENDED' } })
  expect(await listed()).toMatchObject({ total: 0, pages: 0, cards: [] })
  expect(await findProduct(db, 'zh-CN', slug, NOW)).toMatchObject({ state: 'paused' })
  expect(await findProduct(db, 'zh-CN', unlisted.slug, NOW)).toMatchObject({ state: 'paused' })
})

test('search wants every word, in Chinese and Latin, in any width and case', async () => {
  const steam = await aProduct({ titleZh: 'Steam 钱包充值码 100 元', titleEn: 'Steam wallet 100' })
  await aProduct({ titleZh: '星海充值码', titleEn: 'Starsea top-up' })
  expect(slugsOf(await listed({ q: '充值码 steam' }))).toEqual([steam.slug])
  expect(slugsOf(await listed({ q: 'ＳＴＥＡＭ　１００' }))).toEqual([steam.slug])
  expect((await listed({ q: '充值码' })).total).toBe(2)
  expect((await listed({ q: '充值码 不存在' })).total).toBe(0)
})

test('percent, underscore and backslash are letters, and a quote does no harm', async () => {
  const percent = await aProduct({ titleZh: '满减券 100% 返', titleEn: null })
  await aProduct({ titleZh: '满减券 1000 返', titleEn: null })
  expect(slugsOf(await listed({ q: '100%' }))).toEqual([percent.slug])
  for (const q of ['_', '\\', "'; DROP TABLE product; --", '\u0000']) {
    expect((await listed({ q })).total).toBe(q === '\u0000' ? 2 : 0)
  }
})

test('titles that contain more of the words come first, newer before older', async () => {
  const inCategory = await aProduct({
    titleZh: '星海月卡',
    titleEn: null,
    attributes: { region: '礼遇版' },
    at: after(NOW, DAY_MS),
  })
  const inTitle = await aProduct({ titleZh: '礼遇版星海月卡', titleEn: null })
  expect(slugsOf(await listed({ q: '礼遇版' }))).toEqual([inTitle.slug, inCategory.slug])
  expect(slugsOf(await listed({ q: '礼遇版', sort: 'newest' }))).toEqual([inCategory.slug, inTitle.slug])
})

test('narrows by region, platform, price and stock, and the facets keep showing the other choices', async () => {
  const near = await aProduct({ prices: [500, 3_000], stock: [0, 2] })
  const far = await aProduct({ prices: [1_000], stock: [1], attributes: { region: '全球', platform: 'Mac' } })
  const gone = await aProduct({ prices: [800] })
  expect(slugsOf(await listed({ region: '全球' }))).toEqual([far.slug])
  expect(slugsOf(await listed({ platform: 'PC', stock: '1' }))).toEqual([near.slug])
  // The 5.00 variant is sold out: what one can buy begins at 30.00.
  expect(slugsOf(await listed({ min: '20' }))).toEqual([near.slug])
  expect(slugsOf(await listed({ min: '9', max: '8' }))).toEqual([gone.slug])
  expect(slugsOf(await listed({ sort: 'price-up' }))).toEqual([gone.slug, far.slug, near.slug])
  expect(slugsOf(await listed({ sort: 'price-down' }))).toEqual([near.slug, far.slug, gone.slug])
  const { facets } = await listed({ region: '全球' })
  expect(facets.regions).toEqual([
    { value: '中国大陆', name: '中国大陆', count: 2 },
    { value: '全球', name: '全球', count: 1 },
  ])
})

test('a card says what can be bought: lowest price in stock, low stock exactly, deposit from the ledger', async () => {
  await aProduct({ prices: [500, 3_000, 4_000], stock: [0, 2, 3] })
  const deposit = {
    reference: randomUUID(),
    merchantId: shelf.merchantId,
    channel: 'bank-transfer',
    amountMinor: 5_000_000,
    currency: 'CNY',
  } as const
  await run((tx) => postTransfers(tx, [depositPosting(deposit)], NOW))
  const [card] = (await listed()).cards
  expect(card).toMatchObject({
    fromMinor: 3_000,
    manyPrices: true,
    stock: 5,
    merchant: { name: '清风数码', depositMinor: 5_000_000 },
  })
})

test('best-selling counts delivered orders of the last 30 days', async () => {
  const old = await aProduct({ stock: [2], at: after(NOW, 3) })
  const loved = await aProduct({ stock: [3] })
  await aDeliveredOrder({ listing: old, now: after(NOW, -31 * DAY_MS) })
  await aDeliveredOrder({ listing: loved })
  await aDeliveredOrder({ listing: loved })
  expect(slugsOf(await listed({ sort: 'sold' }))).toEqual([loved.slug, old.slug])
  const shelves = await findHome(db, 'zh-CN', NOW)
  expect(shelves.sold.map(({ slug }) => slug)).toContain(loved.slug)
  expect(shelves.sold.map(({ slug }) => slug)).not.toContain(old.slug)
  expect(shelves.newest.map(({ slug }) => slug)).not.toContain(loved.slug)
})

test('a page beyond the end is empty and still knows the total', async () => {
  await aProduct()
  expect(await listed({ page: '7' })).toMatchObject({ total: 1, pages: 1, cards: [] })
})

test('a product page has prices, tiers, exact stock and the rules, but neither guide nor download address', async () => {
  const { merchantId, slug, variantId, ...rest } = await aProduct({
    stock: [4],
    prices: [1_000, 1_500],
    downloadUrl: 'https://example.com/setup',
  })
  const order = await aDeliveredOrder({ listing: { merchantId, variantId, ...rest } })
  await run((tx) => confirmOrder(tx, order.orderId, { kind: 'BUYER', id: null }, NOW))
  const page = await findProduct(db, 'en', slug, NOW)
  expect(page).toMatchObject({
    state: 'selling',
    title: 'Starsea points',
    description: '官方渠道，自动交付。',
    downloadAddress: 'included',
    facts: [
      { key: 'region', value: '中国大陆' },
      { key: 'platform', value: 'PC' },
    ],
    rules: { payWindowMinutes: 15, inspectionHours: 72 },
    merchant: { legalName: '杭州清风数码科技有限公司', completedOrders: 1, since: NOW },
    variants: [
      { id: variantId, stock: 3, priceMinor: 1_000 },
      { stock: 0, priceMinor: 1_500 },
    ],
  })
  expect(JSON.stringify(page)).not.toMatch(/example\.com\/setup|兑换/u)
})

test('a draft and an unknown slug are nobody’s page; an unlisted product says so', async () => {
  const { slug, productId, merchantId } = await aProduct()
  await run((tx) => unlistProduct(tx, merchantId, productId, NOW))
  expect(await findProduct(db, 'zh-CN', slug, NOW)).toMatchObject({ state: 'unlisted' })
  await db.product.update({ where: { id: productId }, data: { status: 'DRAFT' } })
  expect(await findProduct(db, 'zh-CN', slug, NOW)).toBeNull()
  expect(await findProduct(db, 'zh-CN', 'p-none', NOW)).toBeNull()
})

test('a merchant that was never admitted has no page', async () => {
  await db.merchant.update({ where: { id: shelf.merchantId }, data: { status: 'PENDING' } })
  const ofMerchant = { merchantSlug: shelf.merchantSlug }
  const { merchant, cards } = await listProducts(db, 'zh-CN', readFilters({}), ofMerchant, NOW)
  expect({ merchant, cards }).toEqual({ merchant: null, cards: [] })
})

test('a product is found by the name of a variant', async () => {
  const { slug } = await aProduct({ prices: [100, 200] })
  expect(slugsOf(await listed({ q: '星海 2 档' }))).toEqual([slug])
})
