import type { Tx } from '@/lib/domain/tx'
import { newId } from '@/lib/kernel/ids'
import { invariant } from '@/lib/kernel/invariant'

export interface OperatorActionInput {
  /** The operator; null is a bug, because nobody else may do what is recorded here. */
  readonly userId: string | null
  /** What was done, e.g. `retry-event`. */
  readonly verb: string
  /** What it was done to: a kind of thing and its id. */
  readonly subject: string
  readonly subjectId: string
  readonly note: string | null
}

/** Writes down what an operator did, in the transaction in which it happens: no money moves by hand without a name to it. */
export async function recordOperatorAction(
  tx: Tx,
  { userId, ...facts }: OperatorActionInput,
  now: Date,
): Promise<void> {
  invariant(userId !== null, `${facts.verb} was done by nobody`)
  await tx.operatorAction.create({ data: { id: newId(), userId, ...facts, at: now } })
}
