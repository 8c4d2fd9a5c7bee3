import { newId } from '@/lib/kernel/ids'
import type { Bank } from './bank'
import { accountAnswerOf } from './find-account'
import type { AccountAnswer, OpenAccountInput } from './protocol'
import { requireShopAddress } from './require-shop-address'

/**
 * Opens an account for a merchant of the shop, once per idempotency key; the merchant completes it on its page. The same
 * key again gives the first one, also when the merchant has a new name or address since then. 400 for foreign addresses.
 */
export async function openAccount(bank: Bank, key: string, input: OpenAccountInput): Promise<AccountAnswer> {
  requireShopAddress(bank, input.notifyUrl)
  await bank.db.bankAccount.createMany({
    data: [{ id: newId(), idempotencyKey: key, ...input, createdAt: bank.clock() }],
    skipDuplicates: true,
  })
  return accountAnswerOf(await bank.db.bankAccount.findUniqueOrThrow({ where: { idempotencyKey: key } }))
}
