import type { Actor } from '@/lib/domain/actor'
import { type LockedCase, appendEntry } from '@/lib/domain/complaints'
import { penaltyOf, takePenalty } from '@/lib/domain/merchants'
import type { Tx } from '@/lib/domain/tx'
import { type Verdict, grantedOf, isForBuyer } from './verdict'

/** Takes the penalties of a verdict for the buyer, each once in a case, on the value that it grants; the case tells of each. */
export async function takeTariffs(
  tx: Tx,
  { id: complaintId, merchantId, orderId, currency, units: judged }: LockedCase,
  { units, compensationMinor, tariffs }: Pick<Verdict, 'units' | 'compensationMinor' | 'tariffs'>,
  actor: Actor,
  now: Date,
): Promise<void> {
  if (!isForBuyer({ units, compensationMinor })) return
  const grantedMinor = grantedOf(judged, { units, compensationMinor })
  for (const tariff of tariffs) {
    if ((await tx.penalty.count({ where: { complaintId, tariff } })) > 0) continue
    const amountMinor = penaltyOf(tariff, grantedMinor)
    const of = { merchantId, orderId, complaintId, currency }
    const takenMinor = await takePenalty(tx, { ...of, tariff, amountMinor }, now)
    await appendEntry(tx, complaintId, { type: 'penalty', actor, body: { tariff, amountMinor, takenMinor } }, now)
  }
}
