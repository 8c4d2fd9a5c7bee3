import { afterAll, expect, test } from 'vitest'
import {
  cancelOrder,
  confirmOrder,
  expireOrder,
  recordPayment,
  refundOrder,
  requireFewOpenOrders,
  revealCdks,
  SYSTEM,
} from '@/lib/domain/orders'
import { settleRefund } from '@/lib/domain/payments'
import type { Tx } from '@/lib/domain/tx'
import { createDb } from '@/lib/infra/db'
import { newId } from '@/lib/kernel/ids'
import { HOUR_MS, after } from '@/lib/kernel/time'
import {
  findCheckoutOffer,
  findOrderPage,
  findOrderVersion,
  findPlacedByKey,
  listBuyerOrders,
  listOpenOrders,
  requireOrderOfBuyer,
} from '@/lib/queries/order'
import { databaseUrl, db } from '@/tests/support/database'
import {
  NOW,
  aCapture,
  aDeliveredOrder,
  aListing,
  aPlacedOrder,
  aPurchase,
  run,
  vault,
} from '@/tests/support/factories'
import { placeOrder } from '@/lib/domain/orders'

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

const refunding = {
  name: 'sandbox',
  refund: async ({ refundId }: { refundId: string }) => Promise.resolve({ refundRef: `r-${refundId}` }),
  openPayment: () => Promise.reject(new Error('not asked for')),
  fetchPayment: () => Promise.reject(new Error('not asked for')),
  parseEvent: () => ({ ok: false, why: 'malformed' }) as const,
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

test('the money of an order follows the ledger through every ending', async () => {
  const moneyOf = async ({ checkoutId, number }: { checkoutId: string; number: string }) => {
    const page = await findOrderPage(db, guest(checkoutId), number)
    const { refunds: _, ...sums } = page?.money ?? { refunds: [] }
    return sums
  }
  const nothing = { buyerMinor: 0, heldMinor: 0, merchantMinor: 0, feeMinor: 0, refundingMinor: 0 }

  const unpaid = await aPlacedOrder()
  expect(await moneyOf(unpaid)).toEqual({ ...nothing, buyerMinor: 1_000 })

  const confirmed = await aDeliveredOrder()
  await run((tx) => confirmOrder(tx, confirmed.orderId, BUYER, NOW))
  expect(await moneyOf(confirmed)).toEqual({ ...nothing, merchantMinor: 970, feeMinor: 30 })

  const refunded = await aDeliveredOrder()
  const refundId = await run((tx) => refundOrder(tx, refunded.orderId, MERCHANT, 'merchant', NOW))
  expect(await moneyOf(refunded)).toEqual({ ...nothing, refundingMinor: 1_000 })
  await settleRefund(run, refunding, refundId, NOW)
  expect(await moneyOf(refunded)).toEqual({ ...nothing, buyerMinor: 1_000 })

  const twice = await aDeliveredOrder()
  const second = await aCapture(twice.checkoutId)
  await run((tx) => recordPayment(tx, twice.checkoutId, second, NOW))
  expect(await moneyOf(twice)).toEqual({ ...nothing, heldMinor: 1_000 })
  const page = await findOrderPage(db, guest(twice.checkoutId), twice.number)
  expect(page?.money.refunds).toMatchObject([{ use: 'DUPLICATE', amountMinor: 1_000, settled: false }])

  const strayed = await aPlacedOrder()
  await run((tx) => cancelOrder(tx, strayed.orderId, BUYER, NOW))
  const late = await aCapture(strayed.checkoutId)
  await run((tx) => recordPayment(tx, strayed.checkoutId, late, NOW))
  expect(await moneyOf(strayed)).toEqual({ ...nothing, refundingMinor: 1_000 })
})

test('the version changes with status, events and settled refunds, and is one statement', async () => {
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
  const capture = await aCapture(order.checkoutId)
  await run((tx) => recordPayment(tx, order.checkoutId, capture, NOW))
  await look()
  await run((tx) => revealCdks(tx, vault, { orderId: order.orderId, consent: true }, BUYER, NOW))
  await look()
  const refundId = await run((tx) => refundOrder(tx, order.orderId, MERCHANT, 'merchant', NOW))
  await look()
  await settleRefund(run, refunding, refundId, NOW)
  await look()
  expect(seen.size).toBe(5)
})

test("lists an account's orders, newest first, in one statement whatever their number", async () => {
  const buyerId = await aUser()
  const listing = await aListing({ stock: 30 })
  for (let n = 0; n < 22; n++) {
    const purchase = aPurchase(listing, { buyerId, passcodeHash: null })
    await run((tx) => placeOrder(tx, purchase, after(NOW, n)))
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

test("a checkout page counts stock up to one order's maximum, in two statements", async () => {
  const listing = await aListing({ stock: 105 })
  const { result: offer, sent } = await counting((tx) => findCheckoutOffer(tx, listing.variantId))
  expect(sent).toBe(2)
  expect(offer).toMatchObject({ available: 100, priceMinor: 1_000 })
  await db.merchant.update({ where: { id: listing.merchantId }, data: { status: 'SUSPENDED' } })
  expect(await findCheckoutOffer(db, listing.variantId)).toBeNull()
})

test("a submit's key leads its own buyer, and nobody else, back to the order", async () => {
  const listing = await aListing()
  const purchase = aPurchase(listing)
  const placed = await run((tx) => placeOrder(tx, purchase, NOW))
  expect(await findPlacedByKey(db, guest(placed.checkoutId), purchase.idempotencyKey)).toBe(placed.number)
  expect(await findPlacedByKey(db, guest(), purchase.idempotencyKey)).toBeNull()
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
  await run((tx) => expireOrder(tx, first?.orderId ?? '', SYSTEM, after(NOW, HOUR_MS)))
  await attempt({ email: 'hoarder@example.com' })
  expect(await listOpenOrders(db, guest(...orders.map(({ checkoutId }) => checkoutId)), NOW)).toHaveLength(2)
})
