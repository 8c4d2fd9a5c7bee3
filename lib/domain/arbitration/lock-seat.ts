import type { Actor } from '@/lib/domain/actor'
import { type LockedCase, lockCase } from '@/lib/domain/complaints'
import type { Tx } from '@/lib/domain/tx'
import { Refusal } from '@/lib/kernel/refusal'
import { SEAT_COLUMN, type Seat } from './seats'

/** Locks a case for whoever sits on this seat of it; refuses everybody else `access/not-found`. */
export async function lockSeat(tx: Tx, complaintId: string, seat: Seat, actor: Actor): Promise<LockedCase> {
  if (actor.kind !== 'ARBITRATOR' || actor.id === null) throw new Refusal('access/not-found')
  const locked = await lockCase(tx, complaintId)
  if (locked[SEAT_COLUMN[seat]] !== actor.id) throw new Refusal('access/not-found')
  return locked
}
