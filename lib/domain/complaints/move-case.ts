import type { Actor } from '@/lib/domain/actor'
import { type Tx, dbNull } from '@/lib/domain/tx'
import { invariant } from '@/lib/kernel/invariant'
import { Refusal } from '@/lib/kernel/refusal'
import { CASE_TRANSITIONS, type CaseMove, type CaseTransition } from './transitions'

type CaseChange = Parameters<Tx['complaint']['updateMany']>[0]['data']

/**
 * Moves a case along one transition; the guard (state, and dueAt where the transition waits for it) stands in the UPDATE: of racing
 * callers one moves it, the others are refused `complaint/not-now`. A move to CLOSED goes through `closeCase`.
 */
export async function moveCase(
  tx: Tx,
  id: string,
  { name, actor, set }: { readonly name: CaseMove; readonly actor: Actor; readonly set: CaseChange },
  now: Date,
): Promise<void> {
  const transition: CaseTransition = CASE_TRANSITIONS[name]
  invariant(transition.by.includes(actor.kind), `${actor.kind} may not ${name} a complaint`)
  const due = transition.when === 'due' ? { dueAt: { lte: now } } : {}
  const proposed = transition.to === 'ESCALATED' || transition.to === 'APPEALED'
  const { count } = await tx.complaint.updateMany({
    where: { id, state: { in: [...transition.from] }, ...due },
    // A new state is a new clock: nobody was reminded of it yet.
    data: { state: transition.to, remindedAt: null, ...(proposed ? {} : { proposal: dbNull }), ...set },
  })
  if (count === 0) throw new Refusal('complaint/not-now')
}
