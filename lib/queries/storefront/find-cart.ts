import { z } from 'zod'
import { type CartRef, MOST_CART_ITEMS } from '@/lib/domain/cart'
import { unitPriceFor } from '@/lib/domain/catalog'
import { type Sql, type Tx, selectRows, sql } from '@/lib/domain/tx'
import { CURRENCIES, type Minor } from '@/lib/kernel/money'
import { headlineOf } from './card'
import { DeliveryShown, deliveryOf } from './delivery'
import { said } from './localise'

export interface CartLine {
  readonly variantId: string
  readonly variantName: string
  readonly slug: string
  readonly title: string
  /** What the cover says. */
  readonly cover: { readonly glyph: string; readonly platform: string | null; readonly headline: string }
  readonly merchant: { readonly id: string; readonly slug: string; readonly name: string }
  /** What may be ordered at most: lowered when the merchant lowered it since. */
  readonly quantity: number
  readonly maxPerOrder: number
  readonly delivery: DeliveryShown
  /** By the wholesale tier that the quantity reaches, as of now. */
  readonly unitPriceMinor: Minor
  readonly goodsMinor: Minor
  readonly currency: string
  /** Can be bought right now, counted up to `maxPerOrder`. */
  readonly available: number
  readonly state: 'ok' | 'short' | 'sold-out' | 'not-for-sale'
}

const Row = z.object({
  variantId: z.string(),
  variantZh: z.string(),
  variantEn: z.string().nullable(),
  slug: z.string(),
  titleZh: z.string(),
  titleEn: z.string().nullable(),
  glyph: z.string(),
  platform: z.string().nullable(),
  edition: z.string().nullable(),
  merchant: z.object({ id: z.string(), slug: z.string(), name: z.string() }),
  quantity: z.int(),
  maxPerOrder: z.int(),
  delivery: DeliveryShown,
  priceMinor: z.int(),
  tiers: z.array(z.object({ minQuantity: z.int(), unitPriceMinor: z.int() })),
  currency: z.enum(CURRENCIES),
  available: z.int(),
  selling: z.boolean(),
})

/** The items `i` of exactly this cart. */
function itemsOf({ cartId, userId }: CartRef): Sql {
  return sql`
    cart k JOIN cart_item i ON i."cartId" = k.id
    WHERE k.id = ${cartId}::uuid AND k."userId" IS NOT DISTINCT FROM ${userId}::uuid`
}

/**
 * What is in a cart and what it costs at this moment, in the order it was put in; one statement, none without a cart.
 * Nothing is held: stock and price may be others when it is ordered.
 */
export async function findCart(db: Tx, cart: CartRef, locale: string, now: Date): Promise<CartLine[]> {
  if (cart.cartId === null) return []
  const rows = await selectRows(
    db,
    Row,
    sql`
      SELECT v.id AS "variantId", v."nameZh" AS "variantZh", v."nameEn" AS "variantEn", p.slug, p."titleZh", p."titleEn",
             c.glyph, p.platform, p.attributes->>'edition' AS edition,
             jsonb_build_object('id', m.id, 'slug', m.slug, 'name', m.name) AS merchant,
             item.quantity, v."maxPerOrder", ${deliveryOf} AS delivery, v."priceMinor", v.currency,
             COALESCE((SELECT jsonb_agg(jsonb_build_object('minQuantity', t."minQuantity", 'unitPriceMinor', t."unitPriceMinor"))
                       FROM wholesale_tier t WHERE t."variantId" = v.id), '[]'::jsonb) AS tiers,
             CASE v.delivery WHEN 'MANUAL' THEN v."maxPerOrder" ELSE (SELECT count(*)::int FROM (SELECT 1 FROM cdk WHERE cdk."variantId" = v.id AND cdk.state = 'AVAILABLE'
                                         AND cdk."sellBy" > ${now}::timestamptz LIMIT v."maxPerOrder") counted) END AS available,
             v.active AND p.status = 'PUBLISHED' AND m.status = 'ACTIVE' AS selling
      FROM (SELECT i.* FROM ${itemsOf(cart)} ORDER BY i."addedAt", i."variantId" LIMIT ${MOST_CART_ITEMS}) item
      JOIN variant v ON v.id = item."variantId"
      JOIN product p ON p."merchantId" = v."merchantId" AND p.id = v."productId"
      JOIN category c ON c.id = p."categoryId"
      JOIN merchant m ON m.id = v."merchantId"
      ORDER BY item."addedAt", v.id`,
  )
  return rows.map((row) => toLine(row, locale))
}

/** How many variants are in a cart, for the header: one cheap statement, none without a cart. */
export async function countCart(db: Tx, cart: CartRef): Promise<number> {
  if (cart.cartId === null) return 0
  const [row] = await selectRows(
    db,
    z.object({ count: z.int() }),
    sql`SELECT count(*)::int AS count FROM ${itemsOf(cart)}`,
  )
  return row?.count ?? 0
}

function toLine(row: z.infer<typeof Row>, locale: string): CartLine {
  const { variantId, delivery, slug, glyph, platform, merchant, maxPerOrder, currency, available } = row
  const quantity = Math.min(row.quantity, maxPerOrder)
  const unitPriceMinor = unitPriceFor(row.priceMinor, row.tiers, quantity)
  return {
    variantId,
    variantName: said(locale, row.variantZh, row.variantEn),
    slug,
    title: said(locale, row.titleZh, row.titleEn),
    cover: { glyph, platform, headline: headlineOf(locale, row.edition, row) },
    merchant,
    quantity,
    maxPerOrder,
    delivery,
    unitPriceMinor,
    goodsMinor: unitPriceMinor * quantity,
    currency,
    available,
    state: stateOf(row.selling, available, quantity),
  }
}

function stateOf(selling: boolean, available: number, quantity: number): CartLine['state'] {
  if (!selling) return 'not-for-sale'
  if (available === 0) return 'sold-out'
  return available < quantity ? 'short' : 'ok'
}
