import { expect, test } from '@playwright/test'
import { EN, PASSCODE, fillCheckout, payAtBank, placeOrder } from '../support/buying'
import { aListing, orderByNumber } from '../support/listings'

test.use({ javaScriptEnabled: false, viewport: { width: 360, height: 740 } })

test('buying, revealing and confirming work without JavaScript', async ({ page }) => {
  const listing = await aListing({ stock: 1 })
  const say = EN.say.order
  await fillCheckout(page, EN, { slug: listing.slug, email: 'plain@example.com' })
  await placeOrder(page, EN)
  const number = await payAtBank(page, EN)
  await page.getByRole('checkbox', { name: say.reveal.consent }).check()
  await page.getByRole('button', { name: say.reveal.one, exact: true }).click()
  const code = (await page.locator('#codes code').innerText()).replaceAll(/\s/gu, '')
  expect(listing.codes).toContain(code)
  await page.getByRole('button', { name: say.decide.confirm }).click()
  await page.getByRole('button', { name: say.decide.confirmAction }).click()
  await expect(page.getByText(say.state.confirmed).first()).toBeVisible()
  expect((await orderByNumber(number)).status).toBe('CONFIRMED')
})

test('a guest finds the order again with number and passcode, and nobody finds it with less', async ({
  page,
  browser,
}) => {
  const listing = await aListing({ stock: 1 })
  const say = EN.say.order
  await fillCheckout(page, EN, { slug: listing.slug, email: 'lookup@example.com' })
  await placeOrder(page, EN)
  const number = await payAtBank(page, EN)

  const elsewhere = await browser.newContext({ javaScriptEnabled: false })
  const other = await elsewhere.newPage()
  expect((await other.goto(`/en/orders/${number}`))?.status()).toBe(404)
  const look = async (asked: string, passcode: string) => {
    await other.goto('/en/lookup')
    await other.getByLabel(say.lookup.number, { exact: true }).fill(asked)
    await other.getByLabel(say.lookup.passcode, { exact: true }).fill(passcode)
    await other.getByRole('button', { name: say.lookup.submit }).click()
  }
  await look(number, 'wrong-passcode')
  const wrongPasscode = await other.getByRole('alert').or(other.locator('[aria-live]')).first().innerText()
  await look(`${number.slice(0, -1)}${number.endsWith('0') ? '1' : '0'}`, PASSCODE)
  expect(await other.getByRole('alert').or(other.locator('[aria-live]')).first().innerText()).toBe(wrongPasscode)
  expect((await other.goto(`/en/orders/${number}`))?.status()).toBe(404)
  await look(number, PASSCODE)
  await expect(other).toHaveURL(new RegExp(`/orders/${number}`, 'u'))
  await expect(other.getByText(say.reveal.title).first()).toBeVisible()
  await elsewhere.close()
})
