import { type Browser, type Page, expect, test } from '@playwright/test'
import { db } from '@/lib/infra/db'
import enRefusals from '@/messages/en/refusals.json' with { type: 'json' }
import zhRefusals from '@/messages/zh-CN/refusals.json' with { type: 'json' }
import { expectAccessible, expectNoSideways } from '../support/axe'
import { EN, type Language, PASSCODE, ZH, like, payAtBank, placeOrder } from '../support/buying'
import { LARGE_FACE, SMALL_FACE } from '../support/faces'
import { type Listing, aListing, orderByNumber } from '../support/listings'
import { aCoupon, amountBeside } from '../support/money'
import { fenIn } from '../support/stripe-double'

/** From the product page into the cart. */
async function putIn(
  page: Page,
  { prefix, say }: Language,
  { slug }: Listing,
  { variantId, quantity }: { readonly variantId: string; readonly quantity: number },
): Promise<void> {
  await page.goto(`${prefix}/products/${slug}`)
  await page.locator(`input[name=variant][value="${variantId}"]`).check()
  await page.locator('#buy input[name=quantity]').fill(String(quantity))
  await page.getByRole('button', { name: say.storefront.buy.addToCart, exact: true }).click()
  await expect(page.getByText(say.storefront.buy.added, { exact: true })).toBeVisible()
}

async function fillGuest(page: Page, { say }: Language, email: string): Promise<void> {
  await page.getByLabel(say.order.checkout.email, { exact: true }).fill(email)
  await page.getByLabel(say.order.checkout.passcode, { exact: true }).fill(PASSCODE)
  await page.getByRole('checkbox', { name: say.order.checkout.consent }).check()
}

/** Somebody else orders, and so holds, some of a variant. */
async function snatch(browser: Browser, variantId: string, quantity: number): Promise<void> {
  const elsewhere = await browser.newContext()
  const rival = await elsewhere.newPage()
  await rival.goto(`/en/checkout/${variantId}?quantity=${quantity}`)
  await fillGuest(rival, EN, `${variantId}@example.com`)
  await placeOrder(rival, EN)
  await elsewhere.close()
}

async function expectFits(page: Page): Promise<void> {
  await expectAccessible(page)
  await expectNoSideways(page)
}

for (const { name, language, viewport, colorScheme } of [SMALL_FACE, LARGE_FACE]) {
  test.describe(name, () => {
    test.use({ viewport, colorScheme })

    test('three variants of two merchants: what is short is told and fixed, a coupon, one payment, all delivered', async ({
      page,
      browser,
    }) => {
      test.setTimeout(120_000)
      const { order: say, storefront } = language.say
      const refusals = language.prefix === '' ? zhRefusals : enRefusals
      const [first, other] = [await aListing({ stock: 3 }), await aListing({ stock: 3, second: 3 })]
      await putIn(page, language, first, { variantId: first.variantId, quantity: 1 })
      await putIn(page, language, other, { variantId: other.variantId, quantity: 1 })
      await putIn(page, language, other, { variantId: other.secondId, quantity: 3 })

      // Somebody else is quicker with two of the third.
      await snatch(browser, other.secondId, 2)

      await page.goto(`${language.prefix}/cart`)
      await expect(page.getByText(like(storefront.cart.short))).toBeVisible()
      await expectFits(page)
      await page.getByRole('link', { name: storefront.cart.checkout, exact: true }).click()
      await page.waitForURL(/\/checkout\/cart\?.*key=/u)
      await expect(page.getByText(like(say.checkout.leftOut))).toBeVisible()
      await expect(page.getByText(like(storefront.cart.short))).toContainText('1')
      expect(await amountBeside(page, say.checkout.total)).toBe(2_500)
      await expectFits(page)
      await page.getByRole('button', { name: like(storefront.cart.useLeft) }).click()
      await expect(page.getByText(like(say.checkout.leftOut))).toHaveCount(0)
      await expect.poll(async () => amountBeside(page, say.checkout.total)).toBe(4_500)

      const apply = page.getByRole('button', { name: say.checkout.couponApply, exact: true })
      const coupon = page.getByLabel(new RegExp(`^${say.checkout.coupon}`, 'u'))
      await coupon.fill('NO-SUCH-COUPON')
      await apply.click()
      await expect(page.getByText(refusals.coupon.unknown)).toBeVisible()
      expect(await amountBeside(page, say.checkout.total)).toBe(4_500)
      await expectAccessible(page)
      await coupon.fill(await aCoupon({ percentBps: 1_000 }))
      await apply.click()
      await expect(page.getByText(like(say.checkout.couponTaken))).toBeVisible()
      expect(await amountBeside(page, say.checkout.total)).toBe(4_050)
      expect(await amountBeside(page, say.checkout.promo)).toBe(450)
      await expectFits(page)

      await fillGuest(page, language, 'cart@example.com')
      await placeOrder(page, language)
      expect(fenIn(await page.locator('.amount').innerText())).toBe(4_050)
      const number = await payAtBank(page, language)
      await expect(page.locator('#codes')).toBeVisible()
      const { checkoutId } = await orderByNumber(number)
      const orders = await db().order.findMany({ where: { checkoutId } })
      expect(orders.map(({ status }) => status)).toEqual(['DELIVERED', 'DELIVERED', 'DELIVERED'])
      expect(orders.reduce((sum, { totalMinor }) => sum + totalMinor, 0)).toBe(4_050)
      expect(await db().payment.count({ where: { checkoutId } })).toBe(1)

      // Each leads to the others, and the cart is empty.
      const siblings = page.getByRole('main').locator('li a[href*="/orders/KB"]')
      await expect(page.getByText(say.page.siblings, { exact: true })).toBeVisible()
      await expect(siblings).toHaveCount(2)
      await expectFits(page)
      await siblings.first().click()
      await page.waitForURL((url) => url.pathname.includes('/orders/KB') && !url.pathname.includes(number))
      await expect(page.locator('#codes')).toBeVisible()
      await page.goto(`${language.prefix}/cart`)
      await expect(page.getByRole('heading', { name: storefront.cart.empty, exact: true })).toBeVisible()
    })
  })
}

test('a double click and a second tab give one checkout; after paying, Back shows the order', async ({
  page,
  context,
}) => {
  const [first, other] = [await aListing({ stock: 2 }), await aListing({ stock: 2 })]
  for (const listing of [first, other]) await putIn(page, ZH, listing, { variantId: listing.variantId, quantity: 1 })
  await page.goto('/checkout/cart')
  const twin = await context.newPage()
  await twin.goto('/checkout/cart')
  const checkoutUrl = page.url()
  expect(twin.url()).toBe(checkoutUrl)
  for (const tab of [page, twin]) await fillGuest(tab, ZH, 'tabs@example.com')
  const button = { name: like(ZH.say.order.checkout.submit) }
  await page.getByRole('button', button).dblclick()
  await page.waitForURL(/\/bank\/pay\//u)
  await twin.getByRole('button', button).click()
  await twin.waitForURL(/\/bank\/pay\//u)
  expect(twin.url()).toBe(page.url())
  const orders = await db().order.findMany({ where: { variantId: { in: [first.variantId, other.variantId] } } })
  expect(orders).toHaveLength(2)
  expect(new Set(orders.map(({ checkoutId }) => checkoutId)).size).toBe(1)

  const number = await payAtBank(page, ZH)
  await expect(page.locator('#codes')).toBeVisible()
  await page.goto(checkoutUrl)
  await expect(page).toHaveURL(new RegExp(`/orders/${number}`, 'u'))
  expect(await db().bankCapture.count({ where: { payment: { reference: orders[0]?.checkoutId ?? '' } } })).toBe(1)
})

test('a cart of which nothing can be bought says so before anything is asked', async ({ page, browser }) => {
  const listing = await aListing({ stock: 1 })
  await putIn(page, EN, listing, { variantId: listing.variantId, quantity: 1 })
  await snatch(browser, listing.variantId, 1)
  await page.goto('/en/checkout/cart')
  await expect(page.getByText(EN.say.order.checkout.leftOutAll, { exact: true })).toBeVisible()
  await expect(page.getByRole('checkbox', { name: EN.say.order.checkout.consent })).toHaveCount(0)
  await expectFits(page)
})
