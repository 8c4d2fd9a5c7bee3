import { fundPosting } from '@/lib/domain/ledger'
import { BY_HAND } from '@/lib/domain/payments'
import type { Tx } from '@/lib/domain/tx'
import type { Currency, Minor } from '@/lib/kernel/money'
import { bookBankTransfer } from './book-bank-transfer'

export interface FundInput {
  /** The bank's own number of the transfer. */
  readonly reference: string
  readonly amountMinor: Minor
  readonly currency: Currency
}

/** Books what the platform has paid into the protection fund, once per reference. Refuses `merchant/deposit-recorded`. */
export async function fundProtection(tx: Tx, payment: FundInput, now: Date): Promise<void> {
  await bookBankTransfer(tx, payment.reference, fundPosting({ ...payment, channel: BY_HAND }), now)
}
