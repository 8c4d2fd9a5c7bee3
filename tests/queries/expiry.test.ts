import { describe, expect, test } from 'vitest'
import { putInCart } from '@/lib/domain/cart'
import { changeValidity } from '@/lib/domain/stock'
import { DAY_MS, after } from '@/lib/kernel/time'
import {
  LOW_STOCK,
  findMerchantProduct,
  findMerchantStart,
  listMerchantProducts,
  listMerchantStock,
} from '@/lib/queries/merchant'
import { findAvailable } from '@/lib/queries/order'
import { findCart, findProduct, listProducts, readFilters } from '@/lib/queries/storefront'
import { newId } from '@/lib/kernel/ids'
import { db } from '@/tests/support/database'
import { addExpiring } from '@/tests/support/expiring-stock'
import { type Listing, NOW, aListing, addStock, run } from '@/tests/support/factories'

/** How many CDKs of a listing each page speaks of. */
async function shownOf({ merchantId, productId, variantId }: Listing): Promise<Record<string, number | undefined>> {
  const product = await db.product.findUniqueOrThrow({
    where: { id: productId },
    select: { slug: true, merchant: { select: { slug: true } } },
  })
  const cart = { cartId: newId(), userId: null }
  const wanted = { variantId, quantity: 1 }
  await run((tx) => putInCart(tx, cart, wanted, NOW))
  const scope = { merchantSlug: product.merchant.slug }
  const list = await listProducts(db, 'en', readFilters({}), scope, NOW)
  const buyable = await listProducts(db, 'en', { ...readFilters({}), inStock: true }, scope, NOW)
  return {
    card: list.cards[0]?.stock,
    buyable: buyable.total,
    product: (await findProduct(db, 'en', product.slug, NOW))?.variants[0]?.stock,
    cart: (await findCart(db, cart, 'en', NOW))[0]?.available,
    checkout: await findAvailable(db, variantId, NOW),
    stock: (await listMerchantStock(db, merchantId, {}, 1, LOW_STOCK, NOW)).rows[0]?.left,
    products: (await listMerchantProducts(db, merchantId, {}, 1, LOW_STOCK, NOW)).rows[0]?.left,
    form: (await findMerchantProduct(db, merchantId, productId, NOW))?.variants[0]?.left,
  }
}

const everywhere = (count: number) => ({
  card: count,
  buyable: Math.min(count, 1),
  product: count,
  cart: count,
  checkout: count,
  stock: count,
  products: count,
  form: count,
})

describe('no page counts', () => {
  test('a code that expired or falls short of the promise, and every page counts what is left', async () => {
    const listing = await aListing({ stock: 0 })
    const { merchantId, variantId } = listing
    await addExpiring(listing, [NOW, after(NOW, -DAY_MS), after(NOW, 5 * DAY_MS), after(NOW, 40 * DAY_MS)])
    expect(await shownOf(listing)).toEqual(everywhere(2))
    await run((tx) => changeValidity(tx, { merchantId, variantId }, 30))
    expect(await shownOf(listing)).toEqual(everywhere(1))
    await run((tx) => changeValidity(tx, { merchantId, variantId }, 60))
    expect(await shownOf(listing)).toEqual(everywhere(0))
    const { slug } = await db.product.findUniqueOrThrow({ where: { id: listing.productId } })
    expect((await findProduct(db, 'en', slug, NOW))?.variants).toMatchObject([{ validityDays: 60, stock: 0 }])
  })
})

describe('the merchant is told', () => {
  const start = async ({ merchantId }: Listing) => findMerchantStart(db, merchantId, 'sandbox', NOW)

  test('of what expired in stock and of what will within 7 days', async () => {
    const listing = await aListing({ stock: 1 })
    await addExpiring(listing, [NOW, after(NOW, -DAY_MS), after(NOW, 7 * DAY_MS), after(NOW, 7 * DAY_MS + 1)])
    expect((await start(listing))?.watch).toMatchObject({ expired: 2, expiring: 1 })
    const other = await aListing({ stock: 1 })
    expect((await start(other))?.watch).toMatchObject({ expired: 0, expiring: 0 })
  })

  test('of low stock by the mark that he set, and what is not sold any more does not count', async () => {
    const listing = await aListing({ stock: 12 })
    const { merchantId, variantId } = listing
    const low = async () => {
      const { topUps } = (await start(listing)) ?? { topUps: [] }
      const stock = await listMerchantStock(db, merchantId, { stock: 'low' }, 1, LOW_STOCK, NOW)
      const products = await listMerchantProducts(db, merchantId, { stock: 'low' }, 1, LOW_STOCK, NOW)
      return [topUps.map(({ left }) => left), stock.total, products.total]
    }
    expect(await low()).toEqual([[], 0, 0])
    await db.variant.update({ where: { id: variantId }, data: { lowStockAt: 13 } })
    expect(await low()).toEqual([[12], 1, 1])
    await addStock(listing, 1)
    expect(await low()).toEqual([[], 0, 0])
    await db.cdk.updateMany({ where: { variantId }, data: { expiresAt: NOW, sellBy: NOW } })
    expect(await low()).toEqual([[0], 1, 1])
  })
})
