import { randomUUID } from 'node:crypto'
import { afterAll, expect, test } from 'vitest'
import { SYSTEM, expireCheckout, placeCheckout, recordPayment } from '@/lib/domain/orders'
import { createDb, inTransaction } from '@/lib/infra/db'
import { MINUTE_MS, after } from '@/lib/kernel/time'
import { databaseUrl } from '@/tests/support/database'
import {
  NOW,
  aBuyerWithWallet,
  aCapture,
  aCart,
  aListing,
  aPlacedOrder,
  aPurchase,
  run,
} from '@/tests/support/factories'

const statements: string[] = []
const counted = createDb(databaseUrl, { onQuery: (statement) => statements.push(statement) })
afterAll(() => counted.$disconnect())

/** What `work` sends to the database, BEGIN and COMMIT included. */
async function statementsOf(work: Parameters<typeof inTransaction>[1]): Promise<string[]> {
  statements.length = 0
  await inTransaction(counted, work)
  return [...statements]
}

// The budgets are the issue's: Vendure and Medusa send 217-221 statements per purchase.
test('placing an order takes at most 8 statements, BEGIN and COMMIT included', async () => {
  const listing = await aListing({ stock: 40 })
  const sent = await statementsOf((tx) =>
    placeCheckout(tx, aPurchase(listing, { quantity: 30, expectedTotalMinor: 27_000 }), NOW),
  )
  expect(sent.filter((statement) => /BEGIN|COMMIT/u.test(statement))).toHaveLength(2)
  expect(sent.length).toBeLessThanOrEqual(8)
})

test('a line more costs one statement, the wallet three to four, whatever it pays', async () => {
  const [one, two] = [await aListing(), await aListing()]
  const cart = aCart([
    [one, 1],
    [two, 1],
  ])
  expect((await statementsOf((tx) => placeCheckout(tx, cart, NOW))).length).toBeLessThanOrEqual(9)
  const buyer = await aBuyerWithWallet(2_000)
  const mixed = aPurchase(one, { ...buyer, walletMinor: 300 })
  expect((await statementsOf((tx) => placeCheckout(tx, mixed, NOW))).length).toBeLessThanOrEqual(10)
  const whole = aPurchase(two, { ...buyer, walletMinor: 1_000 })
  expect((await statementsOf((tx) => placeCheckout(tx, whole, NOW))).length).toBeLessThanOrEqual(14)
})

test('a payment with delivery takes at most 10, also when it comes late', async () => {
  const order = await aPlacedOrder()
  const capture = await aCapture(order.checkoutId)
  const sent = await statementsOf((tx) => recordPayment(tx, order.checkoutId, capture, NOW))
  expect(sent.length).toBeGreaterThan(4)
  expect(sent.length).toBeLessThanOrEqual(10)
  const late = await aPlacedOrder({ quantity: 5 })
  const end = after(NOW, 15 * MINUTE_MS)
  await run((tx) => expireCheckout(tx, late.checkoutId, SYSTEM, end))
  const lateCapture = await aCapture(late.checkoutId, { captureRef: randomUUID() })
  expect((await statementsOf((tx) => recordPayment(tx, late.checkoutId, lateCapture, end))).length).toBeLessThanOrEqual(
    10,
  )
})
