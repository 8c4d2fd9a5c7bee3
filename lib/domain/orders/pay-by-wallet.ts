import { postTransfers, promoPosting } from '@/lib/domain/ledger'
import type { Tx } from '@/lib/domain/tx'
import { newId } from '@/lib/kernel/ids'
import { invariant } from '@/lib/kernel/invariant'
import { deliverOrder } from './deliver-order'
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
  await insertPayment(tx, { id: newId(), checkoutId, provider: WALLET, use: 'APPLIED' }, capture, now)
  for (const order of orders) {
    invariant(await deliverOrder(tx, order, now), `order ${order.id} was placed just now and cannot be delivered`)
  }
  await postTransfers(tx, orders.map(promoPosting), now)
}
