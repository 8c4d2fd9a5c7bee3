import { type PaymentProvider, ProviderRefused, type ProviderTransfer } from '@/lib/domain/payments/provider'
import type Stripe from 'stripe'
import type { Desk } from './client'
import { asked, askedFor } from './errors'

type ToTransfer = Parameters<PaymentProvider['transfer']>[0]

/**
 * Moves money from the platform's balance to a merchant's account. Stripe takes `transfer_group` as a search term, so a retry
 * finds what an earlier call did, also after a day. A decline makes no transfer at Stripe: it is answered as a failed one
 * under the ref `declined:<payoutId>`, which Stripe does not know.
 */
export async function transfer(desk: Desk, input: ToTransfer): Promise<ProviderTransfer> {
  const { payoutId, accountRef, amountMinor, currency, retry } = input
  const group = `payout:${payoutId}`
  try {
    return await asked(async () => {
      if (retry) {
        const { data } = await desk.stripe.transfers.list({ transfer_group: group, limit: 1 })
        if (data[0]) return transferOf(data[0])
      }
      const made = await desk.stripe.transfers.create(
        {
          amount: amountMinor,
          currency: currency.toLowerCase(),
          destination: accountRef,
          transfer_group: group,
          metadata: { payoutId },
        },
        { idempotencyKey: group },
      )
      return transferOf(made)
    })
  } catch (error) {
    if (!(error instanceof ProviderRefused)) throw error
    return { transferRef: `declined:${payoutId}`, status: 'failed', failure: error.message }
  }
}

export async function fetchTransfer({ stripe }: Desk, transferRef: string): Promise<ProviderTransfer | null> {
  return askedFor(async () => transferOf(await stripe.transfers.retrieve(transferRef)))
}

/** A transfer is done once it is made; it failed when all of it came back. The mall never reverses a part. */
function transferOf({ id, reversed }: Stripe.Transfer): ProviderTransfer {
  return { transferRef: id, status: reversed ? 'failed' : 'succeeded', failure: reversed ? 'reversed' : null }
}
