import { MINUTE_MS, SECOND_MS } from '@/lib/kernel/time'

const FIRST_MS = 10 * SECOND_MS
const LONGEST_MS = 60 * MINUTE_MS

/** How long to wait after `attempts` calls that were in vain: 10 s, doubling up to 1 h. */
export function backoff(attempts: number): number {
  return Math.min(FIRST_MS * 2 ** attempts, LONGEST_MS)
}
