import { postTransfers, releasePostings } from '@/lib/domain/ledger'
import { type Tx, sql } from '@/lib/domain/tx'
import { Refusal } from '@/lib/kernel/refusal'
import type { Actor } from './actor'
import { moveOrder } from './move-order'

/**
 * The buyer says that it works: the escrow becomes the merchant's pending balance, less the platform fee. Of the buyer
 * and the inspection clock racing for one order, exactly one releases it; the other is refused `order/not-delivered`.
 */
export async function confirmOrder(tx: Tx, orderId: string, actor: Actor, now: Date): Promise<void> {
  if (!(await releaseBy(tx, 'confirm', orderId, actor, now))) throw new Refusal('order/not-delivered')
}

/** The same, by the inspection clock. Refuses `order/not-due` when the window has not run out or it was decided before. */
export async function autoConfirmOrder(tx: Tx, orderId: string, actor: Actor, now: Date): Promise<void> {
  if (!(await releaseBy(tx, 'auto-confirm', orderId, actor, now))) throw new Refusal('order/not-due')
}

async function releaseBy(
  tx: Tx,
  name: 'confirm' | 'auto-confirm',
  orderId: string,
  actor: Actor,
  now: Date,
): Promise<boolean> {
  const order = await moveOrder(tx, { name, orderId, actor, now, set: [sql`"dueAt" = NULL`, sql`"closedAt" = ${now}`] })
  if (!order) return false
  await postTransfers(tx, releasePostings(order), now)
  return true
}
