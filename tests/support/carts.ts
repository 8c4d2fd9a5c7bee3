import { createUser } from '@/lib/domain/accounts'
import { putInCart } from '@/lib/domain/cart'
import { newId } from '@/lib/kernel/ids'
import { db } from './database'
import { NOW, run } from './factories'

export async function aBuyer(): Promise<string> {
  const email = `${newId()}@example.com`
  const buyer = { email, passwordHash: 'x', displayName: 'A buyer', role: 'BUYER', merchantId: null } as const
  return run((tx) => createUser(tx, buyer, NOW))
}

/** A guest's cart with these items, put in one after the other. */
export async function aGuestCart(
  items: ReadonlyArray<{ readonly variantId: string; readonly quantity: number }>,
  now = NOW,
): Promise<string> {
  const cartId = newId()
  for (const item of items) await run((tx) => putInCart(tx, { cartId, userId: null }, item, now))
  return cartId
}

/** Quantity by variant of what is in a cart. */
export async function contentsOf(cartId: string): Promise<Record<string, number>> {
  const items = await db.cartItem.findMany({ where: { cartId } })
  return Object.fromEntries(items.map(({ variantId, quantity }) => [variantId, quantity]))
}

/** `count` variants on sale of one product, each 10.00 and no CDK in stock. */
export async function variantsOf({ merchantId, productId }: { merchantId: string; productId: string }, count: number) {
  return db.variant.createManyAndReturn({
    data: Array.from({ length: count }, (_, position) => ({
      id: newId(),
      merchantId,
      productId,
      nameZh: `${position + 1} 档`,
      priceMinor: 1_000,
      currency: 'CNY',
      maxPerOrder: 100,
      position,
      createdAt: NOW,
    })),
    select: { id: true },
  })
}
