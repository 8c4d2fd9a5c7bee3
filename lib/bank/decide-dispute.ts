import type { Bank } from './bank'
import { noticeOf } from './notice'
import { postMovements } from './post-movements'

/**
 * The bank decides an open dispute, for good. When the shop wins, the money comes back to its account. Returns whether
 * this call was the one: of two at once only the first decides.
 */
export async function decideDispute(
  { db, clock }: Bank,
  disputeId: string,
  winner: 'payer' | 'shop',
): Promise<boolean> {
  const now = clock()
  const status = winner === 'shop' ? 'won' : 'lost'
  return db.$transaction(async (tx) => {
    const [dispute] = await tx.bankDispute.updateManyAndReturn({
      where: { id: disputeId, status: { in: ['needs-response', 'under-review'] } },
      data: { status, closedAt: now },
    })
    if (!dispute) return false
    const { captureId, amountMinor, currency } = dispute
    const { payment } = await tx.bankCapture.update({
      where: { id: captureId },
      data: { disputedMinor: { decrement: winner === 'shop' ? amountMinor : 0 } },
      include: { payment: { select: { id: true, notifyUrl: true } } },
    })
    const news = { type: 'dispute.closed', data: { disputeId, captureId, status }, at: now } as const
    await tx.bankCallback.create({ data: noticeOf({ paymentId: payment.id }, payment.notifyUrl, news) })
    if (winner === 'shop') {
      await postMovements(tx, [{ kind: 'dispute-won', sourceId: disputeId, amountMinor, currency, at: now }])
    }
    return true
  })
}
