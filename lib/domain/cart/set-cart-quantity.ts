import { type Tx, sql } from '@/lib/domain/tx'
import { Refusal } from '@/lib/kernel/refusal'

/**
 * Sets how many pieces of a variant are meant, up to what one order of it may hold; 0 takes it out. A variant that is no
 * longer in the cart (taken out in another tab) stays out. Refuses `input/invalid` (not a whole number from 0).
 */
export async function setCartQuantity(
  tx: Tx,
  cartId: string,
  variantId: string,
  quantity: number,
  now: Date,
): Promise<void> {
  if (!Number.isInteger(quantity) || quantity < 0 || quantity > 2 ** 31 - 1) throw new Refusal('input/invalid')
  await tx.cart.updateMany({ where: { id: cartId }, data: { updatedAt: now } })
  if (quantity === 0) {
    await tx.cartItem.deleteMany({ where: { cartId, variantId } })
    return
  }
  await tx.$executeRaw(sql`
    UPDATE cart_item i SET quantity = LEAST(${quantity}::int, v."maxPerOrder")
    FROM variant v
    WHERE v.id = i."variantId" AND i."cartId" = ${cartId}::uuid AND i."variantId" = ${variantId}::uuid`)
}
