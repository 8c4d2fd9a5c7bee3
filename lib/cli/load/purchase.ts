import { randomUUID } from 'node:crypto'
import { confirmOrder, placeCheckout, recordPayment } from '@/lib/domain/orders'
import { newId } from '@/lib/kernel/ids'
import { type Db, inTransaction } from '@/lib/infra/db'
import type { Stall } from './market'

const BUYER = { kind: 'BUYER', id: null } as const

/** One life of an order: placed, paid, delivered, confirmed; four transactions' worth of rules, no web in between. */
export async function purchase(db: Db, stall: Stall, now: Date): Promise<void> {
  for (const id of await buy(db, stall, now)) await inTransaction(db, (tx) => confirmOrder(tx, id, BUYER, now))
}

/** A checkout placed and paid, its CDK delivered; returns the ids of its orders. */
export async function buy(db: Db, { variantId, priceMinor }: Stall, now: Date): Promise<string[]> {
  const { checkoutId, orders } = await inTransaction(db, (tx) =>
    placeCheckout(
      tx,
      {
        idempotencyKey: randomUUID(),
        lines: [{ variantId, quantity: 1 }],
        couponCode: null,
        expectedTotalMinor: priceMinor,
        walletMinor: 0,
        buyerId: null,
        email: 'load@example.com',
        passcodeHash: 'nobody looks this up',
        locale: 'zh-CN',
        provider: 'sandbox',
      },
      now,
    ),
  )
  const capture = { captureRef: newId(), amountMinor: priceMinor, currency: 'CNY', capturedAt: now }
  await inTransaction(db, (tx) => recordPayment(tx, checkoutId, capture, now))
  return orders.map(({ id }) => id)
}
