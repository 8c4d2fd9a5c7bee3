import type { PaymentProvider } from '@/lib/domain/payments'
import type { InTransaction } from '@/lib/domain/tx'

/**
 * Looks a merchant's account up at the provider and keeps what stands there. An account that the provider does not know
 * (any more) is not ready. Of two answers the one asked for last is kept. Returns whether the account is one of ours;
 * throws `ProviderUnavailable`.
 */
export async function syncPayoutAccount(
  run: InTransaction,
  provider: PaymentProvider,
  accountRef: string,
  now: Date,
): Promise<boolean> {
  const ours = { provider: provider.name, accountRef }
  if ((await run((tx) => tx.payoutAccount.count({ where: ours }))) === 0) return false
  const found = await provider.fetchAccount(accountRef)
  const facts = { ready: found?.ready ?? false, missing: [...(found?.missing ?? [])], checkedAt: now }
  await run((tx) => tx.payoutAccount.updateMany({ where: { ...ours, checkedAt: { lte: now } }, data: facts }))
  return true
}
