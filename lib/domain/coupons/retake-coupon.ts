import { z } from 'zod'
import { type Tx, selectRows, sql } from '@/lib/domain/tx'

const Returned = z.object({ couponId: z.string(), buyerKey: z.string(), returned: z.boolean() })
const Limits = z.object({ left: z.boolean(), most: z.int().nullable() })

/**
 * Takes the coupon of a checkout again that was paid after it had ended. It was promised, so neither its dates nor its
 * switch matter any more, but both limits do: false when no use is left. True when there was nothing to take again.
 * Waits for racing takers and returners of the same coupon.
 */
export async function retakeCoupon(tx: Tx, checkoutId: string, now: Date): Promise<boolean> {
  const [use] = await selectRows(
    tx,
    Returned,
    sql`
      SELECT "couponId", "buyerKey", "returnedAt" IS NOT NULL AS returned FROM coupon_use
      WHERE "checkoutId" = ${checkoutId}::uuid FOR UPDATE`,
  )
  if (!use?.returned) return true
  const { couponId, buyerKey } = use
  if (!(await hasUseLeft(tx, couponId, buyerKey))) return false
  await tx.coupon.update({ where: { id: couponId }, data: { usedCount: { increment: 1 } } })
  await tx.couponUse.update({ where: { checkoutId }, data: { returnedAt: null, takenAt: now } })
  return true
}

/** Locks the coupon: what is left stays left until the end of the transaction. */
async function hasUseLeft(tx: Tx, couponId: string, buyerKey: string): Promise<boolean> {
  const [limits] = await selectRows(
    tx,
    Limits,
    sql`
      SELECT "totalLimit" IS NULL OR "usedCount" < "totalLimit" AS left, "perBuyerLimit" AS most FROM coupon
      WHERE id = ${couponId}::uuid FOR UPDATE`,
  )
  if (!limits?.left) return false
  if (limits.most === null) return true
  return (await tx.couponUse.count({ where: { couponId, buyerKey, returnedAt: null } })) < limits.most
}
