import { type Page, expect, test } from '@playwright/test'
import { db } from '@/lib/infra/db'
import { formatMoney } from '@/lib/kernel/money'
import bank from '@/messages/zh-CN/bank.json' with { type: 'json' }
import words from '@/messages/zh-CN/console.json' with { type: 'json' }
import say from '@/messages/zh-CN/merchant.json' with { type: 'json' }
import { expectAccessible, expectNoSideways } from '../support/axe'
import { ZH, fillCheckout, like, payAtBank, placeOrder } from '../support/buying'
import { FACES, visitAll } from '../support/faces'
import { balanceOfKind } from '../support/ledger'
import { OWNER_PASSWORD, aListing, orderByNumber } from '../support/listings'
import { makeMature, pressTwice, reloadUntil } from '../support/money'
import { signIn } from '../support/sign-in'

/** A merchant with one order that its buyer confirmed, and whose 12.00 are available. */
async function aMerchantWithMoney(page: Page) {
  const listing = await aListing({ stock: 1 })
  await fillCheckout(page, ZH, { slug: listing.slug, email: 'pays@example.com' })
  await placeOrder(page, ZH)
  const order = await orderByNumber(await payAtBank(page, ZH))
  await pressTwice(page, ZH.say.order.decide.confirm, ZH.say.order.decide.confirmAction)
  await expect(page.getByText(ZH.say.order.state.confirmed).first()).toBeVisible()
  await makeMature(order.id)
  const available = async () => balanceOfKind('MERCHANT_AVAILABLE', listing.merchantId)
  await expect.poll(available, { timeout: 60_000, intervals: [1_000] }).toBe(1_200)
  return { listing, available }
}

async function expectFits(page: Page): Promise<void> {
  await expectAccessible(page)
  await expectNoSideways(page)
}

test('a merchant opens an account at the bank; a refused payout comes back, the next one arrives', async ({
  page,
  browser,
}) => {
  test.setTimeout(180_000)
  const { listing, available } = await aMerchantWithMoney(page)
  const context = await browser.newContext({ viewport: { width: 360, height: 740 } })
  const desk = await context.newPage()
  await signIn(desk, '', { email: listing.ownerEmail, password: OWNER_PASSWORD })
  await desk.goto('/merchant/payouts')
  await expect(desk.getByText(say.payouts.request.obstacle.noAccount, { exact: true })).toBeVisible()
  await expectFits(desk)
  await desk.getByRole('button', { name: say.payouts.account.open.none, exact: true }).click()
  await desk.waitForURL(/\/bank\/accounts\//u)
  const bankUrl = desk.url()
  await expectFits(desk)
  await desk.getByRole('button', { name: bank.account.complete, exact: true }).click()
  await desk.waitForURL(/\/merchant\/payouts/u)
  const ready = desk.getByText(say.payouts.account.state.ready, { exact: true })
  await reloadUntil(desk, async () => ready.isVisible())
  await expectFits(desk)

  // The receiving bank declines the next transfer: a part of the money is asked for, and is back.
  const atBank = await context.newPage()
  await atBank.goto(bankUrl)
  await atBank.getByRole('button', { name: bank.account.refuse, exact: true }).click()
  await expect(atBank.getByText(bank.account.refusing, { exact: true })).toBeVisible()
  await desk.locator('input[name=amount]').fill('5.00')
  await pressTwice(desk, say.payouts.request.label, say.payouts.request.confirm)
  await expect(desk.getByText(say.payouts.requested.title, { exact: true })).toBeVisible()
  const table = desk.getByRole('table', { name: say.payouts.table.caption, exact: true })
  await reloadUntil(desk, async () => table.getByText(words.payout.FAILED, { exact: true }).isVisible())
  expect(await available()).toBe(1_200)
  await expectFits(desk)

  await pressTwice(desk, like(say.payouts.request.everything), say.payouts.request.confirm)
  await expect.poll(available).toBe(0)
  await reloadUntil(desk, async () => table.getByText(words.payout.PAID, { exact: true }).isVisible())
  const payouts = await db().payout.findMany({
    where: { merchantId: listing.merchantId },
    orderBy: { createdAt: 'asc' },
  })
  expect(payouts).toMatchObject([
    { amountMinor: 500, status: 'FAILED' },
    { amountMinor: 1_200, status: 'PAID' },
  ])
  await atBank.reload()
  const received = atBank.getByRole('listitem').filter({ hasText: bank.account.received })
  await expect(received).toHaveCount(1)
  await expect(received).toContainText(formatMoney(1_200, 'CNY', 'zh-CN'))

  await desk.goto('/merchant/balance')
  const lines = desk.getByRole('table', { name: say.balance.lines, exact: true })
  await expect(lines.getByText(words.transfer.payout, { exact: true }).first()).toBeVisible()
  await expectFits(desk)
  await context.close()
})

test('the statement of the month is a CSV and a PDF, for nobody else', async ({ page, browser }) => {
  test.setTimeout(150_000)
  const { listing } = await aMerchantWithMoney(page)
  const context = await browser.newContext()
  const desk = await context.newPage()
  await signIn(desk, '', { email: listing.ownerEmail, password: OWNER_PASSWORD })
  await desk.goto('/merchant/statements')
  await expectFits(desk)
  for (const [kind, type, start] of [
    ['csv', /^text\/csv/u, '\uFEFF'],
    ['pdf', /^application\/pdf/u, '%PDF-'],
  ] as const) {
    const link = desk.getByRole('link', { name: like(say.statements[`${kind}Of`]) }).first()
    const href = (await link.getAttribute('href')) ?? ''
    const answer = await desk.request.get(href)
    expect([answer.status(), answer.headers()['content-type']]).toEqual([200, expect.stringMatching(type)])
    const text = (await answer.body()).toString('utf8')
    expect(text.startsWith(start)).toBe(true)
    expect(text.length).toBeGreaterThan(200)
    if (kind === 'csv') expect(text).toContain('12.00')
    // What the browser makes of it, and what a guest gets.
    const [download] = await Promise.all([desk.waitForEvent('download'), link.click()])
    expect(download.suggestedFilename()).toMatch(new RegExp(`^keybond-statement-\\d{4}-\\d{2}\\.${kind}$`, 'u'))
    expect((await page.request.get(href)).status()).toBe(404)
  }
  await context.close()
})

for (const { name, language, viewport, colorScheme } of FACES) {
  test.describe(name, () => {
    test.use({ viewport, colorScheme })

    test("the console's money pages are accessible and fit", async ({ page }) => {
      test.setTimeout(120_000)
      const listing = await aListing({ stock: 0 })
      await signIn(page, language.prefix, { email: listing.ownerEmail, password: OWNER_PASSWORD })
      const own = ['/merchant/payouts', '/merchant/statements', '/merchant/coupons', '/merchant/coupons/new']
      await visitAll(page, language.prefix, own)
    })
  })
}
