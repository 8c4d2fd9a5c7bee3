import { z } from 'zod'
import { type Tx, selectRows, sql } from '@/lib/domain/tx'
import { newId } from '@/lib/kernel/ids'
import { Refusal } from '@/lib/kernel/refusal'
import { type CartRef, cartIdOf } from './cart-ref'

/**
 * The cart, made if there is none, locked until the end of the transaction and kept for another while. A guest's cart
 * that was dropped comes back under its id. Refuses `access/not-found` for another owner's. Returns its id.
 */
export async function holdCart(tx: Tx, { cartId, userId }: CartRef, now: Date): Promise<string> {
  const id = userId === null ? (cartId ?? newId()) : cartIdOf(userId)
  const [held] = await selectRows(
    tx,
    z.object({ id: z.string() }),
    sql`
      INSERT INTO cart (id, "userId", "updatedAt") VALUES (${id}::uuid, ${userId}::uuid, ${now})
      ON CONFLICT (id) DO UPDATE SET "updatedAt" = ${now} WHERE cart."userId" IS NOT DISTINCT FROM ${userId}::uuid
      RETURNING id`,
  )
  if (!held) throw new Refusal('access/not-found')
  return held.id
}
