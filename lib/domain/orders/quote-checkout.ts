import { unitPriceFor } from '@/lib/domain/catalog'
import { type Coupon, previewCoupon } from '@/lib/domain/coupons'
import type { Tx } from '@/lib/domain/tx'
import { type Currency, MAX_ORDER_MINOR, type Minor, shareOf } from '@/lib/kernel/money'
import { Refusal } from '@/lib/kernel/refusal'
import { type Offer, findOffers } from './find-offers'

/** Most variants that one checkout takes. */
export const MOST_LINES = 20

export interface WantedLine {
  readonly variantId: string
  readonly quantity: number
}

export interface QuoteInput {
  readonly lines: readonly WantedLine[]
  readonly couponCode: string | null
  /** Whose uses of the coupon count: account id, or a guest's e-mail; null while nobody is known. */
  readonly buyerKey: string | null
}

export interface QuotedLine {
  readonly offer: Offer
  readonly quantity: number
  readonly unitPriceMinor: Minor
  /** Unit price x quantity. */
  readonly goodsMinor: Minor
  readonly discountMinor: Minor
  /** Part of the discount that the platform pays. */
  readonly promoMinor: Minor
  /** What the buyer pays. */
  readonly totalMinor: Minor
  /** What the merchant pays the platform out of it. */
  readonly feeMinor: Minor
}

export interface Quote {
  readonly lines: readonly QuotedLine[]
  readonly currency: Currency
  readonly coupon: Coupon | null
  readonly discountMinor: Minor
  readonly totalMinor: Minor
}

/**
 * What a checkout costs right now, to the minor unit: unit price by wholesale tier, coupon, and nothing else (a buyer
 * pays no fee). Reads two statements, takes nothing. Refuses `catalog/not-for-sale`, `order/quantity-invalid`,
 * `order/total-too-large`, `order/nothing-wanted`, `order/too-many-lines`, `order/mixed-currency` and what `previewCoupon` refuses.
 */
export async function quoteCheckout(
  tx: Tx,
  { couponCode, buyerKey, ...wanted }: QuoteInput,
  now: Date,
): Promise<Quote> {
  const lines = oneLineEach(wanted.lines)
  if (lines.length > MOST_LINES) throw new Refusal('order/too-many-lines', { most: MOST_LINES })
  const offers = await findOffers(
    tx,
    lines.map(({ variantId }) => variantId),
  )
  const goods = lines.map((line) => priceLine(offers.get(line.variantId), line))
  const currency = goods[0]?.offer.currency
  if (currency === undefined) throw new Refusal('order/nothing-wanted')
  if (new Set(goods.map(({ offer }) => offer.currency)).size > 1) throw new Refusal('order/mixed-currency')
  const couponLines = goods.map(({ offer, goodsMinor }) => ({ merchantId: offer.merchant.id, goodsMinor }))
  const preview =
    couponCode === null ? null : await previewCoupon(tx, couponCode, { lines: couponLines, currency, buyerKey }, now)
  const quoted = goods.map((line, at) => {
    const discountMinor = preview?.perLine[at] ?? 0
    const promoMinor = preview?.byPlatform ? discountMinor : 0
    const totalMinor = line.goodsMinor - discountMinor
    const feeMinor = shareOf(totalMinor + promoMinor, line.offer.feeBps)
    return { ...line, discountMinor, promoMinor, totalMinor, feeMinor }
  })
  const totalMinor = quoted.reduce((sum, line) => sum + line.totalMinor, 0)
  if (totalMinor > MAX_ORDER_MINOR) throw new Refusal('order/total-too-large')
  const discountMinor = preview?.totalMinor ?? 0
  return { lines: quoted, currency, coupon: preview?.coupon ?? null, discountMinor, totalMinor }
}

/** A variant that is named twice is bought once, in the quantity of both. */
export function oneLineEach(lines: readonly WantedLine[]): WantedLine[] {
  const quantities = new Map<string, number>()
  for (const { variantId, quantity } of lines) {
    quantities.set(variantId, (quantities.get(variantId) ?? 0) + quantity)
  }
  return [...quantities].map(([variantId, quantity]) => ({ variantId, quantity }))
}

function priceLine(offer: Offer | undefined, { quantity }: WantedLine) {
  if (!offer) throw new Refusal('catalog/not-for-sale')
  if (!Number.isSafeInteger(quantity) || quantity < 1 || quantity > offer.maxPerOrder) {
    throw new Refusal('order/quantity-invalid', { most: offer.maxPerOrder })
  }
  const unitPriceMinor = unitPriceFor(offer.priceMinor, offer.tiers, quantity)
  const goodsMinor = unitPriceMinor * quantity
  if (goodsMinor > MAX_ORDER_MINOR) throw new Refusal('order/total-too-large')
  return { offer, quantity, unitPriceMinor, goodsMinor }
}
