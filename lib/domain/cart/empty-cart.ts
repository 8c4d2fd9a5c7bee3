import type { Tx } from '@/lib/domain/tx'

/** Takes out the variants that were just ordered; what another tab put in meanwhile stays. No cart is no harm. */
export async function emptyCart(tx: Tx, cartId: string, variantIds: readonly string[]): Promise<void> {
  await tx.cartItem.deleteMany({ where: { cartId, variantId: { in: [...variantIds] } } })
}
