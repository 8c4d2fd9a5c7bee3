import { expect, test } from 'vitest'
import { cartIdOf, putInCart } from '@/lib/domain/cart'
import { unlistProduct } from '@/lib/domain/catalog'
import { newId } from '@/lib/kernel/ids'
import { SECOND_MS, after } from '@/lib/kernel/time'
import { countCart, findCart } from '@/lib/queries/storefront'
import { aBuyer, aGuestCart, variantsOf } from '@/tests/support/carts'
import { counting } from '@/tests/support/counting'
import { db } from '@/tests/support/database'
import { NOW, aListing, run } from '@/tests/support/factories'

const guest = (cartId: string | null) => ({ cartId, userId: null })

test('says what is in it, for how much by tier, in the order it was put in', async () => {
  const [first, second] = [await aListing({ stock: 12 }), await aListing({ stock: 1 })]
  const cartId = await aGuestCart([{ variantId: first.variantId, quantity: 10 }])
  const late = after(NOW, SECOND_MS)
  await run((tx) => putInCart(tx, guest(cartId), { variantId: second.variantId, quantity: 1 }, late))
  const { slug } = await db.product.findUniqueOrThrow({ where: { id: first.productId } })
  const [line, other, ...more] = await findCart(db, guest(cartId), 'en', NOW)
  expect(line).toEqual({
    variantId: first.variantId,
    variantName: '100 points',
    slug,
    title: 'Starsea 100 points',
    cover: { glyph: 'gamepad', platform: 'PC', headline: '100 points' },
    merchant: { id: first.merchantId, slug: `m-${first.merchantId}`, name: '清风数码' },
    quantity: 10,
    delivery: { kind: 'AUTOMATIC', hours: null, seats: null },
    maxPerOrder: 100,
    unitPriceMinor: 900,
    goodsMinor: 9_000,
    currency: 'CNY',
    available: 12,
    state: 'ok',
  })
  expect(other).toMatchObject({ variantId: second.variantId, unitPriceMinor: 1_000, goodsMinor: 1_000, state: 'ok' })
  expect(more).toEqual([])
  expect(await findCart(db, guest(cartId), 'zh-CN', NOW)).toMatchObject([
    { title: '星海点卡 100 点', variantName: '100 点' },
    {},
  ])
})

test('says what cannot be had', async () => {
  const [short, soldOut, unlisted] = [
    await aListing({ stock: 2 }),
    await aListing({ stock: 0 }),
    await aListing({ stock: 5 }),
  ]
  const cartId = await aGuestCart([short, soldOut, unlisted].map(({ variantId }) => ({ variantId, quantity: 3 })))
  await run((tx) => unlistProduct(tx, unlisted.merchantId, unlisted.productId, NOW))
  const states = Object.fromEntries(
    (await findCart(db, guest(cartId), 'zh-CN', NOW)).map((line) => [line.variantId, line]),
  )
  expect(states).toMatchObject({
    [short.variantId]: { state: 'short', available: 2, quantity: 3 },
    [soldOut.variantId]: { state: 'sold-out', available: 0 },
    [unlisted.variantId]: { state: 'not-for-sale' },
  })
})

test('offers no more than one order may hold since the merchant lowered it, and counts stock no further', async () => {
  const { variantId } = await aListing({ stock: 9 })
  const cartId = await aGuestCart([{ variantId, quantity: 8 }])
  await db.variant.update({ where: { id: variantId }, data: { maxPerOrder: 5 } })
  expect(await findCart(db, guest(cartId), 'zh-CN', NOW)).toMatchObject([
    { quantity: 5, maxPerOrder: 5, available: 5, goodsMinor: 5_000, state: 'ok' },
  ])
})

test("shows an account's cart to nobody else", async () => {
  const [{ variantId }, userId] = [await aListing(), await aBuyer()]
  const cartId = cartIdOf(userId)
  await run((tx) => putInCart(tx, { cartId, userId }, { variantId, quantity: 1 }, NOW))
  expect(await findCart(db, { cartId, userId }, 'zh-CN', NOW)).toHaveLength(1)
  expect(await countCart(db, { cartId, userId })).toBe(1)
  for (const other of [guest(cartId), { cartId, userId: newId() }]) {
    expect(await findCart(db, other, 'zh-CN', NOW)).toEqual([])
    expect(await countCart(db, other)).toBe(0)
  }
})

test('costs one statement however full it is, and none without a cart', async () => {
  const variants = await variantsOf(await aListing({ stock: 0 }), 20)
  const cartId = await aGuestCart(variants.map(({ id }) => ({ variantId: id, quantity: 1 })))
  const full = await counting((tx) => findCart(tx, guest(cartId), 'zh-CN', NOW))
  expect([full.result.length, full.sent]).toEqual([20, 1])
  expect(await counting((tx) => countCart(tx, guest(cartId)))).toEqual({ result: 20, sent: 1 })
  expect(await counting((tx) => findCart(tx, guest(null), 'zh-CN', NOW))).toEqual({ result: [], sent: 0 })
  expect(await counting((tx) => countCart(tx, guest(null)))).toEqual({ result: 0, sent: 0 })
})
