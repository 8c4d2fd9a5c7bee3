import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { createUser } from '@/lib/domain/accounts'
import { MOST_OPEN_ORDERS, placeCheckout, requireFewOpenOrders } from '@/lib/domain/orders'
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
      await requireFewOpenOrders(
        tx,
        { buyerId: null, email, checkoutIds: [], idempotencyKey: purchase.idempotencyKey },
        NOW,
      )
      return placeCheckout(tx, purchase, NOW)
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
      await requireFewOpenOrders(
        tx,
        { buyerId: null, email, checkoutIds: [], idempotencyKey: purchase.idempotencyKey },
        NOW,
      )
      return placeCheckout(tx, purchase, NOW)
    }
  for (let n = 1; n < MOST_OPEN_ORDERS; n++) await run(place())
  const same = aPurchase(listing, { email })
  const [first, second] = await race(place(same), place(same))
  expect(first).toMatchObject({ status: 'fulfilled', value: { replayed: false } })
  expect(second).toMatchObject({ status: 'fulfilled', value: { replayed: true } })
})

test('what guests do under the e-mail of an account does not keep the account from buying', async () => {
  const listing = await aListing({ stock: 10 })
  const email = `${randomUUID()}@example.com`
  const buyerId = await run((tx) =>
    createUser(tx, { email, passwordHash: 'x', displayName: 'A buyer', role: 'BUYER', merchantId: null }, NOW),
  )
  const attempt = async (who: string | null) =>
    run((tx) => requireFewOpenOrders(tx, { buyerId: who, email, checkoutIds: [], idempotencyKey: randomUUID() }, NOW))
  const refused = { code: 'order/too-many-open' }

  for (let n = 0; n < MOST_OPEN_ORDERS; n++) await run((tx) => placeCheckout(tx, aPurchase(listing, { email }), NOW))
  await attempt(buyerId)
  await expect(attempt(null)).rejects.toMatchObject(refused)

  const own = { email, buyerId, passcodeHash: null }
  for (let n = 0; n < MOST_OPEN_ORDERS; n++) await run((tx) => placeCheckout(tx, aPurchase(listing, own), NOW))
  await expect(attempt(buyerId)).rejects.toMatchObject(refused)
})
