import type { AccountKind } from '@/lib/infra/prisma/enums'
import { idFor } from '@/lib/kernel/ids'
import type { Currency } from '@/lib/kernel/money'

/** Names one account: what kind, whose, in which currency. */
export interface AccountRef {
  readonly kind: AccountKind
  readonly ownerKey: string
  readonly currency: Currency
}

/**
 * Accounts with a running balance that a CHECK keeps from going below zero. The others (clearing, fee, refunds in
 * transit) are shared by the whole mall: a running balance there would be one row that every order waits for.
 */
export const GUARDED_KINDS: ReadonlySet<AccountKind> = new Set([
  'ESCROW',
  'SUSPENSE',
  'MERCHANT_PENDING',
  'MERCHANT_AVAILABLE',
  'MERCHANT_DEPOSIT',
])

const PLATFORM = 'platform'

export const providerClearing = (provider: string, currency: Currency): AccountRef =>
  account('PROVIDER_CLEARING', provider, currency)
export const refundInTransit = (provider: string, currency: Currency): AccountRef =>
  account('REFUND_IN_TRANSIT', provider, currency)
export const platformFee = (currency: Currency): AccountRef => account('PLATFORM_FEE', PLATFORM, currency)
export const escrowOf = (orderId: string, currency: Currency): AccountRef => account('ESCROW', orderId, currency)
export const suspenseOf = (paymentId: string, currency: Currency): AccountRef =>
  account('SUSPENSE', paymentId, currency)
export const merchantPending = (merchantId: string, currency: Currency): AccountRef =>
  account('MERCHANT_PENDING', merchantId, currency)
export const merchantAvailable = (merchantId: string, currency: Currency): AccountRef =>
  account('MERCHANT_AVAILABLE', merchantId, currency)
export const merchantDeposit = (merchantId: string, currency: Currency): AccountRef =>
  account('MERCHANT_DEPOSIT', merchantId, currency)

/** The account's id, the same in every process. */
export function accountId({ kind, ownerKey, currency }: AccountRef): string {
  return idFor('ledger-account', kind, ownerKey, currency)
}

function account(kind: AccountKind, ownerKey: string, currency: Currency): AccountRef {
  return { kind, ownerKey, currency }
}
