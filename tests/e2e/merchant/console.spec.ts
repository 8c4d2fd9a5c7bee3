import { randomBytes } from 'node:crypto'
import { type Page, expect, test } from '@playwright/test'
import { db } from '@/lib/infra/db'
import { CATEGORIES } from '@/lib/seed/data'
import { DEMO_BUYERS, DEMO_MERCHANTS, DEMO_OPERATOR } from '@/lib/seed/demo-accounts'
import imports from '@/messages/zh-CN/imports.json' with { type: 'json' }
import merchant from '@/messages/zh-CN/merchant.json' with { type: 'json' }
import refusals from '@/messages/zh-CN/refusals.json' with { type: 'json' }
import upload from '@/messages/zh-CN/upload.json' with { type: 'json' }
import { expectAccessible, expectNoSideways } from '../support/axe'
import { ZH } from '../support/buying'
import { FACES, expectNotThere, visitAll } from '../support/faces'
import { signIn } from '../support/sign-in'

const [OWNER = DEMO_OPERATOR, OTHER = DEMO_OPERATOR] = DEMO_MERCHANTS
const [BUYER = DEMO_OPERATOR] = DEMO_BUYERS
const NEEDS_ADDRESS = CATEGORIES.find(({ needsDownloadAddress }) => needsDownloadAddress)?.slug ?? ''

/** A product, a variant and an order of the demo merchant, the way their addresses name them. */
async function thingsOf(slug: string) {
  const order = await db().order.findFirstOrThrow({
    where: { merchant: { slug }, status: 'DELIVERED' },
    select: { id: true, productId: true, variantId: true },
  })
  return [
    `/merchant/orders/${order.id}`,
    `/merchant/orders/${order.id}?what=all`,
    `/merchant/products/${order.productId}`,
    `/merchant/stock/${order.variantId}`,
  ]
}

const LISTS = [
  '/merchant/orders',
  '/merchant/products',
  '/merchant/stock',
  '/merchant/stock/imports',
  '/merchant/stock/desk',
  '/merchant/stock/desk/exports',
  '/merchant/balance',
  '/merchant/payouts',
  '/merchant/statements',
  '/merchant/coupons',
]
const FORMS = ['/merchant/products/new', `/merchant/products/new?category=${NEEDS_ADDRESS}`]
const NARROWED = [
  '/merchant/orders?status=DELIVERED',
  '/merchant/products?q=no-such-product',
  '/merchant/stock?stock=low',
]

for (const { name, language, viewport, colorScheme } of FACES) {
  test.describe(name, () => {
    test.use({ viewport, colorScheme })

    test('every page of the console is accessible and fits', async ({ page }) => {
      test.setTimeout(180_000)
      await signIn(page, language.prefix, OWNER)
      const own = await thingsOf(OWNER.merchant ?? '')
      await visitAll(page, language.prefix, ['/merchant', ...LISTS, ...FORMS, ...NARROWED, ...own])
    })
  })
}

test("another merchant's order, product and stock are not there; nor is the console for buyers and operators", async ({
  page,
  browser,
}) => {
  test.setTimeout(120_000)
  const foreign = await thingsOf(OWNER.merchant ?? '')
  await page.goto('/merchant/orders')
  await expect(page).toHaveURL(/\/sign-in\?next=/u)
  await signIn(page, '', OTHER)
  await expectNotThere(page, [...foreign, '/admin', '/admin/ledger', '/account/orders'])
  for (const stranger of [BUYER, DEMO_OPERATOR]) {
    const context = await browser.newContext()
    const other = await context.newPage()
    await signIn(other, '', stranger)
    await expectNotThere(other, ['/merchant', ...LISTS, ...foreign])
    await context.close()
  }
})

test('a merchant makes a product, is held back until it has a download address, stocks it, and it is in the shop', async ({
  page,
}) => {
  test.setTimeout(240_000)
  const tag = randomBytes(4).toString('hex')
  const title = `录屏软件 ${tag}`
  await signIn(page, '', OTHER)
  await page.goto(`/merchant/products/new?category=${NEEDS_ADDRESS}`)
  await fillProduct(page, title)

  await page.getByRole('button', { name: merchant.form.publish, exact: true }).click()
  await expect(page.getByText(refusals.catalog['address-required'], { exact: true })).toBeVisible()
  await expect(page.locator('[name="titleZh"]')).toHaveValue(title)
  await expectAccessible(page)
  expect(await db().product.count({ where: { titleZh: title } })).toBe(0)

  await page.locator('[name="downloadUrl"]').fill('https://dl.example.com/recorder')
  await page.getByRole('button', { name: merchant.form.publish, exact: true }).click()
  await expect(page.getByText(merchant.product.done.published.title, { exact: true })).toBeVisible()

  await page.getByRole('link', { name: merchant.sale.upload, exact: true }).first().click()
  await page.waitForURL(/\/merchant\/stock\//u)
  const [first, second, third] = [`E2E-${tag}-A`, `E2E-${tag}-B`, `E2E-${tag}-C`] as const
  const lines = [first, '', second, first, 'x'.repeat(501)]
  await page
    .locator('[name="file"]')
    .setInputFiles({ name: 'codes.txt', mimeType: 'text/plain', buffer: Buffer.from(lines.join('\r\n')) })
  await importAsShown(page)
  expect(await countsOf(page)).toEqual(report({ accepted: 2, 'duplicate-in-file': 1, 'too-long': 1, empty: 1 }))
  await expect(page.getByRole('table', { name: upload.byNumber, exact: true }).locator('tbody tr')).toHaveText([
    new RegExp(`2.*${upload.verdict.empty}`, 'su'),
    new RegExp(`4.*${upload.verdict['duplicate-in-file']}`, 'su'),
    new RegExp(`5.*${upload.verdict['too-long']}`, 'su'),
  ])
  await expectAccessible(page)
  await expectNoSideways(page)

  await page.getByRole('link', { name: imports.more, exact: true }).click()
  await page.waitForURL(/\/merchant\/stock\/[0-9a-f-]{36}$/u)
  await page.locator('[name="text"]').fill(`${first}\n${third}`)
  await importAsShown(page)
  expect(await countsOf(page)).toEqual(report({ accepted: 1, 'duplicate-in-stock': 1 }))
  expect(await page.locator('main').innerText()).not.toContain(`E2E-${tag}`)

  const product = await db().product.findFirstOrThrow({ where: { titleZh: title }, include: { variants: true } })
  const variantId = product.variants[0]?.id ?? ''
  expect(await db().cdk.count({ where: { variantId, state: 'AVAILABLE' } })).toBe(3)
  await page.goto(`/search?q=${encodeURIComponent(title)}`)
  await page.getByRole('link', { name: title }).first().click()
  await page.waitForURL(new RegExp(`/products/${product.slug}`, 'u'))
  await expect(page.getByRole('heading', { level: 1, name: title })).toBeVisible()
  await expect(page.getByRole('button', { name: ZH.say.storefront.buy.submit }).first()).toBeVisible()
})

/** From the chosen upload over its preview to the report. */
async function importAsShown(page: Page): Promise<void> {
  await page.getByRole('button', { name: upload.submit, exact: true }).click()
  await page.waitForURL(/\/merchant\/stock\/imports\//u)
  await page.getByRole('button', { name: imports.run, exact: true }).click()
  await expect(page.getByText(imports.state.DONE, { exact: true })).toBeVisible({ timeout: 60_000 })
}

async function fillProduct(page: Page, title: string): Promise<void> {
  const values = {
    titleZh: title,
    descriptionZh: '录制屏幕与声音，永久授权。',
    'attribute-region': '全球',
    'attribute-platform': 'Windows',
    'attribute-edition': '专业版',
    'attribute-activationLimit': '1 台',
    'attribute-validity': '永久',
    'v0-nameZh': '一台设备',
    'v0-price': '19.90',
    guideZh: '下载安装后，在「关于」页输入授权码。',
  }
  for (const [name, value] of Object.entries(values)) await page.locator(`[name="${name}"]`).fill(value)
}

type Verdict = keyof typeof upload.verdict

/** All five counts by the words on the screen; what is not named is 0. */
function report(counts: Partial<Record<Verdict, number>>): Record<string, string> {
  const none = { accepted: 0, 'duplicate-in-file': 0, 'duplicate-in-stock': 0, 'too-long': 0, empty: 0 }
  return Object.fromEntries(
    Object.entries({ ...none, ...counts }).map(([verdict, count]) => [
      upload.verdict[verdict as Verdict],
      String(count),
    ]),
  )
}

async function countsOf(page: Page): Promise<Record<string, string>> {
  const entries = await page
    .locator('dl:has(dd.text-xl) > div')
    .evaluateAll((found) =>
      found.map((each) => [each.querySelector('dt')?.textContent ?? '', each.querySelector('dd')?.textContent ?? '']),
    )
  return Object.fromEntries(entries) as Record<string, string>
}
