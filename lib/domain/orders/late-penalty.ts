import { penaltyOf, takePenalty } from '@/lib/domain/merchants'
import type { Tx } from '@/lib/domain/tx'
import type { Minor } from '@/lib/kernel/money'
import { HOUR_MS } from '@/lib/kernel/time'
import type { PaidOrder } from './lock-order'

/** What it costs a merchant to let an order of this total run out, as far as his deposit holds it. Pure: pages say it beforehand. */
export function latePenaltyOf(totalMinor: Minor, bps: number): Minor {
  return penaltyOf('LATE_DELIVERY', totalMinor, bps)
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
  const amountMinor = latePenaltyOf(totalMinor, latePenaltyBps)
  return takePenalty(
    tx,
    { orderId, merchantId, currency, complaintId: null, tariff: 'LATE_DELIVERY', amountMinor },
    now,
  )
}
