import { expect, test } from '@playwright/test'
import { DEMO_MERCHANTS, DEMO_OPERATOR } from '@/lib/seed/demo-accounts'
import admin from '@/messages/zh-CN/admin.json' with { type: 'json' }
import { signIn } from '../support/sign-in'

const [MERCHANT = DEMO_OPERATOR] = DEMO_MERCHANTS

/** Which list each page saves, by the link on it. */
const EXPORTS = [
  ['/admin/orders', 'orders'],
  ['/admin/payments', 'payments'],
  ['/admin/refunds', 'refunds'],
  ['/admin/payouts', 'payouts'],
  ['/admin/disputes', 'disputes'],
  ['/admin/events', 'events'],
  ['/admin/reconciliation', 'differences'],
  ['/admin/reconciliation/lines', 'lines'],
  ['/admin/coupons', 'coupons'],
  ['/admin/log', 'log'],
] as const

test('every list is saved as CSV, by operators only', async ({ page, browser }) => {
  test.setTimeout(240_000)
  const rival = await browser.newContext()
  await signIn(await rival.newPage(), '', MERCHANT)
  await signIn(page, '', DEMO_OPERATOR)
  for (const [path, list] of EXPORTS) {
    await page.goto(path)
    const link = page.getByRole('link', { name: admin.list.export, exact: true }).first()
    const [download] = await Promise.all([page.waitForEvent('download'), link.click()])
    expect(download.suggestedFilename()).toMatch(new RegExp(`^keybond-${list}-\\d{4}-\\d{2}-\\d{2}\\.csv$`, 'u'))
    const href = (await link.getAttribute('href')) ?? ''
    const answer = await page.request.get(href)
    expect([list, answer.headers()['content-type']]).toEqual([list, expect.stringMatching(/^text\/csv/u)])
    // A byte order mark and a head line in the reader's own words.
    expect((await answer.text()).split('\r\n')[0]?.split(',').length).toBeGreaterThan(3)
    for (const context of [rival, await browser.newContext()]) {
      expect([list, (await context.request.get(href)).status()]).toEqual([list, 404])
    }
  }
  await rival.close()
})
