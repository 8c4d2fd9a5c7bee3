import { type Tx, sql } from '@/lib/domain/tx'
import { DAY_MS, after } from '@/lib/kernel/time'

/** How long a guest's cart is kept after it was last changed. An account's is kept. */
export const GUEST_CART_DAYS = 30

const MOST_AT_ONCE = 1000

/** Deletes guests' carts that nobody has touched for `GUEST_CART_DAYS`, a thousand at a time; returns how many. */
export async function dropOldCarts(tx: Tx, now: Date): Promise<number> {
  return tx.$executeRaw(sql`
    DELETE FROM cart WHERE id IN (
      SELECT id FROM cart WHERE "userId" IS NULL AND "updatedAt" < ${after(now, -GUEST_CART_DAYS * DAY_MS)}
      ORDER BY "updatedAt" LIMIT ${MOST_AT_ONCE} FOR UPDATE SKIP LOCKED)`)
}
