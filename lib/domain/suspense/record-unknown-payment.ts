import { postTransfers, strayPosting } from '@/lib/domain/ledger'
import type { ProviderCapture } from '@/lib/domain/payments'
import type { Tx } from '@/lib/domain/tx'
import { newId } from '@/lib/kernel/ids'

/**
 * Records a capture that stands in the provider's books and that no checkout of ours asked for: clearing -> suspense,
 * until an operator decides (`refundSuspense`). Once per (provider, captureRef); of two that find it at the same moment
 * the second waits and books nothing. Returns whether it was news.
 */
export async function recordUnknownPayment(
  tx: Tx,
  provider: string,
  { captureRef, amountMinor, currency, capturedAt }: ProviderCapture,
  now: Date,
): Promise<boolean> {
  const id = newId()
  const money = { provider, captureRef, amountMinor, currency }
  const { count } = await tx.payment.createMany({
    data: [{ id, ...money, use: 'UNKNOWN', capturedAt, recordedAt: now }],
    skipDuplicates: true,
  })
  if (count === 0) return false
  await postTransfers(tx, [strayPosting({ paymentId: id, provider, captureRef, currency }, amountMinor)], now)
  return true
}
