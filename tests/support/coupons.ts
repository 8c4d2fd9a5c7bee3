import { randomUUID } from 'node:crypto'
import { createCoupon } from '@/lib/domain/coupons'
import { newId, randomSymbols } from '@/lib/kernel/ids'
import { MINUTE_MS, after } from '@/lib/kernel/time'
import { db } from './database'
import { NOW, run } from './factories'

interface CouponChanges {
  readonly merchantId?: string | null
  readonly amountMinor?: number
  readonly minimumMinor?: number
  readonly startsAt?: Date
  readonly endsAt?: Date | null
  readonly totalLimit?: number | null
  readonly perBuyerLimit?: number | null
}

/** A coupon of the platform: 1.00 off, no limits, running since NOW; unless changed. */
export async function aCoupon({ amountMinor = 100, ...changes }: CouponChanges = {}): Promise<{
  readonly couponId: string
  readonly code: string
}> {
  const code = `T${randomSymbols(12)}`
  const input = {
    code,
    merchantId: null,
    minimumMinor: 0,
    currency: 'CNY',
    startsAt: NOW,
    endsAt: null,
    totalLimit: null,
    perBuyerLimit: null,
    kind: 'AMOUNT',
    percentBps: null,
    amountMinor,
    mostMinor: null,
    ...changes,
  } as const
  return { couponId: await run((tx) => createCoupon(tx, input, NOW)), code }
}

/** A guest's unpaid checkout without orders, for a coupon to hang on. */
export async function aCheckout(): Promise<string> {
  const id = newId()
  await db.checkout.create({
    data: {
      id,
      idempotencyKey: randomUUID(),
      email: 'guest@example.com',
      passcodeHash: 'not a real hash',
      locale: 'zh-CN',
      currency: 'CNY',
      totalMinor: 900,
      provider: 'sandbox',
      expiresAt: after(NOW, 15 * MINUTE_MS),
      createdAt: NOW,
    },
  })
  return id
}

/** What the coupon's counter says, and how many uses stand behind it: always the same number. */
export async function usesOf(couponId: string): Promise<{ readonly counted: number; readonly held: number }> {
  const { usedCount: counted } = await db.coupon.findUniqueOrThrow({ where: { id: couponId } })
  return { counted, held: await db.couponUse.count({ where: { couponId, returnedAt: null } }) }
}
