import type { Actor } from '@/lib/domain/actor'
import { letOrderGo } from '@/lib/domain/orders'
import type { Tx } from '@/lib/domain/tx'
import type { ComplaintOutcome } from '@/lib/infra/prisma/enums'
import { appendEntry } from './append-entry'
import type { LockedCase } from './lock-case'
import { moveCase } from './move-case'
import type { CaseMove } from './transitions'

/**
 * Ends a locked case and, if no other complaint keeps its order, lets the order go on: with a whole inspection window where CDKs were
 * replaced. Call it after the remedy. Refuses `complaint/not-now`.
 */
export async function closeCase(
  tx: Tx,
  { id, orderId }: LockedCase,
  { name, outcome, actor }: { readonly name: CaseMove; readonly outcome: ComplaintOutcome; readonly actor: Actor },
  now: Date,
): Promise<void> {
  await moveCase(tx, id, { name, actor, set: { outcome, dueAt: null, closedAt: now, holds: false } }, now)
  await tx.complaintUnit.updateMany({ where: { complaintId: id }, data: { open: false } })
  // Of every other end the entry before has told.
  const quiet = outcome !== 'UNANSWERED' && outcome !== 'ELSEWHERE'
  await appendEntry(tx, id, { type: 'closed', actor, body: { outcome }, quiet }, now)
  await endHold(tx, orderId, now)
}

/** Lets an order go that no complaint holds any more. The caller has the order's row. */
export async function endHold(tx: Tx, orderId: string, now: Date): Promise<void> {
  if ((await tx.complaint.count({ where: { orderId, holds: true } })) > 0) return
  const order = await tx.order.findUniqueOrThrow({ where: { id: orderId }, select: { complainedAt: true } })
  if (!order.complainedAt) return
  const replaced = await tx.complaintUnit.count({
    where: {
      result: 'REPLACED',
      // A ruling lets the order go before its case is closed.
      complaint: { orderId, OR: [{ closedAt: { gte: order.complainedAt } }, { ruledAt: { gte: order.complainedAt } }] },
    },
  })
  await letOrderGo(tx, orderId, { inspectAgain: replaced > 0 }, now)
}
