import { readFile } from 'node:fs/promises'
import { type Page, expect, test } from '@playwright/test'
import { db } from '@/lib/infra/db'
import { DEMO_OPERATOR } from '@/lib/seed/demo-accounts'
import admin from '@/messages/zh-CN/admin.json' with { type: 'json' }
import words from '@/messages/zh-CN/console.json' with { type: 'json' }
import { balanceOfKind } from '../support/ledger'
import { signIn } from '../support/sign-in'

/** The demo mall holds one of everything that waits for an operator (lib/seed). */
test.beforeEach(async ({ page }) => {
  await signIn(page, '', DEMO_OPERATOR)
})

test('a refund that the provider gave up goes to the wallet, from the first page on, and says who did it', async ({
  page,
}) => {
  const refund = await db().refund.findFirstOrThrow({
    where: { status: 'FAILED', payment: { checkout: { buyerId: { not: null } } } },
    include: { payment: { include: { checkout: true } } },
  })
  const buyerId = refund.payment?.checkout?.buyerId ?? ''
  const before = await balanceOfKind('BUYER_WALLET', buyerId)
  await page.goto('/admin')
  await page.locator('a[href$="/admin/refunds?status=FAILED"]').click()
  await page.locator(`tbody a[href$="/admin/refunds/${refund.id}"]`).click()
  await page.waitForURL(new RegExp(refund.id, 'u'))
  await decide(page, admin.refunds.toWallet, admin.refunds.toWallet)
  await expect(page.getByText(words.refund.SUCCEEDED, { exact: true }).first()).toBeVisible()
  await expectLogged(page, 'refund-to-wallet')
  expect(await balanceOfKind('BUYER_WALLET', buyerId)).toBe(before + refund.amountMinor)
})

test('an unknown payment goes back with a note, and leaves the queue and its export', async ({ page }) => {
  const payment = await db().payment.findFirstOrThrow({ where: { use: 'UNKNOWN', refundedMinor: 0 } })
  await page.goto('/admin/payments?waiting=yes')
  expect(await exported(page)).toContain(payment.captureRef)
  await page.locator(`tbody a[href$="/admin/payments/${payment.id}"]`).click()
  await page.locator('[name="note"]').fill('付款人来电核实')
  await decide(page, admin.payments.sendBack, /^退回 ¥/u)
  await expectLogged(page, 'refund-suspense')
  await expect(page.getByText('付款人来电核实')).toBeVisible()
  expect(await balanceOfKind('SUSPENSE', payment.id)).toBe(0)
  await page.goto('/admin/payments?waiting=yes')
  expect(await exported(page)).not.toContain(payment.captureRef)
})

test('a dead letter is handled again', async ({ page }) => {
  const event = await db().paymentEvent.findFirstOrThrow({ where: { verdict: 'DEAD' } })
  await page.goto('/admin/events?verdict=DEAD')
  await page.locator(`tbody a[href$="/admin/events/${event.id}"]`).click()
  await page.getByRole('button', { name: admin.events.retry, exact: true }).click()
  await expectLogged(page, 'retry-event')
  expect(await db().operatorAction.count({ where: { subjectId: event.id, verb: 'retry-event' } })).toBe(1)
})

test('staged evidence is rewritten before it is handed in', async ({ page }) => {
  const dispute = await db().dispute.findFirstOrThrow({ where: { state: 'NEEDS_RESPONSE', submittedAt: null } })
  await page.goto(`/admin/disputes/${dispute.id}`)
  await page.locator('[name="statement"]').fill('The buyer viewed the code.')
  await page.getByRole('button', { name: admin.disputes.save, exact: true }).click()
  await expectLogged(page, 'save-evidence')
  await decide(page, admin.disputes.handIn, admin.disputes.handIn)
  await expect(page.getByText(admin.disputes.handedInEvidence)).toBeVisible()
  await expect(page.getByText('The buyer viewed the code.')).toBeVisible()
  const { submittedAt, submittedById } = await db().dispute.findUniqueOrThrow({ where: { id: dispute.id } })
  expect([submittedAt === null, submittedById === null]).toEqual([false, false])
})

test('from a merchant to its accounts, to a transaction, to the order behind it', async ({ page }) => {
  const { merchant } = await db().order.findFirstOrThrow({
    where: { status: 'CONFIRMED' },
    include: { merchant: true },
  })
  await page.goto('/admin/ledger')
  await page.locator('[name="q"]').fill(merchant.slug)
  await page.locator('[name="q"]').press('Enter')
  await page.waitForURL(/q=/u)
  const pending = page.locator('tbody tr').filter({ hasText: words.kind.MERCHANT_PENDING })
  await pending.first().locator('a[href*="/admin/ledger/accounts/"]').click()
  await page.waitForURL(/\/ledger\/accounts\//u)
  await page.locator('tbody a[href*="/admin/ledger/transactions/"]').first().click()
  await page.waitForURL(/\/ledger\/transactions\//u)
  await page.getByRole('main').locator('a[href*="/admin/orders/"]').first().click()
  await expect(page.getByText(admin.order.hashSound).first()).toBeVisible()
})

/** What was done stands on the page, with the name of who did it. */
async function expectLogged(page: Page, verb: keyof typeof admin.log.verb): Promise<void> {
  await expect(page.getByText(`${admin.log.verb[verb]} · ${DEMO_OPERATOR.displayName}`)).toBeVisible()
}

/** Presses what asks once, and says yes. */
async function decide(page: Page, label: string, confirm: string | RegExp): Promise<void> {
  await page.getByRole('button', { name: label, exact: true }).first().click()
  await page.getByRole('alertdialog').getByRole('button', { name: confirm }).click()
}

/** The CSV that the page's button saves. */
async function exported(page: Page): Promise<string> {
  const saving = page.waitForEvent('download')
  await page.getByRole('link', { name: admin.list.export, exact: true }).click()
  const saved = await saving
  expect(saved.suggestedFilename()).toMatch(/^keybond-payments-\d{4}-\d{2}-\d{2}\.csv$/u)
  return readFile(await saved.path(), 'utf8')
}
