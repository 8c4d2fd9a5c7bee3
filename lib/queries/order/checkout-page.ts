import { z } from 'zod'
import type { CartRef } from '@/lib/domain/cart'
import { type Quote, type QuoteInput, quoteCheckout } from '@/lib/domain/orders'
import { type Tx, selectRows, sql } from '@/lib/domain/tx'
import { idFor } from '@/lib/kernel/ids'
import { Refusal } from '@/lib/kernel/refusal'
import { type BuyerScope, inScope } from './scope'

export interface PageQuote {
  readonly quote: Quote
  /** Why the coupon that was asked for is not in the quote; null when it is, or none was asked for. */
  readonly couponRefusal: Refusal | null
}

/**
 * What a checkout would cost at this moment, for showing. A coupon that cannot be used is left out and said why. Refuses
 * what `quoteCheckout` refuses otherwise.
 */
export async function findQuote(db: Tx, asked: QuoteInput, now: Date): Promise<PageQuote> {
  try {
    return { quote: await quoteCheckout(db, asked, now), couponRefusal: null }
  } catch (error) {
    if (!(error instanceof Refusal) || !error.code.startsWith('coupon/')) throw error
    return { quote: await quoteCheckout(db, { ...asked, couponCode: null }, now), couponRefusal: error }
  }
}

/** How many of a variant can be bought right now, counted up to what one order may hold; all of those by hand. */
export async function findAvailable(db: Tx, variantId: string, now: Date): Promise<number> {
  const [stock] = await selectRows(
    db,
    z.object({ available: z.number() }),
    sql`
      SELECT CASE v.delivery WHEN 'MANUAL' THEN v."maxPerOrder" ELSE (SELECT count(*)::int FROM (
                SELECT 1 FROM cdk WHERE cdk."merchantId" = v."merchantId" AND cdk."variantId" = v.id AND cdk.state = 'AVAILABLE'
                AND cdk."sellBy" > ${now}::timestamptz LIMIT v."maxPerOrder") counted) END AS available
      FROM variant v WHERE v.id = ${variantId}::uuid`,
  )
  return stock?.available ?? 0
}

/** The number of the first order that this submit placed before (browser Back, a second tab), if this buyer may open it. */
export async function findPlacedByKey(db: Tx, scope: BuyerScope, idempotencyKey: string): Promise<string | null> {
  const [placed] = await selectRows(
    db,
    z.object({ number: z.string() }),
    sql`
      SELECT o.number FROM checkout c JOIN "order" o ON o."checkoutId" = c.id
      WHERE c."idempotencyKey" = ${idempotencyKey}::uuid AND ${inScope(scope)} ORDER BY o.id LIMIT 1`,
  )
  return placed?.number ?? null
}

/**
 * The submit's key that everybody shares who checks this cart out as it is now, so that two tabs make one checkout; null
 * for an empty cart. Anything put in or ordered since makes it another.
 */
export async function findCartKey(db: Tx, { cartId, userId }: CartRef): Promise<string | null> {
  if (cartId === null) return null
  const [cart] = await selectRows(
    db,
    z.object({ updatedAt: z.date(), contents: z.string() }),
    sql`
      SELECT k."updatedAt", string_agg(i."variantId" || ' ' || i.quantity, ',' ORDER BY i."variantId") AS contents
      FROM cart k JOIN cart_item i ON i."cartId" = k.id
      WHERE k.id = ${cartId}::uuid AND k."userId" IS NOT DISTINCT FROM ${userId}::uuid GROUP BY k.id`,
  )
  return cart ? idFor('cart-checkout', cartId, cart.updatedAt.toISOString(), cart.contents) : null
}

const Open = z.object({ number: z.string(), orders: z.number(), dueAt: z.date() })
export type OpenOrder = z.infer<typeof Open>

/** The buyer's checkouts that still wait for their payment, each by its first order, the newest first. */
export async function listOpenOrders(db: Tx, scope: BuyerScope, now: Date): Promise<OpenOrder[]> {
  return selectRows(
    db,
    Open,
    sql`
      SELECT (array_agg(o.number ORDER BY o.id))[1] AS number, count(*)::int AS orders, min(o."dueAt") AS "dueAt"
      FROM checkout c JOIN "order" o ON o."checkoutId" = c.id
      WHERE ${inScope(scope)} AND o.status = 'AWAITING_PAYMENT' AND o."dueAt" > ${now}
      GROUP BY c.id ORDER BY c.id DESC LIMIT 10`,
  )
}
