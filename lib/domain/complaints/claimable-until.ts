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
