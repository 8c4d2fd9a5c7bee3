import { expect, test } from 'vitest'
import {
  cancelCheckout,
  expireCheckout,
  freezeOrder,
  placeCheckout,
  recordPayment,
  refundOrder,
  revealCdks,
} from '@/lib/domain/orders'
import { recordDeposit } from '@/lib/domain/merchants'
import { settleRefund } from '@/lib/domain/payments'
import { newId } from '@/lib/kernel/ids'
import { DAY_MS, HOUR_MS, after } from '@/lib/kernel/time'
import {
  LOW_STOCK,
  breakdownOf,
  exportMerchantOrders,
  findBearers,
  findMerchantOrder,
  findMerchantProduct,
  findMerchantStanding,
  findMerchantStart,
  findVariantStock,
  listLedgerLines,
  listMerchantOrders,
  listMerchantProducts,
  listMerchantStock,
  selectBalances,
} from '@/lib/queries/merchant'
import { allOf } from '@/tests/support/all-of'
import { counting } from '@/tests/support/counting'
import { db } from '@/tests/support/database'
import { aCoupon } from '@/tests/support/coupons'
import { aDebt } from '@/tests/support/merchant-money'
import { PocketProvider } from '@/tests/support/pocket-provider'
import {
  NOW,
  aBuyerWithWallet,
  aCapture,
  aCart,
  aConfirmedOrder,
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
const SYSTEM = { kind: 'SYSTEM', id: null } as const
const SECRETS = /ciphertext|fingerprint|passcode|guest@example\.com/u

test('the first page lists what is short, what runs and where the money is', async () => {
  const listing = await aListing({ stock: 3 })
  const order = await aDeliveredOrder({ listing })
  await run((tx) =>
    recordDeposit(tx, { merchantId: listing.merchantId, reference: 'START-1', amountMinor: 700, currency: 'CNY' }, NOW),
  )
  const { result: start, sent } = await counting((tx) => findMerchantStart(tx, listing.merchantId, 'sandbox', NOW))
  expect(sent).toBe(4)
  expect(start?.topUps).toMatchObject([{ variantId: listing.variantId, left: 2 }])
  expect(start?.watch).toMatchObject({
    status: 'ACTIVE',
    drafts: 0,
    inspecting: 1,
    unseen: 1,
    heldMinor: 1_000,
    refunding: 0,
    frozen: 0,
    failedPayout: null,
    accountReady: false,
  })
  expect(start?.balances).toEqual({ pendingMinor: 0, availableMinor: 0, depositMinor: 700, owedMinor: 0 })
  expect(start?.recent.map(({ id }) => id)).toEqual([order.orderId])
})

test('lists products and stock in at most three statements, filtered', async () => {
  const listing = await aListing({ stock: LOW_STOCK })
  const { merchantId } = listing
  await aListing({ merchantId, stock: 0 })
  const products = await counting((tx) => listMerchantProducts(tx, merchantId, {}, 1, LOW_STOCK, NOW))
  const stock = await counting((tx) => listMerchantStock(tx, merchantId, {}, 1, LOW_STOCK, NOW))
  for (const { result, sent } of [products, stock]) {
    expect(sent).toBeLessThanOrEqual(3)
    expect(result).toMatchObject({ total: 2, page: 1, pages: 1 })
  }
  expect((await listMerchantProducts(db, merchantId, { stock: 'out' }, 1, LOW_STOCK, NOW)).total).toBe(1)
  expect((await listMerchantProducts(db, merchantId, { stock: 'low' }, 1, LOW_STOCK, NOW)).total).toBe(1)
  expect((await listMerchantProducts(db, merchantId, { status: 'DRAFT' }, 1, LOW_STOCK, NOW)).total).toBe(0)
  expect((await listMerchantProducts(db, merchantId, { q: '星海' }, 1, LOW_STOCK, NOW)).total).toBe(2)
  expect((await listMerchantProducts(db, merchantId, { q: '100%_' }, 1, LOW_STOCK, NOW)).total).toBe(0)
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
  const exported = await allOf(exportMerchantOrders(db, merchantId, { status: 'DELIVERED' }))
  expect(exported.map(({ id }) => id)).toEqual([delivered.orderId])
})

test('pages a long list and shows the last page for one beyond it', async () => {
  const listing = await aListing({ stock: 3 })
  for (let order = 0; order < 3; order++) await aPlacedOrder({ listing })
  const list = await listMerchantOrders(db, listing.merchantId, {}, 9, 2)
  expect(list).toMatchObject({ page: 2, pages: 2, total: 3 })
  // All of one moment; the export reads on by id where a chunk ended.
  const { rows } = await listMerchantOrders(db, listing.merchantId, {}, 1)
  const exported = await allOf(exportMerchantOrders(db, listing.merchantId, {}, 1))
  expect(exported.map(({ id }) => id)).toEqual(rows.map(({ id }) => id))
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
  const none = { buyerMinor: 0, heldMinor: 0, merchantMinor: 0, feeMinor: 0, refundingMinor: 0, refundedMinor: 0 }
  const released = await aConfirmedOrder()
  const moneyOf = async ({ merchantId, orderId }: { merchantId: string; orderId: string }) =>
    (await findMerchantOrder(db, merchantId, orderId))?.money
  expect(await moneyOf(released)).toEqual({ ...none, merchantMinor: 970, feeMinor: 30 })
  const wanted = { all: true } as const
  await run((tx) => refundOrder(tx, { orderId: released.orderId, wanted, reason: '卡密无效' }, OPERATOR, NOW))
  expect(await moneyOf(released)).toEqual({ ...none, refundingMinor: 1_000 })
  const refunded = await aDeliveredOrder()
  await run((tx) => refundOrder(tx, { orderId: refunded.orderId, wanted, reason: '卡密无效' }, OPERATOR, NOW))
  expect(await moneyOf(refunded)).toEqual({ ...none, refundingMinor: 1_000 })
  const page = await findMerchantOrder(db, refunded.merchantId, refunded.orderId)
  expect(page?.order.refunds).toMatchObject([{ amountMinor: 1_000, status: 'PENDING', reason: '卡密无效' }])
  await settleRefunds(refunded.orderId)
  expect(await moneyOf(refunded)).toEqual({ ...none, buyerMinor: 1_000, refundedMinor: 1_000 })
  const expired = await aPlacedOrder()
  await run((tx) => expireCheckout(tx, expired.checkoutId, SYSTEM, after(NOW, HOUR_MS)))
  expect(await moneyOf(expired)).toEqual({ ...none, buyerMinor: 1_000 })
})

test("the wallet's part stands in escrow before the rest is paid, and money that came too late goes back", async () => {
  const form = { ...(await aBuyerWithWallet(300)), walletMinor: 300 }
  const order = await aPlacedOrder({ form })
  const money = async () => (await findMerchantOrder(db, order.merchantId, order.orderId))?.money
  expect(await money()).toMatchObject({ buyerMinor: 700, heldMinor: 300, merchantMinor: 0 })
  await run((tx) => expireCheckout(tx, order.checkoutId, SYSTEM, after(NOW, HOUR_MS)))
  expect(await money()).toMatchObject({ buyerMinor: 1_000, heldMinor: 0, refundingMinor: 0 })
  await db.cdk.updateMany({ where: { variantId: order.variantId }, data: { state: 'RETIRED' } })
  const capture = await aCapture(order.checkoutId)
  await run((tx) => recordPayment(tx, order.checkoutId, capture, after(NOW, 2 * HOUR_MS)))
  expect(await money()).toMatchObject({ buyerMinor: 300, heldMinor: 0, merchantMinor: 0, refundingMinor: 700 })
})

test('money that came too late for several orders shows no merchant more than his own order', async () => {
  const [one, two] = [await aListing(), await aListing()]
  const cart = aCart([
    [one, 1],
    [two, 2],
  ])
  const placed = await run((tx) => placeCheckout(tx, cart, NOW))
  await run((tx) => cancelCheckout(tx, placed.checkoutId, BUYER, NOW))
  const capture = await aCapture(placed.checkoutId)
  await run((tx) => recordPayment(tx, placed.checkoutId, capture, NOW))
  const money = async () => (await findMerchantOrder(db, one.merchantId, placed.orders[0]?.id ?? ''))?.money
  expect(await money()).toMatchObject({ buyerMinor: 0, refundingMinor: 1_000, refundedMinor: 0 })
  await db.refund.updateMany({
    where: { payment: { checkoutId: placed.checkoutId } },
    data: { status: 'SUCCEEDED', dueAt: null, settledAt: NOW },
  })
  expect(await money()).toMatchObject({ buyerMinor: 1_000, refundingMinor: 0, refundedMinor: 1_000 })
})

test('tells what of an order went back, for which CDKs, and nothing of a CDK that another order has now', async () => {
  const order = await aDeliveredOrder({ quantity: 3 })
  const before = (await findMerchantOrder(db, order.merchantId, order.orderId))?.order
  expect(before?.cdks.map(({ position, refunded }) => [position, refunded])).toEqual([
    [1, false],
    [2, false],
    [3, false],
  ])
  const [first, second] = before?.cdks.map(({ id }) => id) ?? []
  const wanted = { cdkIds: [second ?? ''] }
  const note = '买家来信'
  await run((tx) => refundOrder(tx, { orderId: order.orderId, wanted, reason: '一张无效', note }, OPERATOR, NOW))
  // The one that came back is sold again, and its new owner looks at it.
  await aDeliveredOrder({ listing: order, quantity: 3, now: after(NOW, HOUR_MS) })
  await db.cdk.update({ where: { id: second ?? '' }, data: { revealedAt: NOW } })
  const found = (await findMerchantOrder(db, order.merchantId, order.orderId))?.order
  expect(found).toMatchObject({ refundedMinor: 1_000, refundedUnits: 1, status: 'DELIVERED' })
  expect(found?.cdks.map(({ id, refunded, revealedAt }) => ({ id, refunded, revealedAt }))[1]).toEqual({
    id: second,
    refunded: true,
    revealedAt: null,
  })
  expect(found?.cdks[0]?.id).toBe(first)
  expect(found?.refunds).toMatchObject([{ cdkIds: [second], amountMinor: 1_000, fromEscrowMinor: 1_000, note }])
})

test('breaks the price down to what the merchant gets, a coupon of the platform being no loss of his', async () => {
  const { code } = await aCoupon({ amountMinor: 100 })
  const order = await aConfirmedOrder({ quantity: 2, form: { couponCode: code, expectedTotalMinor: 1_900 } })
  const wanted = { amountMinor: 950 }
  await run((tx) => refundOrder(tx, { orderId: order.orderId, wanted, reason: '一半' }, OPERATOR, NOW))
  const found = (await findMerchantOrder(db, order.merchantId, order.orderId)) ?? missing()
  const sums = breakdownOf(found.order)
  expect(sums).toEqual({
    goodsMinor: 2_000,
    discountMinor: 100,
    promoMinor: 100,
    refundedMinor: 950,
    promoBackMinor: 50,
    feeMinor: 30,
    netMinor: 970,
  })
  expect(found.money).toMatchObject({ merchantMinor: sums.netMinor, feeMinor: sums.feeMinor })
  expect(found.order.earning).toMatchObject({ earnedMinor: 1_940, pendingMinor: 970, maturedAt: null })
})

test('shows balances and ledger lines with the fee of each order', async () => {
  const order = await aConfirmedOrder()
  const { merchantId } = order
  await run((tx) =>
    recordDeposit(tx, { merchantId, reference: 'LINES-1', amountMinor: 50_000, currency: 'CNY' }, after(NOW, HOUR_MS)),
  )
  const { result: lines, sent } = await counting((tx) => listLedgerLines(tx, merchantId, 1))
  expect(sent).toBeLessThanOrEqual(3)
  expect(lines.rows).toMatchObject([
    { code: 'deposit', kind: 'MERCHANT_DEPOSIT', minor: 50_000, orderId: null },
    { code: 'release', kind: 'MERCHANT_PENDING', minor: 970, orderNumber: order.number, orderFeeMinor: 30 },
  ])
  await aDebt(merchantId, 200)
  const balances = { pendingMinor: 970, availableMinor: 0, depositMinor: 50_000, owedMinor: 200 }
  expect(await selectBalances(db, merchantId)).toEqual(balances)
  expect((await listLedgerLines(db, merchantId, 1)).rows[0]).toMatchObject({ kind: 'MERCHANT_DEPOSIT' })
  const { result: standing, sent: asked } = await counting((tx) => findMerchantStanding(tx, merchantId))
  expect(asked).toBe(1)
  expect(standing).toMatchObject({
    ...balances,
    tier: 'NEW',
    maturing: [{ at: after(NOW, 14 * DAY_MS), amountMinor: 970, orders: 1 }],
    heldMinor: 0,
  })
})

test('a dispute holds what an order earned: it is not among what matures, and the first page says so', async () => {
  const order = await aConfirmedOrder()
  const { merchantId, orderId } = order
  await run((tx) => freezeOrder(tx, orderId, { disputeId: newId() }, NOW))
  expect(await findMerchantStanding(db, merchantId)).toMatchObject({ maturing: [], heldMinor: 970, pendingMinor: 970 })
  expect((await findMerchantStart(db, merchantId, 'sandbox', NOW))?.watch).toMatchObject({ frozen: 1 })
  expect((await listMerchantOrders(db, merchantId, { frozen: true }, 1)).rows.map(({ id }) => id)).toEqual([orderId])
})

test("knows nothing of another merchant's things", async () => {
  const stranger = await aMerchant()
  const order = await aDeliveredOrder()
  expect(await findMerchantProduct(db, stranger, order.productId, NOW)).toBeNull()
  expect(await findMerchantProduct(db, order.merchantId, order.productId, NOW)).not.toBeNull()
  expect(await findVariantStock(db, stranger, order.variantId, 1)).toBeNull()
  expect(await findMerchantOrder(db, stranger, order.orderId)).toBeNull()
  expect((await listMerchantOrders(db, stranger, {}, 1)).rows).toEqual([])
  expect((await listMerchantOrders(db, stranger, { productId: order.productId }, 1)).rows).toEqual([])
  expect(await allOf(exportMerchantOrders(db, stranger, {}))).toEqual([])
  expect((await listLedgerLines(db, stranger, 1)).rows).toEqual([])
  expect(await selectBalances(db, stranger)).toEqual({
    pendingMinor: 0,
    availableMinor: 0,
    depositMinor: 0,
    owedMinor: 0,
  })
  expect(await findBearers(db, stranger, order.orderId)).toMatchObject({ ownMinor: 0, othersMinor: 0 })
  expect((await listMerchantStock(db, stranger, {}, 1, LOW_STOCK, NOW)).rows).toEqual([])
})

/** The provider answers each leg of the order's refunds. */
async function settleRefunds(orderId: string): Promise<void> {
  const provider = new PocketProvider()
  for (const { id } of await db.refund.findMany({ where: { orderId } })) {
    await settleRefund(run, () => provider, id, after(NOW, HOUR_MS))
  }
}

function missing(): never {
  throw new Error('not found')
}
