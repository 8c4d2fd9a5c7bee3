import { cookies } from 'next/headers'
import { type CartRef, GUEST_CART_DAYS, cartIdOf, mergeCarts } from '@/lib/domain/cart'
import type { InTransaction } from '@/lib/domain/tx'
import { secret } from '@/lib/infra/secrets'
import { hostCookie, hostCookieOptions } from './host-cookie'
import { openIds, sealIds } from './sealed-ids'

const PURPOSE = 'cart/v1'
const MAX_AGE_S = GUEST_CART_DAYS * 24 * 60 * 60

/**
 * The cart behind this request: the account's, or the one that a guest's browser remembers. Asks the database nothing;
 * `cartId` is null for a guest who has put nothing in yet. `user` is a buyer (`currentBuyer`): others shop as guests.
 */
export async function currentCart(user: { readonly id: string } | null): Promise<CartRef> {
  return user ? { cartId: cartIdOf(user.id), userId: user.id } : { cartId: await guestCartId(), userId: null }
}

/** Keeps a guest's cart with this browser, anew for its whole time. Call it in an action or route handler. */
export async function rememberCart(cartId: string): Promise<void> {
  const jar = await cookies()
  jar.set(hostCookie('cart'), sealIds(secret('session'), PURPOSE, [cartId]), hostCookieOptions(MAX_AGE_S))
}

/**
 * Moves what this browser put in as a guest into the cart of the buyer who just signed in, and forgets it here. Returns
 * how many variants found no room. Call it in an action or route handler.
 */
export async function bringCart(run: InTransaction, userId: string, now: Date): Promise<number> {
  const cartId = await guestCartId()
  if (cartId === null) return 0
  const leftOut = await run((tx) => mergeCarts(tx, cartId, userId, now))
  const jar = await cookies()
  jar.set(hostCookie('cart'), '', hostCookieOptions(0))
  return leftOut
}

async function guestCartId(): Promise<string | null> {
  const [cartId] = openIds(secret('session'), PURPOSE, (await cookies()).get(hostCookie('cart'))?.value)
  return cartId ?? null
}
