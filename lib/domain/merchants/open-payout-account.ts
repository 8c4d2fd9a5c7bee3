import { type PaymentProvider, ProviderRefused, ProviderUnavailable } from '@/lib/domain/payments'
import type { InTransaction, Tx } from '@/lib/domain/tx'
import { Refusal } from '@/lib/kernel/refusal'

export interface PayoutAccountInput {
  readonly merchantId: string
  readonly locale: string
  /** Where the provider's page sends the merchant back to. */
  readonly returnUrl: string
}

/**
 * Opens the merchant's account at the provider, once, and returns a fresh address of the page where he completes it. The
 * provider is asked outside any transaction and knows the merchant's id, so two calls at once meet in one account.
 * Refuses `access/not-found`, `payout/provider-unavailable`, `payout/account-refused`.
 */
export async function openPayoutAccount(
  run: InTransaction,
  provider: PaymentProvider,
  { merchantId, locale, returnUrl }: PayoutAccountInput,
  now: Date,
): Promise<string> {
  const merchant = await run((tx) => requireMerchant(tx, merchantId, provider.name))
  try {
    let accountRef = merchant.payoutAccounts[0]?.accountRef
    if (accountRef === undefined) {
      const { legalName: name, contactEmail: email } = merchant
      const opened = await provider.openAccount({ merchantId, name, email, locale })
      const { ready, missing } = opened
      const row = { merchantId, provider: provider.name, accountRef: opened.accountRef, ready, missing: [...missing] }
      await run((tx) =>
        tx.payoutAccount.createMany({ data: [{ ...row, checkedAt: now, createdAt: now }], skipDuplicates: true }),
      )
      accountRef = opened.accountRef
    }
    return await provider.accountLink({ accountRef, returnUrl, locale })
  } catch (error) {
    if (error instanceof ProviderUnavailable) throw new Refusal('payout/provider-unavailable')
    if (error instanceof ProviderRefused) throw new Refusal('payout/account-refused')
    throw error
  }
}

async function requireMerchant(tx: Tx, id: string, provider: string) {
  const merchant = await tx.merchant.findUnique({
    where: { id },
    select: {
      legalName: true,
      contactEmail: true,
      payoutAccounts: { where: { provider }, select: { accountRef: true } },
    },
  })
  if (!merchant) throw new Refusal('access/not-found')
  return merchant
}
