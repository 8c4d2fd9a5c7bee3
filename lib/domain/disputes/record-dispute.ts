import { disputedOf, postTransfers } from '@/lib/domain/ledger'
import type { ProviderDispute } from '@/lib/domain/payments'
import { type Tx, selectRows, sql } from '@/lib/domain/tx'
import { LOOK_EVERY_MS } from './next-step'
import { after } from '@/lib/kernel/time'
import { z } from 'zod'
import { type OpenDispute, closeDispute } from './close-dispute'
import { openDispute } from './open-dispute'
import { withdrawnKey, withdrawnPosting } from './postings'

const Row = z.object({
  id: z.string(),
  provider: z.string(),
  disputeRef: z.string(),
  paymentId: z.string(),
  amountMinor: z.number(),
  currency: z.string(),
  state: z.enum(['NEEDS_RESPONSE', 'UNDER_REVIEW', 'WON', 'LOST']),
})

/**
 * Brings our dispute to where the provider says that it is, from wherever it stood: opens it, books the money that was
 * withdrawn, notes the review, books the verdict. The payment is taken before anything is compared, a verdict is for good, and
 * an answer that is older than what is known changes nothing: so answers may come in any order, any number of times.
 */
export async function recordDispute(
  tx: Tx,
  provider: string,
  paymentId: string,
  found: ProviderDispute,
  now: Date,
): Promise<void> {
  await lockPayment(tx, paymentId)
  await openDispute(tx, provider, paymentId, found, now)
  const dispute = await lockDispute(tx, provider, found.disputeRef)
  if (!dispute) return
  const closed = found.status === 'won' || found.status === 'lost'
  const posted = await isWithdrawn(tx, dispute.id)
  const withdrawn = found.withdrawn !== false || found.status === 'lost'
  if (withdrawn && !posted) await postTransfers(tx, [withdrawnPosting(dispute)], now)
  if (closed) await closeDispute(tx, dispute, found.status === 'won' ? 'WON' : 'LOST', withdrawn || posted, now)
  else if (found.status === 'under-review' && dispute.state === 'NEEDS_RESPONSE') {
    await tx.$executeRaw(sql`
      UPDATE dispute SET state = 'UNDER_REVIEW', "submittedAt" = COALESCE("submittedAt", ${now}),
             "dueAt" = ${after(now, LOOK_EVERY_MS)}, "lastError" = NULL WHERE id = ${dispute.id}::uuid`)
  }
}

/**
 * Two disputes of one payment come one after the other: each sees whether the other still keeps the orders frozen. Its
 * orders first, then the payment, as refunds take them.
 */
async function lockPayment(tx: Tx, paymentId: string): Promise<void> {
  await tx.$executeRaw(sql`
    SELECT 1 FROM "order" o JOIN checkout c ON c.id = o."checkoutId"
    WHERE c."paidPaymentId" = ${paymentId}::uuid ORDER BY o.id FOR UPDATE OF o`)
  await tx.$executeRaw(sql`SELECT 1 FROM payment WHERE id = ${paymentId}::uuid FOR UPDATE`)
}

/** The dispute, locked, unless it is decided. */
async function lockDispute(tx: Tx, provider: string, disputeRef: string): Promise<OpenDispute | null> {
  const [row] = await selectRows(
    tx,
    Row,
    sql`
      SELECT id, provider, "disputeRef", "paymentId", "amountMinor", currency, state::text AS state FROM dispute
      WHERE provider = ${provider} AND "disputeRef" = ${disputeRef} FOR UPDATE`,
  )
  if (!row || row.state === 'WON' || row.state === 'LOST') return null
  return { ...row, state: row.state, account: disputedOf(row.id, row.currency) }
}

async function isWithdrawn(tx: Tx, disputeId: string): Promise<boolean> {
  return (await tx.ledgerTransfer.count({ where: { idempotencyKey: withdrawnKey(disputeId) } })) > 0
}
