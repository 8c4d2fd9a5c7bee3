import type { Actor } from '@/lib/domain/actor'
import type { Tx } from '@/lib/domain/tx'
import { appendEntry } from './append-entry'
import { undecidedAt } from './clock'
import type { LockedCase } from './lock-case'
import { moveCase } from './move-case'
import type { CaseMove } from './transitions'

export interface Escalation {
  readonly name: Extract<CaseMove, `escalate${string}`>
  /** RULE: what only people can decide goes to them at once. */
  readonly by: 'BUYER' | 'MERCHANT' | 'CLOCK' | 'RULE'
  readonly actor: Actor
}

/** Gives a locked case to the arbitrators, whoever caused it; they are assigned by the worker (`assignWaiting`). Refuses `complaint/not-now`. */
export async function escalateCase(
  tx: Tx,
  { id, rules }: Pick<LockedCase, 'id' | 'rules'>,
  { name, by, actor }: Escalation,
  now: Date,
): Promise<void> {
  // A case that was reopened begins a second time with the arbitrators: their alarm too.
  const set = { escalatedAt: now, alarmedAt: null, dueAt: undecidedAt(now, rules) }
  await moveCase(tx, id, { name, actor, set }, now)
  await appendEntry(tx, id, { type: 'escalated', actor, body: { by } }, now)
}
