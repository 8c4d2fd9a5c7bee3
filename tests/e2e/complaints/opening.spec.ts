import { expect, test } from '@playwright/test'
import { expectAccessible, expectNoSideways } from '../support/axe'
import { ZH } from '../support/buying'
import { aListing } from '../support/listings'
import { buy, caseByNumber, wordsOf } from './support/opening'

const { complain: say, words } = wordsOf(ZH)

test('leaving and coming back goes on where it was left; back keeps the answers', async ({ page }) => {
  const listing = await aListing({ stock: 2 })
  const number = await buy(page, ZH, listing.slug, 2)
  const next = page.getByRole('button', { name: say.next, exact: true })
  // The link beside one code chooses it beforehand.
  await page
    .getByRole('link', { name: ZH.say.order.reveal.problemWhat.replace(/\{[^}]*\}/u, '2'), exact: true })
    .click()
  await page.waitForURL(/cdk=/u)
  await expect(page.locator('input[name=cdk]').nth(1)).toBeChecked()
  await expect(page.locator('input[name=cdk]').first()).not.toBeChecked()
  await next.click()
  await page.waitForURL(/step=failure/u)
  await page.locator('input[name=failure][value=REGION_MISMATCH]').check()
  await next.click()
  await page.waitForURL(/step=story/u)
  // Too little: it says how much, and what was typed stays.
  const story = page.locator('textarea[name=statement]')
  await story.evaluate((field: HTMLTextAreaElement) => field.removeAttribute('minlength'))
  await story.fill('坏的')
  await next.click()
  await expect(page.locator('[aria-invalid=true]')).toHaveValue('坏的')
  await expectAccessible(page)

  await page.goto(`/orders/${number}/complaints/new`)
  await expect(page.getByText(say.resumed, { exact: true })).toBeVisible()
  await expect(page.getByRole('heading', { name: say.story.title, exact: true })).toBeVisible()
  await page.locator('textarea[name=statement]').fill('兑换时提示地区不符，账号是国区。')
  await page.getByRole('button', { name: say.prev, exact: true }).click()
  await page.waitForURL(/step=failure/u)
  await expect(page.locator('input[name=failure][value=REGION_MISMATCH]')).toBeChecked()
  await next.click()
  await page.waitForURL(/step=story/u)
  await expect(page.locator('textarea[name=statement]')).toHaveValue('兑换时提示地区不符，账号是国区。')
})

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false, viewport: { width: 360, height: 740 } })

  test('the whole opening and a message are plain forms', async ({ page, browser }) => {
    test.setTimeout(180_000)
    const listing = await aListing({ stock: 1 })
    // Bought in a browser with JavaScript; its cookies are this one's.
    const buyer = await browser.newContext({ javaScriptEnabled: true })
    const number = await buy(await buyer.newPage(), ZH, listing.slug)
    await page.context().addCookies(await buyer.cookies())
    await buyer.close()

    const next = page.getByRole('button', { name: say.next, exact: true })
    await page.goto(`/orders/${number}`)
    await page.getByRole('link', { name: say.order.open, exact: true }).first().click()
    await page.locator('input[name=cdk]').first().check()
    await next.click()
    await page.locator('input[name=failure][value=INVALID]').check()
    await next.click()
    await page.locator('textarea[name=statement]').fill('官网提示授权码不存在，试了三次。')
    await next.click()
    await page.locator('input[name=demand][value=REFUND]').check()
    await next.click()
    await page.getByRole('button', { name: say.check.submit, exact: true }).click()
    await page.waitForURL(/\/complaints\/KC/u)
    const caseNumber = /\/complaints\/(KC[\w-]+)/u.exec(page.url())?.[1] ?? ''
    expect(await caseByNumber(caseNumber)).toMatchObject({ state: 'OPEN', failure: 'INVALID', demand: 'REFUND' })
    await expectNoSideways(page)

    await page.locator('#conversation textarea[name=message]').fill('补充：是今天下午试的。')
    await page.getByRole('button', { name: words.message.submit, exact: true }).click()
    await expect(page.locator('li[data-entry=message]')).toContainText('补充：是今天下午试的。')
  })
})
