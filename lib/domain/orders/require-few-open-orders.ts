import { type Tx, selectRows, sql } from '@/lib/domain/tx'
import { Refusal } from '@/lib/kernel/refusal'
import { z } from 'zod'

/** How many checkouts one buyer may leave unpaid at a time: each of them keeps CDKs from everybody else. */
export const MOST_OPEN_ORDERS = 3

export interface OpenOrdersInput {
  /** The account that buys; null for a guest, who is known by the e-mail. */
  readonly buyerId: string | null
  readonly email: string
  /** What this browser placed before, whichever e-mail it gave. */
  readonly checkoutIds: readonly string[]
  /** The submit at hand: an order that it placed already does not count against itself. */
  readonly idempotencyKey: string
}

/**
 * Refuses `order/too-many-open` when the account, the guest's e-mail or the browser has as many unpaid checkouts as one
 * buyer may have. An account is not held to what guests do under its e-mail: anybody can type that. Racing submits of
 * one buyer come one after the other (transaction-scoped advisory lock), so they cannot pass together.
 */
export async function requireFewOpenOrders(
  tx: Tx,
  { buyerId, email, checkoutIds, idempotencyKey }: OpenOrdersInput,
  now: Date,
): Promise<void> {
  await tx.$executeRaw(sql`SELECT pg_advisory_xact_lock(hashtextextended(${`open-orders:${buyerId ?? email}`}, 0))`)
  const own = buyerId === null ? sql`c."buyerId" IS NULL AND c.email = ${email}` : sql`c."buyerId" = ${buyerId}::uuid`
  const [open] = await selectRows(
    tx,
    z.object({ count: z.number() }),
    sql`
      SELECT count(DISTINCT c.id)::int AS count FROM "order" o JOIN checkout c ON c.id = o."checkoutId"
      WHERE o.status = 'AWAITING_PAYMENT' AND o."dueAt" > ${now} AND c."idempotencyKey" <> ${idempotencyKey}::uuid
        AND (${own} OR c.id = ANY (${[...checkoutIds]}::uuid[]))`,
  )
  if (open && open.count >= MOST_OPEN_ORDERS) throw new Refusal('order/too-many-open', { most: MOST_OPEN_ORDERS })
}
