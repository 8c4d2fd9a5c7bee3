import { randomUUID } from 'node:crypto'
import { afterAll, expect, test } from 'vitest'
import { SYSTEM, expireOrder, placeOrder, recordPayment } from '@/lib/domain/orders'
import { createDb, inTransaction } from '@/lib/infra/db'
import { MINUTE_MS, after } from '@/lib/kernel/time'
import { databaseUrl } from '@/tests/support/database'
import { NOW, aCapture, aListing, aPlacedOrder, aPurchase, run } from '@/tests/support/factories'

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
    placeOrder(tx, aPurchase(listing, { quantity: 30, expectedTotalMinor: 27_000 }), NOW),
  )
  expect(sent.filter((statement) => /BEGIN|COMMIT/u.test(statement))).toHaveLength(2)
  expect(sent.length).toBeLessThanOrEqual(8)
})

test('a payment with delivery takes at most 10, also when it comes late', async () => {
  const order = await aPlacedOrder()
  const capture = await aCapture(order.checkoutId)
  const sent = await statementsOf((tx) => recordPayment(tx, order.checkoutId, capture, NOW))
  expect(sent.length).toBeGreaterThan(4)
  expect(sent.length).toBeLessThanOrEqual(10)
  const late = await aPlacedOrder({ quantity: 5 })
  const end = after(NOW, 15 * MINUTE_MS)
  await run((tx) => expireOrder(tx, late.orderId, SYSTEM, end))
  const lateCapture = await aCapture(late.checkoutId, { captureRef: randomUUID() })
  expect((await statementsOf((tx) => recordPayment(tx, late.checkoutId, lateCapture, end))).length).toBeLessThanOrEqual(
    10,
  )
})
