import { expect, test } from '@playwright/test'
import claims from '@/messages/zh-CN/claims.json' with { type: 'json' }
import { ZH, like } from '../support/buying'
import { atDesk } from '../support/desk'
import { aListing, orderByNumber } from '../support/listings'
import { pressTwice } from '../support/money'
import { buy, caseByNumber, complain, wordsOf } from './support/opening'

test.use({ viewport: { width: 360, height: 740 } })

test('1 of 5 codes does not work: the merchant replaces it, the other four are untouched', async ({
  page,
  browser,
}) => {
  test.setTimeout(180_000)
  const { words } = wordsOf(ZH)
  const listing = await aListing({ stock: 6 })
  const number = await buy(page, ZH, listing.slug, 5)
  const caseNumber = await complain(page, ZH, {
    failure: 'INVALID',
    demand: 'REPLACEMENT',
    statement: '官网提示授权码不存在，按指引原样输入，试了三次。',
  })
  const { id, units } = await caseByNumber(caseNumber)
  expect(units).toHaveLength(1)
  await atDesk(browser, listing, async (desk) => {
    await desk.goto(`/merchant/complaints/${id}?act=accept`)
    await pressTwice(desk, like(claims.accept.submit), like(claims.accept.submit))
    await expect(desk.getByText(words.state.CLOSED, { exact: true }).first()).toBeVisible()
  })
  await expect(page.getByText(words.outcome.ACCEPTED, { exact: true }).first()).toBeVisible({ timeout: 30_000 })
  await expect(page.getByText(words.result.REPLACED, { exact: true }).first()).toBeVisible()
  const order = await orderByNumber(number)
  expect(order).toMatchObject({ status: 'DELIVERED', refundedMinor: 0, complainedAt: null })
  expect(order.cdks.filter(({ state }) => state === 'DELIVERED')).toHaveLength(5)
  expect(order.cdks.filter(({ state }) => state === 'RETIRED').map((cdk) => cdk.id)).toEqual([units[0]?.cdkId])

  await page.goto(`/orders/${number}`)
  await expect(page.locator('#codes').getByText(ZH.say.order.reveal.replaced, { exact: true })).toHaveCount(1)
})
