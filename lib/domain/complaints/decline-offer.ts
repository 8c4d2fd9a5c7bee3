import type { Actor } from '@/lib/domain/actor'
import type { Tx } from '@/lib/domain/tx'
import { appendEntry } from './append-entry'
import { notBefore } from './clock'
import { lockCase } from './lock-case'
import { moveCase } from './move-case'

/** The buyer wants what was demanded, not what is offered: on to the arbitrators by the clock, or when either side says so. Refuses `access/not-found`, `complaint/not-now`. */
export async function declineOffer(
  tx: Tx,
  { complaintId }: { readonly complaintId: string },
  actor: Actor,
  now: Date,
): Promise<void> {
  const { escalateAt } = await lockCase(tx, complaintId)
  await moveCase(tx, complaintId, { name: 'decline-offer', actor, set: { dueAt: notBefore(now, escalateAt) } }, now)
  await appendEntry(tx, complaintId, { type: 'declined', actor, body: {} }, now)
}
