import type { Bank } from './bank'
import { noticeOf } from './notice'
import { postMovements } from './post-movements'

const RETURNED = 'the receiving bank sent it back'

/**
 * The receiving bank sends the last transfer back that it took: the transfer is failed after all, and the money is on the
 * shop's account again. Returns its id; null when there is none.
 */
export async function returnLastTransfer({ db, clock }: Bank, accountId: string): Promise<string | null> {
  const now = clock()
  const last = await db.bankTransfer.findFirst({
    where: { accountId, status: 'succeeded' },
    orderBy: { id: 'desc' },
    include: { account: { select: { notifyUrl: true } } },
  })
  if (!last) return null
  const { id, amountMinor, currency } = last
  return db.$transaction(async (tx) => {
    const { count } = await tx.bankTransfer.updateMany({
      where: { id, status: 'succeeded' },
      data: { status: 'failed', failure: RETURNED, returnedAt: now },
    })
    if (count === 0) return null
    const data = { transferId: id, accountId, status: 'failed' } as const
    const news = { type: 'transfer.updated', data, at: now } as const
    await tx.bankCallback.create({ data: noticeOf({ accountId }, last.account.notifyUrl, news) })
    await postMovements(tx, [{ kind: 'transfer-returned', sourceId: id, amountMinor, currency, at: now }])
    return id
  })
}
