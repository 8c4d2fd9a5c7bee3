import { randomBytes } from 'node:crypto'
import { type Browser, type Page, expect, test } from '@playwright/test'
import { db } from '@/lib/infra/db'
import { expectAccessible, expectNoSideways } from '../support/axe'
import { type Language, ZH, fillCheckout, like, payAtBank, placeOrder } from '../support/buying'
import { atDesk } from '../support/desk'
import { FACES } from '../support/faces'
import { balanceOfKind } from '../support/ledger'
import { type Listing, aListing, makeDue, orderByNumber } from '../support/listings'

const WITHIN = { timeout: 20_000 }

/** As a text of messages reads with its numbers in it, whatever else they are. */
const saying = (message: string) => like(message.replaceAll(/\{[^{}]*(?:\{[^{}]*\}[^{}]*)*\}/gu, '{any}'))

async function buyByHand(page: Page, language: Language, { slug }: Listing): Promise<string> {
  const consent = language.say.delivery.checkout.consentManual
  await fillCheckout(page, language, { slug, email: 'by-hand@example.com', consent })
  await expect(page.getByText(saying(language.say.delivery.checkout.whereManual))).toBeVisible()
  await expectAccessible(page)
  await expectNoSideways(page)
  await placeOrder(page, language)
  return payAtBank(page, language)
}

for (const { name, language, viewport, colorScheme } of FACES.filter((_, at) => at === 0 || at === 3)) {
  test.describe(name, () => {
    test.use({ viewport, colorScheme })

    test('an order of manual delivery is promised, delivered by hand, and looked at', async ({ page, browser }) => {
      const listing = await aListing({ stock: 0, delivery: { kind: 'MANUAL', hours: 4 } })
      const { delivery, order: say } = language.say
      const number = await buyByHand(page, language, listing)
      await expect(page.getByRole('heading', { name: delivery.order.title })).toBeVisible()
      await expect(page.getByText(saying(delivery.order.body))).toBeVisible()
      await expectAccessible(page)
      await expectNoSideways(page)
      const order = await orderByNumber(number)
      expect(order).toMatchObject({ status: 'AWAITING_DELIVERY', totalMinor: 1_250 })
      expect(await balanceOfKind('ESCROW', order.id)).toBe(1_250)

      const code = `HAND-${randomBytes(8).toString('hex').toUpperCase()}`
      await deliver(browser, listing, order.id, code)
      // The buyer's page hears of it by itself.
      await expect(page.getByRole('button', { name: say.reveal.one, exact: true })).toBeVisible(WITHIN)
      await page.getByRole('checkbox', { name: say.reveal.consent }).check()
      await page.getByRole('button', { name: say.reveal.one, exact: true }).click()
      const shown = page.locator('#codes code')
      await expect(shown).toBeVisible()
      expect((await shown.innerText()).replaceAll(/\s/gu, '')).toBe(code)
      expect((await orderByNumber(number)).status).toBe('DELIVERED')
    })
  })
}

/** At the merchant's desk, in Chinese: what is to do, the order, one mistake, the delivery. */
async function deliver(browser: Browser, listing: Listing, orderId: string, code: string): Promise<void> {
  const { card, merchant } = ZH.say.delivery
  await atDesk(browser, listing, async (desk) => {
    await desk.goto('/merchant')
    await desk.getByRole('link', { name: merchant.deliver, exact: true }).click()
    await expect(desk.getByRole('table')).toBeVisible()
    await desk.goto(`/merchant/orders/${orderId}`)
    await expectAccessible(desk)
    await expectNoSideways(desk)
    await desk.getByLabel(card.codes, { exact: true }).fill(`${code}\n${code}`)
    await desk.getByRole('button', { name: card.submit, exact: true }).click()
    await expect(desk.getByText(card.failed).first()).toBeVisible()
    // What was typed is still there, to be corrected.
    await expect(desk.getByLabel(card.codes, { exact: true })).toHaveValue(`${code}\n${code}`)
    await expectAccessible(desk)
    await desk.getByLabel(card.codes, { exact: true }).fill(code)
    await desk.getByRole('button', { name: card.submit, exact: true }).click()
    await expect(desk.getByText(card.doneText)).toBeVisible()
    expect(await desk.content()).not.toContain(code)
  })
}

test('an order that nobody delivers is refunded in full by the clock, and says why', async ({ page }) => {
  const listing = await aListing({ stock: 0, delivery: { kind: 'MANUAL', hours: 1 } })
  const number = await buyByHand(page, ZH, listing)
  await makeDue(number)
  await expect(page.getByText(ZH.say.delivery.order.failed)).toBeVisible(WITHIN)
  const order = await orderByNumber(number)
  expect(order).toMatchObject({ status: 'REFUNDED', refundedMinor: 1_250 })
  expect(await balanceOfKind('ESCROW', order.id)).toBe(0)
  await expect
    .poll(async () => (await orderByNumber(number)).refunds.map(({ status }) => status), WITHIN)
    .toEqual(['SUCCEEDED'])
})

test('the merchant declines: everything goes back at once', async ({ page, browser }) => {
  const listing = await aListing({ stock: 0, delivery: { kind: 'MANUAL', hours: 4 } })
  const number = await buyByHand(page, ZH, listing)
  const { id } = await orderByNumber(number)
  const { decline } = ZH.say.delivery
  await atDesk(browser, listing, async (desk) => {
    await desk.goto(`/merchant/orders/${id}`)
    await desk.getByRole('button', { name: decline.label, exact: true }).click()
    await desk.getByRole('button', { name: decline.confirm, exact: true }).click()
    await expect(desk.getByText(decline.doneText)).toBeVisible()
  })
  await expect(page.getByText(ZH.say.delivery.order.declined)).toBeVisible(WITHIN)
  expect(await orderByNumber(number)).toMatchObject({ status: 'REFUNDED' })
})

test('a shared code of two seats: two buyers get it, the third is told that it is sold out', async ({ browser }) => {
  const listing = await aListing({ stock: 1, delivery: { kind: 'SHARED', seats: 2 } })
  const seen: string[] = []
  const shelf = await (await browser.newContext()).newPage()
  await shelf.goto(`/products/${listing.slug}`)
  await expect(shelf.getByText(ZH.say.storefront.buy.stock.replace('{count}', '2')).first()).toBeVisible()
  for (const _ of [1, 2]) {
    const context = await browser.newContext()
    const page = await context.newPage()
    await fillCheckout(page, ZH, { slug: listing.slug, email: 'shared@example.com' })
    await expect(page.getByText(saying(ZH.say.delivery.shown.line.SHARED)).first()).toBeVisible()
    await placeOrder(page, ZH)
    await payAtBank(page, ZH)
    await expect(page.getByText(saying(ZH.say.delivery.order.shared))).toBeVisible()
    await page.getByRole('checkbox', { name: ZH.say.order.reveal.consent }).check()
    await page.getByRole('button', { name: ZH.say.order.reveal.one, exact: true }).click()
    const shown = page.locator('#codes code')
    await expect(shown).toBeVisible()
    seen.push((await shown.innerText()).replaceAll(/\s/gu, ''))
    await context.close()
  }
  expect(seen).toEqual([listing.codes[0], listing.codes[0]])
  expect(await db().cdk.count({ where: { variantId: listing.variantId, state: 'AVAILABLE' } })).toBe(0)
  const page = await (await browser.newContext()).newPage()
  await page.goto(`/products/${listing.slug}`)
  await expect(page.getByText(ZH.say.storefront.product.soldOutTitle)).toBeVisible()
})
