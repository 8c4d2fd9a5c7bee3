import type { Bank } from './bank'

/** Test switch: the next transfer to this account is declined, or is not after all. */
export async function refuseNextTransfer({ db }: Bank, accountId: string, on: boolean): Promise<void> {
  await db.bankAccount.updateMany({ where: { id: accountId }, data: { refuseNext: on } })
}
