import { SECOND_MS, after } from '@/lib/kernel/time'
import { newId } from '@/lib/kernel/ids'
import { type Bank, BankRefusal } from './bank'
import { refundsFaultOf } from './faults'
import { refundAnswerOf } from './find-refund'
import { postMovements } from './post-movements'
import type { RefundAnswer, RefundInput } from './protocol'

/** How long a refund stays pending when the payer's switch says so. */
const PENDING_MS = 3 * SECOND_MS
const CLOSED = 'the account that it goes to is closed'

/**
 * Sends money of a capture back, once per idempotency key. What is refunded and what is disputed of a capture together
 * never exceed it: the guard is in the UPDATE. Refuses an unknown capture (404), too much (422), and a key used for
 * something else (409). Good at once, unless the payer's switch makes it pending; `settleDue` ends it.
 */
export async function refundCapture({ db, clock }: Bank, key: string, input: RefundInput): Promise<RefundAnswer> {
  const { captureId, amountMinor } = input
  const now = clock()
  const capture = await db.bankCapture.findUnique({ where: { id: captureId }, include: { payment: true } })
  if (!capture) throw new BankRefusal(404, 'unknown-capture')
  return db.$transaction(async (tx) => {
    const made = await tx.bankRefund.createMany({
      data: [{ id: newId(), idempotencyKey: key, captureId, amountMinor, createdAt: now }],
      skipDuplicates: true,
    })
    const refund = await tx.bankRefund.findUniqueOrThrow({ where: { idempotencyKey: key } })
    if (refund.captureId !== captureId || refund.amountMinor !== amountMinor) throw new BankRefusal(409, 'key-reused')
    if (made.count === 0) return refundAnswerOf(refund)
    const count = await tx.$executeRaw`
      UPDATE bank_capture SET "refundedMinor" = "refundedMinor" + ${amountMinor}
      WHERE id = ${captureId}::uuid AND "refundedMinor" + "disputedMinor" + ${amountMinor} <= "amountMinor"`
    if (count === 0) throw new BankRefusal(422, 'more-than-captured')

    const wish = refundsFaultOf(capture.payment.faults)
    // Counted behind the capture's row lock: of two refunds at once only one is the first.
    const failed = await tx.bankRefund.count({ where: { captureId, failure: { not: null } } })
    const fails = wish === 'fail-always' || (wish === 'fail' && failed === 0)
    const pending = fails || wish === 'pending'
    const posted = pending
      ? { ...refund, status: 'pending', dueAt: after(now, PENDING_MS), failure: fails ? CLOSED : null }
      : refund
    if (pending) {
      const { status, dueAt, failure } = posted
      await tx.bankRefund.update({ where: { id: refund.id }, data: { status, dueAt, failure } })
    }
    const { currency } = capture
    await postMovements(tx, [{ kind: 'refund', sourceId: refund.id, amountMinor: -amountMinor, currency, at: now }])
    return refundAnswerOf(posted)
  })
}
