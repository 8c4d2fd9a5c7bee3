import { z } from 'zod'
import { CASE_TRANSITIONS, type CaseMove, type CaseTransition } from '@/lib/domain/complaints'
import type { CaseView } from '@/lib/queries/case'

const ACTS = ['accept', 'offer', 'contest', 'ask', 'escalate'] as const
export type Act = (typeof ACTS)[number]

export const actParam = z.enum(ACTS).optional().catch(undefined)

/** What the merchant can answer now; nothing once arbitrators have the case. */
export function actsOf(view: CaseView): readonly Act[] {
  if (view.escalatedAt) return []
  return ACTS.filter((act) => can(view, act) && !(act === 'ask' && view.askedAt))
}

/** Whether a ruling that took something from the merchant can still be appealed. */
export function mayAppeal(view: CaseView, now: Date): boolean {
  const inTime = view.dueAt !== null && view.dueAt > now
  return inTime && can(view, 'appeal') && view.appealedAt === null && view.rulings.some(({ forBuyer }) => forBuyer)
}

function can({ state }: CaseView, move: CaseMove): boolean {
  const { from, by }: CaseTransition = CASE_TRANSITIONS[move]
  return from.includes(state) && by.includes('MERCHANT')
}
