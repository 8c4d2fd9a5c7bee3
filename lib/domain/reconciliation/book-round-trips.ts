import { externalRef, postTransfers, providerClearing, refundInTransit } from '@/lib/domain/ledger'
import { type Tx, selectRows, sql } from '@/lib/domain/tx'
import { MINUTE_MS, after } from '@/lib/kernel/time'
import { z } from 'zod'
import { matchOnce } from './match-lines'

/** An answer that is on its way to us is booked by the refund itself. */
const GRACE_MS = 10 * MINUTE_MS

const RoundTrip = z.object({ id: z.string(), sourceRef: z.string(), amountMinor: z.number(), currency: z.string() })

/**
 * A refund that left and came back before any answer reached us (it failed while we were down) never touched our books, and
 * the provider's list has two lines of it. Both are booked, out of refunds in transit and back, so that each line has its
 * transaction. Once per pair. Returns how many lines were matched meanwhile.
 */
export async function bookRoundTrips(tx: Tx, provider: string, now: Date): Promise<number> {
  // What says the same as a line is no round trip; matching holds the lock that keeps others from booking the same pair.
  const matched = await matchOnce(tx, provider, now)
  const pairs = await selectRows(
    tx,
    RoundTrip,
    sql`
      SELECT went.id, went."sourceRef", back."amountMinor", went.currency
      FROM provider_line went
      JOIN provider_line back ON back.provider = went.provider AND back."sourceRef" = went."sourceRef" AND back.currency = went.currency
        AND back.kind = 'refund-failed' AND back."amountMinor" = -went."amountMinor"
      WHERE went.provider = ${provider} AND went.kind = 'refund' AND went."transactionId" IS NULL AND back."transactionId" IS NULL
        AND went.explanation IS NULL AND back.explanation IS NULL AND back.at <= ${after(now, -GRACE_MS)}`,
  )
  for (const { id, sourceRef, amountMinor, currency } of pairs) {
    const [transit, clearing] = [refundInTransit(provider, currency), providerClearing(provider, currency)]
    const money = { code: 'round-trip', amountMinor }
    const out = { from: transit, to: clearing, externalRef: externalRef(provider, 'refund', sourceRef) }
    const back = { from: clearing, to: transit, externalRef: externalRef(provider, 'refund-failed', sourceRef) }
    await postTransfers(tx, [{ key: `line:${id}:out`, ...money, ...out }], now)
    await postTransfers(tx, [{ key: `line:${id}:back`, ...money, ...back }], now)
  }
  return pairs.length > 0 ? matched + (await matchOnce(tx, provider, now)) : matched
}
