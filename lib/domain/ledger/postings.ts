import type { Minor } from '@/lib/kernel/money'
import {
  type AccountRef,
  escrowOf,
  merchantDeposit,
  merchantPending,
  platformFee,
  promoExpense,
  providerClearing,
  refundInTransit,
  suspenseOf,
  walletOf,
} from './accounts'
import { type OrderMoney, feeLeft, netLeft, providerShare } from './order-money'
import type { TransferInput } from './post-transfers'

/** What reconciliation finds a transfer by in the provider's own list; kinds as in MovementKind. */
export function externalRef(provider: string, kind: string, sourceRef: string): string {
  return `${provider}:${kind}:${sourceRef}`
}

/** A capture as it arrived. */
export interface CaptureMoney {
  readonly paymentId: string
  readonly provider: string
  readonly captureRef: string
  readonly currency: string
}

/** Money comes in by a capture: provider clearing -> wherever it belongs. */
export function capturePosting(
  { provider, captureRef, currency }: CaptureMoney,
  part: Pick<TransferInput, 'key' | 'code' | 'to' | 'amountMinor' | 'merchantId' | 'orderId'>,
): TransferInput {
  return {
    ...part,
    from: providerClearing(provider, currency),
    externalRef: externalRef(provider, 'capture', captureRef),
  }
}

/** A capture pays an order: its provider share and the platform's promotion -> the order's escrow. */
export function payPostings(order: OrderMoney, capture: CaptureMoney): TransferInput[] {
  const of = { to: escrowOf(order.id, order.currency), merchantId: order.merchantId, orderId: order.id }
  return [
    capturePosting(capture, { ...of, key: `order:${order.id}:pay`, code: 'pay', amountMinor: providerShare(order) }),
    promoPosting(order),
  ]
}

/** The platform pays its part of a coupon: promotion -> the order's escrow. */
export function promoPosting(order: OrderMoney): TransferInput {
  return {
    key: `order:${order.id}:promo`,
    code: 'promo',
    from: promoExpense(order.currency),
    to: escrowOf(order.id, order.currency),
    amountMinor: order.promoMinor,
    merchantId: order.merchantId,
    orderId: order.id,
  }
}

/** An order is placed (or paid late, `again`) with money of the buyer's wallet: wallet -> the order's escrow. */
export function walletPosting(order: OrderMoney, userId: string, again = false): TransferInput {
  return {
    key: `order:${order.id}:wallet${again ? ':again' : ''}`,
    code: 'wallet-pay',
    from: walletOf(userId, order.currency),
    to: escrowOf(order.id, order.currency),
    amountMinor: order.walletMinor,
    merchantId: order.merchantId,
    orderId: order.id,
  }
}

/** An order ends unpaid: the wallet's part of it goes back, escrow -> wallet. */
export function walletBackPosting(order: OrderMoney, userId: string): TransferInput {
  return {
    key: `order:${order.id}:wallet-back`,
    code: 'wallet-back',
    from: escrowOf(order.id, order.currency),
    to: walletOf(userId, order.currency),
    amountMinor: order.walletMinor,
    merchantId: order.merchantId,
    orderId: order.id,
  }
}

/** The order is confirmed: what is left in escrow -> merchant pending and platform fee. */
export function releasePostings(order: OrderMoney): TransferInput[] {
  const from = escrowOf(order.id, order.currency)
  const of = { from, merchantId: order.merchantId, orderId: order.id }
  return [
    {
      ...of,
      key: `order:${order.id}:release:merchant`,
      code: 'release',
      to: merchantPending(order.merchantId, order.currency),
      amountMinor: netLeft(order, order.refundedMinor),
    },
    {
      ...of,
      key: `order:${order.id}:release:fee`,
      code: 'fee',
      to: platformFee(order.currency),
      amountMinor: feeLeft(order, order.refundedMinor),
    },
  ]
}

/** Part of a capture that no order takes: clearing -> suspense of the payment. */
export function strayPosting(capture: CaptureMoney, amountMinor: Minor): TransferInput {
  return capturePosting(capture, {
    key: `payment:${capture.paymentId}:stray`,
    code: 'stray',
    to: suspenseOf(capture.paymentId, capture.currency),
    amountMinor,
  })
}

/** Money in suspense starts on its way back: suspense -> refunds in transit. */
export function suspenseBackPosting(
  capture: CaptureMoney,
  refund: { readonly id: string; readonly amountMinor: Minor; readonly orderId?: string; readonly merchantId?: string },
): TransferInput {
  const { id, ...money } = refund
  return {
    ...money,
    key: `refund:${id}:start`,
    code: 'refund',
    from: suspenseOf(capture.paymentId, capture.currency),
    to: refundInTransit(capture.provider, capture.currency),
  }
}

/** One refund as it is at the provider. */
export interface RefundMoney {
  readonly id: string
  readonly provider: string
  /** The provider's id of the refund. */
  readonly refundRef: string
  readonly attempt: number
  readonly amountMinor: Minor
  readonly currency: string
}

/** The provider took a refund on: refunds in transit -> provider clearing. */
export function refundSentPosting(refund: RefundMoney): TransferInput {
  return {
    key: `refund:${refund.id}:sent:${refund.attempt}`,
    code: 'refund-settled',
    from: refundInTransit(refund.provider, refund.currency),
    to: providerClearing(refund.provider, refund.currency),
    amountMinor: refund.amountMinor,
    externalRef: externalRef(refund.provider, 'refund', refund.refundRef),
  }
}

/** A refund failed at the provider after it was taken on: clearing -> refunds in transit again. */
export function refundFailedPosting(refund: RefundMoney): TransferInput {
  return {
    key: `refund:${refund.id}:failed:${refund.attempt}`,
    code: 'refund-failed',
    from: providerClearing(refund.provider, refund.currency),
    to: refundInTransit(refund.provider, refund.currency),
    amountMinor: refund.amountMinor,
    externalRef: externalRef(refund.provider, 'refund-failed', refund.refundRef),
  }
}

/** A merchant pays in a deposit: clearing of the channel it came by -> merchant deposit. */
export function depositPosting(deposit: {
  readonly reference: string
  readonly merchantId: string
  readonly channel: string
  readonly amountMinor: Minor
  readonly currency: string
}): TransferInput {
  return {
    key: `deposit:${deposit.reference}`,
    code: 'deposit',
    from: providerClearing(deposit.channel, deposit.currency),
    to: merchantDeposit(deposit.merchantId, deposit.currency),
    amountMinor: deposit.amountMinor,
    merchantId: deposit.merchantId,
    externalRef: externalRef(deposit.channel, 'deposit', deposit.reference),
  }
}

/** Pairs of accounts (see `routeMoney`) as transfers of one fact. */
export function routedPostings(
  pairs: readonly { readonly from: AccountRef; readonly to: AccountRef; readonly amountMinor: Minor }[],
  fact: { readonly key: string; readonly code: string; readonly merchantId: string; readonly orderId: string | null },
): TransferInput[] {
  return pairs.map((pair, n) => ({ ...fact, ...pair, key: `${fact.key}:${n}` }))
}
