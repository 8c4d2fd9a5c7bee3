import { expect, test } from '@playwright/test'
import { EN, ZH, fillCheckout, payAtBank, placeOrder } from '../support/buying'
import { aListing } from '../support/listings'

for (const language of [ZH, EN]) {
  test(`the receipt of a paid order, ${language.prefix === '' ? 'Chinese' : 'English'}: for its buyer alone`, async ({
    page,
    browser,
  }) => {
    const listing = await aListing({ stock: 1 })
    await fillCheckout(page, language, { slug: listing.slug, email: 'receipt@example.com' })
    await placeOrder(page, language)
    const number = await payAtBank(page, language)
    const link = page.getByRole('link', { name: language.say.order.page.receipt, exact: true })
    const [download] = await Promise.all([page.waitForEvent('download'), link.click()])
    expect(download.suggestedFilename()).toBe(`${number}.pdf`)
    const href = (await link.getAttribute('href')) ?? ''
    const answer = await page.request.get(href)
    expect([answer.status(), answer.headers()['content-type']]).toEqual([200, 'application/pdf'])
    const body = await answer.body()
    expect(body.subarray(0, 5).toString()).toBe('%PDF-')
    expect(body.length).toBeGreaterThan(2_000)

    const stranger = await browser.newContext()
    expect((await stranger.request.get(href)).status()).toBe(404)
    await stranger.close()
  })
}

test('an unpaid order has no receipt', async ({ page }) => {
  const listing = await aListing({ stock: 1 })
  await fillCheckout(page, ZH, { slug: listing.slug, email: 'receipt@example.com' })
  await placeOrder(page, ZH)
  await page.getByRole('link', { name: ZH.say.bank.pay.cancel, exact: true }).click()
  await page.waitForURL(/\/orders\/KB/u)
  const number = /\/orders\/(KB\w+)/u.exec(page.url())?.[1] ?? ''
  await expect(page.getByRole('link', { name: ZH.say.order.page.receipt, exact: true })).toHaveCount(0)
  expect((await page.request.get(`/api/orders/${number}/receipt?lang=zh-CN`)).status()).toBe(404)
})
