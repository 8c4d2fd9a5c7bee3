import { type TransferInput, postTransfers } from '@/lib/domain/ledger'
import { type Tx, sql } from '@/lib/domain/tx'
import { invariant } from '@/lib/kernel/invariant'
import { Refusal } from '@/lib/kernel/refusal'

/**
 * Books money that came by bank transfer. The bank's number of it counts once, whatever it was booked as: operators who
 * type it at the same moment wait for each other, and all but the first are refused `merchant/deposit-recorded`.
 */
export async function bookBankTransfer(tx: Tx, reference: string, posting: TransferInput, now: Date): Promise<void> {
  const { externalRef } = posting
  invariant(externalRef !== undefined, `bank transfer ${reference} without its external ref`)
  await tx.$executeRaw(sql`SELECT pg_advisory_xact_lock(hashtextextended(${externalRef}, 0))`)
  const recorded = await tx.ledgerTransfer.count({ where: { externalRef } })
  if (recorded > 0) throw new Refusal('merchant/deposit-recorded', { reference })
  await postTransfers(tx, [posting], now)
}
