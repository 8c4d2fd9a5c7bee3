import { type Browser, type Page, expect, test } from '@playwright/test'
import { db } from '@/lib/infra/db'
import { formatMoney } from '@/lib/kernel/money'
import { DEMO_OPERATOR } from '@/lib/seed/demo-accounts'
import adminWords from '@/messages/zh-CN/admin.json' with { type: 'json' }
import words from '@/messages/zh-CN/console.json' with { type: 'json' }
import { expectAccessible, expectNoSideways } from '../support/axe'
import { ZH, fillCheckout, like, payAtBank, placeOrder } from '../support/buying'
import { atDesk, refundAtDesk } from '../support/desk'
import { balanceOfKind } from '../support/ledger'
import { aListing, orderByNumber } from '../support/listings'
import { aBuyer, pressTwice, reloadUntil, submitCheckout } from '../support/money'
import { signIn } from '../support/sign-in'

const say = ZH.say.order.refunds

/** The operator at work, in a browser of his own. */
async function atOperator(browser: Browser, work: (desk: Page) => Promise<void>): Promise<void> {
  const context = await browser.newContext()
  const desk = await context.newPage()
  await signIn(desk, '', DEMO_OPERATOR)
  await work(desk)
  await context.close()
}

/** On the bank's page: chooses a switch, pays, and is back on the order page. */
async function payWith(page: Page, name: 'duplicate' | 'underpay' | 'currency' | 'refunds', value: string) {
  await page.getByText(ZH.say.bank.faults.summary, { exact: true }).click()
  if (name === 'duplicate') await page.locator('input[name=duplicate]').check()
  else await page.locator(`select[name=${name}]`).selectOption(value)
  return payAtBank(page, ZH)
}

for (const { name, field, value, kind, back, status } of [
  {
    name: 'charged twice',
    field: 'duplicate',
    value: 'on',
    kind: say.duplicate,
    back: [1_250, 'CNY'],
    status: 'DELIVERED',
  },
  {
    name: 'paid one fen too little',
    field: 'underpay',
    value: 'by-one',
    kind: say.mismatch,
    back: [1_249, 'CNY'],
    status: 'AWAITING_PAYMENT',
  },
  {
    name: 'paid in another currency',
    field: 'currency',
    value: 'USD',
    kind: say.mismatch,
    back: [1_250, 'USD'],
    status: 'AWAITING_PAYMENT',
  },
] as const) {
  test(`${name}: it goes back by itself, and the order page says how much, how and by which reference`, async ({
    page,
  }) => {
    const listing = await aListing({ stock: 2 })
    await fillCheckout(page, ZH, { slug: listing.slug, email: 'astray@example.com' })
    await placeOrder(page, ZH)
    const number = await payWith(page, field, value)
    const card = page.getByRole('listitem').filter({ hasText: kind })
    await reloadUntil(page, async () => card.getByText(say.status.SUCCEEDED, { exact: true }).isVisible())
    const order = await orderByNumber(number)
    const [amountMinor, currency] = back
    expect(order).toMatchObject({ status, refunds: [{ amountMinor, currency, status: 'SUCCEEDED' }] })
    await expect(card).toContainText(formatMoney(amountMinor, currency, 'zh-CN'))
    await expect(card).toContainText(say.method.PROVIDER)
    const reference = order.refunds[0]?.providerRef ?? ''
    await expect(card.locator('code')).toHaveText(reference)
    expect(await db().bankRefund.count({ where: { id: reference, amountMinor } })).toBe(1)
    await expectAccessible(page)
    await expectNoSideways(page)
  })
}

/** The bank refuses this refund for good: each retry is brought forward until the operator is asked. */
async function failForGood(orderId: string): Promise<string> {
  await expect
    .poll(
      async () => {
        await db().refund.updateMany({ where: { orderId, status: { not: 'FAILED' } }, data: { dueAt: new Date(0) } })
        return (await db().refund.findFirst({ where: { orderId } }))?.status
      },
      { timeout: 45_000, intervals: [1_000] },
    )
    .toBe('FAILED')
  return (await db().refund.findFirstOrThrow({ where: { orderId } })).id
}

/** From the start page's queue to the refund. */
async function openFailedRefund(desk: Page, id: string): Promise<void> {
  await desk.goto('/admin')
  await desk.locator('a[href="/admin/refunds?status=FAILED"]').first().click()
  await desk.waitForURL(/\/admin\/refunds\?status=FAILED/u)
  await desk.locator(`a[href="/admin/refunds/${id}"]`).click()
  await expect(desk.getByText(adminWords.refunds.decide, { exact: true })).toBeVisible()
  await expectAccessible(desk)
  await expectNoSideways(desk)
}

test('a refund that keeps failing goes to the wallet when the operator says so', async ({ page, browser }) => {
  test.setTimeout(150_000)
  const [buyer, listing] = [await aBuyer(), await aListing({ stock: 1 })]
  await signIn(page, '', buyer)
  await page.goto(`/checkout/${listing.variantId}`)
  await submitCheckout(page, ZH)
  await page.waitForURL(/\/bank\/pay\//u)
  const order = await orderByNumber(await payWith(page, 'refunds', 'fail-always'))
  await atDesk(browser, listing, async (desk) => refundAtDesk(desk, order.id, 'all'))
  const refundId = await failForGood(order.id)
  await page.reload()
  await expect(page.getByText(say.status.FAILED, { exact: true })).toBeVisible()
  await expect(page.getByText(say.failedBody, { exact: true })).toBeVisible()
  await expectAccessible(page)
  await atOperator(browser, async (desk) => {
    await openFailedRefund(desk, refundId)
    await pressTwice(desk, adminWords.refunds.toWallet, adminWords.refunds.toWallet)
    await expect(desk.getByText(words.refund.SUCCEEDED, { exact: true }).first()).toBeVisible()
  })
  await page.reload()
  await expect(page.getByText(say.method.WALLET, { exact: true })).toBeVisible()
  await expect(page.getByText(say.status.SUCCEEDED, { exact: true })).toBeVisible()
  expect(await balanceOfKind('BUYER_WALLET', buyer.id)).toBe(1_250)
})

test("a guest's refund that keeps failing is sent by bank transfer, and the buyer sees its number", async ({
  page,
  browser,
}) => {
  test.setTimeout(150_000)
  const listing = await aListing({ stock: 1 })
  await fillCheckout(page, ZH, { slug: listing.slug, email: 'by-hand@example.com' })
  await placeOrder(page, ZH)
  const order = await orderByNumber(await payWith(page, 'refunds', 'fail-always'))
  await atDesk(browser, listing, async (desk) => refundAtDesk(desk, order.id, 'all'))
  const refundId = await failForGood(order.id)
  const reference = `E2E-${order.number}`
  await atOperator(browser, async (desk) => {
    await openFailedRefund(desk, refundId)
    await expect(desk.getByRole('button', { name: adminWords.refunds.toWallet, exact: true })).toHaveCount(0)
    await desk.getByLabel(adminWords.refunds.reference, { exact: true }).fill(reference)
    await pressTwice(desk, adminWords.refunds.byHand, adminWords.refunds.byHand)
    await expect(desk.getByText(words.refund.SUCCEEDED, { exact: true }).first()).toBeVisible()
  })
  await page.reload()
  await expect(page.getByText(say.status.SUCCEEDED, { exact: true })).toBeVisible()
  await expect(page.getByText(reference)).toBeVisible()
})

test('money that nobody asked for is found, and the operator sends it back', async ({ page, browser }) => {
  test.setTimeout(150_000)
  const amountMinor = 1_000 + Math.floor(Math.random() * 90_000)
  await page.goto('/bank/stray')
  await page.locator('input[name=amountMinor]').fill(String(amountMinor))
  await page.getByRole('button', { name: ZH.say.bank.stray.submit, exact: true }).click()
  await page.waitForURL(/\/bank\/pay\//u)
  const bankPaymentId = /\/bank\/pay\/([\da-f-]+)/u.exec(page.url())?.[1] ?? ''
  const { id: captureRef } = await db().bankCapture.findFirstOrThrow({ where: { paymentId: bankPaymentId } })
  await atOperator(browser, async (desk) => {
    const card = desk.locator('section').filter({ has: desk.locator('input[name=provider][value=sandbox]') })
    await desk.goto('/admin/reconciliation')
    await card.getByRole('button', { name: adminWords.reconciliation.run, exact: true }).click()
    await expect(desk.getByText(adminWords.reconciliation.ran, { exact: true })).toBeVisible({ timeout: 30_000 })
    await expectAccessible(desk)
    await expectNoSideways(desk)
    const payment = await db().payment.findFirstOrThrow({ where: { captureRef } })
    expect(payment).toMatchObject({ use: 'UNKNOWN', amountMinor })

    await desk.goto('/admin/payments?waiting=yes')
    await desk.locator(`a[href="/admin/payments/${payment.id}"]`).click()
    await desk.getByLabel(adminWords.payments.note, { exact: true }).fill('付款人转错了账户')
    await expectAccessible(desk)
    await expectNoSideways(desk)
    await pressTwice(desk, adminWords.payments.sendBack, like(adminWords.payments.sendBackConfirm))
    await reloadUntil(desk, async () => desk.getByText(words.refund.SUCCEEDED, { exact: true }).first().isVisible())
    expect(await db().payment.findUniqueOrThrow({ where: { id: payment.id } })).toMatchObject({
      refundedMinor: amountMinor,
    })
  })
  expect(await db().bankRefund.findMany({ where: { captureId: captureRef } })).toMatchObject([{ amountMinor }])
  await page.reload()
  await expect(page.getByText(ZH.say.bank.paid.refunded)).toBeVisible()
})
