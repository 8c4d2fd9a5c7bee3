import { unitPriceFor } from '@/lib/domain/catalog'
import { claimCdks } from '@/lib/domain/stock'
import { type Tx, selectRows, sql } from '@/lib/domain/tx'
import { hashJson } from '@/lib/kernel/canonical-json'
import { newId, randomSymbols } from '@/lib/kernel/ids'
import { MAX_ORDER_MINOR, type Minor, shareOf } from '@/lib/kernel/money'
import { Refusal } from '@/lib/kernel/refusal'
import { MINUTE_MS, after } from '@/lib/kernel/time'
import { z } from 'zod'
import { type Offer, findOffer } from './find-offer'
import { nextLookAt } from './next-look-at'
import type { OrderSnapshot } from './snapshot'

export interface PlaceOrderInput {
  /** Made by the form, once per submit. */
  readonly idempotencyKey: string
  readonly variantId: string
  readonly quantity: number
  /** The total that the buyer saw; a different one now is refused, never charged. */
  readonly expectedTotalMinor: Minor
  readonly buyerId: string | null
  readonly email: string
  /** What a guest will show at look-up; null for a signed-in buyer. */
  readonly passcodeHash: string | null
  readonly locale: string
  readonly provider: string
}

export interface PlacedOrder {
  readonly checkoutId: string
  readonly orderId: string
  readonly number: string
  /** True when this submit was placed before: nothing new was made. */
  readonly replayed: boolean
}

/**
 * Places an order for one variant and reserves its CDKs for the pay window (15 min by default, product.md). Price, tier
 * and fee come from the database. Sending the same idempotency key again, also at the same moment, gives the first
 * order. Refuses `catalog/not-for-sale`, `order/quantity-invalid`, `order/total-too-large`, `order/price-changed`,
 * `stock/sold-out`, `stock/short` and, for a key used with other contents, `order/key-reused`.
 */
export async function placeOrder(tx: Tx, input: PlaceOrderInput, now: Date): Promise<PlacedOrder> {
  const offer = await findOffer(tx, input.variantId)
  if (!offer) return replayOr(tx, input, new Refusal('catalog/not-for-sale'))
  const { quantity } = input
  if (!Number.isSafeInteger(quantity) || quantity < 1 || quantity > offer.maxPerOrder) {
    return replayOr(tx, input, new Refusal('order/quantity-invalid', { most: offer.maxPerOrder }))
  }
  const order = draftOrder(offer, quantity, now)
  if (order.totalMinor > MAX_ORDER_MINOR) throw new Refusal('order/total-too-large')
  if (order.totalMinor !== input.expectedTotalMinor) {
    return replayOr(tx, input, new Refusal('order/price-changed', { totalMinor: order.totalMinor }))
  }
  if (!(await insertOrder(tx, input, offer, order, now))) return requireReplay(tx, input)
  const reserved = await claimCdks(tx, {
    merchantId: offer.merchant.id,
    variantId: offer.variantId,
    orderId: order.id,
    quantity,
  })
  if (reserved === 0) throw new Refusal('stock/sold-out')
  if (reserved < quantity) throw new Refusal('stock/short', { left: reserved })
  return { checkoutId: order.checkoutId, orderId: order.id, number: order.number, replayed: false }
}

function draftOrder(offer: Offer, quantity: number, now: Date) {
  const unitPriceMinor = unitPriceFor(offer.priceMinor, offer.tiers, quantity)
  const totalMinor = unitPriceMinor * quantity
  const feeMinor = shareOf(totalMinor, offer.feeBps)
  const { category, merchant, rules, feeBps, currency } = offer
  const snapshot: OrderSnapshot = {
    version: 1,
    product: {
      id: offer.productId,
      slug: offer.slug,
      titleZh: offer.titleZh,
      titleEn: offer.titleEn,
      descriptionZh: offer.descriptionZh,
      descriptionEn: offer.descriptionEn,
      category,
      attributes: offer.attributes,
      downloadUrl: offer.downloadUrl,
      guideZh: offer.guideZh,
      guideEn: offer.guideEn,
    },
    variant: { id: offer.variantId, nameZh: offer.variantNameZh, nameEn: offer.variantNameEn },
    merchant,
    price: { unitPriceMinor, quantity, totalMinor, feeBps, feeMinor, currency },
    rules,
    placedAt: now.toISOString(),
  }
  return {
    id: newId(),
    checkoutId: newId(),
    number: `KB${now.toISOString().slice(2, 10).replaceAll('-', '')}${randomSymbols(10)}`,
    quantity,
    unitPriceMinor,
    totalMinor,
    feeMinor,
    snapshot,
    dueAt: after(now, rules.payWindowMinutes * MINUTE_MS),
  }
}

/** Checkout, order and event in one statement; false when the idempotency key was used before. */
async function insertOrder(
  tx: Tx,
  input: PlaceOrderInput,
  offer: Offer,
  order: ReturnType<typeof draftOrder>,
  now: Date,
): Promise<boolean> {
  const made = await selectRows(
    tx,
    z.object({ id: z.string() }),
    sql`
      WITH made AS (
        INSERT INTO checkout (id, "idempotencyKey", "buyerId", email, "passcodeHash", locale, currency, "totalMinor", provider, "expiresAt", "lookAt", "createdAt")
        VALUES (${order.checkoutId}::uuid, ${input.idempotencyKey}::uuid, ${input.buyerId}::uuid, ${input.email}, ${input.passcodeHash},
                ${input.locale}, ${offer.currency}, ${order.totalMinor}, ${input.provider}, ${order.dueAt},
                ${nextLookAt(order.dueAt, order.dueAt)}, ${now})
        ON CONFLICT ("idempotencyKey") DO NOTHING
        RETURNING id
      ), placed AS (
        INSERT INTO "order" (id, "merchantId", "checkoutId", number, "productId", "variantId", quantity, "unitPriceMinor", "totalMinor",
                             "feeMinor", currency, status, snapshot, "snapshotHash", "dueAt", "placedAt")
        SELECT ${order.id}::uuid, ${offer.merchant.id}::uuid, made.id, ${order.number}, ${offer.productId}::uuid, ${offer.variantId}::uuid,
               ${order.quantity}, ${order.unitPriceMinor}, ${order.totalMinor}, ${order.feeMinor}, ${offer.currency},
               'AWAITING_PAYMENT'::"OrderStatus", ${JSON.stringify(order.snapshot)}::jsonb, ${hashJson(order.snapshot)}, ${order.dueAt}, ${now}
        FROM made
      ), event AS (
        INSERT INTO order_event (id, "merchantId", "orderId", type, at, "actorKind", "actorId", data)
        SELECT ${newId()}::uuid, ${offer.merchant.id}::uuid, ${order.id}::uuid, 'place', ${now}, 'BUYER'::"ActorKind", ${input.buyerId}::uuid,
               ${JSON.stringify({ quantity: order.quantity, totalMinor: order.totalMinor })}::jsonb
        FROM made
      )
      SELECT id FROM made`,
  )
  return made.length === 1
}

const Replay = z.object({
  checkoutId: z.string(),
  orderId: z.string(),
  number: z.string(),
  variantId: z.string(),
  quantity: z.number(),
  email: z.string(),
  buyerId: z.string().nullable(),
})

async function findReplay(tx: Tx, input: PlaceOrderInput): Promise<PlacedOrder | null> {
  const [before] = await selectRows(
    tx,
    Replay,
    sql`
      SELECT c.id AS "checkoutId", o.id AS "orderId", o.number, o."variantId", o.quantity, c.email, c."buyerId"
      FROM checkout c JOIN "order" o ON o."checkoutId" = c.id WHERE c."idempotencyKey" = ${input.idempotencyKey}::uuid`,
  )
  if (!before) return null
  const same =
    before.variantId === input.variantId &&
    before.quantity === input.quantity &&
    before.email === input.email &&
    before.buyerId === input.buyerId
  if (!same) throw new Refusal('order/key-reused')
  return { checkoutId: before.checkoutId, orderId: before.orderId, number: before.number, replayed: true }
}

async function requireReplay(tx: Tx, input: PlaceOrderInput): Promise<PlacedOrder> {
  return replayOr(tx, input, new Refusal('order/key-reused'))
}

/** A second submit must find the first order even when the listing has changed since. */
async function replayOr(tx: Tx, input: PlaceOrderInput, refusal: Refusal): Promise<PlacedOrder> {
  const replay = await findReplay(tx, input)
  if (replay) return replay
  throw refusal
}
