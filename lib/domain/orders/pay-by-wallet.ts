import { postTransfers, promoPosting } from '@/lib/domain/ledger'
import type { Tx } from '@/lib/domain/tx'
import { newId } from '@/lib/kernel/ids'
import { Refusal } from '@/lib/kernel/refusal'
import { deliveredNumbers, serveOrder } from './serve-order'
import { WALLET } from './insert-checkout'
import { insertPayment } from './insert-payment'
import { lockCheckout } from './lock-checkout'

/**
 * The wallet has paid for everything (its money stands in the orders' escrow already): the payment as a fact, and the
 * CDKs delivered, in the transaction that placed the checkout.
 */
export async function payByWallet(tx: Tx, checkoutId: string, now: Date): Promise<void> {
  const { orders, checkoutTotalMinor: amountMinor, checkoutCurrency: currency } = await lockCheckout(tx, checkoutId)
  const capture = { captureRef: checkoutId, amountMinor, currency, capturedAt: now }
  const delivers = deliveredNumbers(orders)
  await insertPayment(tx, { id: newId(), checkoutId, provider: WALLET, use: 'APPLIED', delivers }, capture, now)
  for (const order of orders) {
    // Only a freeze in this very moment comes between; the whole submit is rolled back.
    if (!(await serveOrder(tx, order, now))) throw new Refusal('stock/sold-out')
  }
  await postTransfers(tx, orders.map(promoPosting), now)
}
