import { type Actor, SYSTEM } from '@/lib/domain/actor'
import type { Tx } from '@/lib/domain/tx'
import { Refusal } from '@/lib/kernel/refusal'
import { z } from 'zod'
import { appendEntry } from './append-entry'
import { type Decision, type Remedied, carryOut } from './carry-out'
import { closeCase } from './close-case'
import { resultOf } from './demand-of'
import { REMEDIES } from './failure-standard'
import { type LockedCase, lockCase } from './lock-case'
import { requireMove } from './require-move'

/** What stands in `complaint.offer`. */
export const Offer = z.strictObject({ remedy: z.enum(REMEDIES), amountMinor: z.int().positive().nullable() })

/**
 * The buyer takes what the merchant offers: it is carried out at once with the merchant's own money, a refund where stock has no
 * replacement, and the case is closed. Refuses `access/not-found`, `complaint/not-now`, `complaint/offer-uncovered` (what he lacks is not
 * the buyer's to know), `order/frozen`.
 */
export async function takeOffer(
  tx: Tx,
  { complaintId }: { readonly complaintId: string },
  actor: Actor,
  now: Date,
): Promise<Remedied> {
  const locked = await lockCase(tx, complaintId)
  requireMove(locked, 'take-offer', now)
  await appendEntry(tx, complaintId, { type: 'taken', actor, body: {} }, now)
  const how = { actor: SYSTEM, reason: 'complaint-offer', orRefund: true, ownMoneyOnly: true }
  const remedied = await carryOut(tx, locked, { ...how, decision: offeredTo(locked) }, now).catch((error: unknown) => {
    const lacks = error instanceof Refusal && error.code === 'refund/beyond-own-money'
    throw lacks ? new Refusal('complaint/offer-uncovered') : error
  })
  await closeCase(tx, locked, { name: 'take-offer', outcome: 'OFFER_TAKEN', actor }, now)
  return remedied
}

function offeredTo({ offer, units, stakeMinor }: LockedCase): Decision {
  const { remedy, amountMinor } = Offer.parse(offer)
  return {
    units: units.map(({ cdkId }) => ({ cdkId, result: resultOf(remedy) })),
    compensationMinor: amountMinor ?? (units.length === 0 ? stakeMinor : 0),
  }
}
