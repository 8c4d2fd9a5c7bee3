import type { PaymentProvider } from '@/lib/domain/payments'
import type { InTransaction } from '@/lib/domain/tx'
import { bookTransfer } from './book-transfer'

/**
 * A callback says that something became of a transfer: looks it up and books it, also when a payout that was paid has come
 * back (provider clearing -> available). Duplicates and any order change nothing. Returns whether it is one of ours; one
 * whose answer we have not booked yet is not, and `settlePayout` finds it as it stands. Throws `ProviderUnavailable`.
 */
export async function syncPayout(
  run: InTransaction,
  provider: PaymentProvider,
  transferRef: string,
  now: Date,
): Promise<boolean> {
  const where = { provider_transferRef: { provider: provider.name, transferRef } }
  const payout = await run((tx) => tx.payout.findUnique({ where, select: { id: true } }))
  if (!payout) return false
  const found = await provider.fetchTransfer(transferRef)
  if (found) await run((tx) => bookTransfer(tx, payout.id, { ...found, left: true }, now))
  return true
}
