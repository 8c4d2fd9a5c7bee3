import { type Page, expect, test } from '@playwright/test'
import { buyerKeyOf } from '@/lib/domain/coupons'
import { openComplaint, withdrawComplaint } from '@/lib/domain/complaints'
import { db, inTransaction } from '@/lib/infra/db'
import { newId } from '@/lib/kernel/ids'
import caseWords from '@/messages/zh-CN/case.json' with { type: 'json' }
import claims from '@/messages/zh-CN/claims.json' with { type: 'json' }
import complain from '@/messages/zh-CN/complain.json' with { type: 'json' }
import { expectAccessible, expectNoSideways } from '../support/axe'
import { ZH, fillCheckout, payAtBank, placeOrder } from '../support/buying'
import { FACES, expectNotThere, visitAll } from '../support/faces'
import { OWNER_PASSWORD, aListing, orderByNumber } from '../support/listings'
import { pressTwice } from '../support/money'
import { signIn } from '../support/sign-in'

/** A guest has bought one code on this page and complains about it; his merchant's desk is open beside it. */
async function aComplaint(page: Page, stock = 2) {
  const listing = await aListing({ stock })
  await fillCheckout(page, ZH, { slug: listing.slug, email: `${newId()}@example.com` })
  await placeOrder(page, ZH)
  const order = await orderByNumber(await payAtBank(page, ZH))
  const opened = await inTransaction(db(), (tx) =>
    openComplaint(
      tx,
      {
        orderId: order.id,
        buyerId: null,
        buyerKey: buyerKeyOf(order.checkout),
        failure: 'ALREADY_USED',
        cdkIds: order.cdks.map(({ id }) => id),
        demand: 'REFUND',
        demandMinor: null,
        statement: '激活时提示已被使用。',
      },
      { kind: 'BUYER', id: null },
      new Date(),
    ),
  )
  return { listing, order, ...opened, buyerPath: `/orders/${order.number}/complaints/${opened.number}` }
}

async function stateOf(complaintId: string) {
  const { state, outcome } = await db().complaint.findUniqueOrThrow({ where: { id: complaintId } })
  return [state, outcome]
}

test('contested with a prepared answer, then the buyer goes to the arbitrators; another merchant sees nothing', async ({
  page,
  browser,
}) => {
  test.setTimeout(180_000)
  const { listing, complaintId, number, buyerPath } = await aComplaint(page)
  const context = await browser.newContext({ viewport: { width: 360, height: 740 } })
  const desk = await context.newPage()
  await signIn(desk, '', { email: listing.ownerEmail, password: OWNER_PASSWORD })

  // What waits stands first on the first page.
  await desk.goto('/merchant')
  await expect(desk.getByText('1 个投诉等你答复').first()).toBeVisible()

  await desk.goto('/merchant/complaints/answers')
  await desk.locator('input[name=title]').fill('请看发行方记录')
  await desk.locator('textarea[name=body]').fill('发行方记录显示，卡密在你查看之前没有被兑换。')
  await desk.getByRole('button', { name: claims.answers.save, exact: true }).click()
  await expect(desk.getByRole('heading', { name: '请看发行方记录', exact: true })).toBeVisible()

  await desk.goto('/merchant/complaints?view=mine')
  await desk.getByRole('link', { name: number, exact: true }).click()
  await desk.waitForURL(new RegExp(`/merchant/complaints/${complaintId}`, 'u'))
  await desk.getByRole('link', { name: claims.act.contest, exact: true }).click()
  await desk.waitForURL(/act=contest/u)
  const answer = desk.locator('#answer')
  await answer.getByLabel(claims.canned.label, { exact: true }).selectOption({ label: '请看发行方记录' })
  await expect(answer.locator('textarea[name=message]')).toHaveValue(/发行方记录显示/u)
  await expectAccessible(desk)
  await expectNoSideways(desk)
  await answer.getByRole('button', { name: claims.contest.submit, exact: true }).click()
  await expect(desk.getByText(caseWords.state.CONTESTED, { exact: true }).first()).toBeVisible()
  expect(await stateOf(complaintId)).toEqual(['CONTESTED', null])

  await page.goto(buyerPath)
  await expect(page.getByText('发行方记录显示，卡密在你查看之前没有被兑换。', { exact: true })).toBeVisible()
  await pressTwice(page, complain.case.escalate.label, complain.case.escalate.confirm)
  await expect(page.getByText(caseWords.state.ESCALATED, { exact: true }).first()).toBeVisible()
  expect(await stateOf(complaintId)).toEqual(['ESCALATED', null])
  await desk.goto(`/merchant/complaints/${complaintId}`)
  await expect(desk.getByText(claims.act.staff, { exact: true })).toBeVisible()

  const other = await aListing({ stock: 0 })
  const stranger = await (await browser.newContext()).newPage()
  await signIn(stranger, '', { email: other.ownerEmail, password: OWNER_PASSWORD })
  await expectNotThere(stranger, [`/merchant/complaints/${complaintId}`])
  await stranger.goto('/merchant/complaints')
  await expect(stranger.getByText(claims.none, { exact: true })).toBeVisible()
  await stranger.context().close()
  await context.close()
})

test('an offer is made and taken; accepting shows what it comes to and refunds', async ({ page, browser }) => {
  test.setTimeout(180_000)
  const { listing, order, complaintId, buyerPath } = await aComplaint(page)
  const context = await browser.newContext()
  const desk = await context.newPage()
  await signIn(desk, '', { email: listing.ownerEmail, password: OWNER_PASSWORD })

  // What accepting would come to is said before anything is done.
  await desk.goto(`/merchant/complaints/${complaintId}?act=accept`)
  const answer = desk.locator('#answer')
  await expect(answer.getByRole('heading', { name: claims.accept.effect, exact: true })).toBeVisible()
  await expect(answer.getByText('¥12.50').first()).toBeVisible()

  await desk.goto(`/merchant/complaints/${complaintId}?act=offer`)
  await answer.locator('select[name=remedy]').selectOption('COMPENSATION')
  await answer.locator('input[name=amount]').fill('99')
  await answer.locator('textarea[name=message]').fill('补偿一部分，好吗？')
  await answer.getByRole('button', { name: claims.offer.submit, exact: true }).click()
  await expect(answer.getByRole('alert')).toBeVisible()
  expect(await stateOf(complaintId)).toEqual(['OPEN', null])
  await answer.locator('input[name=amount]').fill('2.50')
  await answer.getByRole('button', { name: claims.offer.submit, exact: true }).click()
  await expect(desk.getByText(caseWords.state.OFFERED, { exact: true }).first()).toBeVisible()

  await page.goto(buyerPath)
  await pressTwice(page, complain.case.offer.take, complain.case.offer.take)
  await expect(page.getByText(caseWords.state.CLOSED, { exact: true }).first()).toBeVisible()
  expect(await stateOf(complaintId)).toEqual(['CLOSED', 'OFFER_TAKEN'])
  expect(await orderByNumber(order.number)).toMatchObject({ refundedMinor: 250, complainedAt: null })
  await desk.goto('/merchant/complaints/statistics')
  await expect(desk.getByText('1 / 1（100%）', { exact: true }).first()).toBeVisible()
  await context.close()
})

test('a merchant accepts and the buyer has the money back', async ({ page, browser }) => {
  test.setTimeout(150_000)
  const { listing, order, complaintId } = await aComplaint(page)
  const context = await browser.newContext()
  const desk = await context.newPage()
  await signIn(desk, '', { email: listing.ownerEmail, password: OWNER_PASSWORD })
  await desk.goto(`/merchant/orders/${order.id}`)
  await expect(desk.getByText(claims.ofOrder.held, { exact: true }).first()).toBeVisible()
  await desk.goto(`/merchant/complaints/${complaintId}?act=accept`)
  await pressTwice(desk, claims.accept.submit, claims.accept.submit)
  await expect(desk.getByText(caseWords.state.CLOSED, { exact: true }).first()).toBeVisible()
  expect(await stateOf(complaintId)).toEqual(['CLOSED', 'ACCEPTED'])
  expect(await orderByNumber(order.number)).toMatchObject({ refundedMinor: 1_250 })

  await page.goto(`/merchants/${(await db().merchant.findUniqueOrThrow({ where: { id: listing.merchantId } })).slug}`)
  await expect(page.getByText('1 件（已有结果的 1 件中占 100%）', { exact: true })).toBeVisible()
  await page.getByRole('link', { name: claims.record.look, exact: true }).click()
  await page.waitForURL(/\/penalties\?merchant=/u)
  await expect(page.getByText(claims.penaltiesPage.none, { exact: true })).toBeVisible()
  await context.close()
})

test('without JavaScript a prepared answer is put in by its button and the message is sent', async ({
  page,
  browser,
}) => {
  test.setTimeout(150_000)
  const { listing, complaintId } = await aComplaint(page)
  const body = '请补充一张看得到时间的截图。'
  const { merchantId } = listing
  await db().cannedAnswer.create({ data: { id: newId(), merchantId, title: '补充截图', body, createdAt: new Date() } })
  const signedIn = await browser.newContext()
  const first = await signedIn.newPage()
  await signIn(first, '', { email: listing.ownerEmail, password: OWNER_PASSWORD })
  const context = await browser.newContext({ javaScriptEnabled: false, storageState: await signedIn.storageState() })
  const desk = await context.newPage()
  await desk.goto(`/merchant/complaints/${complaintId}`)
  const conversation = desk.locator('#conversation')
  await conversation.locator('select[name=canned]').selectOption({ label: '补充截图' })
  await conversation.getByRole('button', { name: claims.canned.insert, exact: true }).click()
  await expect(conversation.locator('textarea[name=message]')).toHaveValue(body)
  await conversation.getByRole('button', { name: caseWords.message.submit, exact: true }).click()
  await expect(conversation.locator('[data-entry=message]')).toContainText(body)
  await context.close()
  await signedIn.close()
})

for (const { name, language, viewport, colorScheme } of FACES) {
  test.describe(name, () => {
    test.use({ viewport, colorScheme })

    test('the desk and what everybody sees of it are accessible and fit', async ({ page }) => {
      test.setTimeout(180_000)
      const { listing, complaintId } = await aComplaint(page)
      const closed = await aComplaint(page)
      await inTransaction(db(), (tx) =>
        withdrawComplaint(tx, { complaintId: closed.complaintId }, { kind: 'BUYER', id: null }, new Date()),
      )
      const { slug } = await db().merchant.findUniqueOrThrow({ where: { id: listing.merchantId } })
      await visitAll(page, language.prefix, ['/penalties', '/failure-standard', `/merchants/${slug}`])
      await signIn(page, language.prefix, { email: listing.ownerEmail, password: OWNER_PASSWORD })
      const path = `/merchant/complaints/${complaintId}`
      await visitAll(page, language.prefix, [
        '/merchant',
        '/merchant/complaints',
        '/merchant/complaints?view=closed&failure=INVALID',
        '/merchant/complaints/statistics',
        '/merchant/complaints/answers',
        path,
        `${path}?act=accept`,
        `${path}?act=offer`,
        `${path}?act=contest`,
        `${path}?act=ask`,
      ])
      await page.context().clearCookies()
      await signIn(page, language.prefix, { email: closed.listing.ownerEmail, password: OWNER_PASSWORD })
      await visitAll(page, language.prefix, [`/merchant/complaints/${closed.complaintId}`])
    })
  })
}
