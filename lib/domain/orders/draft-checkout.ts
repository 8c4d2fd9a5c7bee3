import { tierFor } from '@/lib/domain/catalog'
import type { OrderMoney } from '@/lib/domain/ledger'
import { newId, randomSymbols } from '@/lib/kernel/ids'
import type { Currency, Minor } from '@/lib/kernel/money'
import { MINUTE_MS, after } from '@/lib/kernel/time'
import type { Quote, QuotedLine } from './quote-checkout'
import type { OrderSnapshot } from './snapshot'

export interface DraftOrder {
  readonly id: string
  readonly number: string
  readonly line: QuotedLine
  readonly money: OrderMoney
  readonly snapshot: OrderSnapshot
}

export interface DraftCheckout {
  readonly id: string
  readonly currency: Currency
  readonly totalMinor: Minor
  readonly walletMinor: Minor
  /** What a provider is asked for. */
  readonly dueMinor: Minor
  readonly coupon: Quote['coupon']
  readonly discountMinor: Minor
  /** End of the pay window: the shortest of its orders'. */
  readonly dueAt: Date
  readonly orders: readonly DraftOrder[]
}

/** What is about to be placed: ids, numbers, and which order takes how much of the wallet (the first ones first). Pure but for fresh ids. */
export function draftCheckout(quote: Quote, walletMinor: Minor, now: Date): DraftCheckout {
  let wallet = walletMinor
  const orders = quote.lines.map((line) => {
    const fromWallet = Math.min(wallet, line.totalMinor)
    wallet -= fromWallet
    return draftOrder(line, quote, fromWallet, now)
  })
  const minutes = Math.min(...quote.lines.map(({ offer }) => offer.rules.payWindowMinutes))
  const { currency, totalMinor, coupon, discountMinor } = quote
  return {
    id: newId(),
    currency,
    totalMinor,
    walletMinor,
    dueMinor: totalMinor - walletMinor,
    coupon,
    discountMinor,
    dueAt: after(now, minutes * MINUTE_MS),
    orders,
  }
}

function draftOrder(line: QuotedLine, { coupon, currency }: Quote, walletMinor: Minor, now: Date): DraftOrder {
  const { offer, quantity, unitPriceMinor, discountMinor, promoMinor, totalMinor, feeMinor } = line
  const id = newId()
  const { category, merchant, rules, feeBps } = offer
  const couponCode = discountMinor > 0 ? (coupon?.code ?? null) : null
  return {
    id,
    number: `KB${now.toISOString().slice(2, 10).replaceAll('-', '')}${randomSymbols(10)}`,
    line,
    money: { id, merchantId: merchant.id, currency, totalMinor, promoMinor, walletMinor, feeMinor, refundedMinor: 0 },
    snapshot: {
      version: 1,
      product: {
        id: offer.productId,
        slug: offer.slug,
        titleZh: offer.titleZh,
        titleEn: offer.titleEn,
        descriptionZh: offer.descriptionZh,
        descriptionEn: offer.descriptionEn,
        category,
        attributes: offer.attributes,
        downloadUrl: offer.downloadUrl,
        guideZh: offer.guideZh,
        guideEn: offer.guideEn,
      },
      variant: { id: offer.variantId, nameZh: offer.variantNameZh, nameEn: offer.variantNameEn },
      merchant,
      price: {
        unitPriceMinor,
        tierFrom: tierFor(offer.tiers, quantity)?.minQuantity ?? null,
        quantity,
        discountMinor,
        promoMinor,
        couponCode,
        totalMinor,
        feeBps,
        feeMinor,
        currency,
      },
      delivery: offer.delivery,
      validityDays: offer.validityDays,
      rules,
      placedAt: now.toISOString(),
    },
  }
}
