import { recordOperatorAction } from '@/lib/domain/accounts'
import type { Actor } from '@/lib/domain/actor'
import { appendEntry, lockCase } from '@/lib/domain/complaints'
import { type Tx, dbNull } from '@/lib/domain/tx'
import { Refusal } from '@/lib/kernel/refusal'
import { pickArbitrator } from './pick-arbitrator'
import { SEAT_COLUMN, type Seat, seatsOf } from './seats'

export interface ReassignInput {
  readonly complaintId: string
  readonly role: Seat
  /** For the operators' own record; the sides never see it. */
  readonly reason: string
}

/**
 * Gives a seat to another arbitrator, picked as every one is; which one no operator chooses. What the first one had proposed is gone with
 * him. Refuses `access/not-found`, `complaint/not-now` when the case has no such seat (ruled already, or asking the buyer),
 * `complaint/no-arbitrator`.
 */
export async function reassignCase(
  tx: Tx,
  { complaintId, role, reason }: ReassignInput,
  actor: Actor,
  now: Date,
): Promise<void> {
  const locked = await lockCase(tx, complaintId)
  if (!seatsOf(locked).includes(role)) throw new Refusal('complaint/not-now')
  const userId = await pickArbitrator(tx, complaintId)
  if (userId === null) throw new Refusal('complaint/no-arbitrator')
  const forgotten = role === 'FIRST' ? { proposal: dbNull } : {}
  await tx.complaint.update({ where: { id: complaintId }, data: { [SEAT_COLUMN[role]]: userId, ...forgotten } })
  // Who was taken off a case never gets another seat of it: `pickArbitrator` reads it here.
  const note = `${role} ${locked[SEAT_COLUMN[role]] ?? '-'} > ${userId}: ${reason}`
  const what = { verb: 'reassign-case', subject: 'complaint', subjectId: complaintId, note }
  await recordOperatorAction(tx, { userId: actor.id, ...what }, now)
  await appendEntry(tx, complaintId, { type: 'assigned', actor, body: { role, reassigned: true } }, now)
}
