import { describe, expect, test } from 'vitest'
import {
  GUEST_CART_DAYS,
  MOST_CART_ITEMS,
  cartIdOf,
  dropOldCarts,
  emptyCart,
  mergeCarts,
  putInCart,
  setCartQuantity,
} from '@/lib/domain/cart'
import { unlistProduct } from '@/lib/domain/catalog'
import { newId } from '@/lib/kernel/ids'
import { DAY_MS, after } from '@/lib/kernel/time'
import { aBuyer, aGuestCart, contentsOf, variantsOf } from '@/tests/support/carts'
import { db } from '@/tests/support/database'
import { NOW, aListing, run } from '@/tests/support/factories'

const LATER = after(NOW, DAY_MS)
const NOBODY = { cartId: null, userId: null }
const one = (variantId: string) => ({ variantId, quantity: 1 })
const put = async (cart: Parameters<typeof putInCart>[1], variantId: string, quantity = 1, now = NOW) =>
  run((tx) => putInCart(tx, cart, { variantId, quantity }, now))

describe('putting in', () => {
  test('opens a cart and adds to what is in it, up to what one order may hold', async () => {
    const { variantId } = await aListing({ stock: 0 })
    const cartId = await put(NOBODY, variantId, 2)
    expect(await put({ cartId, userId: null }, variantId, 3)).toBe(cartId)
    expect(await contentsOf(cartId)).toEqual({ [variantId]: 5 })
    await put({ cartId, userId: null }, variantId, 2 ** 40)
    expect(await contentsOf(cartId)).toEqual({ [variantId]: 100 })
    await db.variant.update({ where: { id: variantId }, data: { maxPerOrder: 3 } })
    await put({ cartId, userId: null }, variantId)
    expect(await contentsOf(cartId)).toEqual({ [variantId]: 3 })
  })

  test("goes into the account's one cart, whatever the browser remembers of a guest", async () => {
    const [{ variantId }, userId] = [await aListing({ stock: 0 }), await aBuyer()]
    const guest = await aGuestCart([one(variantId)])
    expect(await put({ cartId: guest, userId }, variantId, 4)).toBe(cartIdOf(userId))
    expect(await put({ cartId: null, userId }, variantId)).toBe(cartIdOf(userId))
    expect(await contentsOf(cartIdOf(userId))).toEqual({ [variantId]: 5 })
    expect(await contentsOf(guest)).toEqual({ [variantId]: 1 })
  })

  test("a guest never reaches an account's cart", async () => {
    const [{ variantId }, userId] = [await aListing({ stock: 0 }), await aBuyer()]
    const cartId = await put({ cartId: null, userId }, variantId)
    await expect(put({ cartId, userId: null }, variantId)).rejects.toMatchObject({ code: 'access/not-found' })
    expect(await contentsOf(cartId)).toEqual({ [variantId]: 1 })
  })

  test('refuses what is not sold and leaves no empty cart behind', async () => {
    const listing = await aListing({ stock: 0 })
    const paused = await aListing({ stock: 0 })
    const [cartId, refused] = [newId(), { code: 'catalog/not-for-sale' }]
    await db.merchant.update({ where: { id: paused.merchantId }, data: { status: 'SUSPENDED' } })
    await run((tx) => unlistProduct(tx, listing.merchantId, listing.productId, NOW))
    for (const variantId of [listing.variantId, paused.variantId, newId()])
      await expect(put({ cartId, userId: null }, variantId)).rejects.toMatchObject(refused)
    expect(await db.cart.count({ where: { id: cartId } })).toBe(0)
  })

  test.for([0, -1, 1.5, NaN])('refuses a quantity of %s', async (quantity) => {
    const { variantId } = await aListing({ stock: 0 })
    await expect(put(NOBODY, variantId, quantity)).rejects.toMatchObject({ code: 'input/invalid' })
  })

  test('is full at twenty variants, but takes more of those', async () => {
    const listing = await aListing({ stock: 0 })
    const variants = await variantsOf(listing, MOST_CART_ITEMS)
    const cartId = await aGuestCart(variants.map(({ id }) => one(id)))
    const more = put({ cartId, userId: null }, listing.variantId)
    await expect(more).rejects.toMatchObject({ code: 'cart/full', params: { most: MOST_CART_ITEMS } })
    await put({ cartId, userId: null }, variants[0]?.id ?? '', 6)
    expect(Object.values(await contentsOf(cartId)).toSorted((a, b) => a - b)).toEqual([
      ...Array.from({ length: 19 }, () => 1),
      7,
    ])
  })
})

describe('changing', () => {
  test('sets, caps, and takes out with 0', async () => {
    const [{ variantId }, other] = [await aListing({ stock: 0 }), await aListing({ stock: 0 })]
    const cartId = await aGuestCart([one(variantId), one(other.variantId)])
    const set = async (quantity: number) => run((tx) => setCartQuantity(tx, cartId, variantId, quantity, LATER))
    await set(7)
    expect(await contentsOf(cartId)).toEqual({ [variantId]: 7, [other.variantId]: 1 })
    await set(5_000)
    expect(await contentsOf(cartId)).toEqual({ [variantId]: 100, [other.variantId]: 1 })
    await set(0)
    expect(await contentsOf(cartId)).toEqual({ [other.variantId]: 1 })
    await set(3)
    expect(await contentsOf(cartId)).toEqual({ [other.variantId]: 1 })
    for (const quantity of [-1, 0.5, 2 ** 31])
      await expect(set(quantity)).rejects.toMatchObject({ code: 'input/invalid' })
  })

  test('ordering takes out just what was ordered', async () => {
    const [{ variantId }, other] = [await aListing({ stock: 0 }), await aListing({ stock: 0 })]
    const cartId = await aGuestCart([one(variantId), one(other.variantId)])
    await run((tx) => emptyCart(tx, cartId, [variantId, newId()]))
    expect(await contentsOf(cartId)).toEqual({ [other.variantId]: 1 })
    await run((tx) => emptyCart(tx, newId(), [variantId]))
  })
})

describe('signing in', () => {
  test('brings what the guest put in; of a variant in both the larger quantity stays', async () => {
    const userId = await aBuyer()
    const [a, b, c, d] = (await variantsOf(await aListing({ stock: 0 }), 4)).map(({ id }) => id)
    const [both, more, theirs, mine] = [a ?? '', b ?? '', c ?? '', d ?? '']
    const guest = await aGuestCart([
      { variantId: both, quantity: 5 },
      { variantId: more, quantity: 2 },
      { variantId: theirs, quantity: 3 },
    ])
    for (const [variantId, quantity] of [
      [both, 3],
      [more, 4],
      [mine, 1],
    ] as const)
      await put({ cartId: null, userId }, variantId, quantity)
    expect(await run((tx) => mergeCarts(tx, guest, userId, LATER))).toBe(0)
    expect(await contentsOf(cartIdOf(userId))).toEqual({ [both]: 5, [more]: 4, [theirs]: 3, [mine]: 1 })
    expect(await db.cart.count({ where: { id: guest } })).toBe(0)
    await run((tx) => setCartQuantity(tx, cartIdOf(userId), both, 1, LATER))
    expect(await run((tx) => mergeCarts(tx, guest, userId, LATER))).toBe(0)
    expect(await contentsOf(cartIdOf(userId))).toMatchObject({ [both]: 1 })
  })

  test('keeps the newest twenty and says how many found no room', async () => {
    const [listing, userId] = [await aListing({ stock: 0 }), await aBuyer()]
    const variants = (await variantsOf(listing, MOST_CART_ITEMS + 2)).map(({ id }) => id)
    const [old, fresh] = [variants.slice(0, 12), variants.slice(12)]
    for (const [at, id] of old.entries()) await put({ cartId: null, userId }, id, 1, after(NOW, at))
    const guest = await aGuestCart(fresh.map(one), LATER)
    expect(await run((tx) => mergeCarts(tx, guest, userId, LATER))).toBe(2)
    expect(Object.keys(await contentsOf(cartIdOf(userId))).toSorted()).toEqual(variants.slice(2).toSorted())
  })

  test("cannot take another account's cart", async () => {
    const [{ variantId }, owner, thief] = [await aListing({ stock: 0 }), await aBuyer(), await aBuyer()]
    const cartId = await put({ cartId: null, userId: owner }, variantId)
    await run((tx) => mergeCarts(tx, cartId, thief, NOW))
    expect(await contentsOf(cartId)).toEqual({ [variantId]: 1 })
    expect(await contentsOf(cartIdOf(thief))).toEqual({})
  })
})

test("guests' carts go after thirty days without a change, an account's stays", async () => {
  const [{ variantId }, userId] = [await aListing({ stock: 0 }), await aBuyer()]
  const untouched = await aGuestCart([one(variantId)])
  const touched = await aGuestCart([one(variantId)])
  await put({ cartId: null, userId }, variantId)
  await run((tx) => setCartQuantity(tx, touched, variantId, 2, LATER))
  const end = after(NOW, GUEST_CART_DAYS * DAY_MS)
  await run((tx) => dropOldCarts(tx, end))
  expect(await contentsOf(untouched)).toEqual({ [variantId]: 1 })
  expect(await run((tx) => dropOldCarts(tx, after(end, 1)))).toBeGreaterThan(0)
  expect(await contentsOf(untouched)).toEqual({})
  expect([await contentsOf(touched), await contentsOf(cartIdOf(userId))]).toEqual([
    { [variantId]: 2 },
    { [variantId]: 1 },
  ])
  expect(await put({ cartId: untouched, userId: null }, variantId)).toBe(untouched)
})
