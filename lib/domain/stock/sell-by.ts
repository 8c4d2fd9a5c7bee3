import { DAY_MS, after } from '@/lib/kernel/time'

/** `sellBy` of a CDK that does not expire. */
export const NEVER = new Date('9999-12-31T00:00:00.000Z')

/** Until when a CDK may be sold: it must still have `validityDays` when it is delivered. */
export function sellByOf(expiresAt: Date | null, validityDays: number): Date {
  return expiresAt ? after(expiresAt, -validityDays * DAY_MS) : NEVER
}
