import { expect, test } from 'vitest'
import { confirmOrder, expireOrder, refundOrder, revealCdks } from '@/lib/domain/orders'
import { recordDeposit } from '@/lib/domain/merchants'
import { HOUR_MS, after } from '@/lib/kernel/time'
import {
  LOW_STOCK,
  exportMerchantOrders,
  findMerchantOrder,
  findMerchantProduct,
  findMerchantStart,
  findVariantStock,
  listLedgerLines,
  listMerchantOrders,
  listMerchantProducts,
  listMerchantStock,
  selectBalances,
} from '@/lib/queries/merchant'
import { counting } from '@/tests/support/counting'
import { db } from '@/tests/support/database'
import {
  NOW,
  aDeliveredOrder,
  aListing,
  aMerchant,
  aPlacedOrder,
  addStock,
  run,
  vault,
} from '@/tests/support/factories'

const BUYER = { kind: 'BUYER', id: null } as const
const OPERATOR = { kind: 'OPERATOR', id: null } as const
const SECRETS = /ciphertext|fingerprint|passcode|guest@example\.com/u

test('the first page lists what is short, what runs and where the money is', async () => {
  const listing = await aListing({ stock: 3 })
  const order = await aDeliveredOrder({ listing })
  await run((tx) =>
    recordDeposit(tx, { merchantId: listing.merchantId, reference: 'START-1', amountMinor: 700, currency: 'CNY' }, NOW),
  )
  const { result: start, sent } = await counting((tx) => findMerchantStart(tx, listing.merchantId))
  expect(sent).toBe(4)
  expect(start?.topUps).toMatchObject([{ variantId: listing.variantId, left: 2 }])
  expect(start?.watch).toMatchObject({
    status: 'ACTIVE',
    drafts: 0,
    inspecting: 1,
    unseen: 1,
    heldMinor: 1_000,
    refunding: 0,
  })
  expect(start?.balances).toEqual({ pendingMinor: 0, availableMinor: 0, depositMinor: 700 })
  expect(start?.recent.map(({ id }) => id)).toEqual([order.orderId])
})

test('lists products and stock in at most three statements, filtered', async () => {
  const listing = await aListing({ stock: LOW_STOCK })
  const { merchantId } = listing
  await aListing({ merchantId, stock: 0 })
  const products = await counting((tx) => listMerchantProducts(tx, merchantId, {}, 1, LOW_STOCK))
  const stock = await counting((tx) => listMerchantStock(tx, merchantId, {}, 1, LOW_STOCK))
  for (const { result, sent } of [products, stock]) {
    expect(sent).toBeLessThanOrEqual(3)
    expect(result).toMatchObject({ total: 2, page: 1, pages: 1 })
  }
  expect((await listMerchantProducts(db, merchantId, { stock: 'out' }, 1, LOW_STOCK)).total).toBe(1)
  expect((await listMerchantProducts(db, merchantId, { stock: 'low' }, 1, LOW_STOCK)).total).toBe(1)
  expect((await listMerchantProducts(db, merchantId, { status: 'DRAFT' }, 1, LOW_STOCK)).total).toBe(0)
  expect((await listMerchantProducts(db, merchantId, { q: '星海' }, 1, LOW_STOCK)).total).toBe(2)
  expect((await listMerchantProducts(db, merchantId, { q: '100%_' }, 1, LOW_STOCK)).total).toBe(0)
})

test('counts a variant by state and its uploads', async () => {
  const listing = await aListing({ stock: 4 })
  await addStock(listing, 2)
  await aDeliveredOrder({ listing, quantity: 2 })
  await aPlacedOrder({ listing })
  const { result, sent } = await counting((tx) => findVariantStock(tx, listing.merchantId, listing.variantId, 1))
  expect(sent).toBeLessThanOrEqual(3)
  expect(result?.variant).toMatchObject({ available: 3, reserved: 1, delivered: 2, retired: 0 })
  expect(result?.batches.rows.map(({ acceptedCount }) => acceptedCount).toSorted()).toEqual([2, 4])
})

test('lists and exports orders by status, product, number and day', async () => {
  const listing = await aListing({ stock: 5 })
  const { merchantId } = listing
  const delivered = await aDeliveredOrder({ listing })
  const waiting = await aPlacedOrder({ listing, now: after(NOW, 48 * HOUR_MS) })
  const { result: all, sent } = await counting((tx) => listMerchantOrders(tx, merchantId, {}, 1))
  expect(sent).toBeLessThanOrEqual(3)
  expect(all.rows.map(({ id }) => id)).toEqual([waiting.orderId, delivered.orderId])
  const only = async (filter: Parameters<typeof listMerchantOrders>[2]) =>
    (await listMerchantOrders(db, merchantId, filter, 1)).rows.map(({ id }) => id)
  expect(await only({ status: 'DELIVERED' })).toEqual([delivered.orderId])
  expect(await only({ number: waiting.number.slice(0, 12) })).toEqual([waiting.orderId])
  expect(await only({ from: after(NOW, HOUR_MS) })).toEqual([waiting.orderId])
  expect(await only({ until: after(NOW, HOUR_MS), productId: listing.productId })).toEqual([delivered.orderId])
  expect(await exportMerchantOrders(db, merchantId, { status: 'DELIVERED' })).toHaveLength(1)
})

test('pages a long list and shows the last page for one beyond it', async () => {
  const listing = await aListing({ stock: 3 })
  for (let order = 0; order < 3; order++) await aPlacedOrder({ listing })
  const list = await listMerchantOrders(db, listing.merchantId, {}, 9, 2)
  expect(list).toMatchObject({ page: 2, pages: 2, total: 3 })
  expect(list.rows).toHaveLength(1)
})

test('shows an order with its money by the ledger, no code, no address of the buyer', async () => {
  const order = await aDeliveredOrder({ quantity: 2 })
  await run((tx) => revealCdks(tx, vault, { orderId: order.orderId, consent: true }, BUYER, NOW))
  const { result: page, sent } = await counting((tx) => findMerchantOrder(tx, order.merchantId, order.orderId))
  expect(sent).toBeLessThanOrEqual(4)
  expect(page).toMatchObject({
    order: { status: 'DELIVERED', buyer: 'g***@example.com', totalMinor: 2_000 },
    money: { heldMinor: 2_000, merchantMinor: 0 },
  })
  expect(page?.order.cdks.map(({ revealedAt }) => revealedAt)).toEqual([NOW, NOW])
  expect(page?.events.map(({ type }) => type)).toEqual(['place', 'deliver', 'reveal'])
  expect(JSON.stringify(page)).not.toMatch(SECRETS)
})

test('follows the money of a release, a refund and an order that was never paid', async () => {
  const released = await aDeliveredOrder()
  await run((tx) => confirmOrder(tx, released.orderId, BUYER, NOW))
  expect((await findMerchantOrder(db, released.merchantId, released.orderId))?.money).toEqual({
    heldMinor: 0,
    merchantMinor: 970,
    feeMinor: 30,
    refundingMinor: 0,
    refundedMinor: 0,
  })
  const refunded = await aDeliveredOrder()
  await run((tx) => refundOrder(tx, refunded.orderId, OPERATOR, '卡密无效', NOW))
  const page = await findMerchantOrder(db, refunded.merchantId, refunded.orderId)
  expect(page?.money).toEqual({ heldMinor: 0, merchantMinor: 0, feeMinor: 0, refundingMinor: 1_000, refundedMinor: 0 })
  expect(page?.order.refunds).toMatchObject([{ amountMinor: 1_000, status: 'PENDING', reason: '卡密无效' }])
  const expired = await aPlacedOrder()
  await run((tx) => expireOrder(tx, expired.orderId, { kind: 'SYSTEM', id: null }, after(NOW, HOUR_MS)))
  const money = (await findMerchantOrder(db, expired.merchantId, expired.orderId))?.money
  expect(Object.values(money ?? { none: 1 })).toEqual([0, 0, 0, 0, 0])
})

test('shows balances and ledger lines with the fee of each order', async () => {
  const order = await aDeliveredOrder()
  const { merchantId } = order
  await run((tx) => confirmOrder(tx, order.orderId, BUYER, NOW))
  await run((tx) =>
    recordDeposit(tx, { merchantId, reference: 'LINES-1', amountMinor: 50_000, currency: 'CNY' }, after(NOW, HOUR_MS)),
  )
  const { result: lines, sent } = await counting((tx) => listLedgerLines(tx, merchantId, 1))
  expect(sent).toBeLessThanOrEqual(3)
  expect(lines.rows).toMatchObject([
    { code: 'deposit', kind: 'MERCHANT_DEPOSIT', minor: 50_000, orderId: null },
    { code: 'release', kind: 'MERCHANT_PENDING', minor: 970, orderNumber: order.number, orderFeeMinor: 30 },
  ])
  expect(await selectBalances(db, merchantId)).toEqual({ pendingMinor: 970, availableMinor: 0, depositMinor: 50_000 })
})

test("knows nothing of another merchant's things", async () => {
  const stranger = await aMerchant()
  const order = await aDeliveredOrder()
  expect(await findMerchantProduct(db, stranger, order.productId)).toBeNull()
  expect(await findMerchantProduct(db, order.merchantId, order.productId)).not.toBeNull()
  expect(await findVariantStock(db, stranger, order.variantId, 1)).toBeNull()
  expect(await findMerchantOrder(db, stranger, order.orderId)).toBeNull()
  expect((await listMerchantOrders(db, stranger, {}, 1)).rows).toEqual([])
  expect((await listMerchantOrders(db, stranger, { productId: order.productId }, 1)).rows).toEqual([])
  expect(await exportMerchantOrders(db, stranger, {})).toEqual([])
  expect((await listLedgerLines(db, stranger, 1)).rows).toEqual([])
  expect((await listMerchantStock(db, stranger, {}, 1, LOW_STOCK)).rows).toEqual([])
})
