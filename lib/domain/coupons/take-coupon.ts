import { z } from 'zod'
import { type Tx, selectRows, sql } from '@/lib/domain/tx'
import { invariant } from '@/lib/kernel/invariant'
import type { Minor } from '@/lib/kernel/money'
import { Refusal } from '@/lib/kernel/refusal'
import { isRunning } from './discounts'

export interface TakeCouponInput {
  readonly couponId: string
  /** Exists already in this transaction. */
  readonly checkoutId: string
  /** By `buyerKeyOf`. */
  readonly buyerKey: string
  readonly discountMinor: Minor
}

/**
 * Takes one use of a coupon for a checkout. The limits sit in the guarded UPDATE, which locks the coupon until the end of
 * the transaction: of racing takers of the last use exactly one gets it, and one buyer's takes come one after the other.
 * Refuses `coupon/used-up`, `coupon/used-by-you` and `coupon/not-active`.
 */
export async function takeCoupon(tx: Tx, input: TakeCouponInput, now: Date): Promise<void> {
  const { couponId, checkoutId, buyerKey, discountMinor } = input
  const [taken] = await selectRows(
    tx,
    z.object({ most: z.int().nullable() }),
    sql`
      UPDATE coupon SET "usedCount" = "usedCount" + 1
      WHERE id = ${couponId}::uuid AND active AND "startsAt" <= ${now} AND ("endsAt" IS NULL OR "endsAt" > ${now})
        AND ("totalLimit" IS NULL OR "usedCount" < "totalLimit")
      RETURNING "perBuyerLimit" AS most`,
  )
  if (!taken) throw await whyNot(tx, couponId, now)
  const { most } = taken
  // A statement of its own, after the lock: it sees what the taker before us has committed.
  if (most !== null) {
    const used = await tx.couponUse.count({ where: { couponId, buyerKey, returnedAt: null } })
    if (used >= most) throw new Refusal('coupon/used-by-you', { most })
  }
  await tx.couponUse.create({ data: { checkoutId, couponId, buyerKey, discountMinor, takenAt: now } })
}

async function whyNot(tx: Tx, couponId: string, now: Date): Promise<Refusal> {
  const coupon = await tx.coupon.findUnique({
    where: { id: couponId },
    select: { active: true, startsAt: true, endsAt: true },
  })
  invariant(coupon, `coupon ${couponId} is gone`)
  return new Refusal(isRunning(coupon, now) ? 'coupon/used-up' : 'coupon/not-active')
}
