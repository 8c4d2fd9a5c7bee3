import { expect, test } from '@playwright/test'
import { db } from '@/lib/infra/db'
import { DEMO_MERCHANTS, DEMO_OPERATOR } from '@/lib/seed/demo-accounts'
import admin from '@/messages/zh-CN/admin.json' with { type: 'json' }
import { FACES, visitAll } from '../support/faces'
import { signIn } from '../support/sign-in'

const [MERCHANT = DEMO_OPERATOR] = DEMO_MERCHANTS

const PAGES = [
  '/admin',
  '/admin/payments',
  '/admin/payments?waiting=yes',
  '/admin/payments?use=DUPLICATE',
  '/admin/refunds',
  '/admin/refunds?status=FAILED',
  '/admin/payouts',
  '/admin/payouts?open=yes',
  '/admin/disputes',
  '/admin/events',
  '/admin/events?verdict=DEAD',
  '/admin/reconciliation',
  '/admin/reconciliation/lines',
  '/admin/fund',
  '/admin/ledger',
  '/admin/ledger/PROTECTION_FUND',
  '/admin/coupons',
  '/admin/coupons/new',
  '/admin/log',
]

/** One page of each kind that shows a single thing; a thing that the mall does not have yet has none. */
async function things(): Promise<string[]> {
  const [payment, refund, payout, dispute, event, line, transaction, coupon] = await Promise.all([
    db().payment.findFirst({ select: { id: true } }),
    db().refund.findFirst({ select: { id: true } }),
    db().payout.findFirst({ select: { id: true } }),
    db().dispute.findFirst({ select: { id: true } }),
    db().paymentEvent.findFirst({ select: { id: true } }),
    db().providerLine.findFirst({ select: { id: true } }),
    db().ledgerTransfer.findFirst({ select: { transactionId: true } }),
    db().coupon.findFirst({ where: { merchantId: null }, select: { id: true } }),
  ])
  return Object.entries({
    payments: payment,
    refunds: refund,
    payouts: payout,
    disputes: dispute,
    events: event,
    'reconciliation/lines': line,
    'ledger/transactions': transaction && { id: transaction.transactionId },
    coupons: coupon,
  }).flatMap(([folder, thing]) => (thing ? [`/admin/${folder}/${thing.id}`] : []))
}

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

for (const { name, language, viewport, colorScheme } of FACES) {
  test.describe(name, () => {
    test.use({ viewport, colorScheme })

    test("every page of the operators' money is accessible and fits", async ({ page }) => {
      test.setTimeout(300_000)
      await signIn(page, language.prefix, DEMO_OPERATOR)
      await visitAll(page, language.prefix, [...PAGES, ...(await things())])
    })
  })
}

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
