import { z } from 'zod'
import { type Tx, selectRows, sql } from '@/lib/domain/tx'
import { CURRENCIES } from '@/lib/kernel/money'

const Coupon = z.object({
  id: z.uuid(),
  code: z.string(),
  /** Null for a coupon of the platform. */
  merchantId: z.uuid().nullable(),
  kind: z.enum(['PERCENT', 'AMOUNT']),
  percentBps: z.int().nullable(),
  amountMinor: z.int().nullable(),
  mostMinor: z.int().nullable(),
  minimumMinor: z.int(),
  currency: z.enum(CURRENCIES),
  startsAt: z.date(),
  endsAt: z.date().nullable(),
  totalLimit: z.int().nullable(),
  perBuyerLimit: z.int().nullable(),
  usedCount: z.int(),
  active: z.boolean(),
})
export type Coupon = z.infer<typeof Coupon>

/** One spelling of a code, however it was typed. */
export function codeOf(typed: string): string {
  return typed.trim().toUpperCase()
}

/** The coupon with this code, usable or not; null when there is none. Locks nothing. */
export async function findCoupon(tx: Tx, code: string): Promise<Coupon | null> {
  const [coupon] = await selectRows(
    tx,
    Coupon,
    sql`
      SELECT id, code, "merchantId", kind, "percentBps", "amountMinor", "mostMinor", "minimumMinor", currency, "startsAt", "endsAt",
             "totalLimit", "perBuyerLimit", "usedCount", active
      FROM coupon WHERE code = ${codeOf(code)}`,
  )
  return coupon ?? null
}
