import { notify, notifyBuyer, notifyMerchant } from '@/lib/domain/notifications'
import type { Tx } from '@/lib/domain/tx'
import type { Actor } from '@/lib/domain/actor'
import { type CaseEntryType, isTold } from './entries'

/** Tells every side of a case but the one that acted that something is new in it: in the app and by e-mail. */
export async function tellSides(
  tx: Tx,
  complaintId: string,
  { seq, type, actor }: { readonly seq: number; readonly type: CaseEntryType; readonly actor: Actor },
  now: Date,
): Promise<void> {
  if (!isTold(type)) return
  const { number, merchantId, orderId, order, ...staff } = await tx.complaint.findUniqueOrThrow({
    where: { id: complaintId },
    select: {
      number: true,
      merchantId: true,
      orderId: true,
      arbitratorId: true,
      secondId: true,
      appealArbitratorId: true,
      order: { select: { number: true } },
    },
  })
  const note = (side: 'BUYER' | 'MERCHANT' | 'STAFF') =>
    ({
      kind: 'case-news',
      dedupeKey: `${complaintId}:${seq}:${side}`,
      data: { complaintId, number, order: order.number, side, what: type },
    }) as const
  // Who rules is nobody's news but the arbitrators'.
  const inside = type === 'assigned' || type === 'proposed' || type === 'returned'
  if (actor.kind !== 'BUYER' && !inside) await notifyBuyer(tx, { orderId }, note('BUYER'), now)
  if (actor.kind !== 'MERCHANT' && !inside) await notifyMerchant(tx, merchantId, note('MERCHANT'), now)
  for (const userId of [staff.arbitratorId, staff.secondId, staff.appealArbitratorId]) {
    if (userId !== null && userId !== actor.id) await notify(tx, { to: { userId }, ...note('STAFF') }, now)
  }
}
