import { type PaymentProvider, ProviderRefused, bookRefund } from '@/lib/domain/payments'
import type { InTransaction } from '@/lib/domain/tx'

/**
 * Before a lost dispute is booked: refunds of its payment that were asked for and never answered are asked for again, under
 * their keys. Those that the provider has taken are booked, any other it refuses; so what is still unsent afterwards was
 * truly never sent, and `coverByRefunds` may settle it. Throws `ProviderUnavailable`.
 */
export async function askUnanswered(
  run: InTransaction,
  provider: PaymentProvider,
  paymentId: string,
  now: Date,
): Promise<void> {
  const refunds = await run((tx) =>
    tx.refund.findMany({
      where: { paymentId, method: 'PROVIDER', status: 'PENDING', attempts: { gt: 0 } },
      orderBy: { id: 'asc' },
      include: { payment: { select: { captureRef: true } } },
    }),
  )
  for (const { id: refundId, attempt, amountMinor, payment } of refunds) {
    if (!payment) continue
    const { captureRef } = payment
    try {
      const answer = await provider.refund({ refundId, attempt, captureRef, amountMinor, retry: true })
      await run((tx) => bookRefund(tx, { refundId, attempt }, answer, now))
    } catch (error) {
      if (!(error instanceof ProviderRefused)) throw error
    }
  }
}
