import { newId } from '@/lib/kernel/ids'
import { DAY_MS, after } from '@/lib/kernel/time'
import { z } from 'zod'
import type { Bank } from './bank'
import { noticeOf } from './notice'
import { postMovements } from './post-movements'

const EVIDENCE_MS = 7 * DAY_MS

/** Why a payer may take a charge back, as card schemes call it. */
export const DISPUTE_REASONS = ['product-not-received', 'product-unacceptable', 'duplicate', 'fraudulent'] as const
export const DisputeReason = z.enum(DISPUTE_REASONS)
export type DisputeReason = z.infer<typeof DisputeReason>

const Withdrawn = z.object({
  amountMinor: z.number(),
  currency: z.string(),
  paymentId: z.string(),
  notifyUrl: z.string(),
})

/**
 * The payer takes back what of a charge was not refunded; the money leaves the shop's account at once, and the shop has
 * seven days to answer. A charge is disputed once: returns null when it was, or when nothing is left of it.
 */
export async function openDispute(
  { db, clock }: Bank,
  captureId: string,
  reason: DisputeReason,
): Promise<string | null> {
  const [id, now] = [newId(), clock()]
  return db.$transaction(async (tx) => {
    const [row] = await tx.$queryRaw<unknown[]>`
      UPDATE bank_capture c SET "disputedMinor" = c."amountMinor" - c."refundedMinor" FROM bank_payment p
      WHERE c.id = ${captureId}::uuid AND p.id = c."paymentId" AND c."disputedMinor" = 0 AND c."refundedMinor" < c."amountMinor"
        AND NOT EXISTS (SELECT FROM bank_dispute d WHERE d."captureId" = c.id)
      RETURNING c."disputedMinor" AS "amountMinor", c.currency, c."paymentId"::text AS "paymentId", p."notifyUrl"`
    if (row === undefined) return null
    const { amountMinor, currency, paymentId, notifyUrl } = Withdrawn.parse(row)
    const status = 'needs-response'
    const facts = { captureId, amountMinor, currency, reason, status, openedAt: now }
    await tx.bankDispute.create({ data: { id, ...facts, evidenceDueAt: after(now, EVIDENCE_MS) } })
    const news = { type: 'dispute.opened', data: { disputeId: id, captureId, status }, at: now } as const
    await tx.bankCallback.create({ data: noticeOf({ paymentId }, notifyUrl, news) })
    await postMovements(tx, [{ kind: 'dispute', sourceId: id, amountMinor: -amountMinor, currency, at: now }])
    return id
  })
}
