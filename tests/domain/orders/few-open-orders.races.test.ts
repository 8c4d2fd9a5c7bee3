import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { MOST_OPEN_ORDERS, placeOrder, requireFewOpenOrders } from '@/lib/domain/orders'
import type { Tx } from '@/lib/domain/tx'
import { db } from '@/tests/support/database'
import { NOW, aListing, aPurchase, run } from '@/tests/support/factories'
import { race } from '@/tests/support/race'

test('two submits of one e-mail at once cannot both take the last open place', async () => {
  const listing = await aListing({ stock: 10 })
  const email = `${randomUUID()}@example.com`
  const place =
    (purchase = aPurchase(listing, { email })) =>
    async (tx: Tx) => {
      await requireFewOpenOrders(tx, { email, checkoutIds: [], idempotencyKey: purchase.idempotencyKey }, NOW)
      return placeOrder(tx, purchase, NOW)
    }
  for (let n = 1; n < MOST_OPEN_ORDERS; n++) await run(place())
  const [first, second] = await race(place(), place())
  expect(first.status).toBe('fulfilled')
  expect(second).toMatchObject({ status: 'rejected', reason: { code: 'order/too-many-open' } })
  expect(await db.order.count({ where: { checkout: { email } } })).toBe(MOST_OPEN_ORDERS)
})

test('the same submit twice at once is one order, also in the last open place', async () => {
  const listing = await aListing({ stock: 10 })
  const email = `${randomUUID()}@example.com`
  const place =
    (purchase = aPurchase(listing, { email })) =>
    async (tx: Tx) => {
      await requireFewOpenOrders(tx, { email, checkoutIds: [], idempotencyKey: purchase.idempotencyKey }, NOW)
      return placeOrder(tx, purchase, NOW)
    }
  for (let n = 1; n < MOST_OPEN_ORDERS; n++) await run(place())
  const same = aPurchase(listing, { email })
  const [first, second] = await race(place(same), place(same))
  expect(first).toMatchObject({ status: 'fulfilled', value: { replayed: false } })
  expect(second).toMatchObject({ status: 'fulfilled', value: { replayed: true } })
})
