import type { PayoutSchedule } from '@/lib/infra/prisma/enums'
import { HOUR_MS, after } from '@/lib/kernel/time'

/** 02:00 in Shanghai (UTC+8, no summer time), when little is sold: this far behind midnight in UTC. */
const SHIFT_MS = 6 * HOUR_MS

/**
 * When a schedule pays out next, later than `now`: every day, on Mondays or on the first of the month, 02:00 in Shanghai.
 * Null when the merchant asks himself. Pure.
 */
export function nextPayoutTime(schedule: PayoutSchedule, now: Date): Date | null {
  const there = after(now, SHIFT_MS)
  const [year, month, day] = [there.getUTCFullYear(), there.getUTCMonth(), there.getUTCDate()]
  const at = (midnight: number) => after(new Date(midnight), -SHIFT_MS)
  switch (schedule) {
    case 'MANUAL':
      return null
    case 'DAILY':
      return at(Date.UTC(year, month, day + 1))
    case 'WEEKLY':
      return at(Date.UTC(year, month, day + 7 - daysSinceMonday(there)))
    case 'MONTHLY':
      return at(Date.UTC(year, month + 1, 1))
  }
}

function daysSinceMonday(there: Date): number {
  return (there.getUTCDay() + 6) % 7
}
