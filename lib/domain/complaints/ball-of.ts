import type { AfterSaleRules } from '@/lib/domain/catalog'
import type { CaseClock } from '@/lib/domain/notifications'
import type { CaseSide, ComplaintState } from '@/lib/infra/prisma/enums'
import { HOUR_MS, after } from '@/lib/kernel/time'

/** What of a case says whose turn it is. */
export interface BallFacts {
  readonly state: ComplaintState
  readonly dueAt: Date | null
  readonly limited: boolean
  readonly escalatedAt: Date | null
  readonly appealedAt: Date | null
  readonly appealBy: CaseSide | null
}

/** What the clock does at `dueAt` when nobody has acted. */
export type OnSilence =
  /** What was demanded is granted. */
  | 'GRANT'
  | 'ESCALATE'
  /** The offer lapses; it takes nothing from anybody. */
  | 'LAPSE'
  /** Closed as unanswered; may be reopened once. */
  | 'CLOSE'
  /** Back to who rules the appeal. */
  | 'RESUME'
  /** Nobody ruled: what was demanded is granted. */
  | 'REFUND'
  /** The ruling becomes final. */
  | 'FINAL'
  /** Nobody ruled the buyer's appeal: it is granted. */
  | 'GRANT_APPEAL'
  /** Nobody ruled the merchant's appeal: the first ruling stands. */
  | 'FIRST_STANDS'

/** Whose turn it is, until when, and what happens if they let it pass. */
export interface Ball {
  readonly who: 'BUYER' | 'MERCHANT' | 'ARBITRATOR' | 'NOBODY'
  readonly dueAt: Date | null
  readonly onSilence: OnSilence | null
  readonly clock: CaseClock | null
  /** By when arbitrators mean to have ruled; missing it has no effect but an alarm. */
  readonly target: Date | null
}

/** Whose turn it is in a case. Pure: the same for every screen and for the clock itself. */
export function ballOf(facts: BallFacts, rules: Pick<AfterSaleRules, 'arbitrationHours'>): Ball {
  const ball = (who: Ball['who'], clock: CaseClock | null, onSilence: OnSilence | null, since?: Date | null): Ball => ({
    who,
    clock,
    onSilence,
    dueAt: facts.dueAt,
    target: since ? after(since, rules.arbitrationHours * HOUR_MS) : null,
  })
  switch (facts.state) {
    case 'OPEN':
      return ball('MERCHANT', 'reply', facts.limited ? 'ESCALATE' : 'GRANT')
    case 'OFFERED':
      return ball('BUYER', 'offer', 'LAPSE')
    case 'ASKED':
      return ball('BUYER', 'evidence', facts.appealedAt ? 'RESUME' : 'CLOSE')
    case 'CONTESTED':
      return ball('NOBODY', null, 'ESCALATE')
    case 'ESCALATED':
      return ball('ARBITRATOR', 'ruling', 'REFUND', facts.escalatedAt)
    case 'RULED':
      return ball('NOBODY', 'appeal', 'FINAL')
    case 'APPEALED': {
      const onSilence = facts.appealBy === 'BUYER' ? 'GRANT_APPEAL' : 'FIRST_STANDS'
      return ball('ARBITRATOR', 'ruling', onSilence, facts.appealedAt)
    }
    case 'CLOSED':
      return ball('NOBODY', null, null)
  }
}
