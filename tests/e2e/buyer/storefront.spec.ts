import { randomBytes } from 'node:crypto'
import { expect, test } from '@playwright/test'
import { db } from '@/lib/infra/db'
import { DEMO_BUYERS, DEMO_OPERATOR } from '@/lib/seed/demo-accounts'
import auth from '@/messages/zh-CN/auth.json' with { type: 'json' }
import common from '@/messages/zh-CN/common.json' with { type: 'json' }
import claims from '@/messages/zh-CN/claims.json' with { type: 'json' }
import refusals from '@/messages/en/refusals.json' with { type: 'json' }
import { ZH, like, payAtBank, placeOrder } from '../support/buying'
import { FACES, expectNotThere, visitAll } from '../support/faces'
import { aListing, orderByNumber } from '../support/listings'
import { PlainBrowser } from '../support/plain-browser'
import { signIn } from '../support/sign-in'

const [BUYER = DEMO_OPERATOR, OTHER = DEMO_OPERATOR] = DEMO_BUYERS
const SIGNED_OUT = [
  '/',
  '/search',
  '/search?q=no-such-thing',
  '/cart',
  '/protection',
  '/failure-standard',
  '/penalties',
  '/lookup',
  '/sign-in',
  '/sign-up',
]

for (const { name, language, viewport, colorScheme } of FACES) {
  test.describe(name, () => {
    test.use({ viewport, colorScheme })

    test('every page of the storefront is accessible and fits', async ({ page }) => {
      test.setTimeout(180_000)
      const { slug, category, merchant } = await db().product.findFirstOrThrow({
        where: {
          status: 'PUBLISHED',
          merchant: { status: 'ACTIVE' },
          variants: { some: { cdks: { some: { state: 'AVAILABLE' } } } },
        },
        include: { category: true, merchant: true },
      })
      const shelves = [`/categories/${category.slug}`, `/merchants/${merchant.slug}`, `/products/${slug}`]
      await visitAll(page, language.prefix, [...SIGNED_OUT, ...shelves])
      await signIn(page, language.prefix, BUYER)
      await visitAll(page, language.prefix, ['/', '/cart', '/account/orders', '/account/wallet'])
    })
  })
}

test('what is promised is told from what is there: the rules lead to log, proof and the standard that is in force', async ({
  page,
}) => {
  const { storefront, provenance } = ZH.say
  await page.goto('/protection')
  await expect(page.getByText(storefront.protection.rows.manual.name, { exact: true })).toBeVisible()
  const rules = page.locator('main')
  await expect(rules.getByRole('link', { name: provenance.nav.log })).toHaveAttribute('href', '/provenance')
  await expect(rules.getByRole('link', { name: provenance.nav.verify })).toHaveAttribute('href', '/verify')
  await rules.getByRole('link', { name: storefront.protection.failureStandard }).click()
  await expect(page.getByText(claims.inForce.title, { exact: true })).toBeVisible()
})

test('a buyer searches from the home page, sorts, and opens what was found', async ({ page }) => {
  const listing = await aListing({ stock: 1 })
  const word = listing.titleEn.split(' ').at(-1) ?? ''
  await page.goto('/')
  await page.getByRole('searchbox', { name: common.nav.searchLabel }).first().fill(word.toUpperCase())
  await page.getByRole('searchbox', { name: common.nav.searchLabel }).first().press('Enter')
  await page.waitForURL(/\/search\?q=/u)
  const { sort } = ZH.say.storefront.list
  await page.getByRole('link', { name: sort['price-up'], exact: true }).click()
  await page.waitForURL(/sort=price-up/u)
  await expect(page.getByRole('link', { name: sort['price-up'], exact: true })).toHaveAttribute('aria-current', 'page')
  await page.locator(`main a[href$="/products/${listing.slug}"]`).first().click()
  await page.waitForURL(new RegExp(`/products/${listing.slug}`, 'u'))
  await expect(page.getByRole('button', { name: ZH.say.storefront.buy.submit }).first()).toBeVisible()
})

test('a buyer signs up, buys without a passcode, finds the order in the account, and nobody else does', async ({
  page,
  browser,
}) => {
  test.setTimeout(120_000)
  const listing = await aListing({ stock: 1 })
  const email = `${randomBytes(5).toString('hex')}@buyers.example.com`
  await page.goto('/sign-up')
  await page.getByLabel(auth.email, { exact: true }).fill(email)
  await page.getByLabel(auth.password, { exact: true }).fill('a-password-of-mine')
  await page.getByRole('button', { name: auth.signUp.submit, exact: true }).click()
  await page.waitForURL(/\/account\/orders/u)

  await page.goto(`/products/${listing.slug}`)
  await page.getByRole('button', { name: ZH.say.storefront.buy.submit }).first().click()
  await page.waitForURL(/\/checkout\//u)
  await expect(page.getByText(like(ZH.say.order.checkout.signedInAs))).toBeVisible()
  await page.getByRole('checkbox', { name: ZH.say.order.checkout.consent }).check()
  await placeOrder(page, ZH)
  const number = await payAtBank(page, ZH)
  expect(await orderByNumber(number)).toMatchObject({ status: 'DELIVERED', checkout: { email, passcodeHash: null } })
  await page.goto('/account/orders')
  await page.locator(`main a[href$="/orders/${number}"]`).click()
  await expect(page.getByRole('button', { name: ZH.say.order.reveal.one, exact: true })).toBeVisible()

  const elsewhere = await browser.newContext()
  const stranger = await elsewhere.newPage()
  const doors = [`/orders/${number}`, `/en/orders/${number}`]
  const api = `/api/orders/${number}`
  const answers = async () => [
    (await stranger.request.get(`${api}/snapshot`)).status(),
    (await stranger.request.get(`${api}/events`)).status(),
    (await stranger.request.post(`${api}/download`)).status(),
    (await stranger.request.get(`${api}/receipt`)).status(),
  ]
  await expectNotThere(stranger, doors)
  expect(await answers()).toEqual([404, 404, 404, 404])
  await signIn(stranger, '', OTHER)
  await expectNotThere(stranger, doors)
  expect(await answers()).toEqual([404, 404, 404, 404])
  await elsewhere.close()
})

test('guessing passcodes is told to wait after eight tries', async ({ baseURL }) => {
  const guesser = new PlainBrowser(9_000)
  const form = await guesser.open(`${baseURL}/en/lookup`)
  const look = async () =>
    (await guesser.submit(form, 'passcode', { number: 'KB2602030000000000', passcode: 'guess' })).html
  for (let tries = 0; tries < 8; tries++) expect(await look()).toContain(refusals.order['lookup-failed'])
  expect(await look()).toContain(refusals.auth['rate-limited'].split('{')[0])
})
