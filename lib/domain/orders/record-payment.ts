import { retakeCoupon, returnCoupon } from '@/lib/domain/coupons'
import {
  type CaptureMoney,
  capturePosting,
  lockBalances,
  payPostings,
  postTransfers,
  providerShare,
  walletOf,
  walletPosting,
} from '@/lib/domain/ledger'
import type { ProviderCapture } from '@/lib/domain/payments'
import type { Tx } from '@/lib/domain/tx'
import { newId } from '@/lib/kernel/ids'
import { invariant } from '@/lib/kernel/invariant'
import { deliveredNumbers, serveOrder } from './serve-order'
import { returnMoney } from './give-up'
import { insertPayment, isRecorded } from './insert-payment'
import { type LockedCheckout, type LockedOrder, lockCheckout } from './lock-checkout'
import { sendBack } from './send-back'

/** What became of a capture. */
export type PaymentOutcome = 'delivered' | 'topped-up' | 'known' | 'duplicate' | 'stray' | 'mismatch'

/**
 * Records one capture of a checkout, once, and delivers in the same transaction, so that "paid but not delivered" is no
 * state: capture -> escrow of each order, reserved CDKs -> buyer, inspection clock starts; a top-up goes to the wallet. An
 * expired order claims CDKs, wallet and coupon anew. Money that no order can take is refunded in full by itself: a second
 * capture, one of another amount or currency than asked for, one for cancelled orders, or the share of those orders of
 * the checkout that cannot be served any more. Of an order paid in time whose CDKs may not be delivered any more the wallet's part and
 * the coupon return as well.
 *
 * The checkout's row is taken first: captures of one checkout, also the same callback twice at once, come one after the
 * other. Refuses `payment/unknown`.
 */
export async function recordPayment(
  tx: Tx,
  checkoutId: string,
  capture: ProviderCapture,
  now: Date,
): Promise<PaymentOutcome> {
  const checkout = await lockCheckout(tx, checkoutId)
  const { provider } = checkout
  // A statement of its own, after the lock: inside the locking statement it would see what was there before the wait.
  if (await isRecorded(tx, provider, capture.captureRef)) return 'known'
  const money: CaptureMoney = {
    paymentId: newId(),
    provider,
    captureRef: capture.captureRef,
    currency: capture.currency,
  }
  const dueMinor = checkout.checkoutTotalMinor - checkout.checkoutWalletMinor
  if (capture.amountMinor !== dueMinor || capture.currency !== checkout.checkoutCurrency) {
    return park(tx, checkout, money, capture, 'MISMATCH', now)
  }
  if (checkout.paidPaymentId !== null) return park(tx, checkout, money, capture, 'DUPLICATE', now)
  if (checkout.purpose === 'TOP_UP') return topUp(tx, checkout, money, capture, now)
  const served = await serveOrders(tx, checkout, now)
  if (served.length === 0) return park(tx, checkout, money, capture, 'STRAY', now)
  const delivers = deliveredNumbers(served)
  const payment = { id: money.paymentId, checkoutId, provider, use: 'APPLIED' as const, delivers }
  await insertPayment(tx, payment, capture, now)
  const unserved = checkout.orders.filter((order) => !served.includes(order) && providerShare(order) > 0)
  const taken = served.flatMap((order) => payPostings(order, money))
  await sendBack(tx, money, 'late-payment', unserved.map(partOf), now, taken)
  return 'delivered'
}

/** Delivers what can be delivered. Late: the coupon and the wallet are asked again, in this order. */
async function serveOrders(tx: Tx, checkout: LockedCheckout, now: Date): Promise<LockedOrder[]> {
  const late = checkout.orders.some(({ status }) => status === 'EXPIRED')
  const discounted = late && checkout.hasCoupon ? await retakeCoupon(tx, checkout.checkoutId, now) : true
  const wallet = late ? await lateWallet(tx, checkout) : null
  const served: LockedOrder[] = []
  for (const order of checkout.orders) {
    const again = order.status === 'EXPIRED'
    if (again && !discounted && order.discountMinor > 0) continue
    if (again && wallet && order.walletMinor > wallet.leftMinor) continue
    if (!(await serveOrder(tx, order, now))) continue
    served.push(order)
    if (again && wallet && order.walletMinor > 0) {
      wallet.leftMinor -= order.walletMinor
      await postTransfers(tx, [walletPosting(order, wallet.userId, true)], now)
    }
  }
  const fallen = checkout.orders.filter((order) => order.status === 'AWAITING_PAYMENT' && !served.includes(order))
  const used = served.some(({ discountMinor }) => discountMinor > 0)
  if ((late || fallen.length > 0) && checkout.hasCoupon && !used) await returnCoupon(tx, checkout.checkoutId, now)
  if (fallen.length > 0) await returnMoney(tx, checkout, fallen, now)
  return served
}

async function lateWallet(tx: Tx, { buyerId, checkoutWalletMinor, checkoutCurrency }: LockedCheckout) {
  if (checkoutWalletMinor === 0 || buyerId === null) return null
  const account = walletOf(buyerId, checkoutCurrency)
  return { userId: buyerId, leftMinor: (await lockBalances(tx, [account]))(account) }
}

const USES = { MISMATCH: 'mismatch', DUPLICATE: 'duplicate', STRAY: 'stray' } as const
const REASONS = { MISMATCH: 'amount-mismatch', DUPLICATE: 'duplicate-payment', STRAY: 'late-payment' } as const

/** Money that nothing can take: into suspense, and at once on its way back. */
async function park(
  tx: Tx,
  { checkoutId, provider, orders }: LockedCheckout,
  money: CaptureMoney,
  capture: ProviderCapture,
  use: keyof typeof USES,
  now: Date,
): Promise<PaymentOutcome> {
  await insertPayment(tx, { id: money.paymentId, checkoutId, provider, use }, capture, now)
  await sendBack(tx, money, REASONS[use], [{ order: orders[0] ?? null, amountMinor: capture.amountMinor }], now)
  return USES[use]
}

async function topUp(
  tx: Tx,
  { checkoutId, provider, buyerId }: LockedCheckout,
  money: CaptureMoney,
  capture: ProviderCapture,
  now: Date,
): Promise<PaymentOutcome> {
  await insertPayment(tx, { id: money.paymentId, checkoutId, provider, use: 'APPLIED' }, capture, now)
  invariant(buyerId, `top-up ${checkoutId} has no buyer`)
  const to = walletOf(buyerId, money.currency)
  const part = { key: `checkout:${checkoutId}:top-up`, code: 'top-up', to, amountMinor: capture.amountMinor }
  await postTransfers(tx, [capturePosting(money, part)], now)
  return 'topped-up'
}

function partOf(order: LockedOrder) {
  return { order, amountMinor: providerShare(order) }
}
