import { SYSTEM } from '@/lib/domain/actor'
import { appendEntry, lockCase } from '@/lib/domain/complaints'
import type { Tx } from '@/lib/domain/tx'
import { pickArbitrator } from './pick-arbitrator'
import { SEAT_COLUMN, type Seat, emptySeats } from './seats'

/**
 * Gives an empty seat of a case to an arbitrator without ties (`pickArbitrator`). The case says which seat was filled, never by whom: the
 * sides see an anonymous arbitrator. Returns false when the seat is not empty (any more) or nobody is free of ties; of two workers one
 * assigns.
 */
export async function assignArbitrator(tx: Tx, complaintId: string, seat: Seat, now: Date): Promise<boolean> {
  const locked = await lockCase(tx, complaintId)
  if (!emptySeats(locked).includes(seat)) return false
  const userId = await pickArbitrator(tx, complaintId)
  if (userId === null) return false
  await tx.complaint.update({ where: { id: complaintId }, data: { [SEAT_COLUMN[seat]]: userId } })
  await appendEntry(tx, complaintId, { type: 'assigned', actor: SYSTEM, body: { role: seat } }, now)
  return true
}
