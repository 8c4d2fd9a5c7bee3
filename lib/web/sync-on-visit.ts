import { isNews, syncCheckout } from '@/lib/domain/orders'
import { ProviderUnavailable } from '@/lib/domain/payments'
import type { InTransaction } from '@/lib/domain/tx'
import { providerNamed } from '@/lib/infra/payments'
import { Refusal } from '@/lib/kernel/refusal'
import { DAY_MS } from '@/lib/kernel/time'
import { limit } from './rate-limit'

export interface Visited {
  readonly checkoutId: string
  readonly unpaid: boolean
  readonly paymentOpened: boolean
  readonly since: Date
}

/**
 * A buyer who looks at an unpaid order or top-up (back from the bank, usually) makes a lost callback good: the provider
 * that it was opened at is asked once, at most every few seconds a checkout. Says whether anything changed. When the
 * provider is down, or not configured any more, nothing changes.
 */
export async function syncOnVisit(
  run: InTransaction,
  { checkoutId, unpaid, paymentOpened, since }: Visited,
  now: Date,
): Promise<boolean> {
  if (!unpaid || !paymentOpened || now.getTime() - since.getTime() > DAY_MS) return false
  try {
    await limit('sync:checkout', checkoutId)
    return isNews(await syncCheckout(run, providerNamed, checkoutId, now))
  } catch (error) {
    if (error instanceof ProviderUnavailable) return false
    if (error instanceof Refusal && error.code === 'auth/rate-limited') return false
    throw error
  }
}
