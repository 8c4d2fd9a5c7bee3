import type { PaymentProvider, Progress, ProviderRefund } from '@/lib/domain/payments/provider'
import type Stripe from 'stripe'
import type { Desk } from './client'
import { asked, askedFor } from './errors'

type ToRefund = Parameters<PaymentProvider['refund']>[0]

const PROGRESS: Readonly<Record<string, Progress>> = {
  pending: 'pending',
  requires_action: 'pending',
  succeeded: 'succeeded',
  failed: 'failed',
  canceled: 'failed',
}

/** A retry first looks among the capture's refunds for its own mark: Stripe forgets keys after a day, refunds never. */
export async function refund(desk: Desk, input: ToRefund): Promise<ProviderRefund> {
  const { refundId, captureRef, amountMinor } = input
  const attempt = String(input.attempt)
  return asked(async () => {
    if (input.retry) {
      for await (const made of desk.stripe.refunds.list({ charge: captureRef, limit: 100 })) {
        const { metadata } = made
        if (metadata?.['refundId'] === refundId && metadata['attempt'] === attempt) return refundOf(made)
      }
    }
    const made = await desk.stripe.refunds.create(
      { charge: captureRef, amount: amountMinor, metadata: { refundId, attempt } },
      { idempotencyKey: `refund:${refundId}:${attempt}` },
    )
    return refundOf(made)
  })
}

export async function fetchRefund({ stripe }: Desk, refundRef: string): Promise<ProviderRefund | null> {
  return askedFor(async () => refundOf(await stripe.refunds.retrieve(refundRef)))
}

/** A state that Stripe adds one day counts as under way: nothing is given up over a word that is not understood. */
function refundOf({ id, status, failure_reason: reason }: Stripe.Refund): ProviderRefund {
  const progress = PROGRESS[status ?? ''] ?? 'pending'
  return { refundRef: id, status: progress, failure: progress === 'failed' ? (reason ?? status) : null }
}
