import type { Bank } from './bank'
import { decideDispute } from './decide-dispute'
import { noticeOf } from './notice'
import { postMovements } from './post-movements'

const BATCH = 50

/**
 * What the bank does by itself once its time has come: pending refunds succeed or fail, and disputes that the shop left
 * without an answer go to the payer. Any number of processes may run it; each end is reached once.
 */
export async function settleDue(bank: Bank): Promise<void> {
  const now = bank.clock()
  const select = { id: true } as const
  const refunds = await bank.db.bankRefund.findMany({ where: { dueAt: { lte: now } }, select, take: BATCH })
  for (const { id } of refunds) await settleRefund(bank, id)
  const silent = { status: 'needs-response', evidenceDueAt: { lte: now } }
  const disputes = await bank.db.bankDispute.findMany({ where: silent, select, take: BATCH })
  for (const { id } of disputes) await decideDispute(bank, id, 'payer')
}

async function settleRefund({ db, clock }: Bank, id: string): Promise<void> {
  const now = clock()
  await db.$transaction(async (tx) => {
    const taken = { id, status: 'pending', dueAt: { lte: now } }
    const [lost] = await tx.bankRefund.updateManyAndReturn({
      where: { ...taken, failure: { not: null } },
      data: { status: 'failed', dueAt: null },
    })
    const [sent] = lost
      ? []
      : await tx.bankRefund.updateManyAndReturn({ where: taken, data: { status: 'succeeded', dueAt: null } })
    const refund = lost ?? sent
    if (!refund) return
    const { captureId, amountMinor } = refund
    // A failed refund sent nothing: as much may be sent again, or be disputed.
    const { currency, payment } = await tx.bankCapture.update({
      where: { id: captureId },
      data: { refundedMinor: { decrement: lost ? amountMinor : 0 } },
      include: { payment: { select: { id: true, notifyUrl: true } } },
    })
    const data = { refundId: id, captureId, status: lost ? 'failed' : 'succeeded' } as const
    const news = { type: 'refund.updated', data, at: now } as const
    await tx.bankCallback.create({ data: noticeOf({ paymentId: payment.id }, payment.notifyUrl, news) })
    if (lost) await postMovements(tx, [{ kind: 'refund-failed', sourceId: id, amountMinor, currency, at: now }])
  })
}
