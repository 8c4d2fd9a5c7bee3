import { expect, test } from '@playwright/test'
import { db } from '@/lib/infra/db'
import { EN, PASSCODE, like, payAtBank, placeOrder } from '../support/buying'
import { LARGE_FACE } from '../support/faces'
import { aListing, orderByNumber } from '../support/listings'
import { aBuyer, aCoupon, amountBeside } from '../support/money'
import { signIn } from '../support/sign-in'

const say = EN.say.order

test.describe('Chromium with JavaScript switched off', () => {
  test.use({ javaScriptEnabled: false, viewport: LARGE_FACE.viewport })

  test('two merchants in the cart, one fixed, a coupon, one payment, both delivered', async ({ page }) => {
    const listings = [await aListing({ stock: 2 }), await aListing({ stock: 2 })]
    const { buy, cart } = EN.say.storefront
    for (const { slug } of listings) {
      await page.goto(`/en/products/${slug}`)
      await page.getByRole('button', { name: buy.addToCart, exact: true }).click()
      await expect(page.getByText(buy.added, { exact: true })).toBeVisible()
    }
    await page.goto('/en/cart')
    await page.locator('input[name=quantity]:not([type=hidden])').first().fill('2')
    await page.getByRole('button', { name: cart.update, exact: true }).first().click()
    await expect(page.locator('input[name=quantity]:not([type=hidden])').first()).toHaveValue('2')
    await page.getByRole('link', { name: cart.checkout, exact: true }).click()
    await page.getByLabel(new RegExp(`^${say.checkout.coupon}`, 'u')).fill(await aCoupon({ percentBps: 1_000 }))
    await page.getByRole('button', { name: say.checkout.couponApply, exact: true }).click()
    expect(await amountBeside(page, say.checkout.total)).toBe(3_375)
    await page.getByLabel(say.checkout.email, { exact: true }).fill('plain-cart@example.com')
    await page.getByLabel(say.checkout.passcode, { exact: true }).fill(PASSCODE)
    await page.getByRole('checkbox', { name: say.checkout.consent }).check()
    await placeOrder(page, EN)
    const { checkoutId } = await orderByNumber(await payAtBank(page, EN))
    await expect(page.locator('#codes')).toBeVisible()
    const orders = await db().order.findMany({ where: { checkoutId }, select: { status: true } })
    expect(orders).toEqual([{ status: 'DELIVERED' }, { status: 'DELIVERED' }])
  })

  test('topping the wallet up and paying by it', async ({ page }) => {
    const [buyer, listing] = [await aBuyer(), await aListing({ stock: 1 })]
    await signIn(page, EN.prefix, buyer)
    await page.goto('/en/account/wallet')
    await page.getByLabel(say.wallet.amount, { exact: true }).fill('20.00')
    await page.getByRole('button', { name: say.wallet.submit, exact: true }).click()
    await page.getByRole('button', { name: like(EN.say.bank.pay.submit) }).click()
    await page.waitForURL(/\/account\/wallet/u)
    await page.goto(`/en/checkout/${listing.variantId}`)
    await page.getByRole('checkbox', { name: like(say.checkout.walletUse) }).check()
    await page.getByRole('button', { name: say.checkout.update, exact: true }).last().click()
    await page.getByRole('checkbox', { name: say.checkout.consent }).check()
    await page.getByRole('button', { name: like(say.checkout.submitWallet) }).click()
    await page.waitForURL(/\/orders\/KB/u)
    await expect(page.locator('#codes')).toBeVisible()
  })
})
