import { type Tx, sql } from '@/lib/domain/tx'
import { MOST_CART_ITEMS } from './cart-ref'
import { holdCart } from './hold-cart'

/**
 * Moves what a guest put in before signing in into the account's cart; of a variant in both the larger quantity stays.
 * Beyond `MOST_CART_ITEMS` the longest-standing are left out. Merging twice, also at once, is merging once. Returns how
 * many were left out.
 */
export async function mergeCarts(tx: Tx, guestCartId: string, userId: string, now: Date): Promise<number> {
  // Locks the guest's cart first: whoever still adds to it is merged, or finds it gone and begins another.
  const { count } = await tx.cart.updateMany({ where: { id: guestCartId, userId: null }, data: { updatedAt: now } })
  if (count === 0) return 0
  const cartId = await holdCart(tx, { cartId: null, userId }, now)
  await tx.$executeRaw(sql`
    INSERT INTO cart_item AS i ("cartId", "variantId", quantity, "addedAt")
    SELECT ${cartId}::uuid, g."variantId", g.quantity, g."addedAt" FROM cart_item g WHERE g."cartId" = ${guestCartId}::uuid
    ON CONFLICT ("cartId", "variantId") DO UPDATE
    SET quantity = GREATEST(i.quantity, EXCLUDED.quantity), "addedAt" = GREATEST(i."addedAt", EXCLUDED."addedAt")`)
  await tx.cart.deleteMany({ where: { id: guestCartId } })
  return tx.$executeRaw(sql`
    DELETE FROM cart_item WHERE "cartId" = ${cartId}::uuid AND "variantId" IN (
      SELECT "variantId" FROM cart_item WHERE "cartId" = ${cartId}::uuid
      ORDER BY "addedAt" DESC, "variantId" OFFSET ${MOST_CART_ITEMS})`)
}
