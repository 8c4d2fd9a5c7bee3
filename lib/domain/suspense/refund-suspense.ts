import { recordOperatorAction } from '@/lib/domain/accounts'
import { lockBalances, postTransfers, suspenseBackPosting, suspenseOf } from '@/lib/domain/ledger'
import type { Actor } from '@/lib/domain/orders'
import { openRefund } from '@/lib/domain/payments'
import { type Tx, selectRows, sql } from '@/lib/domain/tx'
import { Refusal } from '@/lib/kernel/refusal'
import { z } from 'zod'

const Unknown = z.object({
  use: z.string(),
  provider: z.string(),
  captureRef: z.string(),
  currency: z.string(),
  disputed: z.boolean(),
})

/**
 * An operator sends an unknown payment back to where it came from: suspense -> refunds in transit, all of it that is still
 * there. The payment's row is taken first, so it goes back once. Refuses `access/not-found`, `payment/not-in-suspense`
 * when nothing of it waits, `payment/disputed` while the payer has a dispute open, which may take the same money back.
 * Returns the refund's id.
 */
export async function refundSuspense(
  tx: Tx,
  paymentId: string,
  actor: Actor,
  note: string | null,
  now: Date,
): Promise<string> {
  const { use, disputed, currency, ...capture } = await lockPayment(tx, paymentId)
  const suspense = suspenseOf(paymentId, currency)
  const amountMinor = (await lockBalances(tx, [suspense]))(suspense)
  if (use !== 'UNKNOWN' || amountMinor === 0) throw new Refusal('payment/not-in-suspense')
  if (disputed) throw new Refusal('payment/disputed')
  const refund = { order: null, amountMinor, currency, reason: 'unknown-payment' }
  const id = await openRefund(tx, paymentId, refund, now)
  await postTransfers(tx, [suspenseBackPosting({ ...capture, paymentId, currency }, { id, amountMinor })], now)
  const action = { verb: 'refund-suspense', subject: 'payment', subjectId: paymentId, note }
  await recordOperatorAction(tx, { userId: actor.id, ...action }, now)
  return id
}

async function lockPayment(tx: Tx, paymentId: string): Promise<z.infer<typeof Unknown>> {
  await tx.$executeRaw(sql`SELECT 1 FROM payment WHERE id = ${paymentId}::uuid FOR UPDATE`)
  // A statement of its own, after the lock: it sees a dispute that was opened while this one waited.
  const [payment] = await selectRows(
    tx,
    Unknown,
    sql`
      SELECT p.use::text AS use, p.provider, p."captureRef", p.currency,
             EXISTS (SELECT FROM dispute d WHERE d."paymentId" = p.id AND d.state IN ('NEEDS_RESPONSE', 'UNDER_REVIEW')) AS disputed
      FROM payment p WHERE p.id = ${paymentId}::uuid`,
  )
  if (!payment) throw new Refusal('access/not-found')
  return payment
}
