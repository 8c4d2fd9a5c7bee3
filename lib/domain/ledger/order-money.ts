import { type Minor, portionOf } from '@/lib/kernel/money'

/** What the books need to know of an order; amounts as on its row. */
export interface OrderMoney {
  readonly id: string
  readonly merchantId: string
  readonly currency: string
  /** What the buyer pays. */
  readonly totalMinor: Minor
  /** What the platform adds for its coupon. */
  readonly promoMinor: Minor
  /** Part of the total out of the buyer's wallet. */
  readonly walletMinor: Minor
  /** Platform fee on total + promotion, if nothing is refunded. */
  readonly feeMinor: Minor
  /** What went back to the buyer of the total. */
  readonly refundedMinor: Minor
}

/** Part of the total that came, or is to come, from a provider. */
export function providerShare({ totalMinor, walletMinor }: OrderMoney): Minor {
  return totalMinor - walletMinor
}

/** What of `refundedMinor` goes back by the provider: its share first, the rest to the wallet. */
export function refundedByProvider(order: OrderMoney, refundedMinor: Minor): Minor {
  return Math.min(refundedMinor, providerShare(order))
}

/** What the platform has got back of its promotion once `refundedMinor` of the total went back; all of it at the end. */
export function promoBack({ totalMinor, promoMinor }: OrderMoney, refundedMinor: Minor): Minor {
  return portionOf(promoMinor, refundedMinor, totalMinor)
}

/** What is left for merchant and platform once `refundedMinor` went back: what the escrow holds until release. */
export function grossLeft(order: OrderMoney, refundedMinor: Minor): Minor {
  return order.totalMinor - refundedMinor + order.promoMinor - promoBack(order, refundedMinor)
}

/** The platform's fee on what is left: refunds shrink it in proportion, down to nothing. */
export function feeLeft(order: OrderMoney, refundedMinor: Minor): Minor {
  return portionOf(order.feeMinor, grossLeft(order, refundedMinor), order.totalMinor + order.promoMinor)
}

/** What the merchant keeps of what is left. */
export function netLeft(order: OrderMoney, refundedMinor: Minor): Minor {
  return grossLeft(order, refundedMinor) - feeLeft(order, refundedMinor)
}
