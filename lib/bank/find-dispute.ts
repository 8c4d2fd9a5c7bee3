import type { Bank } from './bank'
import { type DisputeAnswer, DisputeStatus } from './protocol'

/** One dispute as the books have it now, or null. */
export async function findDispute({ db }: Bank, id: string): Promise<DisputeAnswer | null> {
  const dispute = await db.bankDispute.findUnique({ where: { id } })
  if (!dispute) return null
  const { captureId, amountMinor, currency, reason, status, openedAt, evidenceDueAt } = dispute
  return {
    id,
    captureId,
    amountMinor,
    currency,
    reason,
    status: DisputeStatus.parse(status),
    openedAt: openedAt.toISOString(),
    evidenceDueAt: evidenceDueAt.toISOString(),
  }
}
