import { type Tx, empty, selectRows, sql } from '@/lib/domain/tx'
import type { Minor } from '@/lib/kernel/money'
import { z } from 'zod'

/** How many earnings are locked at a time. */
const BATCH = 50

const Earning = z.object({ orderId: z.string(), pendingMinor: z.number(), matureAt: z.date() })
export type LockedEarning = Pick<z.infer<typeof Earning>, 'orderId' | 'pendingMinor'>

interface Owner {
  readonly merchantId: string
  readonly orderId: string
  readonly currency: string
}

/** What an order's own earning still has in pending, locked; nothing once it has matured. */
export async function lockOwnEarning(tx: Tx, { merchantId, orderId, currency }: Owner): Promise<LockedEarning> {
  const [own] = await selectRows(
    tx,
    Earning,
    sql`
      SELECT "orderId", "pendingMinor", "matureAt" FROM earning
      WHERE "orderId" = ${orderId}::uuid AND "merchantId" = ${merchantId}::uuid AND currency = ${currency} AND "maturedAt" IS NULL
      FOR UPDATE`,
  )
  return own ?? { orderId, pendingMinor: 0 }
}

/**
 * Locks the merchant's other unmatured earnings, the soonest to mature first, until they hold `need` or there are no
 * more; those that a dispute holds are left out. The merchant's row must be locked already.
 */
export async function lockOtherEarnings(tx: Tx, of: Owner, need: Minor): Promise<LockedEarning[]> {
  const locked: z.infer<typeof Earning>[] = []
  for (let left = need; left > 0;) {
    const last = locked.at(-1)
    const behind = last ? sql`AND ("matureAt", "orderId") > (${last.matureAt}, ${last.orderId}::uuid)` : empty
    const batch = await selectRows(
      tx,
      Earning,
      sql`
        SELECT "orderId", "pendingMinor", "matureAt" FROM earning
        WHERE "merchantId" = ${of.merchantId}::uuid AND currency = ${of.currency} AND "orderId" <> ${of.orderId}::uuid
          AND "maturedAt" IS NULL AND "heldAt" IS NULL AND "pendingMinor" > 0 ${behind}
        ORDER BY "matureAt", "orderId" LIMIT ${BATCH} FOR UPDATE`,
    )
    locked.push(...batch)
    if (batch.length < BATCH) break
    left -= batch.reduce((sum, { pendingMinor }) => sum + pendingMinor, 0)
  }
  return locked
}
