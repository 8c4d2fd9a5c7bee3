import { SYSTEM } from '@/lib/domain/actor'
import { notifyMerchant } from '@/lib/domain/notifications'
import { type Tx, selectRows, sql } from '@/lib/domain/tx'
import { invariant } from '@/lib/kernel/invariant'
import { z } from 'zod'
import type { LockedOrder } from './lock-checkout'
import { moveOrder } from './move-order'

/**
 * A locked, paid order of manual delivery: the merchant has the hours that he promised, from now on. False when it cannot be
 * served and its money has to go back: it is over, or it expired and the variant is not sold by hand any more.
 */
export async function awaitDelivery(tx: Tx, order: LockedOrder, now: Date): Promise<boolean> {
  const { id: orderId, merchantId, status } = order
  const late = status === 'EXPIRED'
  if (late ? !(await stillSold(tx, order)) : status !== 'AWAITING_PAYMENT') return false
  const moved = await moveOrder(tx, {
    name: late ? 'await-delivery-late' : 'await-delivery',
    orderId,
    actor: SYSTEM,
    now,
    set: [
      sql`"paidAt" = ${now}`,
      sql`"closedAt" = NULL`,
      sql`"dueAt" = ${now}::timestamptz + make_interval(hours => (snapshot->'delivery'->>'hours')::int)`,
    ],
  })
  invariant(moved, `order ${orderId} was locked as ${status} and moved away`)
  const { number, dueAt } = await promiseOf(tx, orderId)
  const data = { orderId, number, dueAt: dueAt.toISOString() }
  await notifyMerchant(tx, merchantId, { kind: 'delivery-wanted', dedupeKey: orderId, data }, now)
  return true
}

/** Whether the merchant would take this order again today. */
async function stillSold(tx: Tx, { merchantSells, variantId }: LockedOrder): Promise<boolean> {
  if (!merchantSells) return false
  const sold = await tx.variant.count({
    where: { id: variantId, active: true, delivery: 'MANUAL', product: { status: 'PUBLISHED' } },
  })
  return sold === 1
}

async function promiseOf(tx: Tx, orderId: string): Promise<{ number: string; dueAt: Date }> {
  const [promise] = await selectRows(
    tx,
    z.object({ number: z.string(), dueAt: z.date() }),
    sql`SELECT number, "dueAt" FROM "order" WHERE id = ${orderId}::uuid`,
  )
  invariant(promise, `order ${orderId} waits without a deadline`)
  return promise
}
