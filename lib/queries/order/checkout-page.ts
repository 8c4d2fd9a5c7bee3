import { z } from 'zod'
import { type Offer, findOffer } from '@/lib/domain/orders/find-offer'
import { type Tx, selectRows, sql } from '@/lib/domain/tx'
import { type BuyerScope, inScope } from './scope'

export type CheckoutOffer = Offer & {
  /** CDKs that can be bought right now, counted up to what one order may hold. */
  readonly available: number
}

/** What a checkout page sells, in two statements; null when it is not for sale. */
export async function findCheckoutOffer(db: Tx, variantId: string): Promise<CheckoutOffer | null> {
  const offer = await findOffer(db, variantId)
  if (!offer) return null
  const [stock] = await selectRows(
    db,
    z.object({ available: z.number() }),
    sql`
      SELECT count(*)::int AS available FROM (
        SELECT 1 FROM cdk WHERE "merchantId" = ${offer.merchant.id}::uuid AND "variantId" = ${variantId}::uuid AND state = 'AVAILABLE'
        LIMIT ${offer.maxPerOrder}) counted`,
  )
  return { ...offer, available: stock?.available ?? 0 }
}

/** The number of the order that this submit placed before (browser Back, a second tab), if this buyer may open it. */
export async function findPlacedByKey(db: Tx, scope: BuyerScope, idempotencyKey: string): Promise<string | null> {
  const [placed] = await selectRows(
    db,
    z.object({ number: z.string() }),
    sql`
      SELECT o.number FROM checkout c JOIN "order" o ON o."checkoutId" = c.id
      WHERE c."idempotencyKey" = ${idempotencyKey}::uuid AND ${inScope(scope)} LIMIT 1`,
  )
  return placed?.number ?? null
}

const Open = z.object({ number: z.string(), dueAt: z.date(), variantId: z.string() })
export type OpenOrder = z.infer<typeof Open>

/** The buyer's orders that still wait for their payment, the newest first. */
export async function listOpenOrders(db: Tx, scope: BuyerScope, now: Date): Promise<OpenOrder[]> {
  return selectRows(
    db,
    Open,
    sql`
      SELECT o.number, o."dueAt", o."variantId" FROM checkout c JOIN "order" o ON o."checkoutId" = c.id
      WHERE ${inScope(scope)} AND o.status = 'AWAITING_PAYMENT' AND o."dueAt" > ${now}
      ORDER BY o.id DESC LIMIT 10`,
  )
}
