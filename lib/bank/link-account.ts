import { type Bank, BankRefusal } from './bank'
import type { AccountLinkInput } from './protocol'
import { requireShopAddress } from './require-shop-address'

/**
 * The address of the account's page for the merchant, in his language and leading back to `returnUrl`. Refuses an unknown
 * account (404) and addresses outside the shop (400).
 */
export async function linkAccount(bank: Bank, id: string, input: AccountLinkInput): Promise<{ url: string }> {
  requireShopAddress(bank, input.returnUrl)
  const { count } = await bank.db.bankAccount.updateMany({ where: { id }, data: input })
  if (count === 0) throw new BankRefusal(404, 'unknown-account')
  return { url: new URL(`/bank/accounts/${id}`, input.returnUrl).href }
}
