import type { Actor } from '@/lib/domain/actor'
import type { Tx } from '@/lib/domain/tx'
import { Refusal } from '@/lib/kernel/refusal'
import { executeRuling } from './execute-ruling'
import { lockSeat } from './lock-seat'
import { proposalOf } from './proposal'

export interface SignInput {
  readonly complaintId: string
  /** Of the proposal that was read. */
  readonly proposalId: string
}

/**
 * The second arbitrator signs: exactly the proposal that was read is carried out, as the first one's ruling. Refuses `access/not-found`,
 * `complaint/not-now` when it was changed, sent back or ruled meanwhile, and what `requireRuleable` refuses.
 */
export async function signRuling(
  tx: Tx,
  { complaintId, proposalId }: SignInput,
  actor: Actor,
  now: Date,
): Promise<void> {
  const locked = await lockSeat(tx, complaintId, 'SECOND', actor)
  const proposal = proposalOf(locked)
  if (proposal?.id !== proposalId) throw new Refusal('complaint/not-now')
  const by: Actor = { kind: 'ARBITRATOR', id: proposal.by }
  await executeRuling(tx, locked, proposal, { actor: by, secondId: actor.id }, now)
}
