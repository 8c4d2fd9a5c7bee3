import { globSync, readFileSync } from 'node:fs'
import { beforeAll, expect, test } from 'vitest'
import { escrowOf, accountId } from '@/lib/domain/ledger'
import { judgeEvent, receiveEvent } from '@/lib/domain/payments'
import { placeOrder, refundOrder } from '@/lib/domain/orders'
import type { Tx } from '@/lib/domain/tx'
import { newId } from '@/lib/kernel/ids'
import * as admin from '@/lib/queries/admin'
import * as merchant from '@/lib/queries/merchant'
import * as order from '@/lib/queries/order'
import * as storefront from '@/lib/queries/storefront'
import { counting } from '@/tests/support/counting'
import { db } from '@/tests/support/database'
import { NOW, aDeliveredOrder, aListing, aMerchant, aPlacedOrder, aPurchase, run } from '@/tests/support/factories'

const OPERATOR = { kind: 'OPERATOR', id: null } as const
const EVERYTHING = storefront.readFilters({})

/** What the tests' pages are about; made once, with more rows than a page of any list holds. */
const it = { buyerId: '', merchantId: '', productId: '', variantId: '', orderId: '', checkoutId: '', eventId: '' }
const named = { product: '', merchant: '', category: '', order: '' }

beforeAll(async () => {
  const merchantId = await aMerchant()
  const listing = await aListing({ merchantId, stock: 60 })
  for (let made = 0; made < 30; made++) await aListing({ merchantId, stock: 1 })
  const delivered = await aDeliveredOrder({ listing, quantity: 3 })
  for (let placed = 0; placed < 28; placed++) await aPlacedOrder({ listing })
  const refunded = await aDeliveredOrder({ listing })
  await run((tx) => refundOrder(tx, refunded.orderId, OPERATOR, '卡密无效', NOW))
  const buyerId = newId()
  const buyer = { id: buyerId, email: 'budget@example.com', passwordHash: 'x', displayName: 'b', createdAt: NOW }
  await db.user.create({ data: { ...buyer, role: 'BUYER' } })
  for (let bought = 0; bought < 22; bought++)
    await run((tx) => placeOrder(tx, aPurchase(listing, { buyerId, passcodeHash: null }), NOW))
  const { id: eventId } = await run((tx) =>
    receiveEvent(tx, { provider: 'sandbox', eventRef: null, type: null, body: '{}' }, NOW),
  )
  await run((tx) => judgeEvent(tx, eventId, 'REJECTED', 'forged', delivered.checkoutId, NOW))
  const { orderId, checkoutId, productId, variantId } = delivered
  Object.assign(it, { buyerId, merchantId, productId, variantId, orderId, checkoutId, eventId })
  const {
    slug,
    category,
    merchant: seller,
  } = await db.product.findUniqueOrThrow({
    where: { id: productId },
    select: { slug: true, category: { select: { slug: true } }, merchant: { select: { slug: true } } },
  })
  Object.assign(named, { product: slug, category: category.slug, merchant: seller.slug, order: delivered.number })
})

type Reads = (tx: Tx) => readonly Promise<unknown>[]

/** Who is signed in: every page asks (lib/web/session.ts), signed in or not it is at most one statement. */
const who = (tx: Tx) => tx.user.findUnique({ where: { id: it.buyerId }, select: { id: true } })
/** What every page of the storefront asks: who, and the categories of its header. */
const front = (tx: Tx) => [who(tx), storefront.listCategories(tx, 'en')]
const buyer = () => ({ userId: it.buyerId, checkoutIds: [it.checkoutId] })
const list = (tx: Tx, scope: storefront.ListScope) => storefront.listProducts(tx, 'en', EVERYTHING, scope, NOW)

const STOREFRONT: Record<string, readonly [most: number, reads: Reads]> = {
  '/': [3, (tx) => [...front(tx), storefront.findHome(tx, 'en', NOW)]],
  '/search': [3, (tx) => [...front(tx), list(tx, {})]],
  '/categories/[slug]': [3, (tx) => [...front(tx), list(tx, { categorySlug: named.category })]],
  '/merchants/[slug]': [3, (tx) => [...front(tx), list(tx, { merchantSlug: named.merchant })]],
  '/products/[slug]': [3, (tx) => [...front(tx), storefront.findProduct(tx, 'en', named.product)]],
  '/account/orders': [3, (tx) => [...front(tx), order.listBuyerOrders(tx, it.buyerId, 1)]],
  '/orders/[number]': [4, (tx) => [...front(tx), order.findOrderPage(tx, buyer(), named.order)]],
  '/protection': [2, front],
  // Not a list: the offer, its stock, the key of the submit and the buyer's open orders.
  '/checkout/[variantId]': [
    6,
    (tx) => [
      ...front(tx),
      order.findPlacedByKey(tx, buyer(), newId()),
      order.findCheckoutOffer(tx, it.variantId),
      order.listOpenOrders(tx, buyer(), NOW),
    ],
  ],
}

const MERCHANT: Record<string, readonly [most: number, reads: Reads]> = {
  // Not a list but a desk: what to do, what is short, the money, the latest orders.
  '/merchant': [5, (tx) => [who(tx), merchant.findMerchantStart(tx, it.merchantId)]],
  '/merchant/balance': [
    3,
    (tx) => [who(tx), merchant.selectBalances(tx, it.merchantId), merchant.listLedgerLines(tx, it.merchantId, 1)],
  ],
  '/merchant/orders': [
    3,
    (tx) => [
      who(tx),
      merchant.listMerchantOrders(tx, it.merchantId, {}, 2),
      merchant.listProductChoices(tx, it.merchantId),
    ],
  ],
  '/merchant/orders/[id]': [4, (tx) => [who(tx), merchant.findMerchantOrder(tx, it.merchantId, it.orderId)]],
  '/merchant/products': [
    3,
    (tx) => [who(tx), merchant.listMerchantProducts(tx, it.merchantId, {}, 1, merchant.LOW_STOCK)],
  ],
  '/merchant/products/[id]': [3, (tx) => [who(tx), merchant.findMerchantProduct(tx, it.merchantId, it.productId)]],
  '/merchant/products/new': [3, (tx) => [who(tx), merchant.listCategoryChoices(tx)]],
  '/merchant/stock': [3, (tx) => [who(tx), merchant.listMerchantStock(tx, it.merchantId, {}, 1, merchant.LOW_STOCK)]],
  '/merchant/stock/[variantId]': [3, (tx) => [who(tx), merchant.findVariantStock(tx, it.merchantId, it.variantId, 1)]],
}

const ADMIN: Record<string, readonly [most: number, reads: Reads]> = {
  '/admin': [3, (tx) => [who(tx), admin.findAdminStart(tx, NOW, NOW)]],
  '/admin/categories': [3, (tx) => [who(tx), admin.listAdminCategories(tx)]],
  '/admin/categories/new': [3, (tx) => [who(tx), admin.listAdminCategories(tx)]],
  '/admin/categories/[id]': [3, (tx) => [who(tx), admin.findAdminCategory(tx, newId())]],
  '/admin/ledger': [3, (tx) => [who(tx), admin.findLedgerOverview(tx)]],
  '/admin/ledger/[kind]': [3, (tx) => [who(tx), admin.listAccounts(tx, 'ESCROW', { open: true }, 1)]],
  '/admin/ledger/accounts/[id]': [
    3,
    (tx) => [who(tx), admin.findAccount(tx, accountId(escrowOf(it.orderId, 'CNY')), 1)],
  ],
  '/admin/merchants': [3, (tx) => [who(tx), admin.listMerchants(tx, {}, 1)]],
  '/admin/merchants/[id]': [4, (tx) => [who(tx), admin.findAdminMerchant(tx, it.merchantId, 1)]],
  '/admin/orders': [3, (tx) => [who(tx), admin.listAdminOrders(tx, {}, 2), admin.listMerchantChoices(tx)]],
  '/admin/orders/[id]': [5, (tx) => [who(tx), admin.findAdminOrder(tx, it.orderId)]],
  '/admin/payments': [3, (tx) => [who(tx), admin.listInbox(tx, {}, 1)]],
  '/admin/payments/[id]': [3, (tx) => [who(tx), admin.findInboxEvent(tx, it.eventId)]],
  '/admin/payments/captures': [3, (tx) => [who(tx), admin.listPayments(tx, {}, 1)]],
  '/admin/payments/refunds': [3, (tx) => [who(tx), admin.listRefunds(tx, {}, 1)]],
}

const PAGES = { ...STOREFRONT, ...MERCHANT, ...ADMIN }

test.for(Object.entries(PAGES))('%s keeps its budget, with who is signed in and the header', async ([, page]) => {
  const [most, reads] = page
  const { sent } = await counting(async (tx) => Promise.all(reads(tx)))
  expect(sent).toBeLessThanOrEqual(most)
})

test('every page that reads has a budget here, and reads with the statements that are counted here', () => {
  const text = readFileSync(import.meta.filename, 'utf8')
  const reading = globSync('app/**/page.tsx').flatMap((file) => {
    const page = readFileSync(file, 'utf8')
    const address = file.replace('app/[locale]', '').replace('/(storefront)', '').replace('/page.tsx', '') || '/'
    const asked = [...page.matchAll(/\b((?:list|find|select)[A-Z]\w+)\(db\(\)/gu)].map(([, name]) => name ?? '')
    return asked.length > 0 || page.includes('_components/reads') ? [{ address, asked }] : []
  })
  expect(reading.map(({ address }) => address).toSorted()).toEqual(Object.keys(PAGES).toSorted())
  for (const { address, asked } of reading) for (const name of asked) expect(text, address).toContain(`.${name}(`)
})
