import { DAY_MS, HOUR_MS, MINUTE_MS, after } from '@/lib/kernel/time'

/** How long after the pay window a checkout is looked up at the provider again. */
const LOOKS_AFTER_MS = [10 * MINUTE_MS, HOUR_MS, 6 * HOUR_MS, DAY_MS, 7 * DAY_MS]

/** The next look at a checkout whose pay window ended at `expiresAt`; null when there was the last one. */
export function nextLookAt(expiresAt: Date, now: Date): Date | null {
  return LOOKS_AFTER_MS.map((span) => after(expiresAt, span)).find((at) => at > now) ?? null
}
