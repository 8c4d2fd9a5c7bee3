import type { Minor } from '@/lib/kernel/money'
import {
  merchantAvailable,
  merchantDeposit,
  merchantPending,
  merchantReceivable,
  payoutInTransit,
  protectionFund,
  providerClearing,
} from './accounts'
import type { TransferInput } from './post-transfers'
import { externalRef } from './postings'

interface MerchantMoney {
  readonly merchantId: string
  readonly currency: string
  readonly amountMinor: Minor
}

/** What an order earned matures: merchant pending -> available. */
export function maturePosting({ orderId, ...money }: MerchantMoney & { readonly orderId: string }): TransferInput {
  const { merchantId, currency, amountMinor } = money
  return {
    key: `order:${orderId}:mature`,
    code: 'mature',
    from: merchantPending(merchantId, currency),
    to: merchantAvailable(merchantId, currency),
    amountMinor,
    merchantId,
    orderId,
  }
}

/** The protection fund paid what a merchant should have: the merchant owes it to the fund. */
export function receivablePosting({ key, ...money }: MerchantMoney & { readonly key: string }): TransferInput {
  const { merchantId, currency, amountMinor } = money
  return {
    key,
    code: 'receivable',
    from: merchantReceivable(merchantId, currency),
    to: protectionFund(currency),
    amountMinor,
    merchantId,
  }
}

interface PenaltyMoney extends MerchantMoney {
  readonly id: string
  readonly orderId: string
}

/** A penalty: merchant deposit -> protection fund. */
export function penaltyPosting({ id, orderId, merchantId, currency, amountMinor }: PenaltyMoney): TransferInput {
  return {
    key: `penalty:${id}`,
    code: 'penalty',
    from: merchantDeposit(merchantId, currency),
    to: protectionFund(currency),
    amountMinor,
    merchantId,
    orderId,
  }
}

/** A penalty that an appeal undid: protection fund -> merchant deposit. */
export function penaltyReturnPosting({ id, orderId, merchantId, currency, amountMinor }: PenaltyMoney): TransferInput {
  return {
    key: `penalty:${id}:returned`,
    code: 'penalty-returned',
    from: protectionFund(currency),
    to: merchantDeposit(merchantId, currency),
    amountMinor,
    merchantId,
    orderId,
  }
}

/** An appeal found that the buyer was paid for nothing: the protection fund pays the merchant what he bore, fund -> available. */
export function appealWonPosting({
  complaintId,
  orderId,
  merchantId,
  currency,
  amountMinor,
}: MerchantMoney & { readonly complaintId: string; readonly orderId: string }): TransferInput {
  return {
    key: `complaint:${complaintId}:appeal-won`,
    code: 'appeal-won',
    from: protectionFund(currency),
    to: merchantAvailable(merchantId, currency),
    amountMinor,
    merchantId,
    orderId,
  }
}

/** A merchant pays what it owes: available -> the claim. */
export function collectPosting({ key, ...money }: MerchantMoney & { readonly key: string }): TransferInput {
  const { merchantId, currency, amountMinor } = money
  return {
    key,
    code: 'collect',
    from: merchantAvailable(merchantId, currency),
    to: merchantReceivable(merchantId, currency),
    amountMinor,
    merchantId,
  }
}

/** One payout as on its row. */
export interface PayoutMoney extends MerchantMoney {
  readonly id: string
  readonly provider: string
}

/** A payout begins: merchant available -> payouts in transit. */
export function payoutStartPosting(payout: PayoutMoney): TransferInput {
  return {
    ...ofPayout(payout, 'start'),
    code: 'payout',
    from: merchantAvailable(payout.merchantId, payout.currency),
    to: payoutInTransit(payout.provider, payout.currency),
  }
}

/** The provider sent it: payouts in transit -> provider clearing. */
export function payoutSentPosting(payout: PayoutMoney, transferRef: string): TransferInput {
  return {
    ...ofPayout(payout, 'sent'),
    code: 'payout-sent',
    from: payoutInTransit(payout.provider, payout.currency),
    to: providerClearing(payout.provider, payout.currency),
    externalRef: externalRef(payout.provider, 'transfer', transferRef),
  }
}

/** The provider never sent it: payouts in transit -> merchant available. */
export function payoutDeclinedPosting(payout: PayoutMoney): TransferInput {
  return {
    ...ofPayout(payout, 'declined'),
    code: 'payout-declined',
    from: payoutInTransit(payout.provider, payout.currency),
    to: merchantAvailable(payout.merchantId, payout.currency),
  }
}

/** It was sent and came back: provider clearing -> merchant available. */
export function payoutReturnedPosting(payout: PayoutMoney, transferRef: string): TransferInput {
  return {
    ...ofPayout(payout, 'returned'),
    code: 'payout-returned',
    from: providerClearing(payout.provider, payout.currency),
    to: merchantAvailable(payout.merchantId, payout.currency),
    externalRef: externalRef(payout.provider, 'transfer-returned', transferRef),
  }
}

function ofPayout({ id, merchantId, amountMinor }: PayoutMoney, step: string) {
  return { key: `payout:${id}:${step}`, merchantId, amountMinor }
}

/** The platform pays into the protection fund: clearing of the channel it came by -> protection fund. */
export function fundPosting(payment: {
  readonly reference: string
  readonly channel: string
  readonly amountMinor: Minor
  readonly currency: string
}): TransferInput {
  return {
    key: `fund:${payment.reference}`,
    code: 'fund',
    from: providerClearing(payment.channel, payment.currency),
    to: protectionFund(payment.currency),
    amountMinor: payment.amountMinor,
    // A bank's number stands for one transfer: counted with deposits, so that it cannot be booked as both.
    externalRef: externalRef(payment.channel, 'deposit', payment.reference),
  }
}
