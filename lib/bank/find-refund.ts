import type { Bank } from './bank'
import { type RefundAnswer, RefundStatus } from './protocol'

/** One refund as the books have it now, or null. */
export async function findRefund({ db }: Bank, id: string): Promise<RefundAnswer | null> {
  const refund = await db.bankRefund.findUnique({ where: { id } })
  return refund && refundAnswerOf(refund)
}

/** What the shop is told of a refund; that it is going to fail is not told before it did. */
export function refundAnswerOf(refund: { id: string; status: string; failure: string | null }): RefundAnswer {
  const status = RefundStatus.parse(refund.status)
  return { id: refund.id, status, failure: status === 'failed' ? refund.failure : null }
}
