import { randomBytes } from 'node:crypto'
import { type Page, expect, test } from '@playwright/test'
import { db } from '@/lib/infra/db'
import { AccountKind } from '@/lib/infra/prisma/enums'
import { DEMO_BUYERS, DEMO_MERCHANTS, DEMO_OPERATOR } from '@/lib/seed/demo-accounts'
import admin from '@/messages/zh-CN/admin.json' with { type: 'json' }
import words from '@/messages/zh-CN/console.json' with { type: 'json' }
import refusals from '@/messages/zh-CN/refusals.json' with { type: 'json' }
import storefront from '@/messages/zh-CN/storefront.json' with { type: 'json' }
import { expectAccessible } from '../support/axe'
import { FACES, expectNotThere, visitAll } from '../support/faces'
import { balanceOfKind } from '../support/ledger'
import { signIn } from '../support/sign-in'

const [, MERCHANT = DEMO_OPERATOR] = DEMO_MERCHANTS
const [BUYER = DEMO_OPERATOR] = DEMO_BUYERS

const LISTS = [
  '/admin/orders',
  '/admin/ledger',
  '/admin/ledger/ESCROW',
  '/admin/ledger/PROTECTION_FUND',
  '/admin/payments',
  '/admin/payments?waiting=yes',
  '/admin/payments?use=DUPLICATE',
  '/admin/refunds',
  '/admin/refunds?status=FAILED',
  '/admin/disputes',
  '/admin/payouts',
  '/admin/payouts?open=yes',
  '/admin/fund',
  '/admin/reconciliation',
  '/admin/reconciliation/lines',
  '/admin/events',
  '/admin/events?verdict=DEAD',
  '/admin/merchants',
  '/admin/coupons',
  '/admin/categories',
  '/admin/log',
]
const FORMS = ['/admin/merchants/new', '/admin/coupons/new', '/admin/categories/new']

/** One page of each kind that shows a single thing. */
async function things(): Promise<string[]> {
  const [order, account, transfer, payment, refund, event, merchant, category] = await Promise.all([
    db().order.findFirstOrThrow({ where: { status: 'REFUNDED' } }),
    db().ledgerAccount.findFirstOrThrow({ where: { kind: 'ESCROW' } }),
    db().ledgerTransfer.findFirstOrThrow(),
    db().payment.findFirstOrThrow(),
    db().refund.findFirstOrThrow(),
    db().paymentEvent.findFirstOrThrow(),
    db().merchant.findFirstOrThrow({ where: { slug: MERCHANT.merchant ?? '' } }),
    db().category.findFirstOrThrow(),
  ])
  const [dispute, payout, line, coupon] = [
    await db().dispute.findFirst({ orderBy: { openedAt: 'desc' } }),
    await db().payout.findFirst(),
    await db().providerLine.findFirst(),
    await db().coupon.findFirst({ where: { merchantId: null } }),
  ]
  const some = (path: string, thing: { readonly id: string } | null) => (thing ? [`${path}/${thing.id}`] : [])
  return [
    `/admin/orders/${order.id}`,
    `/admin/ledger/accounts/${account.id}`,
    `/admin/ledger/transactions/${transfer.transactionId}`,
    `/admin/payments/${payment.id}`,
    `/admin/refunds/${refund.id}`,
    `/admin/events/${event.id}`,
    ...some('/admin/disputes', dispute),
    ...some('/admin/payouts', payout),
    ...some('/admin/reconciliation/lines', line),
    ...some('/admin/coupons', coupon),
    `/admin/merchants/${merchant.id}`,
    `/admin/categories/${category.id}`,
  ]
}

for (const { name, language, viewport, colorScheme } of FACES) {
  test.describe(name, () => {
    test.use({ viewport, colorScheme })

    test('every page of the desk is accessible and fits', async ({ page }) => {
      test.setTimeout(360_000)
      await signIn(page, language.prefix, DEMO_OPERATOR)
      await visitAll(page, language.prefix, ['/admin', ...LISTS, ...FORMS, ...(await things())])
    })
  })
}

test('the desk is not there for merchants and buyers, and asks others to sign in', async ({ page, browser }) => {
  test.setTimeout(180_000)
  const every = ['/admin', ...LISTS, ...FORMS, ...(await things())]
  await page.goto('/admin/ledger')
  await expect(page).toHaveURL(/\/sign-in\?next=/u)
  for (const stranger of [MERCHANT, BUYER]) {
    const context = await browser.newContext()
    const other = await context.newPage()
    await signIn(other, '', stranger)
    await expectNotThere(other, every)
    await context.close()
  }
})

test('an operator opens a merchant, admits it, books its deposit once and stops it again', async ({ page }) => {
  test.setTimeout(120_000)
  const tag = randomBytes(4).toString('hex')
  const say = admin.merchants
  await signIn(page, '', DEMO_OPERATOR)
  await page.goto('/admin/merchants/new')
  await fill(page, {
    name: `星河数码 ${tag}`,
    slug: tag,
    contactEmail: `${tag}@merchant.example.com`,
    fee: '3.5',
    legalName: '杭州星河数码有限公司',
    legalNumber: '91350100M000100Y44',
    ownerName: '店主',
    ownerEmail: `${tag}@owner.example.com`,
    ownerPassword: 'first-password-1',
  })
  await page.getByRole('button', { name: say.open, exact: true }).click()
  await expect(page.getByText(refusals.field['credit-number'])).toBeVisible()
  await fill(page, { legalNumber: '91350100M000100Y43', ownerPassword: 'first-password-1' })
  await page.getByRole('button', { name: say.open, exact: true }).click()
  await expect(page.getByText(say.opened, { exact: true })).toBeVisible()
  const merchant = await db().merchant.findUniqueOrThrow({ where: { slug: tag } })
  expect(merchant).toMatchObject({ status: 'PENDING', feeBps: 350 })
  const shop = `/merchants/${tag}`
  expect((await page.request.get(shop)).status()).toBe(404)

  await page.getByRole('button', { name: say.activate, exact: true }).click()
  await expect(page.getByText(say.statusText.ACTIVE, { exact: true })).toBeVisible()
  expect((await page.request.get(shop)).status()).toBe(200)

  await fill(page, { amount: '5000', reference: `BANK-${tag}` })
  await page.getByRole('button', { name: say.recordDeposit, exact: true }).click()
  await expect(page.getByText(say.depositDone, { exact: true })).toBeVisible()
  await fill(page, { amount: '5000', reference: `BANK-${tag}` })
  await page.getByRole('button', { name: say.recordDeposit, exact: true }).click()
  await expect(page.getByText(refusals.merchant['deposit-recorded'], { exact: true })).toBeVisible()
  expect(await balanceOfKind('MERCHANT_DEPOSIT', merchant.id)).toBe(500_000)

  await page.getByRole('button', { name: say.suspend, exact: true }).click()
  const question = page.getByRole('alertdialog')
  await expect(question).toBeVisible()
  await expectAccessible(page)
  await question.getByRole('button', { name: say.suspend, exact: true }).click()
  await expect(page.getByText(say.statusText.SUSPENDED, { exact: true })).toBeVisible()
  await page.goto(shop)
  await expect(page.getByText(storefront.merchant.pausedTitle, { exact: true })).toBeVisible()
})

test('an operator makes a category and changes its name and rules', async ({ page }) => {
  const tag = randomBytes(4).toString('hex')
  const say = admin.categories
  await signIn(page, '', DEMO_OPERATOR)
  await page.goto('/admin/categories/new')
  await fill(page, { nameZh: `测试类目 ${tag}`, nameEn: `Category ${tag}`, slug: tag, position: '99' })
  await page.locator('[name="attribute-region"]').selectOption('must')
  await page.getByRole('button', { name: say.create, exact: true }).click()
  await expect(page.getByText(say.done.created, { exact: true })).toBeVisible()

  await fill(page, { nameZh: `改名类目 ${tag}`, 'rule-inspectionHours': '9999' })
  await page.getByRole('button', { name: say.save, exact: true }).click()
  await expect(page.locator('[name="rule-inspectionHours"]')).toHaveAttribute('aria-invalid', 'true')
  await fill(page, { 'rule-inspectionHours': '48' })
  await page.locator('[name="needsDownloadAddress"]').check()
  await page.getByRole('button', { name: say.save, exact: true }).click()
  await expect(page.getByText(say.done.saved, { exact: true })).toBeVisible()
  expect(await db().category.findUniqueOrThrow({ where: { slug: tag } })).toMatchObject({
    nameZh: `改名类目 ${tag}`,
    needsDownloadAddress: true,
    attributeTemplate: [{ key: 'region', required: true }],
    rules: { inspectionHours: 48 },
  })
  await page.goto(`/categories/${tag}`)
  await expect(page.getByRole('heading', { level: 1, name: `改名类目 ${tag}` })).toBeVisible()
})

test('the ledger names every kind of account, and debits equal credits', async ({ page }) => {
  await signIn(page, '', DEMO_OPERATOR)
  await page.goto('/admin/ledger')
  for (const kind of Object.values(AccountKind))
    await expect(
      page.getByRole('main').getByRole('link', { name: words.kind[kind], exact: true }).first(),
    ).toBeVisible()
  for (const [left, right] of [
    [admin.equation.debits, admin.equation.credits],
    [admin.ledger.clearing, admin.ledger.owed],
  ] as const) {
    const equation = page
      .locator('p')
      .filter({ hasText: left })
      .filter({ hasText: right })
      .filter({ hasText: '¥' })
      .first()
    await expect(equation).toContainText(admin.equation.equal)
    const amounts = (await equation.innerText()).match(/¥[\d,.]+/gu) ?? []
    expect(amounts).toHaveLength(2)
    expect(amounts[0]).toBe(amounts[1])
    expect(amounts[0]).not.toBe('¥0.00')
  }
  await expect(page.getByText(admin.equation.unequal)).toHaveCount(0)

  // From a kind to an account to the order that its transfers are of, whose events are told.
  await page.getByRole('main').getByRole('link', { name: words.kind.ESCROW, exact: true }).first().click()
  await page.waitForURL(/\/admin\/ledger\/ESCROW/u)
  await page.locator('tbody a[href*="/admin/ledger/accounts/"]').first().click()
  await page.waitForURL(/\/admin\/ledger\/accounts\//u)
  await page.locator('a[href*="/admin/orders/"]').first().click()
  await page.waitForURL(/\/admin\/orders\//u)
  await expect(page.getByText(words.event.place).first()).toBeVisible()
  await expect(page.getByText(admin.order.hashSound).first()).toBeVisible()
})

async function fill(page: Page, values: Record<string, string>): Promise<void> {
  for (const [name, value] of Object.entries(values)) await page.locator(`[name="${name}"]`).fill(value)
}
