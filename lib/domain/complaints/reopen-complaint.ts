import type { Actor } from '@/lib/domain/actor'
import { holdOrder } from '@/lib/domain/orders'
import { type Tx, dbNull } from '@/lib/domain/tx'
import { Refusal } from '@/lib/kernel/refusal'
import { DAY_MS, HOUR_MS, after } from '@/lib/kernel/time'
import { appendEntry } from './append-entry'
import { notBefore } from './clock'
import { type LockedCase, lockCase } from './lock-case'
import { moveCase } from './move-case'
import { requireMove } from './require-move'

/** How long a case that the buyer left unanswered may be taken up again (product.md, "After-sale rules"). */
export const REOPEN_DAYS = 7

/**
 * The buyer takes up again, once, what was closed for want of an answer: the order is held again, also when it was released meanwhile,
 * and the merchant has at least merchantReplyHours before the arbitrators get it. Refuses `access/not-found`, `complaint/not-now` (not
 * closed so, too late, a second time, or nothing of it is left to be decided), `order/frozen`.
 */
export async function reopenComplaint(
  tx: Tx,
  { complaintId }: { readonly complaintId: string },
  actor: Actor,
  now: Date,
): Promise<void> {
  const locked = await lockCase(tx, complaintId)
  requireMove(locked, 'reopen', now)
  if (!mayBeReopened(locked, now) || !(await leftToDecide(tx, locked))) throw new Refusal('complaint/not-now')
  const { rules, escalateAt, orderId, order } = locked
  const dueAt = notBefore(after(now, rules.merchantReplyHours * HOUR_MS), escalateAt)
  const again = { outcome: null, closedAt: null, escalatedAt: null, offer: dbNull, holds: true }
  // Released meanwhile: from here on it is a claim after release.
  const afterRelease = locked.afterRelease || order?.status === 'CONFIRMED'
  await moveCase(
    tx,
    complaintId,
    { name: 'reopen', actor, set: { ...again, afterRelease, reopenedAt: now, dueAt } },
    now,
  )
  await tx.complaintUnit.updateMany({ where: { complaintId }, data: { open: true } })
  await holdOrder(tx, orderId, { complaintId }, actor, now)
  await appendEntry(tx, complaintId, { type: 'reopened', actor, body: {} }, now)
}

/** Whether a closed case may be taken up again, as far as its own record tells. Pure: the page shows the button by it. */
export function mayBeReopened(
  { outcome, closedAt, reopenedAt }: Pick<LockedCase, 'outcome' | 'closedAt' | 'reopenedAt'>,
  now: Date,
): boolean {
  if (outcome !== 'UNANSWERED' || reopenedAt || !closedAt) return false
  return now < after(closedAt, REOPEN_DAYS * DAY_MS)
}

async function leftToDecide(tx: Tx, { order, merchantId, orderId, units }: LockedCase): Promise<boolean> {
  if (!order) return false
  if (units.length === 0) return true
  const ids = units.map(({ cdkId }) => cdkId)
  return (await tx.cdk.count({ where: { merchantId, orderId, state: 'DELIVERED', id: { in: ids } } })) > 0
}
