import type { Actor } from '@/lib/domain/actor'
import { type LockedCase, appendEntry, endHold, moveCase } from '@/lib/domain/complaints'
import type { Tx } from '@/lib/domain/tx'
import { newId } from '@/lib/kernel/ids'
import { Refusal } from '@/lib/kernel/refusal'
import { DAY_MS, after } from '@/lib/kernel/time'
import { grant } from './grant'
import { requireAmount } from './require-amount'
import { takeTariffs } from './take-tariffs'
import { type Verdict, buyerLost, isForBuyer, requireComplete } from './verdict'

/**
 * Rules a locked case and carries it out, record, penalty, money and CDKs in one transaction; the time for an appeal begins. While the
 * buyer may still win more the order stays held, otherwise it goes on. `actor` ruled; `secondId` signed. Refuses what
 * `requireRuleable` refuses.
 */
export async function executeRuling(
  tx: Tx,
  locked: LockedCase,
  verdict: Verdict,
  { actor, secondId }: { readonly actor: Actor; readonly secondId: string | null },
  now: Date,
): Promise<void> {
  const { id: complaintId, merchantId, orderId, rules } = locked
  await requireRuleable(tx, locked, verdict)
  const { reasons } = verdict
  const forBuyer = isForBuyer(verdict)
  await appendEntry(tx, complaintId, { type: 'ruled', actor, body: ruledBody(verdict, false) }, now)
  await takeTariffs(tx, locked, verdict, actor, now)
  const { units, ...granted } = await grant(tx, locked, verdict, actor, now)
  const row = { merchantId, complaintId, appeal: false, arbitratorId: actor.id, secondId, forBuyer, reasons }
  await tx.ruling.create({
    data: { ...row, ...granted, id: newId(), units: units.map((unit) => ({ ...unit })), at: now },
  })
  const holds = buyerLost(locked, { units, compensationMinor: granted.compensationMinor })
  const set = { ruledAt: now, dueAt: after(now, rules.appealDays * DAY_MS), holds }
  const name = forBuyer ? 'rule-for-buyer' : 'rule-for-merchant'
  await moveCase(tx, complaintId, { name, actor, set }, now)
  if (!holds) await endHold(tx, orderId, now)
}

/**
 * Whether a case can be ruled like this now. Refuses `complaint/not-now` (not with the arbitrators, or nothing is left to be decided),
 * `order/frozen`, `complaint/ruling-incomplete`, `complaint/amount`.
 */
export async function requireRuleable(tx: Tx, locked: LockedCase, verdict: Verdict): Promise<void> {
  // A second charge is another's money than the order's: it can be ruled on after the order was refunded.
  const moot = !locked.order && locked.failure !== 'DUPLICATE_CHARGE'
  if (locked.state !== 'ESCALATED' || moot) throw new Refusal('complaint/not-now')
  if (locked.order?.frozen) throw new Refusal('order/frozen')
  requireComplete(locked, verdict)
  await requireAmount(tx, locked, verdict, 0)
}

/** What the case says of a ruling. */
export function ruledBody(verdict: Verdict, appeal: boolean) {
  const { units, compensationMinor, reasons, tariffs } = verdict
  const forBuyer = isForBuyer(verdict)
  return {
    appeal,
    forBuyer,
    units: units.map(({ cdkId, result }) => ({ cdkId, result })),
    compensationMinor,
    reasons,
    tariffs: forBuyer ? [...tariffs] : [],
  }
}
