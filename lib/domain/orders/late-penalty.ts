import { lateDeliveryPosting, lockBalances, merchantDeposit, postTransfers } from '@/lib/domain/ledger'
import type { Tx } from '@/lib/domain/tx'
import { type Minor, shareOf } from '@/lib/kernel/money'
import { HOUR_MS } from '@/lib/kernel/time'
import type { PaidOrder } from './lock-order'

/** The least that letting an order run out costs, unless its category asks for nothing. */
const LEAST_PENALTY: Minor = 100

/** What it costs a merchant to let an order of this total run out, as far as his deposit holds it. Pure: pages say it beforehand. */
export function latePenaltyOf(totalMinor: Minor, bps: number): Minor {
  return bps === 0 ? 0 : Math.max(LEAST_PENALTY, shareOf(totalMinor, bps))
}

/** Until when an order of manual delivery may be declined for nothing: the first half of the promised time. Pure. */
export function freeToDecline(
  { dueAt, promisedHours }: { readonly dueAt: Date | null; readonly promisedHours: number | null },
  now: Date,
): boolean {
  if (dueAt === null || promisedHours === null) return false
  return dueAt.getTime() - now.getTime() >= (promisedHours * HOUR_MS) / 2
}

/**
 * Takes the penalty of a locked order out of its merchant's deposit, into the protection fund; returns what it was, 0 of an empty
 * deposit. Called before the refund is posted: the deposit's row is taken before those of the refund, as everywhere.
 */
export async function takeLatePenalty(tx: Tx, order: PaidOrder, now: Date): Promise<Minor> {
  const { id: orderId, merchantId, currency, totalMinor, latePenaltyBps } = order
  const deposit = merchantDeposit(merchantId, currency)
  const held = (await lockBalances(tx, [deposit]))(deposit)
  const amountMinor = Math.min(held, latePenaltyOf(totalMinor, latePenaltyBps))
  await postTransfers(tx, [lateDeliveryPosting({ orderId, merchantId, currency, amountMinor })], now)
  return amountMinor
}
