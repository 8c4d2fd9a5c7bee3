import { expect, test } from 'vitest'
import { MOST_CART_ITEMS, cartIdOf, dropOldCarts, emptyCart, mergeCarts, putInCart } from '@/lib/domain/cart'
import type { Tx } from '@/lib/domain/tx'
import { DAY_MS, after } from '@/lib/kernel/time'
import { aBuyer, aGuestCart, contentsOf, variantsOf } from '@/tests/support/carts'
import { db } from '@/tests/support/database'
import { NOW, aListing } from '@/tests/support/factories'
import { race, raceTwice } from '@/tests/support/race'

const fulfilled = { status: 'fulfilled' }
const putter =
  (cart: Parameters<typeof putInCart>[1], variantId = '', quantity = 1) =>
  async (tx: Tx) =>
    putInCart(tx, cart, { variantId, quantity }, NOW)

async function twoVariants(): Promise<[string, string]> {
  const [a, b] = await variantsOf(await aListing({ stock: 0 }), 2)
  return [a?.id ?? '', b?.id ?? '']
}

test('two tabs that open the cart of one account at once meet in one cart', async () => {
  const [userId, [a, b]] = [await aBuyer(), await twoVariants()]
  const mine = { cartId: null, userId }
  expect(await race(putter(mine, a), putter(mine, b))).toMatchObject([fulfilled, fulfilled])
  expect(await contentsOf(cartIdOf(userId))).toEqual({ [a]: 1, [b]: 1 })
})

test('two tabs that add the same variant at once add both', async () => {
  const [a] = await twoVariants()
  const cartId = await aGuestCart([{ variantId: a, quantity: 1 }])
  const mine = { cartId, userId: null }
  expect(await race(putter(mine, a, 2), putter(mine, a, 3))).toMatchObject([fulfilled, fulfilled])
  expect(await contentsOf(cartId)).toEqual({ [a]: 6 })
})

test('two tabs cannot both take the last place', async () => {
  const variants = await variantsOf(await aListing({ stock: 0 }), MOST_CART_ITEMS + 1)
  const cartId = await aGuestCart(variants.slice(2).map(({ id }) => ({ variantId: id, quantity: 1 })))
  const mine = { cartId, userId: null }
  const [first, second] = await race(putter(mine, variants[0]?.id), putter(mine, variants[1]?.id))
  expect(first).toMatchObject(fulfilled)
  expect(second).toMatchObject({ status: 'rejected', reason: { code: 'cart/full' } })
  expect(Object.keys(await contentsOf(cartId))).toHaveLength(MOST_CART_ITEMS)
})

test('signing in twice at once brings the cart once', async () => {
  const [userId, [a]] = [await aBuyer(), await twoVariants()]
  const guest = await aGuestCart([{ variantId: a, quantity: 2 }])
  expect(await raceTwice((tx) => mergeCarts(tx, guest, userId, NOW))).toMatchObject([fulfilled, fulfilled])
  expect(await contentsOf(cartIdOf(userId))).toEqual({ [a]: 2 })
  expect(await db.cart.count({ where: { id: guest } })).toBe(0)
})

test('what a tab still adds as a guest while another signs in is kept', async () => {
  const [userId, [a, b]] = [await aBuyer(), await twoVariants()]
  const guest = await aGuestCart([{ variantId: a, quantity: 1 }])
  const asGuest = { cartId: guest, userId: null }
  await race(putter(asGuest, b), (tx) => mergeCarts(tx, guest, userId, NOW))
  expect(await contentsOf(cartIdOf(userId))).toEqual({ [a]: 1, [b]: 1 })

  const late = await aGuestCart([{ variantId: a, quantity: 5 }])
  const [, added] = await race((tx) => mergeCarts(tx, late, userId, NOW), putter({ cartId: late, userId: null }, b, 7))
  // The guest's cart was gone: it comes back under its id, and the next sign-in brings it.
  expect(added).toMatchObject({ value: late })
  expect(await contentsOf(late)).toEqual({ [b]: 7 })
  expect(await contentsOf(cartIdOf(userId))).toEqual({ [a]: 5, [b]: 1 })
})

test('what is put in again while it is being ordered stays', async () => {
  const [a] = await twoVariants()
  const cartId = await aGuestCart([{ variantId: a, quantity: 2 }])
  expect(await race((tx) => emptyCart(tx, cartId, [a]), putter({ cartId, userId: null }, a, 1))).toMatchObject([
    fulfilled,
    fulfilled,
  ])
  expect(await contentsOf(cartId)).toEqual({ [a]: 1 })
})

test('a guest who comes back at the last moment keeps the cart', async () => {
  const [a] = await twoVariants()
  const cartId = await aGuestCart([{ variantId: a, quantity: 1 }])
  const old = after(NOW, 31 * DAY_MS)
  await race(
    (tx) => putInCart(tx, { cartId, userId: null }, { variantId: a, quantity: 1 }, old),
    (tx) => dropOldCarts(tx, old),
  )
  expect(await contentsOf(cartId)).toEqual({ [a]: 2 })
})
