import type { Bank } from './bank'
import { noticeOf } from './notice'

/** The merchant completes his account: transfers to it are possible from now on. The shop is told once. */
export async function completeAccount({ db, clock }: Bank, accountId: string): Promise<void> {
  const now = clock()
  await db.$transaction(async (tx) => {
    const [account] = await tx.bankAccount.updateManyAndReturn({
      where: { id: accountId, completedAt: null },
      data: { completedAt: now },
    })
    if (!account) return
    const news = { type: 'account.updated', data: { accountId }, at: now } as const
    await tx.bankCallback.create({ data: noticeOf({ accountId }, account.notifyUrl, news) })
  })
}
