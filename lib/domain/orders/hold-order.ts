import type { Actor } from '@/lib/domain/actor'
import { type Tx, selectRows, sql } from '@/lib/domain/tx'
import { Refusal } from '@/lib/kernel/refusal'
import { z } from 'zod'
import { clockGoesOn, leftOfClock, letEarningGo } from './stopped-clock'
import { recordOrderEvent } from './record-order-event'

const Held = z.object({ id: z.string(), merchantId: z.string(), held: z.boolean() })

/**
 * A complaint keeps an order from being released: no confirmation by buyer or clock, no maturity of what was released
 * before; the inspection clock stops with what is left of it. Refunds go on. Whoever has the row first wins: a confirmation before
 * it stays, its earning is held. A second complaint changes nothing. Refuses `order/frozen` during a dispute with the provider,
 * `order/not-delivered` when the order is neither delivered nor confirmed.
 */
export async function holdOrder(
  tx: Tx,
  orderId: string,
  { complaintId }: { readonly complaintId: string },
  actor: Actor,
  now: Date,
): Promise<void> {
  const [order] = await selectRows(
    tx,
    Held,
    sql`
      UPDATE "order" SET "complainedAt" = COALESCE("complainedAt", ${now}), "dueAt" = NULL,
        "pausedSeconds" = CASE WHEN status = 'DELIVERED' THEN COALESCE("pausedSeconds", ${leftOfClock(now)}) END
      WHERE id = ${orderId}::uuid AND status IN ('DELIVERED', 'CONFIRMED') AND "frozenAt" IS NULL
      RETURNING id, "merchantId", "complainedAt" < ${now}::timestamptz AS held`,
  )
  if (!order) {
    const frozen = await tx.order.count({ where: { id: orderId, frozenAt: { not: null } } })
    throw new Refusal(frozen > 0 ? 'order/frozen' : 'order/not-delivered')
  }
  if (!order.held)
    await tx.earning.updateMany({ where: { orderId, maturedAt: null, heldAt: null }, data: { heldAt: now } })
  await recordOrderEvent(tx, order, 'complain', actor, { complaintId }, now)
}

/**
 * No complaint keeps the order any more: the clock goes on with what was left, or with a whole inspection window when the buyer got
 * other CDKs meanwhile (`inspectAgain`). The caller holds the order's row and has made sure that no complaint holds it.
 */
export async function letOrderGo(
  tx: Tx,
  orderId: string,
  { inspectAgain }: { readonly inspectAgain: boolean },
  now: Date,
): Promise<void> {
  if (inspectAgain) {
    await tx.$executeRaw(sql`
      UPDATE "order" SET "pausedSeconds" = GREATEST("pausedSeconds", (snapshot->'rules'->>'inspectionHours')::int * 3600)
      WHERE id = ${orderId}::uuid AND "pausedSeconds" IS NOT NULL`)
  }
  const [order] = await selectRows(
    tx,
    Held,
    sql`
      UPDATE "order" SET "complainedAt" = NULL, ${clockGoesOn(now, sql`"frozenAt" IS NULL`)}
      WHERE id = ${orderId}::uuid AND "complainedAt" IS NOT NULL
      RETURNING id, "merchantId", TRUE AS held`,
  )
  if (!order) return
  await letEarningGo(tx, orderId)
  await recordOrderEvent(tx, order, 'complaint-over', { kind: 'SYSTEM', id: null }, {}, now)
}
