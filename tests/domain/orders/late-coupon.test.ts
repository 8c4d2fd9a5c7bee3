import { expect, test } from 'vitest'
import { SYSTEM, expireCheckout, placeCheckout } from '@/lib/domain/orders'
import { MINUTE_MS, after } from '@/lib/kernel/time'
import { INVARIANTS } from '@/lib/queries/audit'
import { statusOf } from '@/tests/support/books'
import { aCoupon, usesOf } from '@/tests/support/coupons'
import { NOW, aCart, aListing, aPurchase, pay, run, vault } from '@/tests/support/factories'
import { LOG_KEYS } from '@/tests/support/log-keys'

const LATE = after(NOW, 20 * MINUTE_MS)

async function offendersOf(name: string): Promise<number | undefined> {
  const found = INVARIANTS.find((invariant) => invariant.name === name)
  return run(async (tx) => (await found?.check(tx, { vault, logKeys: LOG_KEYS, migrations: [], now: LATE }))?.offenders)
}

test('paid late, and what the coupon was for is gone: its use goes back, the rest is delivered, and the audit agrees', async () => {
  const [discounted, plain] = [await aListing({ stock: 1 }), await aListing({ priceMinor: 300 })]
  const { couponId, code } = await aCoupon({ merchantId: discounted.merchantId, totalLimit: 1 })
  const cart = aCart(
    [
      [discounted, 1],
      [plain, 1],
    ],
    { couponCode: code, expectedTotalMinor: 1_200 },
  )
  const { checkoutId, orders } = await run((tx) => placeCheckout(tx, cart, NOW))
  await run((tx) => expireCheckout(tx, checkoutId, SYSTEM, LATE))
  await run((tx) => placeCheckout(tx, aPurchase(discounted), LATE))
  await pay(checkoutId, LATE)
  const states = await Promise.all(orders.map(({ id }) => statusOf(id)))
  expect(states.toSorted()).toEqual(['DELIVERED', 'EXPIRED'])
  expect(await usesOf(couponId)).toEqual({ counted: 0, held: 0 })
  expect(await offendersOf('coupons/discounts')).toBe(0)
})
