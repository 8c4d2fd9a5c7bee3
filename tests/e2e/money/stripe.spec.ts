import { type Page, expect, test } from '@playwright/test'
import { db } from '@/lib/infra/db'
import { formatMoney } from '@/lib/kernel/money'
import { DEMO_OPERATOR } from '@/lib/seed/demo-accounts'
import admin from '@/messages/zh-CN/admin.json' with { type: 'json' }
import { expectAccessible, expectNoSideways } from '../support/axe'
import { type Language, PASSCODE, ZH, like } from '../support/buying'
import { atDesk, refundAtDesk } from '../support/desk'
import { FACES } from '../support/faces'
import { balanceOfKind } from '../support/ledger'
import { type Listing, aListing, orderByNumber } from '../support/listings'
import { aCoupon, amountBeside, pressTwice, reloadUntil } from '../support/money'
import { signIn } from '../support/sign-in'
import { STRIPE_MALL, askedByStripe, atStripe, doubleState, flip, payAtStripe } from '../support/stripe-double'

// One double for all of these, which is told to misbehave: one after the other.
test.use({ baseURL: STRIPE_MALL })

test.afterEach(async () => {
  await flip('settled')
  await flip('calm')
  expect((await doubleState()).violations).toEqual([])
})

/** The filled checkout page of a guest who wants `quantity`. */
async function toCheckout(page: Page, { prefix, say }: Language, { variantId }: Listing, quantity = 1): Promise<void> {
  await page.goto(`${prefix}/checkout/${variantId}?quantity=${quantity}`)
  await page.getByLabel(say.order.checkout.email, { exact: true }).fill('stripe@example.com')
  await page.getByLabel(say.order.checkout.passcode, { exact: true }).fill(PASSCODE)
  await page.getByRole('checkbox', { name: say.order.checkout.consent }).check()
}

async function submit(page: Page, { say }: Language): Promise<void> {
  await page.getByRole('button', { name: like(say.order.checkout.submit) }).click()
}

/** Bought and paid; the order with its payment. */
async function aPaidOrder(page: Page, quantity = 1) {
  const listing = await aListing({ stock: 3 })
  await toCheckout(page, ZH, listing, quantity)
  await submit(page, ZH)
  const number = await payAtStripe(page)
  await expect(page.locator('#codes')).toBeVisible()
  return { listing, order: await orderByNumber(number) }
}

for (const { name, language, viewport, colorScheme } of FACES) {
  test.describe(name, () => {
    test.use({ viewport, colorScheme })

    test('a guest pays what the checkout said, to the fen, is delivered and confirms', async ({ page }) => {
      const listing = await aListing({ stock: 3 })
      const { order: say } = language.say
      const coupon = await aCoupon({ percentBps: 333, merchantId: listing.merchantId })
      await page.goto(`${language.prefix}/checkout/${listing.variantId}?quantity=2&coupon=${coupon}`)
      const total = await amountBeside(page, say.checkout.total)
      expect(total).toBe(2_500 - (await amountBeside(page, like(say.checkout.discountWith))))
      expect(total).toBe(2_417)
      await page.getByLabel(say.checkout.email, { exact: true }).fill('stripe@example.com')
      await page.getByLabel(say.checkout.passcode, { exact: true }).fill(PASSCODE)
      await page.getByRole('checkbox', { name: say.checkout.consent }).check()
      await expectAccessible(page)
      await expectNoSideways(page)
      await flip('set', { events: 'twice' })
      await submit(page, language)
      expect(await askedByStripe(page)).toBe(total)
      const number = await payAtStripe(page)

      await expect(page.getByRole('button', { name: say.reveal.all, exact: true })).toBeVisible()
      await expectAccessible(page)
      await expectNoSideways(page)
      const order = await orderByNumber(number)
      expect(order).toMatchObject({ status: 'DELIVERED', totalMinor: total, checkout: { provider: 'stripe' } })
      expect((await atStripe(order.checkoutId)).charges.map(({ amount }) => amount)).toEqual([total])
      await page.getByRole('checkbox', { name: say.reveal.consent }).check()
      await page.getByRole('button', { name: say.reveal.all, exact: true }).click()
      await expect(page.locator('#codes code')).toHaveCount(2)
      const codes = await page.locator('#codes code').allInnerTexts()
      for (const code of codes) expect(listing.codes).toContain(code.replaceAll(/\s/gu, ''))
      await pressTwice(page, say.decide.confirm, say.decide.confirmAction)
      await expect(page.getByText(say.state.confirmed).first()).toBeVisible()
      expect(await balanceOfKind('ESCROW', order.id)).toBe(0)
      expect(await balanceOfKind('MERCHANT_PENDING', listing.merchantId)).toBe(total - order.feeMinor)

      // Every event came twice; each is in the books once, and so is what it told.
      await flip('settled')
      const { deliveries } = await doubleState()
      const events = await db().paymentEvent.findMany({ where: { checkoutId: order.checkoutId } })
      expect(events.length).toBeGreaterThan(0)
      for (const { eventRef } of events) {
        expect(deliveries.filter(({ event }) => event === eventRef).map(({ status }) => status)).toEqual([200, 200])
      }
      expect(await db().payment.count({ where: { checkoutId: order.checkoutId } })).toBe(1)
    })
  })
}

for (const { name, fault, sessions } of [
  { name: 'Stripe does nothing and answers with errors', fault: { how: 'error', times: 3 }, sessions: 0 },
  { name: 'Stripe opens the page and the answer is lost', fault: { how: 'cut', times: 3 }, sessions: 1 },
]) {
  test(`${name}: said plainly, the order stands, trying again gives one page and one charge`, async ({ page }) => {
    const listing = await aListing({ stock: 3 })
    const { pay } = ZH.say.order
    await flip('fault', { on: 'post /v1/checkout/sessions', ...fault })
    await toCheckout(page, ZH, listing)
    await submit(page, ZH)
    await page.waitForURL(/\/orders\/KB\w+\?pay=later/u)
    await expect(page.getByText(pay.down, { exact: true })).toBeVisible()
    await expectAccessible(page)
    await expectNoSideways(page)
    const { checkoutId, number } = await db().order.findFirstOrThrow({ where: { variantId: listing.variantId } })
    expect((await orderByNumber(number)).status).toBe('AWAITING_PAYMENT')
    expect((await atStripe(checkoutId)).sessions).toHaveLength(sessions)

    await flip('clearFaults')
    await page.getByRole('button', { name: like(pay.again) }).dblclick()
    expect(await askedByStripe(page)).toBe(1_250)
    expect(await payAtStripe(page)).toBe(number)
    await expect(page.locator('#codes')).toBeVisible()
    const { sessions: opened, charges } = await atStripe(checkoutId)
    expect([opened.map(({ payment_status: status }) => status), charges.length]).toEqual([['paid'], 1])
  })
}

test('a single broken answer is not even noticed', async ({ page }) => {
  const listing = await aListing({ stock: 1 })
  await flip('fault', { on: 'post /v1/checkout/sessions', how: 'cut', times: 1 })
  await toCheckout(page, ZH, listing)
  await submit(page, ZH)
  const { checkoutId } = await orderByNumber(await payAtStripe(page))
  expect((await atStripe(checkoutId)).sessions).toHaveLength(1)
})

test('every event is lost: the buyer who comes back is delivered all the same', async ({ page }) => {
  await flip('set', { events: 'lose' })
  const { order } = await aPaidOrder(page)
  expect(order.status).toBe('DELIVERED')
  expect(await db().paymentEvent.count({ where: { checkoutId: order.checkoutId } })).toBe(0)
})

test('the merchant gives back one of two CDKs: Stripe sends exactly its price, and the buyer sees how', async ({
  page,
  browser,
}) => {
  const { listing, order } = await aPaidOrder(page, 2)
  const { refunds: say } = ZH.say.order
  await atDesk(browser, listing, async (desk) => refundAtDesk(desk, order.id, 'first-cdk'))
  await expect
    .poll(async () => (await atStripe(order.checkoutId)).refunds.map(({ amount }) => amount), { timeout: 20_000 })
    .toEqual([1_250])
  const card = page
    .getByRole('listitem')
    .filter({ hasText: say.method.PROVIDER })
    .filter({ has: page.locator('code') })
  await reloadUntil(page, async () => card.getByText(say.status.SUCCEEDED, { exact: true }).isVisible())
  await expect(card).toContainText(formatMoney(1_250, 'CNY', 'zh-CN'))
  const [refund] = (await atStripe(order.checkoutId)).refunds
  await expect(card.locator('code')).toHaveText(refund?.id ?? 'no refund')
  await expectAccessible(page)
  await expectNoSideways(page)
  expect(await balanceOfKind('ESCROW', order.id)).toBe(1_250)
})

test('a dispute freezes the order, the operator hands the evidence in, and winning thaws it', async ({
  page,
  browser,
}) => {
  test.setTimeout(120_000)
  const { order } = await aPaidOrder(page)
  const [charge] = (await atStripe(order.checkoutId)).charges
  await flip('openDispute', { charge: charge?.id ?? '' })
  const frozen = page.getByText(ZH.say.order.frozen.title, { exact: true })
  await reloadUntil(page, async () => frozen.isVisible())
  await expect(page.getByRole('button', { name: ZH.say.order.decide.confirm })).toHaveCount(0)
  await expectAccessible(page)

  const { id } = await db().dispute.findFirstOrThrow({ where: { payment: { checkoutId: order.checkoutId } } })
  const context = await browser.newContext({ baseURL: process.env.E2E_URL ?? '' })
  const desk = await context.newPage()
  await signIn(desk, '', DEMO_OPERATOR)
  await desk.goto('/admin/disputes?state=NEEDS_RESPONSE')
  await desk.locator(`a[href="/admin/disputes/${id}"]`).click()
  await desk.waitForURL(new RegExp(`/admin/disputes/${id}`, 'u'))
  await expect(desk.locator('[name=statement]')).toHaveValue(new RegExp(order.number, 'u'))
  await expect(desk.locator('[name=accessLog]')).not.toHaveValue('')
  await expectAccessible(desk)
  await expectNoSideways(desk)
  await pressTwice(desk, admin.disputes.handIn, admin.disputes.handIn)
  await expect(desk.getByText(admin.disputes.handedInEvidence, { exact: true })).toBeVisible()
  const [dispute] = (await atStripe(order.checkoutId)).disputes
  expect(dispute).toMatchObject({ status: 'under_review', evidence_details: { submission_count: 1 } })
  expect(JSON.stringify(dispute?.evidence)).toContain(order.number)

  await flip('closeDispute', { dispute: dispute?.id ?? '', outcome: 'won' })
  await reloadUntil(desk, async () => desk.getByText(admin.disputes.verdictText.WON, { exact: true }).isVisible())
  await reloadUntil(page, async () => (await frozen.count()) === 0)
  await expect(page.getByRole('button', { name: ZH.say.order.decide.confirm })).toBeVisible()
  await context.close()
})
