import { expect, test } from '@playwright/test'
import { balanceOfKind } from '../support/ledger'
import { expectAccessible, expectNoSideways } from '../support/axe'
import { db } from '@/lib/infra/db'
import { EN, PASSCODE, ZH, fillCheckout, like, payAtBank, placeOrder } from '../support/buying'
import { FACES } from '../support/faces'
import { OWNER_PASSWORD, aListing, orderByNumber } from '../support/listings'
import { signIn } from '../support/sign-in'

for (const { name, language, viewport, colorScheme } of FACES) {
  test.describe(name, () => {
    test.use({ viewport, colorScheme, permissions: ['clipboard-read', 'clipboard-write'] })

    test('a guest buys, reveals, copies, downloads, confirms; the merchant is paid less the fee', async ({
      page,
      browser,
    }) => {
      const listing = await aListing({ stock: 3 })
      const { order: say } = language.say
      await fillCheckout(page, language, { slug: listing.slug, email: 'guest@example.com' })
      await expectAccessible(page)
      await expectNoSideways(page)
      await placeOrder(page, language)
      await expectAccessible(page)
      await expectNoSideways(page)
      const number = await payAtBank(page, language)

      // Delivered, money held, and not a letter of the code in what was sent before the reveal.
      await expect(page.getByRole('button', { name: say.reveal.one, exact: true })).toBeVisible()
      const order = await orderByNumber(number)
      expect(order).toMatchObject({ status: 'DELIVERED', totalMinor: 1_250, feeMinor: 50 })
      expect(await balanceOfKind('ESCROW', order.id)).toBe(1_250)
      const html = await page.content()
      expect(listing.codes.filter((code) => html.includes(code))).toEqual([])
      await expect(page.getByText('https://dl.example.com/photo').first()).toBeVisible()
      await expectAccessible(page)
      await expectNoSideways(page)

      await page.getByRole('checkbox', { name: say.reveal.consent }).check()
      await page.getByRole('button', { name: say.reveal.one, exact: true }).click()
      const shown = page.locator('#codes code')
      await expect(shown).toBeVisible()
      const code = (await shown.innerText()).replaceAll(/\s/gu, '')
      expect(listing.codes).toContain(code)
      expect((await orderByNumber(number)).cdks[0]?.revealedAt).not.toBeNull()
      await page
        .locator('#codes')
        .getByRole('button', { name: language.prefix === '' ? /^复制/u : /^Copy/u })
        .click()
      expect(await page.evaluate(async () => navigator.clipboard.readText())).toBe(code)
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('button', { name: say.reveal.download }).click(),
      ])
      expect(download.suggestedFilename()).toMatch(/\.txt$/u)
      await expectAccessible(page)

      await page.getByRole('button', { name: say.decide.confirm }).click()
      await page.getByRole('button', { name: say.decide.confirmAction }).click()
      await expect(page.getByText(say.state.confirmed).first()).toBeVisible()
      expect(await balanceOfKind('ESCROW', order.id)).toBe(0)
      expect(await balanceOfKind('MERCHANT_PENDING', listing.merchantId)).toBe(1_200)
      await expectAccessible(page)

      const console = await browser.newContext({ viewport, colorScheme })
      const desk = await console.newPage()
      await signIn(desk, language.prefix, { email: listing.ownerEmail, password: OWNER_PASSWORD })
      await desk.goto(`${language.prefix}/merchant/balance`)
      await expect(desk.getByText(/¥12\.00/u).first()).toBeVisible()
      await expectAccessible(desk)
      await console.close()
    })
  })
}

test('a double click on the button places one order and opens one payment', async ({ page }) => {
  const listing = await aListing({ stock: 3 })
  await fillCheckout(page, ZH, { slug: listing.slug, email: 'double@example.com' })
  await page.getByRole('button', { name: like(ZH.say.order.checkout.submit) }).dblclick()
  await page.waitForURL(/\/bank\/pay\//u)
  expect(await ordersOf(listing.variantId)).toHaveLength(1)
  await page.getByRole('button', { name: like(ZH.say.bank.pay.submit) }).dblclick()
  await page.waitForURL(/\/orders\/KB/u)
  const [order] = await ordersOf(listing.variantId)
  const { checkout, status } = await orderByNumber(order?.number ?? '')
  expect(status).toBe('DELIVERED')
  expect(checkout.payments).toHaveLength(1)
  expect(await capturesOf(checkout.id)).toBe(1)
})

test('Back, and a second tab with the same form, lead to the order and never to a second payment', async ({
  page,
  context,
}) => {
  const listing = await aListing({ stock: 3 })
  await fillCheckout(page, ZH, { slug: listing.slug, email: 'back@example.com' })
  const twin = await context.newPage()
  await twin.goto(page.url())
  await twin.getByLabel(ZH.say.order.checkout.email, { exact: true }).fill('back@example.com')
  await twin.getByLabel(ZH.say.order.checkout.passcode, { exact: true }).fill(PASSCODE)
  await twin.getByRole('checkbox', { name: ZH.say.order.checkout.consent }).check()
  const checkoutUrl = page.url()
  const { payUrl } = await placeOrder(page, ZH)
  const number = await payAtBank(page, ZH)
  // Back at the bank: it says that this is paid and offers no button to pay.
  await page.goto(payUrl)
  await expect(page.getByRole('button', { name: like(ZH.say.bank.pay.submit) })).toHaveCount(0)
  // Back at the checkout's address: that order is placed, here it is.
  await page.goto(checkoutUrl)
  await expect(page).toHaveURL(new RegExp(`/orders/${number}`, 'u'))
  // The second tab still shows the form; sending it gives the same order.
  await twin.getByRole('button', { name: like(ZH.say.order.checkout.submit) }).click()
  await expect(twin).toHaveURL(new RegExp(`/orders/${number}`, 'u'))
  const orders = await ordersOf(listing.variantId)
  expect(orders).toMatchObject([{ number, status: 'DELIVERED' }])
  expect(await capturesOf(orders[0]?.checkoutId ?? '')).toBe(1)
})

test('the order page shows the delivery by itself while the buyer waits there', async ({ page, context }) => {
  const listing = await aListing({ stock: 1 })
  await fillCheckout(page, ZH, { slug: listing.slug, email: 'waiting@example.com' })
  const { payUrl } = await placeOrder(page, ZH)
  const [order] = await ordersOf(listing.variantId)
  await page.goto(`/orders/${order?.number}`)
  await expect(page.getByText(ZH.say.order.pay.title).first()).toBeVisible()
  const bank = await context.newPage()
  await bank.goto(payUrl)
  await payAtBank(bank, ZH)
  await expect(page.getByRole('button', { name: ZH.say.order.reveal.one, exact: true })).toBeVisible({
    timeout: 15_000,
  })
})

test('after the first buyer the second is told that it is sold out, and no money is taken', async ({
  page,
  browser,
}) => {
  const listing = await aListing({ stock: 1 })
  const other = await browser.newContext()
  const slow = await other.newPage()
  await fillCheckout(slow, EN, { slug: listing.slug, email: 'slow@example.com' })
  await fillCheckout(page, EN, { slug: listing.slug, email: 'quick@example.com' })
  await placeOrder(page, EN)
  await payAtBank(page, EN)
  await slow.getByRole('button', { name: like(EN.say.order.checkout.submit) }).click()
  await expect(slow.getByText(EN.say.order.checkout.soldOutTitle).first()).toBeVisible()
  await expectAccessible(slow)
  expect(await ordersOf(listing.variantId)).toHaveLength(1)
  await other.close()
})

async function ordersOf(variantId: string) {
  return db().order.findMany({ where: { variantId }, select: { number: true, checkoutId: true, status: true } })
}

async function capturesOf(checkoutId: string): Promise<number> {
  return db().bankCapture.count({ where: { payment: { reference: checkoutId } } })
}
