import { expect, test } from '@playwright/test'
import { db, inTransaction } from '@/lib/infra/db'
import zhArbitration from '@/messages/zh-CN/arbitration.json' with { type: 'json' }
import zhCase from '@/messages/zh-CN/case.json' with { type: 'json' }
import claims from '@/messages/zh-CN/claims.json' with { type: 'json' }
import { ZH } from '../support/buying'
import { anArbitrator, payDeposit, seat } from '../support/cases'
import { OWNER_PASSWORD, aListing } from '../support/listings'
import { pressTwice } from '../support/money'
import { signIn } from '../support/sign-in'
import { atBench, decide, stands } from './support/bench'
import { buy, caseByNumber, complain, wordsOf } from './support/opening'

test('a used code, contested, taken to the arbitrators, ruled for the buyer: the money is back and the penalty is public', async ({
  page,
  browser,
}) => {
  test.setTimeout(240_000)
  const { complain: say } = wordsOf(ZH)
  const listing = await aListing({ stock: 2 })
  await payDeposit(listing)
  const order = await buy(page, ZH, listing.slug)
  const number = await complain(page, ZH, {
    failure: 'ALREADY_USED',
    demand: 'REFUND',
    statement: '激活时官网提示：该授权码已被使用。',
  })
  const { id } = await caseByNumber(number)
  const casePage = page.url()

  const context = await browser.newContext()
  const desk = await context.newPage()
  await signIn(desk, '', { email: listing.ownerEmail, password: OWNER_PASSWORD })
  await desk.goto(`/merchant/complaints/${id}?act=contest`)
  await desk.locator('#answer textarea[name=message]').fill('发行方记录显示，卡密在你查看之前没有被兑换。')
  await desk.locator('#answer').getByRole('button', { name: claims.contest.submit, exact: true }).click()
  await expect(desk.getByText(zhCase.state.CONTESTED, { exact: true }).first()).toBeVisible()
  await context.close()

  await page.goto(casePage)
  await pressTwice(page, say.case.escalate.label, say.case.escalate.confirm)
  await expect(page.getByText(zhCase.state.ESCALATED, { exact: true }).first()).toBeVisible()
  const arbitrator = await anArbitrator()
  // Whoever the worker has drawn meanwhile.
  await inTransaction(db(), (tx) => seat(tx, id, { FIRST: arbitrator }))
  await atBench(browser, arbitrator, async (bench) => {
    await bench.goto(`/arbitration/${id}`)
    await decide(bench, 'REFUNDED', zhArbitration.sign.rule)
    await stands(id, 'RULED')
  })

  await page.goto(casePage)
  await expect(page.getByText(zhCase.ruling.forBuyer, { exact: true }).first()).toBeVisible()
  await expect(page.getByText(zhCase.result.REFUNDED, { exact: true }).first()).toBeVisible()
  const { refundedMinor, totalMinor } = await db().order.findUniqueOrThrow({ where: { number: order } })
  expect(refundedMinor).toBe(totalMinor)
  expect(await db().penalty.findMany({ where: { complaintId: id } })).toMatchObject([{ tariff: 'USED_CDK' }])
  const { name } = await db().merchant.findUniqueOrThrow({ where: { id: listing.merchantId } })
  await page.goto('/penalties')
  await expect(page.locator('main')).toContainText(name)
})
