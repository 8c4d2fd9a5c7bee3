import { type Tx, selectRows, sql } from '@/lib/domain/tx'
import { z } from 'zod'
import { SYSTEM } from '@/lib/domain/actor'
import { clockGoesOn, leftOfClock, letEarningGo } from './stopped-clock'
import { recordOrderEvent } from './record-order-event'

const Touched = z.object({ id: z.string(), merchantId: z.string() })

/**
 * A dispute with the payment provider keeps an order as it is: no release, refund, reveal or maturity; the clock of
 * its promise or inspection stops with what is left of it. Whoever has the row first wins: a confirmation before it stays,
 * its earning is held. Returns false when there is nothing to freeze: unpaid, refunded, or frozen already.
 */
export async function freezeOrder(
  tx: Tx,
  orderId: string,
  { disputeId }: { readonly disputeId: string },
  now: Date,
): Promise<boolean> {
  const [order] = await selectRows(
    tx,
    Touched,
    sql`
      UPDATE "order" SET "frozenAt" = ${now}, "dueAt" = NULL,
        "pausedSeconds" = CASE WHEN status <> 'CONFIRMED' THEN COALESCE("pausedSeconds", ${leftOfClock(now)}) END
      WHERE id = ${orderId}::uuid AND status IN ('AWAITING_DELIVERY', 'DELIVERED', 'CONFIRMED') AND "frozenAt" IS NULL
      RETURNING id, "merchantId"`,
  )
  if (!order) return false
  await tx.earning.updateMany({ where: { orderId, maturedAt: null, heldAt: null }, data: { heldAt: now } })
  await recordOrderEvent(tx, order, 'freeze', SYSTEM, { disputeId }, now)
  return true
}

/** The dispute is over: the clock goes on with what was left, the earning matures again, unless a complaint still keeps them. False when it was not frozen. */
export async function thawOrder(tx: Tx, orderId: string, now: Date): Promise<boolean> {
  const [order] = await selectRows(
    tx,
    Touched,
    sql`
      UPDATE "order" SET "frozenAt" = NULL, ${clockGoesOn(now, sql`"complainedAt" IS NULL`)}
      WHERE id = ${orderId}::uuid AND "frozenAt" IS NOT NULL
      RETURNING id, "merchantId"`,
  )
  // Also of an order that the chargeback has closed meanwhile.
  await letEarningGo(tx, orderId)
  if (!order) return false
  await recordOrderEvent(tx, order, 'thaw', SYSTEM, {}, now)
  return true
}
