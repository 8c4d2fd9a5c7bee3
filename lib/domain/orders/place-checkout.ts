import type { Actor } from '@/lib/domain/actor'
import { buyerKeyOf, takeCoupon } from '@/lib/domain/coupons'
import { lockBalances, postTransfers, walletOf, walletPosting } from '@/lib/domain/ledger'
import { claimCdks } from '@/lib/domain/stock'
import type { Tx } from '@/lib/domain/tx'
import type { Minor } from '@/lib/kernel/money'
import { Refusal } from '@/lib/kernel/refusal'
import { type DraftCheckout, type DraftOrder, draftCheckout } from './draft-checkout'
import { findReplay } from './find-replay'
import { insertCheckout } from './insert-checkout'
import { payByWallet } from './pay-by-wallet'
import { type QuoteInput, type WantedLine, quoteCheckout } from './quote-checkout'

export interface PlaceCheckoutInput {
  /** Made by the form, once per submit. */
  readonly idempotencyKey: string
  readonly lines: readonly WantedLine[]
  readonly couponCode: string | null
  /** The total that the buyer saw; a different one now is refused, never charged. */
  readonly expectedTotalMinor: Minor
  /** Part of it to be paid out of the buyer's wallet, as he saw it; 0 for guests. */
  readonly walletMinor: Minor
  readonly buyerId: string | null
  readonly email: string
  /** What a guest will show at look-up; null for a signed-in buyer. */
  readonly passcodeHash: string | null
  readonly locale: string
  /** Who is asked for what the wallet does not pay. */
  readonly provider: string
}

export interface PlacedCheckout {
  readonly checkoutId: string
  readonly orders: readonly { readonly id: string; readonly number: string }[]
  /** True when nothing is left to pay: the wallet paid all and the CDKs are delivered. */
  readonly paid: boolean
  /** True when this submit was placed before: nothing new was made. */
  readonly replayed: boolean
}

/**
 * Places one order per variant, all in one checkout with one payment, and reserves their CDKs for the pay window (15 min
 * by default, product.md; none of what is delivered by hand): all of it or nothing. Prices, tiers, coupon and fee come from the database. Money of the
 * wallet goes into the orders' escrow at once; when it pays for everything the CDKs are delivered here. Sending the same
 * idempotency key again, also at the same moment, gives the first checkout. Refuses what `quoteCheckout` and
 * `takeCoupon` refuse, `order/price-changed`, `wallet/insufficient`, `stock/sold-out`, `stock/short` and, for a key used
 * with other contents, `order/key-reused`.
 */
export async function placeCheckout(tx: Tx, input: PlaceCheckoutInput, now: Date): Promise<PlacedCheckout> {
  const drafted = await draft(tx, input, now)
  // A second submit must find the first checkout even when the listing has changed since.
  if (drafted instanceof Refusal) return replayOr(tx, input, drafted)
  if (!(await insertCheckout(tx, input, drafted, now))) return replayOr(tx, input, new Refusal('order/key-reused'))
  const buyer: Actor = { kind: 'BUYER', id: input.buyerId }
  for (const order of drafted.orders) await reserve(tx, order, { actor: buyer, until: drafted.dueAt, now })
  await takeDiscount(tx, input, drafted, now)
  await holdWallet(tx, input, drafted, now)
  const paid = drafted.dueMinor === 0
  if (paid) await payByWallet(tx, drafted.id, now)
  return {
    checkoutId: drafted.id,
    orders: drafted.orders.map(({ id, number }) => ({ id, number })),
    paid,
    replayed: false,
  }
}

async function draft(tx: Tx, input: PlaceCheckoutInput, now: Date): Promise<DraftCheckout | Refusal> {
  const asked: QuoteInput = { lines: input.lines, couponCode: input.couponCode, buyerKey: buyerKeyOf(input) }
  try {
    const quote = await quoteCheckout(tx, asked, now)
    const { totalMinor } = quote
    if (totalMinor !== input.expectedTotalMinor) return new Refusal('order/price-changed', { totalMinor })
    if (input.walletMinor > 0 && input.buyerId === null) return new Refusal('auth/required')
    if (input.walletMinor < 0 || input.walletMinor > totalMinor)
      return new Refusal('order/price-changed', { totalMinor })
    return draftCheckout(quote, input.walletMinor, now)
  } catch (error) {
    if (error instanceof Refusal) return error
    throw error
  }
}

async function replayOr(tx: Tx, input: PlaceCheckoutInput, refusal: Refusal): Promise<PlacedCheckout> {
  const replay = await findReplay(tx, input)
  if (replay) return replay
  throw refusal
}

async function reserve(
  tx: Tx,
  { id: orderId, line }: DraftOrder,
  by: { readonly actor: Actor; readonly until: Date; readonly now: Date },
): Promise<void> {
  const { quantity, offer } = line
  const { merchant, variantId } = offer
  // Delivered by hand: nothing is in stock, and nothing is promised but what the merchant will type.
  if (offer.delivery.kind === 'MANUAL') return
  const reserved = await claimCdks(tx, { merchantId: merchant.id, variantId, orderId, quantity, ...by })
  if (reserved === 0) throw new Refusal('stock/sold-out')
  if (reserved < quantity) throw new Refusal('stock/short', { left: reserved })
}

async function takeDiscount(tx: Tx, input: PlaceCheckoutInput, checkout: DraftCheckout, now: Date): Promise<void> {
  if (!checkout.coupon) return
  const { id: checkoutId, discountMinor } = checkout
  await takeCoupon(tx, { couponId: checkout.coupon.id, checkoutId, buyerKey: buyerKeyOf(input), discountMinor }, now)
}

/** Moves the wallet's part into escrow; its row is locked first, so two checkouts cannot spend the same yuan. */
async function holdWallet(
  tx: Tx,
  { buyerId, walletMinor }: PlaceCheckoutInput,
  { currency, orders }: DraftCheckout,
  now: Date,
): Promise<void> {
  if (walletMinor === 0 || buyerId === null) return
  const wallet = walletOf(buyerId, currency)
  const balanceMinor = (await lockBalances(tx, [wallet]))(wallet)
  if (balanceMinor < walletMinor) throw new Refusal('wallet/insufficient', { balanceMinor })
  const postings = orders.map((order) => walletPosting(order.money, buyerId))
  await postTransfers(tx, postings, now)
}
