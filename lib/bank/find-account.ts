import type { Bank } from './bank'
import { localeOf, wordsOf } from './page-frame'
import type { AccountAnswer } from './protocol'

/** One account as the books have it now, or null. */
export async function findAccount({ db }: Bank, id: string): Promise<AccountAnswer | null> {
  const account = await db.bankAccount.findUnique({ where: { id } })
  return account && accountAnswerOf(account)
}

/** What the shop is told of an account; what is missing, in the language of the merchant. */
export function accountAnswerOf(account: { id: string; locale: string; completedAt: Date | null }): AccountAnswer {
  const ready = account.completedAt !== null
  return { id: account.id, ready, missing: ready ? [] : [wordsOf(localeOf(account.locale))('account.missing')] }
}
