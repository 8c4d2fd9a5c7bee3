import { beforeEach, expect, test, vi } from 'vitest'
import { cartIdOf } from '@/lib/domain/cart'
import { newId } from '@/lib/kernel/ids'
import { bringCart, currentCart, rememberCart } from '@/lib/web/cart-cookie'
import { aBuyer, aGuestCart, contentsOf } from '@/tests/support/carts'
import { NOW, aListing, run } from '@/tests/support/factories'

interface Kept {
  value: string
  options: { readonly httpOnly: boolean; readonly maxAge: number }
}
const browser = new Map<string, Kept>()

vi.mock('next/headers', () => ({
  cookies: () =>
    Promise.resolve({
      get: (name: string) => browser.get(name),
      set: (name: string, value: string, options: Kept['options']) => {
        if (options.maxAge === 0) browser.delete(name)
        else browser.set(name, { value, options })
      },
    }),
}))

beforeEach(() => {
  browser.clear()
})

test('a guest has the cart that this browser remembers, and none with a changed cookie', async () => {
  expect(await currentCart(null)).toEqual({ cartId: null, userId: null })
  const cartId = newId()
  await rememberCart(cartId)
  expect(await currentCart(null)).toEqual({ cartId, userId: null })
  const [kept] = browser.values()
  expect(kept?.options).toMatchObject({ httpOnly: true, maxAge: 30 * 24 * 60 * 60 })
  if (kept) kept.value = kept.value.replace(/^v1\../u, (start) => (start === 'v1.A' ? 'v1.B' : 'v1.A'))
  expect(await currentCart(null)).toEqual({ cartId: null, userId: null })
})

test('signing in brings the cart of this browser once and forgets it here', async () => {
  const [{ variantId }, userId] = [await aListing({ stock: 0 }), await aBuyer()]
  const cartId = await aGuestCart([{ variantId, quantity: 2 }])
  await rememberCart(cartId)
  expect(await currentCart({ id: userId })).toEqual({ cartId: cartIdOf(userId), userId })
  expect(await bringCart(run, userId, NOW)).toBe(0)
  expect(await contentsOf(cartIdOf(userId))).toEqual({ [variantId]: 2 })
  expect(browser.size).toBe(0)
  expect(await bringCart(run, userId, NOW)).toBe(0)
  expect(await currentCart(null)).toEqual({ cartId: null, userId: null })
})
