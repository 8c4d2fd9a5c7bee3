import { Refusal } from '@/lib/kernel/refusal'
import type { LockedCase } from './lock-case'
import { CASE_TRANSITIONS, type CaseMove, type CaseTransition } from './transitions'

/**
 * Whether a locked case can make this move now, before anything is carried out; `moveCase` has the guard itself. Refuses
 * `complaint/not-now`.
 */
export function requireMove({ state, dueAt }: LockedCase, name: CaseMove, now: Date): void {
  const { from, when }: CaseTransition = CASE_TRANSITIONS[name]
  const early = when === 'due' && (dueAt === null || dueAt > now)
  if (!from.includes(state) || early) throw new Refusal('complaint/not-now')
}

/** While arbitrators have a case, also while they wait for the buyer, the sides' own moves are over. Refuses `complaint/not-now`. */
export function requireBeforeArbitration({ escalatedAt }: LockedCase): void {
  if (escalatedAt) throw new Refusal('complaint/not-now')
}

/** What the clock owes to the other side is not taken back by a worker that is late. Refuses `complaint/not-now`. */
export function requireInTime({ dueAt }: LockedCase, now: Date): void {
  if (dueAt && dueAt <= now) throw new Refusal('complaint/not-now')
}
