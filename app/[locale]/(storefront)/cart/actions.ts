'use server'

import { refresh } from 'next/cache'
import { z } from 'zod'
import { putInCart, setCartQuantity } from '@/lib/domain/cart'
import { buyerAction } from '@/lib/web/action'
import { currentCart, rememberCart } from '@/lib/web/cart-cookie'
import { clientIp } from '@/lib/web/client-ip'
import { limit } from '@/lib/web/rate-limit'

const Item = z.object({ variant: z.uuid(), quantity: z.coerce.number().int().min(1).max(1_000) })

/** Into the sender's own cart, on top of what is in it. */
export const addToCartAction = buyerAction(Item, async ({ variant, quantity }, { run, now, user }) => {
  await limit('cart:ip', await clientIp())
  const cart = await currentCart(user)
  const cartId = await run((tx) => putInCart(tx, cart, { variantId: variant, quantity }, now))
  if (!user) await rememberCart(cartId)
  refresh()
})

const Change = z.object({
  variant: z.uuid(),
  quantity: z.coerce.number().int().min(0).max(1_000),
  remove: z.literal('yes').optional(),
})

/** Another quantity in the sender's own cart; none takes the line out. */
export const changeCartAction = buyerAction(Change, async ({ variant, quantity, remove }, { run, now, user }) => {
  const { cartId } = await currentCart(user)
  if (cartId !== null) await run((tx) => setCartQuantity(tx, cartId, variant, remove ? 0 : quantity, now))
  refresh()
})
