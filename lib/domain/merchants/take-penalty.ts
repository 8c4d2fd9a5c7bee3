import { lockBalances, merchantDeposit, penaltyPosting, penaltyReturnPosting, postTransfers } from '@/lib/domain/ledger'
import { type Tx, sql } from '@/lib/domain/tx'
import { newId } from '@/lib/kernel/ids'
import type { Minor } from '@/lib/kernel/money'
import type { Tariff } from './tariff'

export interface PenaltyInput {
  readonly merchantId: string
  readonly orderId: string
  readonly complaintId: string | null
  readonly tariff: Tariff
  /** From `penaltyOf`. */
  readonly amountMinor: Minor
  readonly currency: string
}

/**
 * Takes a penalty out of a merchant's deposit, as far as it holds it, into the protection fund, and writes it into the public list.
 * Once per complaint (or order) and tariff: a second time fails on the unique index. Call it before a refund of the same transaction:
 * the merchant's row is taken first, as by whatever takes money from a merchant (`takeFromMerchant`). Returns what was taken.
 */
export async function takePenalty(tx: Tx, input: PenaltyInput, now: Date): Promise<Minor> {
  const { merchantId, currency, amountMinor } = input
  if (amountMinor === 0) return 0
  await tx.$executeRaw(sql`SELECT 1 FROM merchant WHERE id = ${merchantId}::uuid FOR NO KEY UPDATE`)
  const deposit = merchantDeposit(merchantId, currency)
  const takenMinor = Math.min((await lockBalances(tx, [deposit]))(deposit), amountMinor)
  const id = newId()
  await tx.penalty.create({ data: { ...input, id, takenMinor, at: now } })
  await postTransfers(tx, [penaltyPosting({ ...input, id, amountMinor: takenMinor })], now)
  return takenMinor
}

/** Gives back what a complaint's penalties took, when an appeal found for the merchant. Each once; returns the sum. */
export async function returnPenalties(tx: Tx, complaintId: string, now: Date): Promise<Minor> {
  const returned = await tx.penalty.updateManyAndReturn({
    where: { complaintId, returnedAt: null },
    data: { returnedAt: now },
  })
  const postings = returned.map(({ takenMinor, ...of }) => penaltyReturnPosting({ ...of, amountMinor: takenMinor }))
  await postTransfers(tx, postings, now)
  return returned.reduce((sum, { takenMinor }) => sum + takenMinor, 0)
}
