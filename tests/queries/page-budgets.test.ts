import { globSync, readFileSync } from 'node:fs'
import { beforeAll, expect, test } from 'vitest'
import { escrowOf, accountId } from '@/lib/domain/ledger'
import { cartIdOf, putInCart } from '@/lib/domain/cart'
import { receiveEvent } from '@/lib/domain/payments'
import { placeCheckout, refundOrder } from '@/lib/domain/orders'
import type { Tx } from '@/lib/domain/tx'
import { newId } from '@/lib/kernel/ids'
import { findDraft, markCaseRead, recordsOf } from '@/lib/domain/complaints'
import * as admin from '@/lib/queries/admin'
import * as arbitration from '@/lib/queries/arbitration'
import { findCase, findCaseOfMerchant, findCaseOfOrder, findOpening, listBuyerCases } from '@/lib/queries/case'
import * as merchant from '@/lib/queries/merchant'
import * as order from '@/lib/queries/order'
import * as provenance from '@/lib/queries/provenance'
import { listNotifications, listOutbox } from '@/lib/queries/notifications'
import { selectOrderEvents } from '@/lib/queries/order-events'
import { findSession } from '@/lib/queries/session'
import * as storefront from '@/lib/queries/storefront'
import { aCoupon } from '@/tests/support/coupons'
import { anOpenCase } from '@/tests/support/complaints'
import { counting } from '@/tests/support/counting'
import { db } from '@/tests/support/database'
import { NOW, aDeliveredOrder, aListing, aMerchant, aPlacedOrder, aPurchase, run } from '@/tests/support/factories'

const OPERATOR = { kind: 'OPERATOR', id: null } as const
const EVERYTHING = storefront.readFilters({})

/** What the tests' pages are about; made once, with more rows than a page of any list holds. */
const it = {
  buyerId: '',
  merchantId: '',
  productId: '',
  variantId: '',
  orderId: '',
  checkoutId: '',
  eventId: '',
  couponCode: '',
  couponId: '',
  paymentId: '',
  refundId: '',
  transactionId: '',
  importId: newId(),
  batchId: '',
  complaintId: '',
}
const named = { product: '', merchant: '', category: '', order: '', complaint: '' }

beforeAll(async () => {
  const merchantId = await aMerchant()
  const listing = await aListing({ merchantId, stock: 60 })
  for (let made = 0; made < 30; made++) await aListing({ merchantId, stock: 1 })
  const delivered = await aDeliveredOrder({ listing, quantity: 3 })
  for (let placed = 0; placed < 28; placed++) await aPlacedOrder({ listing })
  const refunded = await aDeliveredOrder({ listing })
  const decision = { orderId: refunded.orderId, wanted: { all: true }, reason: '卡密无效' } as const
  await run((tx) => refundOrder(tx, decision, OPERATOR, NOW))
  const buyerId = newId()
  const buyer = { id: buyerId, email: 'budget@example.com', passwordHash: 'x', displayName: 'b', createdAt: NOW }
  await db.user.create({ data: { ...buyer, role: 'BUYER' } })
  for (let bought = 0; bought < 22; bought++)
    await run((tx) => placeCheckout(tx, aPurchase(listing, { buyerId, passcodeHash: null }), NOW))
  await run((tx) => putInCart(tx, cart(buyerId), { variantId: listing.variantId, quantity: 2 }, NOW))
  const { code, couponId } = await aCoupon({ perBuyerLimit: 1 })
  const { id: paymentId } = await db.payment.findFirstOrThrow({ where: { checkoutId: delivered.checkoutId } })
  const { id: refundId } = await db.refund.findFirstOrThrow({ where: { orderId: refunded.orderId } })
  const { transactionId } = await db.ledgerTransfer.findFirstOrThrow({ where: { orderId: refunded.orderId } })
  const { id: batchId } = await db.stockBatch.findFirstOrThrow({ where: { variantId: listing.variantId } })
  Object.assign(it, { batchId })
  const { complaintId, number: complaint } = await anOpenCase({ orderId: delivered.orderId, units: 2 })
  Object.assign(it, { complaintId })
  Object.assign(named, { complaint })
  Object.assign(it, { couponCode: code, couponId, paymentId, refundId, transactionId })
  await run((tx) => receiveEvent(tx, 'sandbox', { ok: false, why: 'forged' }, '{}', NOW))
  const { id: eventId } = await db.paymentEvent.findFirstOrThrow({ select: { id: true } })
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
const who = (tx: Tx) => findSession(tx, it.buyerId)
const cart = (userId: string) => ({ cartId: cartIdOf(userId), userId })
const logKeys = { name: 'keybond.example/log', seed: () => new Uint8Array(32) }
/** What every page of the storefront asks: who, the categories of its header, and how much is in the cart (if there is one). */
const front = (tx: Tx) => [who(tx), storefront.listCategories(tx, 'en'), storefront.countCart(tx, cart(it.buyerId))]
const buyer = () => ({ userId: it.buyerId, checkoutIds: [it.checkoutId] })
const quote = () => ({
  lines: [{ variantId: it.variantId, quantity: 1 }],
  couponCode: it.couponCode,
  buyerKey: it.buyerId,
})
const list = (tx: Tx, scope: storefront.ListScope) => storefront.listProducts(tx, 'en', EVERYTHING, scope, NOW)

const STOREFRONT: Record<string, readonly [most: number, reads: Reads]> = {
  '/': [4, (tx) => [...front(tx), storefront.findHome(tx, 'en', NOW)]],
  '/search': [4, (tx) => [...front(tx), list(tx, {})]],
  '/categories/[slug]': [4, (tx) => [...front(tx), list(tx, { categorySlug: named.category })]],
  '/merchants/[slug]': [4, (tx) => [...front(tx), list(tx, { merchantSlug: named.merchant })]],
  '/products/[slug]': [4, (tx) => [...front(tx), storefront.findProduct(tx, 'en', named.product, NOW)]],
  '/cart': [4, (tx) => [...front(tx), storefront.findCart(tx, cart(it.buyerId), 'en', NOW)]],
  '/account/complaints': [4, (tx) => [...front(tx), listBuyerCases(tx, it.buyerId, 1)]],
  '/account/notifications': [4, (tx) => [...front(tx), listNotifications(tx, it.buyerId, 1)]],
  '/account/orders': [4, (tx) => [...front(tx), order.listBuyerOrders(tx, it.buyerId, 1)]],
  '/account/wallet': [
    6,
    (tx) => [
      ...front(tx),
      order.listTopUps(tx, it.buyerId, NOW),
      order.findWalletBalance(tx, it.buyerId),
      order.listWalletLines(tx, it.buyerId, 1),
    ],
  ],
  // A visit that has something new to read marks it and reads once more.
  '/orders/[number]/complaints/[caseNumber]': [
    8,
    (tx) => [
      ...front(tx),
      findCaseOfOrder(tx, buyer(), { order: named.order, number: named.complaint }),
      markCaseRead(tx, { complaintId: it.complaintId, side: 'BUYER' }, NOW),
      findCaseOfOrder(tx, buyer(), { order: named.order, number: named.complaint }),
    ],
  ],
  '/orders/[number]/complaints/new': [
    5,
    (tx) => [...front(tx), findOpening(tx, buyer(), named.order, NOW), findDraft(tx, it.orderId)],
  ],
  '/orders/[number]': [5, (tx) => [...front(tx), order.findOrderPage(tx, buyer(), named.order)]],
  '/mailbox': [4, (tx) => [...front(tx), listOutbox(tx, 1)]],
  '/protection': [3, front],
  // The report itself is counted once in a while and kept.
  '/penalties': [4, (tx) => [...front(tx), storefront.listPenalties(tx, undefined, 1)]],
  '/transparency': [4, (tx) => [...front(tx), storefront.findTransparency(tx, 365, NOW)]],
  '/provenance': [5, (tx) => [...front(tx), provenance.findLogPage(tx, logKeys)]],
  '/verify': [4, (tx) => [...front(tx), provenance.findLogKey(tx, logKeys)]],
  // Not lists: the key of the submit, the price (offers, coupon, how often the buyer used it), stock, wallet, open orders.
  '/checkout/[variantId]': [
    10,
    (tx) => [
      ...front(tx),
      order.findPlacedByKey(tx, buyer(), newId()),
      order.findQuote(tx, quote(), NOW),
      order.findAvailable(tx, it.variantId, NOW),
      order.listOpenOrders(tx, buyer(), NOW),
      order.findWalletBalance(tx, it.buyerId),
    ],
  ],
  '/checkout/cart': [
    11,
    (tx) => [
      ...front(tx),
      order.findCartKey(tx, cart(it.buyerId)),
      order.findPlacedByKey(tx, buyer(), newId()),
      storefront.findCart(tx, cart(it.buyerId), 'en', NOW),
      order.findQuote(tx, quote(), NOW),
      order.listOpenOrders(tx, buyer(), NOW),
      order.findWalletBalance(tx, it.buyerId),
    ],
  ],
}

const MERCHANT: Record<string, readonly [most: number, reads: Reads]> = {
  // Not a list but a desk: what to do, what is short, the money, the latest orders.
  '/merchant': [5, (tx) => [who(tx), merchant.findMerchantStart(tx, it.merchantId, 'sandbox', NOW)]],
  '/merchant/balance': [
    3,
    (tx) => [who(tx), merchant.findMerchantStanding(tx, it.merchantId), merchant.listLedgerLines(tx, it.merchantId, 1)],
  ],
  '/merchant/complaints': [
    3,
    (tx) => [
      who(tx),
      merchant.listMerchantComplaints(tx, it.merchantId, {}, 1),
      merchant.countMerchantComplaints(tx, it.merchantId),
    ],
  ],
  // While accepting is looked at: the case, what he answers with, the order and who would bear it. Opening it marks it read.
  '/merchant/complaints/[id]': [
    9,
    (tx) => [
      who(tx),
      merchant.findComplaintDesk(tx, it.merchantId, it.complaintId, NOW),
      markCaseRead(tx, { complaintId: it.complaintId, side: 'MERCHANT' }, NOW),
      findCaseOfMerchant(tx, it.merchantId, it.complaintId),
      merchant.findMerchantOrder(tx, it.merchantId, it.orderId),
      merchant.findBearers(tx, it.merchantId, it.orderId),
    ],
  ],
  '/merchant/complaints/answers': [2, (tx) => [who(tx), merchant.listCannedAnswers(tx, it.merchantId)]],
  '/merchant/complaints/statistics': [2, (tx) => [who(tx), merchant.findComplaintStatistics(tx, it.merchantId, NOW)]],
  '/merchant/coupons': [2, (tx) => [who(tx), merchant.listMerchantCoupons(tx, it.merchantId, 1, NOW)]],
  '/merchant/notifications': [2, (tx) => [who(tx), listNotifications(tx, it.buyerId, 1)]],
  '/merchant/orders': [
    3,
    (tx) => [
      who(tx),
      merchant.listMerchantOrders(tx, it.merchantId, {}, 2),
      merchant.listProductChoices(tx, it.merchantId),
    ],
  ],
  // With a refund being looked at.
  '/merchant/orders/[id]': [
    5,
    (tx) => [
      who(tx),
      merchant.findMerchantOrder(tx, it.merchantId, it.orderId),
      merchant.findBearers(tx, it.merchantId, it.orderId),
    ],
  ],
  // An account that is not ready is looked up at the provider and then read again.
  '/merchant/payouts': [
    4,
    (tx) => [
      who(tx),
      merchant.findPayoutDesk(tx, it.merchantId, 'sandbox'),
      merchant.findPayoutDesk(tx, it.merchantId, 'sandbox'),
      merchant.listPayouts(tx, it.merchantId, 1),
    ],
  ],
  '/merchant/products': [
    3,
    (tx) => [who(tx), merchant.listMerchantProducts(tx, it.merchantId, {}, 1, merchant.LOW_STOCK, NOW)],
  ],
  '/merchant/products/[id]': [3, (tx) => [who(tx), merchant.findMerchantProduct(tx, it.merchantId, it.productId, NOW)]],
  '/merchant/products/new': [3, (tx) => [who(tx), merchant.listCategoryChoices(tx)]],
  '/merchant/statements': [2, (tx) => [who(tx), merchant.listStatementMonths(tx, it.merchantId, NOW)]],
  '/merchant/stock': [
    4,
    (tx) => [
      who(tx),
      merchant.listMerchantStock(tx, it.merchantId, {}, 1, merchant.LOW_STOCK, NOW),
      merchant.listRecentImports(tx, it.merchantId, null),
    ],
  ],
  '/merchant/stock/desk': [
    5,
    (tx) => [
      who(tx),
      merchant.listDeskCdks(tx, it.merchantId, { state: 'RETIRED' }, null, NOW),
      merchant.listVariantChoices(tx, it.merchantId),
      merchant.listBatchChoices(tx, it.merchantId),
    ],
  ],
  '/merchant/stock/desk/[id]': [2, (tx) => [who(tx), merchant.findDeskCdk(tx, it.merchantId, newId())]],
  '/merchant/stock/desk/exports': [2, (tx) => [who(tx), merchant.listStockExports(tx, it.merchantId, 1)]],
  '/merchant/stock/[variantId]': [
    4,
    (tx) => [
      who(tx),
      merchant.findVariantStock(tx, it.merchantId, it.variantId, 1),
      merchant.listRecentImports(tx, it.merchantId, it.variantId),
    ],
  ],
  '/merchant/stock/batches/[id]': [2, (tx) => [who(tx), merchant.findMerchantBatch(tx, it.merchantId, it.batchId)]],
  '/merchant/stock/imports': [2, (tx) => [who(tx), merchant.listImports(tx, it.merchantId, 1)]],
  // An upload that waits is also opened, and its proofs are shown.
  '/merchant/stock/imports/[id]': [
    6,
    (tx) => [
      who(tx),
      merchant.findImport(tx, it.merchantId, it.importId, NOW),
      merchant.listRejectedLines(tx, it.merchantId, it.importId, 1),
      merchant.findStoredUpload(tx, it.merchantId, it.importId),
      merchant.findImportProofs(tx, it.merchantId, it.importId),
    ],
  ],
}

const ADMIN: Record<string, readonly [most: number, reads: Reads]> = {
  // Not a list but a desk: what waits, the books, the differences to the providers' own.
  '/admin': [4, (tx) => [who(tx), admin.findAdminStart(tx, NOW, NOW), admin.openDifferences(tx, null, NOW)]],
  '/admin/batches': [
    4,
    (tx) => [who(tx), admin.listAdminBatches(tx, {}, 1), admin.listMerchantChoices(tx), admin.listAdminCategories(tx)],
  ],
  '/admin/batches/[id]': [4, (tx) => [who(tx), admin.findAdminBatch(tx, it.batchId, 1)]],
  '/admin/pairs': [3, (tx) => [who(tx), admin.listPairs(tx, {}, 1), admin.listMerchantChoices(tx)]],
  '/admin/pairs/[id]': [2, (tx) => [who(tx), admin.findPair(tx, newId())]],
  '/admin/categories': [3, (tx) => [who(tx), admin.listAdminCategories(tx)]],
  '/admin/categories/new': [3, (tx) => [who(tx), admin.listAdminCategories(tx)]],
  '/admin/categories/[id]': [3, (tx) => [who(tx), admin.findAdminCategory(tx, newId())]],
  '/admin/complaints': [3, (tx) => [who(tx), admin.listAdminComplaints(tx, {}, 1), admin.listMerchantChoices(tx)]],
  // The case, who is who in it, what was delivered, the order's events, what operators did.
  '/admin/complaints/[id]': [
    7,
    (tx) => [
      who(tx),
      admin.findAdminComplaint(tx, it.complaintId),
      findCase(tx, it.complaintId, 'STAFF'),
      arbitration.findDeliveredFile(tx, it.complaintId),
      selectOrderEvents(tx, it.merchantId, it.orderId),
    ],
  ],
  '/admin/complaints/arbitrators': [2, (tx) => [who(tx), admin.listArbitrators(tx)]],
  '/admin/complaints/limits': [2, (tx) => [who(tx), admin.listBuyerLimits(tx, undefined, 1)]],
  '/admin/complaints/overdue': [2, (tx) => [who(tx), admin.listOverdueComplaints(tx, NOW, NOW, 1)]],
  '/admin/complaints/statistics': [2, (tx) => [who(tx), admin.findAdminComplaintStatistics(tx, {})]],
  '/admin/coupons': [3, (tx) => [who(tx), admin.listPlatformCoupons(tx, {}, 1, NOW)]],
  '/admin/coupons/[id]': [4, (tx) => [who(tx), admin.findPlatformCoupon(tx, it.couponId, 1, NOW)]],
  '/admin/disputes': [3, (tx) => [who(tx), admin.listDisputes(tx, {}, 1)]],
  '/admin/disputes/[id]': [4, (tx) => [who(tx), admin.findAdminDispute(tx, newId())]],
  '/admin/events': [3, (tx) => [who(tx), admin.listInbox(tx, {}, 1), admin.findDeadEvents(tx)]],
  '/admin/events/[id]': [3, (tx) => [who(tx), admin.findInboxEvent(tx, it.eventId)]],
  '/admin/fund': [4, (tx) => [who(tx), admin.findProtectionFund(tx, 'CNY', 1)]],
  '/admin/ledger': [3, (tx) => [who(tx), admin.findLedgerOverview(tx)]],
  '/admin/ledger/[kind]': [3, (tx) => [who(tx), admin.listAccounts(tx, { kind: 'ESCROW', open: true }, 1)]],
  '/admin/ledger/accounts/[id]': [
    3,
    (tx) => [who(tx), admin.findAccount(tx, accountId(escrowOf(it.orderId, 'CNY')), {}, 1)],
  ],
  '/admin/ledger/transactions/[id]': [3, (tx) => [who(tx), admin.findTransaction(tx, it.transactionId)]],
  '/admin/log': [3, (tx) => [who(tx), admin.listOperatorActions(tx, {}, 1)]],
  '/admin/merchants': [3, (tx) => [who(tx), admin.listMerchants(tx, {}, 1)]],
  '/admin/merchants/[id]': [5, (tx) => [who(tx), admin.findAdminMerchant(tx, it.merchantId, 1)]],
  '/admin/orders': [3, (tx) => [who(tx), admin.listAdminOrders(tx, {}, 2), admin.listMerchantChoices(tx)]],
  '/admin/orders/[id]': [6, (tx) => [who(tx), admin.findAdminOrder(tx, it.orderId)]],
  '/admin/payments': [3, (tx) => [who(tx), admin.listPayments(tx, {}, 1)]],
  '/admin/payments/[id]': [4, (tx) => [who(tx), admin.findAdminPayment(tx, it.paymentId)]],
  '/admin/payouts': [3, (tx) => [who(tx), admin.listPayouts(tx, {}, 1), admin.listMerchantChoices(tx)]],
  '/admin/payouts/[id]': [3, (tx) => [who(tx), admin.findAdminPayout(tx, newId())]],
  '/admin/reconciliation': [3, (tx) => [who(tx), admin.listReconciliations(tx), admin.openDifferences(tx, null, NOW)]],
  '/admin/reconciliation/lines': [3, (tx) => [who(tx), admin.listProviderLines(tx, {}, 1)]],
  '/admin/reconciliation/lines/[id]': [3, (tx) => [who(tx), admin.findProviderLine(tx, newId())]],
  '/admin/refunds': [3, (tx) => [who(tx), admin.listRefunds(tx, {}, 1)]],
  '/admin/refunds/[id]': [4, (tx) => [who(tx), admin.findAdminRefund(tx, it.refundId)]],
}

const ARBITRATION: Record<string, readonly [most: number, reads: Reads]> = {
  '/arbitration': [
    3,
    (tx) => [who(tx), arbitration.listMyCases(tx, it.buyerId), arbitration.listMyClosedCases(tx, it.buyerId, 1)],
  ],
  // The whole evidence on one page: the case, its file, the order's events, precedents, what the records say.
  '/arbitration/[id]': [
    7,
    (tx) => [
      who(tx),
      arbitration.findArbitrationFile(tx, it.buyerId, it.complaintId),
      findCase(tx, it.complaintId, 'STAFF'),
      selectOrderEvents(tx, it.merchantId, it.orderId),
      arbitration.findPrecedents(tx, 'ALREADY_USED', it.complaintId),
      recordsOf(tx, { order: { id: it.orderId, merchantId: it.merchantId }, failure: 'ALREADY_USED', cdkIds: [] }),
    ],
  ],
}

const PAGES = { ...STOREFRONT, ...MERCHANT, ...ADMIN, ...ARBITRATION }

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
  for (const { address, asked } of reading)
    for (const name of asked) expect(text, address).toMatch(new RegExp(`[. ]${name}\\(`, 'u'))
})
