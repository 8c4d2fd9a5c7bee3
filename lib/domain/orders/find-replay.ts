import { type Tx, selectRows, sql } from '@/lib/domain/tx'
import { Refusal } from '@/lib/kernel/refusal'
import { z } from 'zod'
import type { PlaceCheckoutInput, PlacedCheckout } from './place-checkout'
import { oneLineEach } from './quote-checkout'

const Before = z.object({
  checkoutId: z.string(),
  email: z.string(),
  buyerId: z.string().nullable(),
  totalMinor: z.number(),
  walletMinor: z.number(),
  paid: z.boolean(),
  orders: z.array(z.object({ id: z.string(), number: z.string(), variantId: z.string(), quantity: z.number() })),
})

/**
 * The checkout that this submit has placed before; null when there is none. Refuses `order/key-reused` when the key was
 * used by somebody else or for something else.
 */
export async function findReplay(tx: Tx, input: PlaceCheckoutInput): Promise<PlacedCheckout | null> {
  const [before] = await selectRows(
    tx,
    Before,
    sql`
      SELECT c.id AS "checkoutId", c.email, c."buyerId", c."totalMinor", c."walletMinor", c."paidPaymentId" IS NOT NULL AS paid,
             COALESCE((SELECT jsonb_agg(jsonb_build_object('id', o.id, 'number', o.number, 'variantId', o."variantId", 'quantity', o.quantity)
                                        ORDER BY o.id) FROM "order" o WHERE o."checkoutId" = c.id), '[]'::jsonb) AS orders
      FROM checkout c WHERE c."idempotencyKey" = ${input.idempotencyKey}::uuid`,
  )
  if (!before) return null
  const { checkoutId, paid } = before
  const same =
    before.email === input.email &&
    before.buyerId === input.buyerId &&
    before.totalMinor === input.expectedTotalMinor &&
    before.walletMinor === input.walletMinor &&
    contents(before.orders) === contents(oneLineEach(input.lines))
  if (!same) throw new Refusal('order/key-reused')
  return { checkoutId, orders: before.orders.map(({ id, number }) => ({ id, number })), paid, replayed: true }
}

function contents(lines: readonly { readonly variantId: string; readonly quantity: number }[]): string {
  return lines
    .map(({ variantId, quantity }) => `${variantId} ${quantity}`)
    .toSorted()
    .join('\n')
}
