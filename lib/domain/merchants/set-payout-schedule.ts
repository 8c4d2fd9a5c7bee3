import type { Tx } from '@/lib/domain/tx'
import type { PayoutSchedule } from '@/lib/infra/prisma/enums'
import { Refusal } from '@/lib/kernel/refusal'
import { nextPayoutTime } from './payout-times'

/** Sets when the mall pays a merchant out by itself, from the schedule's next time on. Refuses `access/not-found`. */
export async function setPayoutSchedule(
  tx: Tx,
  merchantId: string,
  schedule: PayoutSchedule,
  now: Date,
): Promise<void> {
  const data = { payoutSchedule: schedule, nextPayoutAt: nextPayoutTime(schedule, now) }
  const { count } = await tx.merchant.updateMany({ where: { id: merchantId }, data })
  if (count === 0) throw new Refusal('access/not-found')
}
