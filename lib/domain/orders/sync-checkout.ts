import { type ProviderNamed, requireProvider } from '@/lib/domain/payments'
import type { InTransaction } from '@/lib/domain/tx'
import { Refusal } from '@/lib/kernel/refusal'
import { type PaymentOutcome, recordPayment } from './record-payment'

/** What a look at the provider's books brought, one outcome a capture. */
export interface SyncResult {
  readonly outcomes: readonly PaymentOutcome[]
}

/** Whether anything was learned that our books did not have. */
export function isNews({ outcomes }: SyncResult): boolean {
  return outcomes.some((outcome) => outcome !== 'known')
}

/**
 * Looks a checkout's payment up at the provider that was asked for it and records every capture found there. Because it
 * asks for the present state, neither the order nor the number of callbacks matters, and a lost one is made good whenever
 * anybody calls this. Throws `ProviderUnavailable`. Refuses `payment/unknown` when the provider's payment belongs to
 * another checkout.
 */
export async function syncCheckout(
  run: InTransaction,
  providers: ProviderNamed,
  checkoutId: string,
  now: Date,
): Promise<SyncResult> {
  const checkout = await run((tx) =>
    tx.checkout.findUnique({ where: { id: checkoutId }, select: { provider: true, providerRef: true } }),
  )
  if (!checkout) throw new Refusal('payment/unknown')
  if (checkout.providerRef === null) return { outcomes: [] }
  const payment = await requireProvider(providers, checkout.provider).fetchPayment(checkout.providerRef)
  if (!payment || payment.reference !== checkoutId) throw new Refusal('payment/unknown')
  const outcomes: PaymentOutcome[] = []
  for (const capture of payment.captures) {
    outcomes.push(await run((tx) => recordPayment(tx, checkoutId, capture, now)))
  }
  return { outcomes }
}
