import type { AfterSaleRules } from '@/lib/domain/catalog'
import { DAY_MS, HOUR_MS, after } from '@/lib/kernel/time'

/** A moment that was set before, unless it has gone by: then at once. */
export function notBefore(now: Date, at: Date): Date {
  return at > now ? at : now
}

/** Until when a buyer who is asked has to bring evidence. */
export function evidenceUntil(now: Date, rules: Pick<AfterSaleRules, 'buyerEvidenceHours'>): Date {
  return after(now, rules.buyerEvidenceHours * HOUR_MS)
}

/** When arbitrators who have not ruled lose the case to the clock; `since`: escalated, or appealed. */
export function undecidedAt(since: Date, rules: Pick<AfterSaleRules, 'arbitrationRefundDays'>): Date {
  return after(since, rules.arbitrationRefundDays * DAY_MS)
}
