import type { AfterSaleRules } from '@/lib/domain/catalog'
import { DAY_MS, after } from '@/lib/kernel/time'
import { FAILURE_STANDARD, type Failure } from './failure-standard'

/** Until when an order that was released may still be complained about. Pure: the form says it beforehand. */
export function claimableUntil(
  releasedAt: Date,
  failure: Failure,
  rules: Pick<AfterSaleRules, 'claimDays' | 'fraudClaimDays'>,
): Date {
  return after(releasedAt, (FAILURE_STANDARD[failure].fraud ? rules.fraudClaimDays : rules.claimDays) * DAY_MS)
}

/**
 * From when the time for claims about CDKs of a released order counts: its release, or when the first of them was handed over, where that
 * was later (replacements; null: about the charge). Pure.
 */
export function claimableSince(releasedAt: Date, firstDeliveredAt: Date | null): Date {
  return firstDeliveredAt && firstDeliveredAt > releasedAt ? firstDeliveredAt : releasedAt
}
