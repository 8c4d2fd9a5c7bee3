import { syncPayoutAccount } from '@/lib/domain/merchants'
import { ProviderUnavailable } from '@/lib/domain/payments'
import type { InTransaction } from '@/lib/domain/tx'
import { paymentProvider } from '@/lib/infra/payments'
import { Refusal } from '@/lib/kernel/refusal'
import type { PayoutDesk } from '@/lib/queries/merchant'
import { limit } from '@/lib/web/rate-limit'

/**
 * A merchant who looks at an account that is not ready (back from the provider, usually) makes a lost callback good: the
 * provider is asked once, at most every few seconds. Says whether it answered; when it is down nothing changes.
 */
export async function syncAccountOnVisit(
  run: InTransaction,
  { account }: PayoutDesk,
  now: Date,
): Promise<'nothing-to-ask' | 'asked' | 'unavailable'> {
  if (!account || account.ready) return 'nothing-to-ask'
  try {
    await limit('sync:account', account.accountRef)
    await syncPayoutAccount(run, paymentProvider(), account.accountRef, now)
    return 'asked'
  } catch (error) {
    if (error instanceof ProviderUnavailable) return 'unavailable'
    if (error instanceof Refusal && error.code === 'auth/rate-limited') return 'nothing-to-ask'
    throw error
  }
}
