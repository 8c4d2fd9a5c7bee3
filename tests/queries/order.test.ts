import { afterAll, expect, test } from 'vitest'
import {
  SYSTEM,
  cancelCheckout,
  chargeOrder,
  confirmOrder,
  expireCheckout,
  freezeOrder,
  placeCheckout,
  recordPayment,
  refundOrder,
  requireFewOpenOrders,
  revealCdks,
} from '@/lib/domain/orders'
import { disputedOf, postTransfers, providerClearing } from '@/lib/domain/ledger'
import { putInCart } from '@/lib/domain/cart'
import { settleRefund } from '@/lib/domain/payments'
import type { Tx } from '@/lib/domain/tx'
import { renderReceipt } from '@/lib/infra/documents'
import { createDb } from '@/lib/infra/db'
import { newId } from '@/lib/kernel/ids'
import { HOUR_MS, after } from '@/lib/kernel/time'
import {
  findAvailable,
  findCartKey,
  findOrderPage,
  findOrderVersion,
  findPlacedByKey,
  findQuote,
  findReceipt,
  findWalletBalance,
  listBuyerOrders,
  listOpenOrders,
  listTopUps,
  listWalletLines,
  requireOrderOfBuyer,
} from '@/lib/queries/order'
import { aCoupon } from '@/tests/support/coupons'
import { databaseUrl, db } from '@/tests/support/database'
import {
  type AnOrder,
  NOW,
  aBuyer,
  aBuyerWithWallet,
  aCapture,
  aCart,
  aDeliveredOrder,
  aListing,
  aPlacedOrder,
  aPurchase,
  pay,
  run,
  topUp,
  vault,
} from '@/tests/support/factories'
import { PocketProvider } from '@/tests/support/pocket-provider'

const statements: string[] = []
const counted = createDb(databaseUrl, { onQuery: (statement) => statements.push(statement) })
afterAll(() => counted.$disconnect())

async function counting<T>(work: (tx: Tx) => Promise<T>): Promise<{ result: T; sent: number }> {
  statements.length = 0
  const result = await work(counted)
  return { result, sent: statements.length }
}

const guest = (...checkoutIds: string[]) => ({ userId: null, checkoutIds })
const BUYER = { kind: 'BUYER', id: null } as const
const MERCHANT = { kind: 'MERCHANT', id: null } as const

const bank = new PocketProvider()
const providers = () => bank

/** Refunds an order, all of it unless said otherwise, and says which legs that opened. */
async function refund(
  { orderId }: Pick<AnOrder, 'orderId'>,
  wanted: Parameters<typeof refundOrder>[1]['wanted'] = { all: true },
) {
  await run((tx) => refundOrder(tx, { orderId, wanted, reason: 'merchant' }, MERCHANT, NOW))
  return db.refund.findMany({ where: { orderId }, orderBy: { id: 'asc' } })
}

async function settle(refundId: string | undefined): Promise<void> {
  await settleRefund(run, providers, refundId ?? '', NOW)
}

async function aUser(): Promise<string> {
  const id = newId()
  await db.user.create({
    data: { id, email: `${id}@example.com`, passwordHash: 'x', role: 'BUYER', displayName: 'b', createdAt: NOW },
  })
  return id
}

test('reads an order page with its money in two statements, four with the header and who is signed in', async () => {
  const order = await aDeliveredOrder({ quantity: 3 })
  const { result: page, sent } = await counting((tx) => findOrderPage(tx, guest(order.checkoutId), order.number))
  expect(sent).toBe(2)
  expect(page).toMatchObject({
    status: 'DELIVERED',
    quantity: 3,
    guest: true,
    money: { buyerMinor: 0, heldMinor: 3_000, merchantMinor: 0 },
  })
  expect(page?.cdks).toHaveLength(3)
  expect(page?.timeline.map(({ type }) => type)).toEqual(['place', 'deliver'])
  expect(JSON.stringify(page)).not.toMatch(/ciphertext|fingerprint|passcode/iu)
})

test('does not know an order outside the scope', async () => {
  const mine = await aDeliveredOrder()
  const other = await aDeliveredOrder()
  for (const scope of [guest(), guest(mine.checkoutId), { userId: await aUser(), checkoutIds: [] }]) {
    expect(await findOrderPage(db, scope, other.number)).toBeNull()
    expect(await findOrderVersion(db, scope, other.number)).toBeNull()
    await expect(requireOrderOfBuyer(db, scope, other.number)).rejects.toMatchObject({ code: 'access/not-found' })
  }
})

const NOTHING = { buyerMinor: 0, heldMinor: 0, merchantMinor: 0, feeMinor: 0, refundingMinor: 0, promoMinor: 0 }

async function moneyOf({ checkoutId, number }: { checkoutId: string; number: string }) {
  const page = await findOrderPage(db, guest(checkoutId), number)
  const { refunds, ...sums } = page?.money ?? { refunds: [] }
  return { sums, refunds }
}

test('the money of an order follows the ledger through every ending', async () => {
  const unpaid = await aPlacedOrder()
  expect((await moneyOf(unpaid)).sums).toEqual({ ...NOTHING, buyerMinor: 1_000 })

  const confirmed = await aDeliveredOrder()
  await run((tx) => confirmOrder(tx, confirmed.orderId, BUYER, NOW))
  expect((await moneyOf(confirmed)).sums).toEqual({ ...NOTHING, merchantMinor: 970, feeMinor: 30 })
  await refund(confirmed, { amountMinor: 400 })
  expect((await moneyOf(confirmed)).sums).toEqual({ ...NOTHING, merchantMinor: 582, feeMinor: 18, refundingMinor: 400 })

  const refunded = await aDeliveredOrder()
  const [leg] = await refund(refunded)
  expect((await moneyOf(refunded)).sums).toEqual({ ...NOTHING, refundingMinor: 1_000 })
  await settle(leg?.id)
  expect((await moneyOf(refunded)).sums).toEqual({ ...NOTHING, buyerMinor: 1_000 })

  const disputed = await aDeliveredOrder()
  const to = disputedOf(newId(), 'CNY')
  const charge = { amountMinor: 1_000, to, key: `dispute:${newId()}`, reason: 'fraudulent' }
  const taken = {
    key: `taken:${newId()}`,
    code: 'dispute',
    from: to,
    to: providerClearing('sandbox', 'CNY'),
    amountMinor: 1_000,
  }
  await run(async (tx) => {
    await postTransfers(tx, [taken], NOW)
    await chargeOrder(tx, disputed.orderId, charge, NOW)
  })
  const charged = await moneyOf(disputed)
  expect(charged.sums).toEqual({ ...NOTHING, buyerMinor: 1_000 })
  expect(charged.refunds).toMatchObject([{ kind: 'chargeback', amountMinor: 1_000, status: 'SUCCEEDED' }])
})

test('money that the order could not take is told with its kind, and is none of the sums unless it is all there is', async () => {
  const twice = await aDeliveredOrder()
  const second = await aCapture(twice.checkoutId)
  await run((tx) => recordPayment(tx, twice.checkoutId, second, NOW))
  const { sums, refunds } = await moneyOf(twice)
  expect(sums).toEqual({ ...NOTHING, heldMinor: 1_000 })
  expect(refunds).toMatchObject([{ kind: 'duplicate', amountMinor: 1_000, method: 'PROVIDER', status: 'PENDING' }])

  const strayed = await aPlacedOrder()
  await run((tx) => cancelCheckout(tx, strayed.checkoutId, BUYER, NOW))
  const late = await aCapture(strayed.checkoutId)
  await run((tx) => recordPayment(tx, strayed.checkoutId, late, NOW))
  const stray = await moneyOf(strayed)
  expect(stray.sums).toEqual({ ...NOTHING, refundingMinor: 1_000 })
  expect(stray.refunds).toMatchObject([{ kind: 'late', amountMinor: 1_000 }])

  const short = await aPlacedOrder()
  const less = await aCapture(short.checkoutId, { amountMinor: 900 })
  await run((tx) => recordPayment(tx, short.checkoutId, less, NOW))
  const wrong = await moneyOf(short)
  expect(wrong.sums).toEqual({ ...NOTHING, buyerMinor: 1_000 })
  expect(wrong.refunds).toMatchObject([{ kind: 'mismatch', amountMinor: 900 }])
})

test("the wallet's part is held before the rest is paid, and goes back to the wallet", async () => {
  const buyer = await aBuyerWithWallet(1_000)
  const order = await aPlacedOrder({ quantity: 2, form: { ...buyer, walletMinor: 600 } })
  expect((await moneyOf(order)).sums).toEqual({ ...NOTHING, buyerMinor: 1_400, heldMinor: 600 })
  await pay(order.checkoutId)
  expect((await moneyOf(order)).sums).toEqual({ ...NOTHING, heldMinor: 2_000 })
  const legs = await refund(order, { amountMinor: 1_500 })
  const { sums, refunds } = await moneyOf(order)
  // Provider money first: 14.00 are on their way, 1.00 is back in the wallet.
  expect(sums).toEqual({ ...NOTHING, buyerMinor: 100, heldMinor: 500, refundingMinor: 1_400 })
  expect(refunds).toMatchObject([
    { kind: 'order', method: 'PROVIDER', amountMinor: 1_400, status: 'PENDING', reference: null },
    { kind: 'order', method: 'WALLET', amountMinor: 100, status: 'SUCCEEDED', reference: null },
  ])
  await settle(legs.find(({ method }) => method === 'PROVIDER')?.id)
  const settled = await moneyOf(order)
  expect(settled.sums).toEqual({ ...NOTHING, buyerMinor: 1_500, heldMinor: 500 })
  expect(settled.refunds[0]?.reference).toBe([...bank.refunds.values()].at(-1))

  const given = await aPlacedOrder({ form: { ...buyer, walletMinor: 300 } })
  await run((tx) => cancelCheckout(tx, given.checkoutId, BUYER, NOW))
  expect((await moneyOf(given)).sums).toEqual({ ...NOTHING, buyerMinor: 1_000 })
})

test("the platform's part of a coupon is held beside the buyer's money, and is none of what the buyer gets back", async () => {
  const { code } = await aCoupon({ amountMinor: 250 })
  const order = await aDeliveredOrder({ form: { couponCode: code, expectedTotalMinor: 750 } })
  expect((await moneyOf(order)).sums).toEqual({ ...NOTHING, heldMinor: 1_000, promoMinor: 250 })
  await refund(order)
  expect((await moneyOf(order)).sums).toEqual({ ...NOTHING, refundingMinor: 750 })
})

test('one payment of several orders: each page names its siblings and what the provider is asked for', async () => {
  const listings = [await aListing(), await aListing({ priceMinor: 500 })]
  const buyer = await aBuyerWithWallet(1_000)
  const form = aCart(
    listings.map((listing) => [listing, 1] as const),
    { ...buyer, walletMinor: 200 },
  )
  const { checkoutId, orders } = await run((tx) => placeCheckout(tx, form, NOW))
  const [first, second] = orders.map(({ number }) => number)
  const page = await findOrderPage(db, { userId: buyer.buyerId, checkoutIds: [] }, first ?? '')
  expect(page).toMatchObject({
    checkoutTotalMinor: 1_500,
    checkoutDueMinor: 1_300,
    totalMinor: 1_000,
    walletMinor: 200,
  })
  expect(page?.siblings).toMatchObject([{ number: second, status: 'AWAITING_PAYMENT', totalMinor: 500, quantity: 1 }])
  expect(await listOpenOrders(db, { userId: buyer.buyerId, checkoutIds: [] }, NOW)).toMatchObject([
    { number: first, orders: 2 },
  ])
  // A second capture stands on one of them and is told on both.
  await pay(checkoutId)
  const again = await aCapture(checkoutId)
  await run((tx) => recordPayment(tx, checkoutId, again, NOW))
  for (const number of [first, second]) {
    expect((await moneyOf({ checkoutId, number: number ?? '' })).refunds).toMatchObject([
      { kind: 'duplicate', amountMinor: 1_300 },
    ])
  }
})

test('CDKs that were refunded stay on the page, marked, and a dispute is told', async () => {
  const order = await aDeliveredOrder({ quantity: 3 })
  const scope = guest(order.checkoutId)
  const cdks = (await findOrderPage(db, scope, order.number))?.cdks ?? []
  await run((tx) =>
    revealCdks(tx, vault, { orderId: order.orderId, cdkId: cdks[0]?.id ?? '', consent: true }, BUYER, NOW),
  )
  await refund(order, { cdkIds: cdks.slice(0, 2).map(({ id }) => id) })
  const page = await findOrderPage(db, scope, order.number)
  expect(page?.cdks.map(({ refunded, revealedAt }) => [refunded, revealedAt])).toEqual([
    [true, NOW],
    [true, null],
    [false, null],
  ])
  expect(page?.money.refunds).toMatchObject([{ units: 2, amountMinor: 2_000 }])
  // Back in stock, sold again and looked at by somebody else: none of this buyer's business.
  await aDeliveredOrder({ listing: order, quantity: 3 })
  await db.cdk.updateMany({ where: { id: cdks[1]?.id ?? '' }, data: { revealedAt: NOW } })
  expect((await findOrderPage(db, scope, order.number))?.cdks[1]?.revealedAt).toBeNull()
  await run((tx) => freezeOrder(tx, order.orderId, { disputeId: newId() }, NOW))
  expect(await findOrderPage(db, scope, order.number)).toMatchObject({ frozenAt: NOW, dueAt: null })
})

test('the version changes with status, events and how far refunds are, and is one statement', async () => {
  const order = await aPlacedOrder()
  const scope = guest(order.checkoutId)
  const seen = new Set<string | null>()
  const look = async () => {
    const { result, sent } = await counting((tx) => findOrderVersion(tx, scope, order.number))
    expect(sent).toBe(1)
    const page = await findOrderPage(db, scope, order.number)
    expect(page?.version).toBe(result)
    seen.add(result)
  }
  await look()
  await pay(order.checkoutId)
  await look()
  await run((tx) => revealCdks(tx, vault, { orderId: order.orderId, consent: true }, BUYER, NOW))
  await look()
  const [leg] = await refund(order)
  await look()
  bank.refundsBecome = 'pending'
  await settle(leg?.id)
  bank.refundsBecome = 'succeeded'
  await look()
  await db.refund.update({ where: { id: leg?.id ?? '' }, data: { status: 'FAILED', dueAt: null } })
  await look()
  expect(seen.size).toBe(6)
})

test("lists an account's orders, newest first, in one statement whatever their number", async () => {
  const buyerId = await aUser()
  const listing = await aListing({ stock: 30 })
  for (let n = 0; n < 22; n++) {
    const purchase = aPurchase(listing, { buyerId, passcodeHash: null })
    await run((tx) => placeCheckout(tx, purchase, after(NOW, n)))
  }
  await aPlacedOrder({ listing })
  const { result: first, sent } = await counting((tx) => listBuyerOrders(tx, buyerId, 1))
  expect(sent).toBe(1)
  expect(first.rows).toHaveLength(20)
  expect(first.pages).toBe(2)
  expect(first.rows[0]?.placedAt).toEqual(after(NOW, 21))
  const { rows: rest } = await listBuyerOrders(db, buyerId, 2)
  expect(rest).toHaveLength(2)
})

test("a checkout page's quote leaves out a coupon that cannot be used and says why", async () => {
  const listing = await aListing({ stock: 105 })
  const lines = [{ variantId: listing.variantId, quantity: 10 }]
  const { code } = await aCoupon({ amountMinor: 500, minimumMinor: 9_001 })
  const asked = { lines, couponCode: code, buyerKey: null }
  const short = await findQuote(db, asked, NOW)
  expect(short.couponRefusal).toMatchObject({ code: 'coupon/minimum' })
  expect(short.quote).toMatchObject({ coupon: null, totalMinor: 9_000 })
  const more = await findQuote(db, { ...asked, lines: [{ variantId: listing.variantId, quantity: 11 }] }, NOW)
  expect(more.couponRefusal).toBeNull()
  expect(more.quote).toMatchObject({ coupon: { code }, discountMinor: 500, totalMinor: 9_400 })
  const { result: available, sent } = await counting((tx) => findAvailable(tx, listing.variantId, NOW))
  expect([available, sent]).toEqual([100, 1])
  await db.merchant.update({ where: { id: listing.merchantId }, data: { status: 'SUSPENDED' } })
  await expect(findQuote(db, asked, NOW)).rejects.toMatchObject({ code: 'catalog/not-for-sale' })
})

test("a submit's key leads its own buyer, and nobody else, back to the first order", async () => {
  const purchase = aCart([
    [await aListing(), 1],
    [await aListing(), 1],
  ])
  const placed = await run((tx) => placeCheckout(tx, purchase, NOW))
  const { idempotencyKey } = purchase
  expect(await findPlacedByKey(db, guest(placed.checkoutId), idempotencyKey)).toBe(placed.orders[0]?.number)
  expect(await findPlacedByKey(db, guest(), idempotencyKey)).toBeNull()
})

test("a cart's key is the same for all who look at it, until it changes, and nobody else's", async () => {
  const buyer = await aBuyer()
  const { variantId } = await aListing()
  const own = { cartId: null, userId: buyer.buyerId }
  expect(await findCartKey(db, own)).toBeNull()
  const cartId = await run((tx) => putInCart(tx, own, { variantId, quantity: 1 }, NOW))
  const cart = { cartId, userId: buyer.buyerId }
  const key = await findCartKey(db, cart)
  expect(key).toMatch(/^[0-9a-f-]{36}$/u)
  expect(await findCartKey(db, cart)).toBe(key)
  expect(await findCartKey(db, { cartId, userId: null })).toBeNull()
  await run((tx) => putInCart(tx, cart, { variantId, quantity: 1 }, NOW))
  expect(await findCartKey(db, cart)).not.toBe(key)
})

test("a wallet page shows the buyer's own balance, lines and top-ups, each in one statement", async () => {
  const buyer = await aBuyerWithWallet(2_000)
  await aBuyerWithWallet(9_000)
  const { number } = await aPlacedOrder({ form: { ...buyer, walletMinor: 700 } })
  const twice = await topUp(buyer, 300)
  const again = await aCapture(twice)
  await run((tx) => recordPayment(tx, twice, again, NOW))
  const balance = await counting((tx) => findWalletBalance(tx, buyer.buyerId))
  expect([balance.result, balance.sent]).toEqual([1_600, 1])
  const lines = await counting((tx) => listWalletLines(tx, buyer.buyerId, 1))
  expect(lines.sent).toBe(1)
  expect(lines.result.rows.map(({ code, amountMinor, orderNumber }) => [code, amountMinor, orderNumber])).toEqual([
    ['top-up', 300, null],
    ['wallet-pay', -700, number],
    ['top-up', 2_000, null],
  ])
  const topUps = await counting((tx) => listTopUps(tx, buyer.buyerId, NOW))
  expect(topUps.sent).toBe(1)
  expect(topUps.result).toMatchObject([
    { id: twice, amountMinor: 300, paid: true, refunds: [{ amountMinor: 300, status: 'PENDING' }] },
    { amountMinor: 2_000, paid: true, refunds: [] },
  ])
  expect(await findWalletBalance(db, newId())).toBe(0)
})

test('a receipt names the wholesale tier that made the price, and none where there was none', async () => {
  const scopeOf = (checkoutId: string) => ({ userId: null, checkoutIds: [checkoutId] })
  for (const [quantity, unitPriceMinor, tierFrom] of [
    [10, 900, 10],
    [1, 1_000, null],
  ] as const) {
    const order = await aPlacedOrder({ quantity, listing: await aListing({ stock: quantity }) })
    await pay(order.checkoutId)
    const receipt = await findReceipt(db, scopeOf(order.checkoutId), order.number, { locale: 'en', now: NOW })
    expect(receipt).toMatchObject({ quantity, unitPriceMinor, tierFrom })
  }
})

test('a receipt says what was paid how, and what went back; to the buyer alone, once it is paid', async () => {
  const { code } = await aCoupon({ amountMinor: 500 })
  const buyer = await aBuyerWithWallet(400)
  const unpaid = await aPlacedOrder({
    quantity: 3,
    form: { ...buyer, walletMinor: 400, couponCode: code, expectedTotalMinor: 2_500 },
  })
  const scope = { userId: buyer.buyerId, checkoutIds: [] }
  const read = async (of = scope) => findReceipt(db, of, unpaid.number, { locale: 'en', now: NOW })
  expect(await read()).toBeNull()
  await pay(unpaid.checkoutId)
  const { captureRef } = await db.payment.findFirstOrThrow({ where: { checkoutId: unpaid.checkoutId } })
  expect(await read()).toMatchObject({
    title: 'Starsea 100 points',
    quantity: 3,
    unitPriceMinor: 1_000,
    discountMinor: 500,
    promoMinor: 500,
    coupon: code,
    totalMinor: 2_500,
    walletMinor: 400,
    payment: { provider: 'sandbox', reference: captureRef },
    seller: { legalName: '杭州清风数码科技有限公司' },
    refunds: [],
  })
  expect(await read({ userId: (await aBuyer()).buyerId, checkoutIds: [] })).toBeNull()
  await refund(unpaid, { amountMinor: 2_300 })
  const receipt = await read()
  expect(receipt?.refunds).toMatchObject([
    { method: 'PROVIDER', amountMinor: 2_100, status: 'PENDING' },
    { method: 'WALLET', amountMinor: 200, status: 'SUCCEEDED' },
  ])
  const paper = receipt && (await renderReceipt(receipt, 'en'))
  expect(
    Buffer.from(paper ?? [])
      .subarray(0, 5)
      .toString(),
  ).toBe('%PDF-')

  const byWallet = await aPlacedOrder({ form: { ...(await aBuyerWithWallet(1_000)), walletMinor: 1_000 } })
  expect(await findReceipt(db, guest(byWallet.checkoutId), byWallet.number, { locale: 'en', now: NOW })).toMatchObject({
    payment: null,
    walletMinor: 1_000,
  })
})

test('three unpaid orders are enough: by e-mail, by browser, and not once they are closed', async () => {
  const listing = await aListing({ stock: 20 })
  const orders = []
  for (let n = 0; n < 3; n++) orders.push(await aPlacedOrder({ listing }))
  const [first] = orders
  const attempt = (changes: object, at = NOW) =>
    run((tx) =>
      requireFewOpenOrders(
        tx,
        { buyerId: null, email: 'somebody-else@example.com', checkoutIds: [], idempotencyKey: newId(), ...changes },
        at,
      ),
    )

  const refusal = { code: 'order/too-many-open', params: { most: 3 } }
  await expect(attempt({ checkoutIds: orders.map(({ checkoutId }) => checkoutId) })).rejects.toMatchObject(refusal)
  await db.checkout.updateMany({
    where: { id: { in: orders.map(({ checkoutId }) => checkoutId) } },
    data: { email: 'hoarder@example.com' },
  })
  await expect(attempt({ email: 'hoarder@example.com' })).rejects.toMatchObject(refusal)
  await attempt({})

  const { idempotencyKey } = await db.checkout.findUniqueOrThrow({ where: { id: first?.checkoutId ?? '' } })
  await attempt({ email: 'hoarder@example.com', idempotencyKey })
  await attempt({ email: 'hoarder@example.com' }, after(NOW, HOUR_MS))
  await run((tx) => expireCheckout(tx, first?.checkoutId ?? '', SYSTEM, after(NOW, HOUR_MS)))
  await attempt({ email: 'hoarder@example.com' })
  expect(await listOpenOrders(db, guest(...orders.map(({ checkoutId }) => checkoutId)), NOW)).toHaveLength(2)
})
