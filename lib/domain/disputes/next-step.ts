import { DAY_MS, HOUR_MS, MINUTE_MS, after } from '@/lib/kernel/time'

/** Evidence that nobody handed in goes in by itself this long before its deadline. */
export const HANDS_IN_BEFORE_MS = 12 * HOUR_MS

/** Open disputes are looked up at the provider this often, should an event of theirs be lost. */
export const LOOK_EVERY_MS = DAY_MS

/** Whoever steps a dispute on holds it this long: one who was killed only makes it later. */
export const LEASE_MS = 10 * MINUTE_MS

/** When the staged evidence goes in by itself; null when the provider takes none. */
export function handsInAt(evidenceDueAt: Date | null): Date | null {
  return evidenceDueAt && after(evidenceDueAt, -HANDS_IN_BEFORE_MS)
}

/** When an open dispute is stepped on next: evidence in time, the daily look otherwise. */
export function nextStepAt(evidenceDueAt: Date | null, now: Date): Date {
  const look = after(now, LOOK_EVERY_MS)
  const handIn = handsInAt(evidenceDueAt)
  return handIn && handIn > now && handIn < look ? handIn : look
}
