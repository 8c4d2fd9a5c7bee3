import type { PaymentProvider } from '@/lib/domain/payments'
import type { InTransaction } from '@/lib/domain/tx'
import { Refusal } from '@/lib/kernel/refusal'
import { type PaymentOutcome, recordPayment } from './record-payment'

/** What a look at the provider's books brought. */
export interface SyncResult {
  readonly outcomes: readonly PaymentOutcome[]
  /** Captures that are not exactly what the checkout asks for; nothing was changed for them. */
  readonly mismatches: number
}

/**
 * Looks a checkout's payment up at the provider and records every capture found there. Because it asks for the present
 * state, neither the order nor the number of callbacks matters, and a lost one is made good whenever anybody calls
 * this. Throws `ProviderUnavailable`. Refuses `payment/unknown` when the provider's payment belongs to another checkout.
 */
export async function syncCheckout(
  run: InTransaction,
  provider: PaymentProvider,
  checkoutId: string,
  now: Date,
): Promise<SyncResult> {
  const checkout = await run((tx) =>
    tx.checkout.findUnique({ where: { id: checkoutId }, select: { provider: true, providerRef: true } }),
  )
  if (!checkout || checkout.provider !== provider.name) throw new Refusal('payment/unknown')
  if (checkout.providerRef === null) return { outcomes: [], mismatches: 0 }
  const payment = await provider.fetchPayment(checkout.providerRef)
  if (!payment || payment.reference !== checkoutId) throw new Refusal('payment/unknown')
  const outcomes: PaymentOutcome[] = []
  let mismatches = 0
  for (const capture of payment.captures) {
    try {
      outcomes.push(await run((tx) => recordPayment(tx, checkoutId, capture, now)))
    } catch (error) {
      if (!(error instanceof Refusal) || error.code !== 'payment/mismatch') throw error
      mismatches += 1
    }
  }
  return { outcomes, mismatches }
}
