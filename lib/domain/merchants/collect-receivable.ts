import { collectPosting, lockBalances, merchantAvailable, merchantReceivable, postTransfers } from '@/lib/domain/ledger'
import type { Tx } from '@/lib/domain/tx'
import type { Minor } from '@/lib/kernel/money'

/**
 * Pays what a merchant owes the protection fund out of its available balance, as far as that goes; called after whatever
 * fills that balance. `key` names the fact that filled it. The deposit is a bond and stays whole. Returns what was paid.
 */
export async function collectReceivable(
  tx: Tx,
  merchantId: string,
  currency: string,
  key: string,
  now: Date,
): Promise<Minor> {
  const [available, owed] = [merchantAvailable(merchantId, currency), merchantReceivable(merchantId, currency)]
  const held = await lockBalances(tx, [available, owed])
  const amountMinor = Math.min(held(available), held(owed))
  await postTransfers(tx, [collectPosting({ merchantId, currency, amountMinor, key: `${key}:collect` })], now)
  return amountMinor
}
