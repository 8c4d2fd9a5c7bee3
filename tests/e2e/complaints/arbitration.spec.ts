import { type Page, expect, test } from '@playwright/test'
import { db, inTransaction } from '@/lib/infra/db'
import zhArbitration from '@/messages/zh-CN/arbitration.json' with { type: 'json' }
import zhCase from '@/messages/zh-CN/case.json' with { type: 'json' }
import zhComplain from '@/messages/zh-CN/complain.json' with { type: 'json' }
import zhTransparency from '@/messages/zh-CN/transparency.json' with { type: 'json' }
import { expectAccessible, expectNoSideways } from '../support/axe'
import { anArbitrator, anEscalatedCase, buyOne, payDeposit, seat } from '../support/cases'
import { LARGE_FACE, SMALL_FACE, expectNotThere, visitAll } from '../support/faces'
import { aListing } from '../support/listings'
import { pressTwice } from '../support/money'
import { signIn } from '../support/sign-in'
import { REASONS, atBench, decide, stands } from './support/bench'

const { sign } = zhArbitration
const { appeal } = zhComplain.case

test('escalated, ruled for the buyer: the money effect before the signature, the refund, the penalty in public', async ({
  page,
  browser,
}) => {
  test.setTimeout(150_000)
  const listing = await aListing({ stock: 2 })
  await payDeposit(listing)
  const number = await buyOne(page, listing)
  const first = await anArbitrator()
  const id = await anEscalatedCase(number, { FIRST: first })
  await atBench(browser, first, async (bench) => {
    await expect(bench).toHaveURL(/\/arbitration$/u)
    await bench.getByRole('link', { name: /^KC/u }).click()
    await bench.waitForURL(new RegExp(id, 'u'))
    await expect(bench.locator('[data-case-path]')).toContainText(zhCase.entry.opened)
    await expectAccessible(bench)
    await decide(bench, 'REFUNDED', sign.rule)
    await stands(id, 'RULED')
    await expect(bench.getByText(zhCase.ruling.forBuyer, { exact: true }).first()).toBeVisible()
    await expectNoSideways(bench)
  })
  const complaint = await db().complaint.findUniqueOrThrow({ where: { id }, include: { penalties: true } })
  expect([complaint.state, complaint.penalties.map(({ tariff }) => tariff)]).toEqual(['RULED', ['USED_CDK']])
  await expect.poll(async () => (await db().order.findUniqueOrThrow({ where: { number } })).refundedMinor).toBe(1_250)
  const { name } = await db().merchant.findUniqueOrThrow({ where: { id: listing.merchantId } })
  await page.goto('/penalties')
  await expect(page.locator('main')).toContainText(name)
})

test('ruled for the merchant, appealed: another arbitrator sees the first ruling and rules for good', async ({
  page,
  browser,
}) => {
  test.setTimeout(150_000)
  const number = await buyOne(page, await aListing({ stock: 1 }))
  const [first, judge] = [await anArbitrator(), await anArbitrator()]
  const id = await anEscalatedCase(number, { FIRST: first })
  await atBench(browser, first, async (bench) => {
    await bench.goto(`/arbitration/${id}`)
    await decide(bench, 'REJECTED', sign.rule)
    await stands(id, 'RULED')
    await expect(bench.getByText(zhCase.ruling.forMerchant, { exact: true }).first()).toBeVisible()
  })
  const { number: caseNumber } = await db().complaint.findUniqueOrThrow({ where: { id } })
  await page.goto(`/orders/${number}/complaints/${caseNumber}`)
  await page.getByLabel(appeal.label, { exact: true }).fill(`补交了录屏，${REASONS}`)
  await page.getByRole('button', { name: appeal.submit, exact: true }).click()
  await expect(page.getByText(zhCase.state.APPEALED, { exact: true }).first()).toBeVisible()
  // Whoever the worker has drawn meanwhile.
  await inTransaction(db(), (tx) => seat(tx, id, { APPEAL: judge }))
  await atBench(browser, judge, async (bench) => {
    await bench.goto(`/arbitration/${id}`)
    await expect(bench.getByText(zhCase.ruling.forMerchant, { exact: true }).first()).toBeVisible()
    await expect(bench.getByText(REASONS, { exact: true }).first()).toBeVisible()
    await decide(bench, 'REFUNDED', sign.appeal)
    await stands(id, 'CLOSED')
    await expect(bench.getByText(zhCase.ruling.appeal, { exact: true }).first()).toBeVisible()
  })
  const { state, rulings } = await db().complaint.findUniqueOrThrow({ where: { id }, include: { rulings: true } })
  expect([state, rulings.length]).toEqual(['CLOSED', 2])
  await atBench(browser, first, async (bench) => {
    await bench.goto(`/arbitration/${id}`)
    await expect(bench.locator('#decision')).toHaveCount(0)
  })
})

test('two signatures: proposed, sent back with reasons, proposed again, signed; nothing happens before', async ({
  page,
  browser,
}) => {
  test.setTimeout(180_000)
  const number = await buyOne(page, await aListing({ stock: 1 }))
  const [first, second] = [await anArbitrator(), await anArbitrator()]
  const id = await anEscalatedCase(number, { FIRST: first, SECOND: second })
  const propose = async (bench: Page) => {
    await bench.goto(`/arbitration/${id}`)
    await decide(bench, 'REFUNDED', sign.propose)
    await expect(bench.getByText(sign.waiting, { exact: true })).toBeVisible()
  }
  await atBench(browser, first, propose)
  expect((await db().order.findUniqueOrThrow({ where: { number } })).refundedMinor).toBe(0)
  await atBench(browser, second, async (bench) => {
    await bench.goto(`/arbitration/${id}`)
    await bench.getByLabel(sign.back.reasons, { exact: true }).fill(`还缺发行方的说明。${REASONS}`)
    await bench.getByRole('button', { name: sign.back.label, exact: true }).click()
    await expect(bench.getByText(zhArbitration.case.now.FIRST, { exact: true })).toBeVisible()
  })
  await atBench(browser, first, propose)
  await atBench(browser, second, async (bench) => {
    await bench.goto(`/arbitration/${id}`)
    await pressTwice(bench, sign.second.label, sign.second.label)
    await stands(id, 'RULED')
    await expect(bench.getByText(zhCase.ruling.forBuyer, { exact: true }).first()).toBeVisible()
  })
  expect((await db().order.findUniqueOrThrow({ where: { number } })).refundedMinor).toBe(1_250)
})

test("another's case is not there; what an arbitrator asks and says stands in the case", async ({ page, browser }) => {
  test.setTimeout(120_000)
  const number = await buyOne(page, await aListing({ stock: 1 }))
  const [first, stranger] = [await anArbitrator(), await anArbitrator()]
  const id = await anEscalatedCase(number, { FIRST: first })
  await atBench(browser, stranger, async (bench) => {
    await expectNotThere(bench, [`/arbitration/${id}`, '/admin/complaints', '/merchant'])
  })
  await atBench(browser, first, async (bench) => {
    await bench.goto(`/arbitration/${id}`)
    await bench.getByLabel(zhArbitration.case.say, { exact: true }).fill('已收到双方材料。')
    await bench.getByRole('button', { name: zhCase.message.submit, exact: true }).click()
    await expect(bench.locator('#conversation [data-entry=message]')).toContainText('已收到双方材料。')
    await bench.getByLabel(zhArbitration.case.ask, { exact: true }).fill('请补充从复制到激活的连续录屏。')
    await bench.getByRole('button', { name: zhArbitration.case.askSubmit, exact: true }).click()
    await expect(bench.getByText(zhArbitration.case.now.BUYER, { exact: true }).first()).toBeVisible()
  })
})

for (const face of [SMALL_FACE, LARGE_FACE]) {
  test(`the bench and the public report: ${face.name}`, async ({ page, browser }) => {
    test.setTimeout(150_000)
    const number = await buyOne(page, await aListing({ stock: 1 }))
    const first = await anArbitrator()
    const id = await anEscalatedCase(number, { FIRST: first })
    const context = await browser.newContext({ viewport: face.viewport, colorScheme: face.colorScheme })
    const bench = await context.newPage()
    const { prefix } = face.language
    await signIn(bench, prefix, first)
    const { units } = await db().complaint.findUniqueOrThrow({ where: { id }, include: { units: true } })
    const look = `/arbitration/${id}?look=yes&${units.map((_, at) => `u${at + 1}=REFUNDED`).join('&')}&tariff=USED_CDK`
    await visitAll(bench, prefix, ['/arbitration', `/arbitration/${id}`, look])
    await visitAll(bench, prefix, ['/transparency', '/transparency?days=90', '/transparency?days=365'])
    await context.close()
  })
}

test('the public report is linked from the footer and names no merchant', async ({ page }) => {
  await page.goto('/')
  await page.getByRole('contentinfo').getByRole('link', { name: zhTransparency.nav, exact: true }).click()
  await page.waitForURL(/\/transparency$/u)
  await expect(page.locator('main')).not.toContainText('测试商家')
})
