import type { AccountKind, BalanceRule } from '@/lib/infra/prisma/enums'
import { idFor } from '@/lib/kernel/ids'

/** Names one account: what kind, whose, in which currency (ISO 4217; suspense may hold one that the mall does not trade in). */
export interface AccountRef {
  readonly kind: AccountKind
  readonly ownerKey: string
  readonly currency: string
}

/**
 * Accounts with a running balance, and the side of it that a CHECK keeps from being outweighed: CREDIT accounts hold
 * money for somebody, DEBIT accounts are claims on somebody. The others (clearing, fee, in transit, fund, promotion) are
 * shared by the whole mall: a running balance there would be one row that every order waits for.
 */
export const GUARDED: Readonly<Partial<Record<AccountKind, BalanceRule>>> = {
  ESCROW: 'CREDIT',
  SUSPENSE: 'CREDIT',
  MERCHANT_PENDING: 'CREDIT',
  MERCHANT_AVAILABLE: 'CREDIT',
  MERCHANT_DEPOSIT: 'CREDIT',
  BUYER_WALLET: 'CREDIT',
  MERCHANT_RECEIVABLE: 'DEBIT',
  DISPUTED: 'DEBIT',
}

const PLATFORM = 'platform'

const byOwner =
  (kind: AccountKind) =>
  (ownerKey: string, currency: string): AccountRef => ({ kind, ownerKey, currency })

const ofPlatform =
  (kind: AccountKind) =>
  (currency: string): AccountRef => ({ kind, ownerKey: PLATFORM, currency })

/** By provider's name. */
export const providerClearing = byOwner('PROVIDER_CLEARING')
export const refundInTransit = byOwner('REFUND_IN_TRANSIT')
export const payoutInTransit = byOwner('PAYOUT_IN_TRANSIT')
/** What a provider keeps for its services. */
export const providerCost = byOwner('PROVIDER_COST')
/** By order. */
export const escrowOf = byOwner('ESCROW')
/** By payment. */
export const suspenseOf = byOwner('SUSPENSE')
/** By dispute. */
export const disputedOf = byOwner('DISPUTED')
/** By merchant. */
export const merchantPending = byOwner('MERCHANT_PENDING')
export const merchantAvailable = byOwner('MERCHANT_AVAILABLE')
export const merchantDeposit = byOwner('MERCHANT_DEPOSIT')
export const merchantReceivable = byOwner('MERCHANT_RECEIVABLE')
/** By user. */
export const walletOf = byOwner('BUYER_WALLET')

export const platformFee = ofPlatform('PLATFORM_FEE')
export const promoExpense = ofPlatform('PROMO_EXPENSE')
export const protectionFund = ofPlatform('PROTECTION_FUND')

/** The account's id, the same in every process. */
export function accountId({ kind, ownerKey, currency }: AccountRef): string {
  return idFor('ledger-account', kind, ownerKey, currency)
}
