import type { Actor } from '@/lib/domain/actor'
import { appendEntry } from '@/lib/domain/complaints'
import { type Tx, dbNull } from '@/lib/domain/tx'
import { Refusal } from '@/lib/kernel/refusal'
import { lockSeat } from './lock-seat'
import { proposalOf } from './proposal'
import { requireReasons } from './verdict'

/**
 * The second arbitrator does not sign: the proposal is gone, the first one reads why and rules anew. Refuses `access/not-found`,
 * `complaint/not-now` when nothing is proposed, `complaint/ruling-incomplete` for the reasons.
 */
export async function sendRulingBack(
  tx: Tx,
  { complaintId, reasons }: { readonly complaintId: string; readonly reasons: string },
  actor: Actor,
  now: Date,
): Promise<void> {
  const locked = await lockSeat(tx, complaintId, 'SECOND', actor)
  const proposal = proposalOf(locked)
  if (!proposal) throw new Refusal('complaint/not-now')
  requireReasons(reasons)
  await tx.complaint.update({ where: { id: complaintId }, data: { proposal: dbNull } })
  const body = { proposalId: proposal.id, reasons: reasons.trim() }
  await appendEntry(tx, complaintId, { type: 'returned', actor, body }, now)
}
