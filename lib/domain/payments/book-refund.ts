import { type RefundMoney, postTransfers, refundFailedPosting, refundSentPosting } from '@/lib/domain/ledger'
import { type Tx, selectRows, sql } from '@/lib/domain/tx'
import { HOUR_MS, after } from '@/lib/kernel/time'
import { z } from 'zod'
import type { ProviderRefund } from './provider'

/** How often a refund that failed at the provider is begun anew before an operator has to look. */
export const MOST_REFUND_ATTEMPTS = 3

const LOOK_AGAIN_MS = HOUR_MS

const Booked = z.object({
  status: z.enum(['PENDING', 'SENT', 'SUCCEEDED', 'FAILED']),
  attempt: z.number(),
  providerRef: z.string().nullable(),
  provider: z.string(),
  amountMinor: z.number(),
  currency: z.string(),
})

/**
 * Books what a provider says of a refund, whatever was booked before: its row is locked first, so each step is posted
 * once, in whichever order and however often the answers come. `attempt` is the one that was asked about: an answer that
 * comes after the refund was begun anew is about money that is back already, and changes nothing. A refund that failed is begun anew after an hour, under a
 * new key, up to three times; then it is FAILED and waits for an operator, its money with us. Returns whether the buyer
 * has the money.
 */
export async function bookRefund(
  tx: Tx,
  { refundId, attempt }: { readonly refundId: string; readonly attempt: number },
  answer: ProviderRefund,
  now: Date,
): Promise<boolean> {
  const [refund] = await selectRows(
    tx,
    Booked,
    sql`
      SELECT r.status::text AS status, r.attempt, r."providerRef", p.provider, r."amountMinor", r.currency
      FROM refund r JOIN payment p ON p.id = r."paymentId" WHERE r.id = ${refundId}::uuid FOR UPDATE OF r`,
  )
  if (!refund || refund.status === 'FAILED') return false
  const another = refund.providerRef !== null && refund.providerRef !== answer.refundRef
  if (refund.attempt !== attempt || another) return refund.status === 'SUCCEEDED'
  const money: RefundMoney = { ...refund, id: refundId, refundRef: answer.refundRef }
  const sent = refund.status !== 'PENDING'
  if (answer.status === 'failed') {
    if (sent) await postTransfers(tx, [refundFailedPosting(money)], now)
    await beginAnew(tx, refundId, refund.attempt + 1, answer.failure, now)
    return false
  }
  if (!sent) await postTransfers(tx, [refundSentPosting(money)], now)
  const done = answer.status === 'succeeded'
  await tx.refund.update({
    where: { id: refundId },
    data: {
      status: done ? 'SUCCEEDED' : 'SENT',
      providerRef: answer.refundRef,
      settledAt: done ? now : null,
      dueAt: done ? null : after(now, LOOK_AGAIN_MS),
      lastError: null,
    },
  })
  return done
}

async function beginAnew(tx: Tx, id: string, attempt: number, failure: string | null, now: Date): Promise<void> {
  const again = attempt < MOST_REFUND_ATTEMPTS
  await tx.refund.update({
    where: { id },
    data: {
      status: again ? 'PENDING' : 'FAILED',
      attempt,
      attempts: 0,
      providerRef: null,
      settledAt: null,
      dueAt: again ? after(now, LOOK_AGAIN_MS) : null,
      lastError: (failure ?? 'failed').slice(0, 200),
    },
  })
}
