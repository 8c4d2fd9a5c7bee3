import type { Minor } from '@/lib/kernel/money'
import type { Messages } from '@/messages'

/** Who sold, as the law knows them. */
export interface Seller {
  readonly shopName: string
  readonly legalName: string
  /** Unified Social Credit Code. */
  readonly creditCode: string
}

/** One refund of the order, a leg: money that goes back one way. */
export interface ReceiptRefund {
  readonly at: Date
  readonly amountMinor: Minor
  readonly method: 'PROVIDER' | 'WALLET'
  readonly status: 'PENDING' | 'SENT' | 'SUCCEEDED' | 'FAILED'
  /** The provider's id of the refund; null while it has none, and for a wallet. */
  readonly reference: string | null
}

/** What a receipt says about one paid order. Texts of the listing are in the reader's language already; no CDK is in here. */
export interface Receipt {
  readonly orderNumber: string
  readonly status: keyof Messages['order']['status']
  readonly currency: string
  /** The zone that moments are written in; its UTC offset is printed beside them. */
  readonly timeZone: string
  readonly issuedAt: Date
  readonly placedAt: Date
  readonly paidAt: Date
  readonly deliveredAt: Date | null
  readonly closedAt: Date | null
  readonly buyerEmail: string
  readonly seller: Seller
  readonly title: string
  readonly variant: string
  readonly attributes: Readonly<Partial<Record<keyof Messages['order']['page']['attributes'], string>>>
  readonly quantity: number
  readonly unitPriceMinor: Minor
  /** From how many units on the unit price holds; null when it is no tier's price. */
  readonly tierFrom: number | null
  /** Off by a coupon; quantity x unit price - discount = total. */
  readonly discountMinor: Minor
  /** Code or name of the coupon; null when unknown or none was used. */
  readonly coupon: string | null
  /** Part of the discount that the platform pays. */
  readonly promoMinor: Minor
  readonly totalMinor: Minor
  /** Part of the total out of the buyer's wallet; a provider took the rest. */
  readonly walletMinor: Minor
  /** The provider as people know it and its id of the capture; null when the wallet paid all. */
  readonly payment: { readonly provider: string; readonly reference: string } | null
  readonly refunds: readonly ReceiptRefund[]
  /** Of the order's snapshot. */
  readonly rules: { readonly inspectionHours: number; readonly inspectionHoursAfterReveal: number | null }
  /** SHA-256 of the snapshot's canonical JSON, 64 hex digits. */
  readonly snapshotHash: string
}

/** One posting to a merchant's account. */
export interface StatementLine {
  readonly at: Date
  /** What it was, in the reader's language; totals are made per kind. */
  readonly kind: string
  /** Number of the order or payout. */
  readonly reference: string | null
  /** Positive came in, negative went out. */
  readonly amountMinor: number
}

export interface StatementAccount {
  readonly account: 'pending' | 'available' | 'deposit'
  readonly openingMinor: Minor
  readonly closingMinor: Minor
  /** Oldest first; read once, page by page. */
  readonly lines: Iterable<StatementLine> | AsyncIterable<StatementLine>
}

/** A merchant's accounts in one month, [from, to). */
export interface Statement {
  readonly seller: Seller
  readonly currency: string
  /** The zone that the month and the moments are meant in. */
  readonly timeZone: string
  readonly from: Date
  readonly to: Date
  readonly issuedAt: Date
  readonly accounts: readonly StatementAccount[]
}
