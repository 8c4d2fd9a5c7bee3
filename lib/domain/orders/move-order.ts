import { z } from 'zod'
import { type Sql, type Tx, join, selectRows, sql } from '@/lib/domain/tx'
import { CURRENCIES } from '@/lib/kernel/money'
import type { Json } from '@/lib/kernel/canonical-json'
import { newId } from '@/lib/kernel/ids'
import { invariant } from '@/lib/kernel/invariant'
import type { Actor } from '@/lib/domain/actor'
import { ORDER_TRANSITIONS, type Transition, type TransitionName } from './transitions'

export const MovedOrder = z.object({
  id: z.string(),
  merchantId: z.string(),
  checkoutId: z.string(),
  quantity: z.number(),
  currency: z.enum(CURRENCIES),
  totalMinor: z.number(),
  promoMinor: z.number(),
  walletMinor: z.number(),
  feeMinor: z.number(),
  refundedMinor: z.number(),
})
export type MovedOrder = z.infer<typeof MovedOrder>

export interface Move {
  readonly name: TransitionName
  readonly orderId: string
  readonly actor: Actor
  readonly now: Date
  /** More columns to set, as SQL assignments. */
  readonly set?: readonly Sql[]
  readonly data?: Json
}

/**
 * Moves an order along one transition and writes its event, in one statement. The guard (status, and dueAt where the
 * transition waits for it, that no dispute has it frozen, no complaint keeps it) stands in the UPDATE: of racing callers one gets the order, the others get null.
 */
export async function moveOrder(
  tx: Tx,
  { name, orderId, actor, now, set = [], data = {} }: Move,
): Promise<MovedOrder | null> {
  const transition: Transition = ORDER_TRANSITIONS[name]
  invariant(transition.by.includes(actor.kind), `${actor.kind} may not ${name} an order`)
  const from = join(transition.from.map((status) => sql`${status}::"OrderStatus"`))
  const thawed = transition.evenFrozen ? sql`` : sql`AND "frozenAt" IS NULL`
  const calm = transition.unlessComplained ? sql`AND "complainedAt" IS NULL` : sql``
  const due = transition.when === 'due' ? sql`AND "dueAt" <= ${now}` : sql``
  const [moved] = await selectRows(
    tx,
    MovedOrder,
    sql`
      WITH moved AS (
        UPDATE "order" SET ${join([sql`status = ${transition.to}::"OrderStatus"`, ...set])}
        WHERE id = ${orderId}::uuid AND status IN (${from}) ${thawed} ${calm} ${due}
        RETURNING id, "merchantId", "checkoutId", quantity, currency, "totalMinor", "promoMinor", "walletMinor", "feeMinor", "refundedMinor"
      ), event AS (
        INSERT INTO order_event (id, "merchantId", "orderId", type, at, "actorKind", "actorId", data)
        SELECT ${newId()}::uuid, "merchantId", id, ${name}, ${now}, ${actor.kind}::"ActorKind", ${actor.id}::uuid, ${JSON.stringify(data)}::jsonb
        FROM moved
      )
      SELECT * FROM moved`,
  )
  return moved ?? null
}
