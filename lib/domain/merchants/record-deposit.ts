import { depositPosting } from '@/lib/domain/ledger'
import { BY_HAND } from '@/lib/domain/payments'
import type { Tx } from '@/lib/domain/tx'
import type { Currency, Minor } from '@/lib/kernel/money'
import { Refusal } from '@/lib/kernel/refusal'
import { bookBankTransfer } from './book-bank-transfer'

export interface DepositInput {
  readonly merchantId: string
  /** The bank's own number of the transfer: one deposit per number, whoever types it. */
  readonly reference: string
  readonly amountMinor: Minor
  readonly currency: Currency
}

/**
 * Books a deposit that a merchant has paid in. A reference counts once (see `bookBankTransfer`). The deposit is a bond:
 * nothing that the merchant owes is taken from it here. Refuses `access/not-found`, `merchant/deposit-recorded`.
 */
export async function recordDeposit(tx: Tx, deposit: DepositInput, now: Date): Promise<void> {
  const known = await tx.merchant.count({ where: { id: deposit.merchantId } })
  if (known === 0) throw new Refusal('access/not-found')
  await bookBankTransfer(tx, deposit.reference, depositPosting({ ...deposit, channel: BY_HAND }), now)
}
