import type { Actor } from '@/lib/domain/actor'
import type { Tx } from '@/lib/domain/tx'
import { Refusal } from '@/lib/kernel/refusal'
import { appendEntry } from './append-entry'
import { closeCase } from './close-case'
import { lockCase } from './lock-case'
import { requireMove } from './require-move'

/**
 * The buyer withdraws: nothing is granted, the order's clock goes on, and the CDKs may be complained of again. Twice at once: once.
 * Refuses `access/not-found`, `complaint/not-now` (ruled, or closed).
 */
export async function withdrawComplaint(
  tx: Tx,
  { complaintId }: { readonly complaintId: string },
  actor: Actor,
  now: Date,
): Promise<void> {
  const locked = await lockCase(tx, complaintId)
  requireMove(locked, 'withdraw', now)
  // An arbitrator may ask after a ruling too: that is nothing to withdraw from.
  if (locked.ruledAt) throw new Refusal('complaint/not-now')
  await appendEntry(tx, complaintId, { type: 'withdrawn', actor, body: {} }, now)
  await closeCase(tx, locked, { name: 'withdraw', outcome: 'WITHDRAWN', actor }, now)
}
