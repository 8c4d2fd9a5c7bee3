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

const Twin = z.object({
  checkoutId: z.string(),
  passcodeHash: z.string().nullable(),
  orders: Before.shape.orders,
})

export interface OpenTwin {
  readonly placed: PlacedCheckout
  /** Of a guest's; who buys now must know the passcode too. */
  readonly passcodeHash: string | null
}

/**
 * The buyer's own checkout of exactly the same, under another key, that still waits for its payment: a second tab means
 * that one. A guest's are those that his browser may open. Called behind `requireFewOpenOrders`, which lets one submit of
 * an account or e-mail through at a time. Null when there is none.
 */
export async function findOpenTwin(
  tx: Tx,
  input: PlaceCheckoutInput,
  checkoutIds: readonly string[],
  now: Date,
): Promise<OpenTwin | null> {
  const { buyerId, email, idempotencyKey, expectedTotalMinor, walletMinor, lines } = input
  const own =
    buyerId === null
      ? sql`c."buyerId" IS NULL AND c.email = ${email} AND c.id = ANY (${[...checkoutIds]}::uuid[])`
      : sql`c."buyerId" = ${buyerId}::uuid`
  const open = await selectRows(
    tx,
    Twin,
    sql`
      SELECT c.id AS "checkoutId", c."passcodeHash",
             jsonb_agg(jsonb_build_object('id', o.id, 'number', o.number, 'variantId', o."variantId", 'quantity', o.quantity) ORDER BY o.id) AS orders
      FROM checkout c JOIN "order" o ON o."checkoutId" = c.id
      WHERE ${own} AND c."idempotencyKey" <> ${idempotencyKey}::uuid AND c."totalMinor" = ${expectedTotalMinor} AND c."walletMinor" = ${walletMinor}
      GROUP BY c.id HAVING bool_and(o.status = 'AWAITING_PAYMENT' AND o."dueAt" > ${now}) ORDER BY c.id`,
  )
  const twin = open.find(({ orders }) => contents(orders) === contents(oneLineEach(lines)))
  if (!twin) return null
  const { checkoutId, passcodeHash } = twin
  const orders = twin.orders.map(({ id, number }) => ({ id, number }))
  return { placed: { checkoutId, orders, paid: false, replayed: true }, passcodeHash }
}

function contents(lines: readonly { readonly variantId: string; readonly quantity: number }[]): string {
  return lines
    .map(({ variantId, quantity }) => `${variantId} ${quantity}`)
    .toSorted()
    .join('\n')
}
