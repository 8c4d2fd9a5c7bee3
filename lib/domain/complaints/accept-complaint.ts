import type { Actor } from '@/lib/domain/actor'
import type { Tx } from '@/lib/domain/tx'
import { Refusal } from '@/lib/kernel/refusal'
import { appendEntry } from './append-entry'
import { type Decision, type Remedied, carryOut } from './carry-out'
import { closeCase } from './close-case'
import { demandOf } from './demand-of'
import { type LockedCase, lockCaseOf } from './lock-case'
import { noteReply } from './note-reply'
import { requireBeforeArbitration, requireMove } from './require-move'

export interface AcceptComplaintInput {
  readonly merchantId: string
  readonly complaintId: string
  /** Every CDK of the case; without: a demanded compensation, or what is wrong with the charge, as demanded. */
  readonly units?: readonly { readonly cdkId: string; readonly result: 'REFUNDED' | 'REPLACED' }[] | undefined
}

/**
 * A merchant accepts: at least what was demanded is carried out at once, with his own money, and the case is closed. Of a merchant and
 * a clock at the same moment one decides. Refuses `access/not-found` (another merchant's), `complaint/not-now`,
 * `complaint/less-than-demanded`, `complaint/no-stock`, `refund/beyond-own-money`, `order/frozen`.
 */
export async function acceptComplaint(
  tx: Tx,
  { merchantId, complaintId, units }: AcceptComplaintInput,
  actor: Actor,
  now: Date,
): Promise<Remedied> {
  const locked = await lockCaseOf(tx, merchantId, complaintId)
  requireMove(locked, 'accept', now)
  requireBeforeArbitration(locked)
  const decision = requireEnough(locked, units)
  await noteReply(tx, locked, now)
  const { compensationMinor } = decision
  const body = { units: decision.units.map((unit) => ({ ...unit })), compensationMinor }
  await appendEntry(tx, complaintId, { type: 'accepted', actor, body }, now)
  const how = { actor, reason: 'complaint-accepted', orRefund: false, ownMoneyOnly: true }
  const remedied = await carryOut(tx, locked, { ...how, decision }, now)
  await closeCase(tx, locked, { name: 'accept', outcome: 'ACCEPTED', actor }, now)
  return remedied
}

/** A refund is always enough, another CDK where one was demanded; every CDK of the case once. */
function requireEnough(locked: LockedCase, units: AcceptComplaintInput['units'] = []): Decision {
  if (units.length === 0 && (locked.units.length === 0 || locked.demand === 'COMPENSATION')) return demandOf(locked)
  const complete =
    locked.units.length === units.length &&
    locked.units.every(({ cdkId }) => units.some((unit) => unit.cdkId === cdkId))
  const enough = units.every(({ result }) => result === 'REFUNDED' || locked.demand === 'REPLACEMENT')
  if (!complete || !enough) throw new Refusal('complaint/less-than-demanded')
  return { units, compensationMinor: 0 }
}
