import { type OrderMoney, feeLeft, netLeft, promoBack } from '@/lib/domain/ledger'
import type { Minor } from '@/lib/kernel/money'
import type { MerchantOrder } from './order'

/** What became of an order's price: goods - discount + promotion - refunded - promotion back - fee = net. */
export interface OrderBreakdown {
  readonly goodsMinor: Minor
  readonly discountMinor: Minor
  /** Part of the discount that the platform pays. */
  readonly promoMinor: Minor
  readonly refundedMinor: Minor
  /** Part of the promotion that the platform got back with refunds. */
  readonly promoBackMinor: Minor
  readonly feeMinor: Minor
  readonly netMinor: Minor
}

/** The order's money as its merchant counts it; how the buyer paid makes no difference. Pure. */
export function breakdownOf(order: MerchantOrder): OrderBreakdown {
  const money = moneyOf(order)
  const { refundedMinor, discountMinor, promoMinor } = order
  return {
    goodsMinor: order.totalMinor + discountMinor,
    discountMinor,
    promoMinor,
    refundedMinor,
    promoBackMinor: promoBack(money, refundedMinor),
    feeMinor: feeLeft(money, refundedMinor),
    netMinor: netLeft(money, refundedMinor),
  }
}

/** The order for the ledger's formulas; which wallet or provider paid is none of the merchant's business. */
export function moneyOf(order: MerchantOrder): OrderMoney {
  return { ...order, merchantId: order.snapshot.merchant.id, walletMinor: 0 }
}
