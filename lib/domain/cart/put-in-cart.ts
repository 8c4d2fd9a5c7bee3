import { type Tx, sql } from '@/lib/domain/tx'
import { Refusal } from '@/lib/kernel/refusal'
import { type CartRef, MOST_CART_ITEMS } from './cart-ref'
import { holdCart } from './hold-cart'

/** No variant is sold in larger orders (CHECK). */
const MOST_PIECES = 1000

export interface CartItemInput {
  readonly variantId: string
  readonly quantity: number
}

/**
 * Adds to what is in the cart, up to what one order of the variant may hold; opens the cart if there is none and returns
 * its id. Two tabs that add at once come one after the other, and nothing is lost. Refuses `input/invalid` (not a
 * whole number from 1), `catalog/not-for-sale` and `cart/full`.
 */
export async function putInCart(
  tx: Tx,
  cart: CartRef,
  { variantId, quantity }: CartItemInput,
  now: Date,
): Promise<string> {
  if (!Number.isSafeInteger(quantity) || quantity < 1) throw new Refusal('input/invalid')
  const cartId = await holdCart(tx, cart, now)
  const put = await tx.$executeRaw(sql`
    INSERT INTO cart_item AS i ("cartId", "variantId", quantity, "addedAt")
    SELECT ${cartId}::uuid, v.id, LEAST(${Math.min(quantity, MOST_PIECES)}::int, v."maxPerOrder"), ${now}
    FROM variant v
    JOIN product p ON p."merchantId" = v."merchantId" AND p.id = v."productId"
    JOIN merchant m ON m.id = v."merchantId"
    WHERE v.id = ${variantId}::uuid AND v.active AND p.status = 'PUBLISHED' AND m.status = 'ACTIVE'
    ON CONFLICT ("cartId", "variantId") DO UPDATE
    SET quantity = LEAST(i.quantity + EXCLUDED.quantity, (SELECT "maxPerOrder" FROM variant WHERE id = EXCLUDED."variantId"))`)
  if (put === 0) throw new Refusal('catalog/not-for-sale')
  // Whoever adds holds the cart: nobody else can add between this count and the commit.
  if ((await tx.cartItem.count({ where: { cartId } })) > MOST_CART_ITEMS) {
    throw new Refusal('cart/full', { most: MOST_CART_ITEMS })
  }
  return cartId
}
