import { depositPosting, postTransfers } from '@/lib/domain/ledger'
import { type Tx, sql } from '@/lib/domain/tx'
import type { Currency, Minor } from '@/lib/kernel/money'
import { Refusal } from '@/lib/kernel/refusal'

/** Where deposits arrive: by bank transfer, outside any payment provider's books. */
export const DEPOSIT_PROVIDER = 'bank-transfer'

export interface DepositInput {
  readonly merchantId: string
  /** The bank's own number of the transfer: one deposit per number, whoever types it. */
  readonly reference: string
  readonly amountMinor: Minor
  readonly currency: Currency
}

/**
 * Books a deposit that a merchant has paid in. A reference counts once: operators who record it at the same moment wait
 * for each other, and all but the first are refused `merchant/deposit-recorded`. Refuses `access/not-found`.
 */
export async function recordDeposit(tx: Tx, deposit: DepositInput, now: Date): Promise<void> {
  const known = await tx.merchant.count({ where: { id: deposit.merchantId } })
  if (known === 0) throw new Refusal('access/not-found')
  const posting = depositPosting({ ...deposit, provider: DEPOSIT_PROVIDER })
  await tx.$executeRaw(sql`SELECT pg_advisory_xact_lock(hashtextextended(${posting.key}, 0))`)
  const recorded = await tx.ledgerTransfer.count({ where: { idempotencyKey: posting.key } })
  if (recorded > 0) throw new Refusal('merchant/deposit-recorded', { reference: deposit.reference })
  await postTransfers(tx, [posting], now)
}
