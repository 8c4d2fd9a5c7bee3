import { expect, test } from '@playwright/test'
import { randomBytes } from 'node:crypto'
import { db } from '@/lib/infra/db'
import { newId } from '@/lib/kernel/ids'
import { DEMO_OPERATOR } from '@/lib/seed/demo-accounts'
import zhDesk from '@/messages/zh-CN/admin-complaints.json' with { type: 'json' }
import zhAdmin from '@/messages/zh-CN/admin.json' with { type: 'json' }
import { anArbitrator, anEscalatedCase, buyOne } from '../support/cases'
import { LARGE_FACE, SMALL_FACE, visitAll } from '../support/faces'
import { aListing } from '../support/listings'
import { pressTwice } from '../support/money'
import { signIn } from '../support/sign-in'

test('an operator finds a case, reads it, and gives it to somebody else; ruling is not offered', async ({
  page,
  browser,
}) => {
  test.setTimeout(120_000)
  const listing = await aListing({ stock: 1 })
  const number = await buyOne(page, listing)
  const first = await anArbitrator()
  const id = await anEscalatedCase(number, { FIRST: first })
  const complaint = await db().complaint.findUniqueOrThrow({ where: { id } })
  const desk = await (await browser.newContext()).newPage()
  await signIn(desk, '', DEMO_OPERATOR)
  await desk.goto('/admin/complaints')
  await desk.getByLabel(zhDesk.search, { exact: true }).fill(number)
  await desk.getByLabel(zhDesk.search, { exact: true }).press('Enter')
  await desk.waitForURL(/q=KB/u)
  await desk.getByRole('link', { name: complaint.number, exact: true }).click()
  await desk.waitForURL(new RegExp(id, 'u'))
  await expect(desk.getByText(zhDesk.page.readOnly, { exact: true })).toBeVisible()
  await expect(desk.locator('#decision')).toHaveCount(0)
  await desk.getByLabel(zhDesk.page.reason, { exact: true }).fill('仲裁员请假')
  await pressTwice(desk, zhDesk.page.reassign, zhDesk.page.reassign)
  await expect(desk.getByText(zhDesk.page.reassigned, { exact: true })).toBeVisible()
  await expect
    .poll(async () => (await db().complaint.findUniqueOrThrow({ where: { id } })).arbitratorId)
    .not.toBe(first.id)
  await desk.context().close()
})

test('a proposed limit is confirmed by a person, with reasons and an end', async ({ page }) => {
  const buyerKey = `${randomBytes(5).toString('hex')}@limited.example.com`
  const id = newId()
  await db().buyerLimit.create({ data: { id, buyerKey, state: 'PROPOSED', complaints: [], proposedAt: new Date() } })
  await signIn(page, '', DEMO_OPERATOR)
  await page.goto('/admin/complaints/limits?state=PROPOSED')
  const card = page.locator('section').filter({ hasText: buyerKey })
  await card.locator('input[name=until]').fill('2099-12-31')
  await card.locator('input[name=note]').first().fill('三起投诉都被裁定不成立')
  await card.getByRole('button', { name: zhDesk.limits.confirm, exact: true }).first().click()
  const question = page.getByRole('alertdialog').filter({ visible: true })
  await question.getByRole('button', { name: zhDesk.limits.confirm, exact: true }).click()
  await expect.poll(async () => (await db().buyerLimit.findUniqueOrThrow({ where: { id } })).state).toBe('IN_FORCE')
})

test('an arbitrator is added, signs in, and is put to rest', async ({ page, browser }) => {
  test.setTimeout(90_000)
  const email = `${randomBytes(5).toString('hex')}@arbitrator.example.com`
  const say = zhDesk.arbitrators
  await signIn(page, '', DEMO_OPERATOR)
  await page.goto('/admin/complaints/arbitrators')
  await page.locator('input[name=name]').fill('新仲裁员')
  await page.locator('input[name=email]').fill(email)
  await page.locator('input[name=password]').fill('first-password-1')
  await page.getByRole('button', { name: say.open, exact: true }).click()
  await expect(page.getByText(say.opened, { exact: true })).toBeVisible()
  const row = page.getByRole('row').filter({ hasText: email })
  await row.getByRole('button', { name: say.rest }).click()
  await expect(row.getByText(say.resting, { exact: true })).toBeVisible()
  const bench = await (await browser.newContext()).newPage()
  await signIn(bench, '', { email, password: 'first-password-1' })
  await expect(bench).toHaveURL(/\/arbitration$/u)
  await bench.context().close()
})

for (const face of [SMALL_FACE, LARGE_FACE]) {
  test(`the desk of complaints: ${face.name}`, async ({ page, browser }) => {
    test.setTimeout(150_000)
    const number = await buyOne(page, await aListing({ stock: 1 }))
    const id = await anEscalatedCase(number, { FIRST: await anArbitrator() })
    const context = await browser.newContext({ viewport: face.viewport, colorScheme: face.colorScheme })
    const desk = await context.newPage()
    const { prefix } = face.language
    await signIn(desk, prefix, DEMO_OPERATOR)
    await visitAll(desk, prefix, [
      '/admin',
      '/admin/complaints',
      `/admin/complaints/${id}`,
      '/admin/complaints/overdue',
      '/admin/complaints/limits',
      '/admin/complaints/arbitrators',
      '/admin/complaints/statistics',
    ])
    await context.close()
  })
}

test('the navigation leads there, and the list can be saved', async ({ page }) => {
  await signIn(page, '', DEMO_OPERATOR)
  await page.goto('/admin')
  await page.getByRole('link', { name: zhAdmin.nav.complaints, exact: true }).first().click()
  await page.waitForURL(/\/admin\/complaints$/u)
  const saving = page.waitForEvent('download')
  await page.getByRole('link', { name: zhAdmin.list.export, exact: true }).click()
  expect((await saving).suggestedFilename()).toMatch(/^keybond-complaints-.*\.csv$/u)
})
