import { idFor } from '@/lib/kernel/ids'

/** As many as one checkout may hold orders. */
export const MOST_CART_ITEMS = 20

/** Whose cart: the account's when there is one (`cartIdOf`), else the one that the guest's browser remembers, if any. */
export interface CartRef {
  readonly cartId: string | null
  readonly userId: string | null
}

/** The id of an account's cart, also before there is one: two tabs that open it meet in one row. */
export function cartIdOf(userId: string): string {
  return idFor('cart', userId)
}
