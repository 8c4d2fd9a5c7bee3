import type { Actor } from '@/lib/domain/actor'
import { type Tariff, penaltyOf, takePenalty } from '@/lib/domain/merchants'
import type { Tx } from '@/lib/domain/tx'
import { appendEntry } from './append-entry'
import type { LockedCase } from './lock-case'

/**
 * Takes a tariff's penalty for a case out of the merchant's deposit, as far as it holds it, and writes it into the case. Once per case
 * and tariff; before the remedy is carried out (lock order).
 */
export async function penalize(tx: Tx, locked: LockedCase, tariff: Tariff, actor: Actor, now: Date): Promise<void> {
  const { id: complaintId, merchantId, orderId, currency, stakeMinor } = locked
  const amountMinor = penaltyOf(tariff, stakeMinor)
  const takenMinor = await takePenalty(tx, { merchantId, orderId, complaintId, tariff, amountMinor, currency }, now)
  await appendEntry(tx, complaintId, { type: 'penalty', actor, body: { tariff, amountMinor, takenMinor } }, now)
}
