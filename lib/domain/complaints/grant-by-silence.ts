import { SYSTEM } from '@/lib/domain/actor'
import type { Tx } from '@/lib/domain/tx'
import { appendEntry } from './append-entry'
import { carryOut } from './carry-out'
import { closeCase } from './close-case'
import { demandOf } from './demand-of'
import { escalateCase } from './escalate-case'
import { type LockedCase, lockCase } from './lock-case'
import { penalize } from './penalize'
import { requireMove } from './require-move'

/**
 * The merchant did not reply in time: what was demanded is granted with his own money (a refund where stock has no replacement), he
 * pays the penalty for silence. What a buyer of limited rights demands, or what is about the charge, people look at instead. Refuses
 * `complaint/not-now` (he replied, or it is not due), `order/frozen`, `refund/beyond-own-money` (then `escalateSilence`).
 */
export async function grantBySilence(tx: Tx, complaintId: string, now: Date): Promise<void> {
  const locked = await lockCase(tx, complaintId)
  requireMove(locked, 'grant-silence', now)
  if (locked.limited || locked.units.length === 0) return escalated(tx, locked, now)
  await appendEntry(tx, complaintId, { type: 'granted', actor: SYSTEM, body: { cause: 'SILENCE' } }, now)
  await penalize(tx, locked, 'SILENCE', SYSTEM, now)
  const how = { actor: SYSTEM, reason: 'complaint-silence', orRefund: true, ownMoneyOnly: true }
  await carryOut(tx, locked, { ...how, decision: demandOf(locked) }, now)
  await closeCase(tx, locked, { name: 'grant-silence', outcome: 'SILENCE', actor: SYSTEM }, now)
}

/** The same silence where granting would cost the protection fund: only people spend that. Refuses `complaint/not-now`. */
export async function escalateSilence(tx: Tx, complaintId: string, now: Date): Promise<void> {
  await escalated(tx, await lockCase(tx, complaintId), now)
}

async function escalated(tx: Tx, locked: LockedCase, now: Date): Promise<void> {
  await escalateCase(tx, locked, { name: 'escalate-silence', by: 'CLOCK', actor: SYSTEM }, now)
}
