import type { Currency, Minor } from '@/lib/kernel/money'
import {
  escrowOf,
  merchantDeposit,
  merchantPending,
  platformFee,
  providerClearing,
  refundInTransit,
  suspenseOf,
} from './accounts'
import type { TransferInput } from './post-transfers'

/** What a posting needs to know of an order. */
export interface OrderMoney {
  readonly id: string
  readonly merchantId: string
  readonly totalMinor: Minor
  readonly feeMinor: Minor
  readonly currency: Currency
}

/** A capture pays an order: provider clearing -> the order's escrow. */
export function payPosting(order: OrderMoney, provider: string): TransferInput {
  return {
    key: `order:${order.id}:pay`,
    code: 'pay',
    from: providerClearing(provider, order.currency),
    to: escrowOf(order.id, order.currency),
    amountMinor: order.totalMinor,
    merchantId: order.merchantId,
    orderId: order.id,
  }
}

/** The order is confirmed: escrow -> merchant pending (total less fee) and platform fee. */
export function releasePostings(order: OrderMoney): TransferInput[] {
  const from = escrowOf(order.id, order.currency)
  const of = { from, merchantId: order.merchantId, orderId: order.id }
  return [
    {
      ...of,
      key: `order:${order.id}:release:merchant`,
      code: 'release',
      to: merchantPending(order.merchantId, order.currency),
      amountMinor: order.totalMinor - order.feeMinor,
    },
    {
      ...of,
      key: `order:${order.id}:release:fee`,
      code: 'fee',
      to: platformFee(order.currency),
      amountMinor: order.feeMinor,
    },
  ]
}

/** The order's money goes back in full, no fee kept: escrow -> refunds in transit. */
export function refundPosting(order: OrderMoney, refundId: string, provider: string): TransferInput {
  return {
    key: `refund:${refundId}:start`,
    code: 'refund',
    from: escrowOf(order.id, order.currency),
    to: refundInTransit(provider, order.currency),
    amountMinor: order.totalMinor,
    merchantId: order.merchantId,
    orderId: order.id,
  }
}

/** Money that no order can take: clearing -> suspense -> refunds in transit, at once. */
export function strayPostings(payment: {
  readonly id: string
  readonly refundId: string
  readonly provider: string
  readonly amountMinor: Minor
  readonly currency: Currency
}): TransferInput[] {
  const suspense = suspenseOf(payment.id, payment.currency)
  const of = { amountMinor: payment.amountMinor }
  return [
    {
      ...of,
      key: `payment:${payment.id}:stray`,
      code: 'stray',
      from: providerClearing(payment.provider, payment.currency),
      to: suspense,
    },
    {
      ...of,
      key: `refund:${payment.refundId}:start`,
      code: 'refund',
      from: suspense,
      to: refundInTransit(payment.provider, payment.currency),
    },
  ]
}

/** The provider has sent a refund: refunds in transit -> provider clearing. */
export function refundSettledPosting(refund: {
  readonly id: string
  readonly provider: string
  readonly amountMinor: Minor
  readonly currency: Currency
}): TransferInput {
  return {
    key: `refund:${refund.id}:settled`,
    code: 'refund-settled',
    from: refundInTransit(refund.provider, refund.currency),
    to: providerClearing(refund.provider, refund.currency),
    amountMinor: refund.amountMinor,
  }
}

/** A merchant pays in a deposit: provider clearing -> merchant deposit. */
export function depositPosting(deposit: {
  readonly reference: string
  readonly merchantId: string
  readonly provider: string
  readonly amountMinor: Minor
  readonly currency: Currency
}): TransferInput {
  return {
    key: `deposit:${deposit.reference}`,
    code: 'deposit',
    from: providerClearing(deposit.provider, deposit.currency),
    to: merchantDeposit(deposit.merchantId, deposit.currency),
    amountMinor: deposit.amountMinor,
    merchantId: deposit.merchantId,
  }
}
