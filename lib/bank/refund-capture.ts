import { newId } from '@/lib/kernel/ids'
import { type Bank, BankRefusal } from './bank'
import type { RefundInput } from './protocol'

/**
 * Sends money of a capture back, once per idempotency key. All refunds of a capture together never exceed it: the guard
 * is in the UPDATE. Refuses an unknown capture (404), too much (422), and a key used for something else (409).
 */
export async function refundCapture({ db, clock }: Bank, key: string, input: RefundInput): Promise<{ id: string }> {
  const { captureId, amountMinor } = input
  const capture = await db.bankCapture.findUnique({ where: { id: captureId } })
  if (!capture) throw new BankRefusal(404, 'unknown-capture')
  return db.$transaction(async (tx) => {
    const made = await tx.bankRefund.createMany({
      data: [{ id: newId(), idempotencyKey: key, captureId, amountMinor, createdAt: clock() }],
      skipDuplicates: true,
    })
    const refund = await tx.bankRefund.findUniqueOrThrow({ where: { idempotencyKey: key } })
    if (refund.captureId !== captureId || refund.amountMinor !== amountMinor) throw new BankRefusal(409, 'key-reused')
    if (made.count === 0) return { id: refund.id }
    const { count } = await tx.bankCapture.updateMany({
      where: { id: captureId, refundedMinor: { lte: capture.amountMinor - amountMinor } },
      data: { refundedMinor: { increment: amountMinor } },
    })
    if (count === 0) throw new BankRefusal(422, 'more-than-captured')
    return { id: refund.id }
  })
}
