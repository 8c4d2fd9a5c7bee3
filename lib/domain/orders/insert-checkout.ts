import { type Tx, join, selectRows, sql } from '@/lib/domain/tx'
import { hashJson } from '@/lib/kernel/hash-json'
import { newId } from '@/lib/kernel/ids'
import { z } from 'zod'
import type { DraftCheckout } from './draft-checkout'
import { nextLookAt } from './next-look-at'
import type { PlaceCheckoutInput } from './place-checkout'

/** Checkout, orders and events in one statement; false when the idempotency key was used before. */
export async function insertCheckout(
  tx: Tx,
  input: PlaceCheckoutInput,
  { id, currency, totalMinor, walletMinor, dueMinor, dueAt, orders }: DraftCheckout,
  now: Date,
): Promise<boolean> {
  const provider = dueMinor === 0 ? WALLET : input.provider
  const lookAt = dueMinor === 0 ? null : nextLookAt(dueAt, dueAt)
  const orderRows = orders.map(
    ({ id: orderId, number, line: { offer, quantity, unitPriceMinor, discountMinor }, money, snapshot }) => sql`
      (${orderId}::uuid, ${money.merchantId}::uuid, ${number}, ${offer.productId}::uuid, ${offer.variantId}::uuid, ${quantity}::int,
       ${unitPriceMinor}::int, ${discountMinor}::int, ${money.promoMinor}::int, ${money.totalMinor}::int, ${money.walletMinor}::int,
       ${money.feeMinor}::int, ${JSON.stringify(snapshot)}::jsonb, ${hashJson(snapshot)}, ${newId()}::uuid)`,
  )
  const made = await selectRows(
    tx,
    z.object({ id: z.string() }),
    sql`
      WITH made AS (
        INSERT INTO checkout (id, "idempotencyKey", "buyerId", email, "passcodeHash", locale, currency, "totalMinor", "walletMinor",
                              provider, "expiresAt", "lookAt", "createdAt")
        VALUES (${id}::uuid, ${input.idempotencyKey}::uuid, ${input.buyerId}::uuid, ${input.email}, ${input.passcodeHash},
                ${input.locale}, ${currency}, ${totalMinor}, ${walletMinor}, ${provider}, ${dueAt}, ${lookAt}, ${now})
        ON CONFLICT ("idempotencyKey") DO NOTHING
        RETURNING id
      ), draft (id, "merchantId", number, "productId", "variantId", quantity, "unitPriceMinor", "discountMinor", "promoMinor",
                "totalMinor", "walletMinor", "feeMinor", snapshot, "snapshotHash", "eventId") AS (
        VALUES ${join(orderRows)}
      ), placed AS (
        INSERT INTO "order" (id, "merchantId", "checkoutId", number, "productId", "variantId", quantity, "unitPriceMinor", "discountMinor",
                             "promoMinor", "totalMinor", "walletMinor", "feeMinor", currency, status, snapshot, "snapshotHash", "dueAt", "placedAt")
        SELECT d.id, d."merchantId", made.id, d.number, d."productId", d."variantId", d.quantity, d."unitPriceMinor", d."discountMinor",
               d."promoMinor", d."totalMinor", d."walletMinor", d."feeMinor", ${currency}, 'AWAITING_PAYMENT'::"OrderStatus", d.snapshot,
               d."snapshotHash", ${dueAt}, ${now}
        FROM draft d, made
      ), event AS (
        INSERT INTO order_event (id, "merchantId", "orderId", type, at, "actorKind", "actorId", data)
        SELECT d."eventId", d."merchantId", d.id, 'place', ${now}, 'BUYER'::"ActorKind", ${input.buyerId}::uuid,
               jsonb_build_object('quantity', d.quantity, 'totalMinor', d."totalMinor")
        FROM draft d, made
      )
      SELECT id FROM made`,
  )
  return made.length === 1
}

/** Provider of a checkout that nobody is asked money for. */
export const WALLET = 'wallet'
