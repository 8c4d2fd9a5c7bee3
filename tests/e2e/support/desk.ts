import { type Browser, type Page, expect } from '@playwright/test'
import zhMerchant from '@/messages/zh-CN/merchant.json' with { type: 'json' }
import { like } from './buying'
import { type Listing, OWNER_PASSWORD } from './listings'
import { pressTwice } from './money'
import { signIn } from './sign-in'

/** The owner of a listing's merchant at his desk, in a browser of his own that is closed afterwards. */
export async function atDesk<T>(
  browser: Browser,
  { ownerEmail }: Pick<Listing, 'ownerEmail'>,
  work: (desk: Page) => Promise<T>,
): Promise<T> {
  const context = await browser.newContext()
  try {
    const desk = await context.newPage()
    await signIn(desk, '', { email: ownerEmail, password: OWNER_PASSWORD })
    return await work(desk)
  } finally {
    await context.close()
  }
}

/** The merchant gives back all of an order, or the price of its first CDK, in the two steps of his screen. */
export async function refundAtDesk(desk: Page, orderId: string, what: 'all' | 'first-cdk'): Promise<void> {
  const say = zhMerchant.refund
  await desk.goto(`/merchant/orders/${orderId}`)
  if (what === 'first-cdk') {
    await desk.locator('input[name=what][value=cdks]').check()
    await desk.locator('input[name=cdk]').first().check()
  }
  await desk.getByRole('button', { name: say.preview, exact: true }).click()
  await desk.getByLabel(say.reason, { exact: true }).fill('激活失败')
  await pressTwice(desk, like(say.label), like(say.confirm))
  await expect(desk.getByRole('table', { name: say.list, exact: true })).toBeVisible()
}
