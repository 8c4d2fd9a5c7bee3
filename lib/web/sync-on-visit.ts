import { syncCheckout } from '@/lib/domain/orders'
import { ProviderUnavailable } from '@/lib/domain/payments'
import type { InTransaction } from '@/lib/domain/tx'
import type { OrderStatus } from '@/lib/infra/prisma/enums'
import { paymentProvider } from '@/lib/infra/payments'
import { Refusal } from '@/lib/kernel/refusal'
import { DAY_MS } from '@/lib/kernel/time'
import { limit } from './rate-limit'

interface Visited {
  readonly checkoutId: string
  readonly status: OrderStatus
  readonly paymentOpened: boolean
  readonly placedAt: Date
}

/**
 * A buyer who looks at an unpaid order (back from the bank, usually) makes a lost callback good: the provider is asked
 * once, at most every few seconds a checkout. Says whether anything changed. When the provider is down nothing changes.
 */
export async function syncOnVisit(
  run: InTransaction,
  { checkoutId, status, paymentOpened, placedAt }: Visited,
  now: Date,
): Promise<boolean> {
  const unpaid = status === 'AWAITING_PAYMENT' || status === 'EXPIRED' || status === 'CANCELLED'
  if (!unpaid || !paymentOpened || now.getTime() - placedAt.getTime() > DAY_MS) return false
  try {
    await limit('sync:checkout', checkoutId)
    const { outcomes } = await syncCheckout(run, paymentProvider(), checkoutId, now)
    return outcomes.some((outcome) => outcome !== 'known')
  } catch (error) {
    if (error instanceof ProviderUnavailable) return false
    if (error instanceof Refusal && error.code === 'auth/rate-limited') return false
    throw error
  }
}
