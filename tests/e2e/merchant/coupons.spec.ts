import { randomBytes } from 'node:crypto'
import { expect, test } from '@playwright/test'
import { db } from '@/lib/infra/db'
import merchant from '@/messages/zh-CN/merchant.json' with { type: 'json' }
import refusals from '@/messages/zh-CN/refusals.json' with { type: 'json' }
import { expectAccessible, expectNoSideways } from '../support/axe'
import { OWNER_PASSWORD, aListing } from '../support/listings'
import { pressTwice } from '../support/money'
import { signIn } from '../support/sign-in'

const say = merchant.coupons

test.use({ viewport: { width: 360, height: 740 } })

test('a merchant makes a coupon, is told beside each field what does not fit, and stops it', async ({ page }) => {
  test.setTimeout(120_000)
  const { merchantId, ownerEmail } = await aListing({ stock: 0 })
  const code = `E2E-${randomBytes(4).toString('hex')}`
  await signIn(page, '', { email: ownerEmail, password: OWNER_PASSWORD })
  await page.goto('/merchant/coupons/new')
  const field = (name: string) => page.locator(`[name="${name}"]`)
  await field('code').fill('a b')
  await field('percent').fill('200')
  await field('totalLimit').fill('0.5')
  await page.getByRole('button', { name: say.form.save, exact: true }).click()
  for (const [name, text] of [
    ['code', refusals.field['coupon-code']],
    ['percent', refusals.field.percent],
    ['totalLimit', refusals.field.whole],
  ] as const) {
    await expect(field(name)).toHaveAccessibleDescription(new RegExp(text, 'u'))
  }
  await expect(field('percent')).toHaveValue('200')
  await expectAccessible(page)
  await expectNoSideways(page)

  await field('code').fill(code)
  await field('percent').fill('12.5')
  await field('totalLimit').fill('3')
  await field('startsOn').fill('2026-02-02')
  await field('endsOn').fill('2026-02-01')
  await page.getByRole('button', { name: say.form.save, exact: true }).click()
  await expect(field('endsOn')).toHaveAccessibleDescription(new RegExp(refusals.field['date-order'], 'u'))
  await field('startsOn').fill('')
  await field('endsOn').fill('2099-12-31')
  await page.getByRole('button', { name: say.form.save, exact: true }).click()
  await expect(page.getByText(say.created.title, { exact: true })).toBeVisible()
  const saved = { merchantId, kind: 'PERCENT', percentBps: 1_250, totalLimit: 3, perBuyerLimit: null, active: true }
  const made = await db().coupon.findUniqueOrThrow({ where: { code: code.toUpperCase() } })
  expect(made).toMatchObject({ ...saved, endsAt: new Date('2099-12-31T16:00:00.000Z') })

  await pressTwice(page, say.stop, say.stop)
  await expect(page.getByText(say.state.OFF, { exact: true })).toBeVisible()
  expect(await db().coupon.count({ where: { id: made.id, active: true } })).toBe(0)
  await page.getByRole('button', { name: say.start, exact: true }).click()
  await expect(page.getByText(say.state.RUNNING, { exact: true })).toBeVisible()
})
