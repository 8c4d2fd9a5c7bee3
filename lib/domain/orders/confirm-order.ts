import { type OrderMoney, netLeft, postTransfers, releasePostings } from '@/lib/domain/ledger'
import { MATURITY_DAYS } from '@/lib/domain/merchants'
import { confirmCdks } from '@/lib/domain/stock'
import { type Tx, join, sql } from '@/lib/domain/tx'
import { Refusal } from '@/lib/kernel/refusal'
import type { Actor } from '@/lib/domain/actor'
import { moveOrder } from './move-order'

/**
 * The buyer says that it works: what is left in escrow becomes the merchant's pending balance, less the platform fee, and
 * matures after the days of his tier. Of the buyer, the inspection clock and a refund racing for one order, each sees
 * what the other has left; exactly one releases. Refuses `order/not-delivered`, `order/frozen` during a dispute, `order/complained` while a complaint is open.
 */
export async function confirmOrder(tx: Tx, orderId: string, actor: Actor, now: Date): Promise<void> {
  if (await releaseBy(tx, 'confirm', orderId, actor, now)) return
  const order = await tx.order.findUnique({ where: { id: orderId }, select: { frozenAt: true, complainedAt: true } })
  if (order?.complainedAt) throw new Refusal('order/complained')
  throw new Refusal(order?.frozenAt ? 'order/frozen' : 'order/not-delivered')
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
  await insertEarning(tx, order, now)
  await confirmCdks(tx, { merchantId: order.merchantId, orderId }, actor, now)
  return true
}

const DAYS = sql`CASE tier ${join(
  Object.entries(MATURITY_DAYS).map(([tier, days]) => sql`WHEN ${tier}::"MerchantTier" THEN ${days}::int`),
  ' ',
)} END`

async function insertEarning(tx: Tx, order: OrderMoney, now: Date): Promise<void> {
  const earnedMinor = netLeft(order, order.refundedMinor)
  await tx.$executeRaw(sql`
    INSERT INTO earning ("orderId", "merchantId", currency, "earnedMinor", "pendingMinor", "releasedAt", "matureAt")
    SELECT ${order.id}::uuid, id, ${order.currency}, ${earnedMinor}, ${earnedMinor}, ${now}, ${now}::timestamptz + make_interval(days => ${DAYS})
    FROM merchant WHERE id = ${order.merchantId}::uuid`)
}
