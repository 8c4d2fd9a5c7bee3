import { expect, test } from '@playwright/test'
import { ZH, fillCheckout, payAtBank, placeOrder } from '../support/buying'
import { aListing, makeDue, orderByNumber } from '../support/listings'
import { db } from '@/lib/infra/db'

/** Places an order, lets its pay window run out and waits for the worker to expire it. */
async function anExpiredOrder(page: Parameters<typeof fillCheckout>[0], stock: number) {
  const listing = await aListing({ stock })
  await fillCheckout(page, ZH, { slug: listing.slug, email: 'late@example.com' })
  const { payUrl } = await placeOrder(page, ZH)
  const { number } = await db().order.findFirstOrThrow({ where: { variantId: listing.variantId } })
  await makeDue(number)
  await expect.poll(async () => (await orderByNumber(number)).status, { timeout: 20_000 }).toBe('EXPIRED')
  return { listing, payUrl, number }
}

test('an expired order that is paid late is delivered while there is stock', async ({ page }) => {
  const { payUrl, number } = await anExpiredOrder(page, 1)
  await page.goto(`/orders/${number}`)
  await expect(page.getByText(ZH.say.order.state.expired).first()).toBeVisible()
  await page.goto(payUrl)
  await payAtBank(page, ZH)
  await expect(page.getByRole('button', { name: ZH.say.order.reveal.one, exact: true })).toBeVisible()
  expect((await orderByNumber(number)).status).toBe('DELIVERED')
})

test('an expired order that is paid late and cannot be filled is refunded in full, and says so', async ({ page }) => {
  const { listing, payUrl, number } = await anExpiredOrder(page, 1)
  await db().cdk.updateMany({ where: { variantId: listing.variantId }, data: { state: 'RETIRED' } })
  await page.goto(payUrl)
  await payAtBank(page, ZH)
  await expect(page.getByText(ZH.say.order.refunds.late).first()).toBeVisible()
  await expect
    .poll(async () => (await orderByNumber(number)).refunds.map(({ status, amountMinor }) => [status, amountMinor]), {
      timeout: 20_000,
    })
    .toEqual([['SUCCEEDED', 1_250]])
  const { checkoutId } = await orderByNumber(number)
  expect(await db().bankRefund.count({ where: { capture: { payment: { reference: checkoutId } } } })).toBe(1)
})

test.describe('when the bank misbehaves', () => {
  for (const { name, field, payments, refunds } of [
    {
      name: 'charges twice: the second payment comes back by itself',
      field: ZH.say.bank.faults.duplicate,
      payments: 2,
      refunds: 1,
    },
    {
      name: 'sends its notice twice at once: nothing happens twice',
      field: ZH.say.bank.faults.repeat,
      payments: 1,
      refunds: 0,
    },
    {
      name: 'loses its notice: the return to the shop makes it good',
      field: ZH.say.bank.faults.lose,
      payments: 1,
      refunds: 0,
    },
    { name: 'sends its notices out of order', field: ZH.say.bank.faults.reorder, payments: 1, refunds: 0 },
  ]) {
    test(name, async ({ page }) => {
      const listing = await aListing({ stock: 3 })
      await fillCheckout(page, ZH, { slug: listing.slug, email: 'faults@example.com' })
      await placeOrder(page, ZH)
      await page.getByText(ZH.say.bank.faults.summary, { exact: true }).click()
      await page.getByRole('checkbox', { name: field }).check()
      const number = await payAtBank(page, ZH)
      await expect(page.getByRole('button', { name: ZH.say.order.reveal.one, exact: true })).toBeVisible()
      await expect
        .poll(
          async () => {
            const order = await orderByNumber(number)
            return [
              order.status,
              order.checkout.payments.length,
              order.refunds.filter(({ status }) => status === 'SUCCEEDED').length,
            ]
          },
          { timeout: 20_000 },
        )
        .toEqual(['DELIVERED', payments, refunds])
      expect(await db().cdk.count({ where: { variantId: listing.variantId, state: 'DELIVERED' } })).toBe(1)
    })
  }

  test('takes too little: nothing is delivered, the order waits, and what came goes back by itself', async ({
    page,
  }) => {
    const listing = await aListing({ stock: 1 })
    await fillCheckout(page, ZH, { slug: listing.slug, email: 'underpaid@example.com' })
    await placeOrder(page, ZH)
    await page.getByText(ZH.say.bank.faults.summary, { exact: true }).click()
    await page.locator('select[name=underpay]').selectOption('by-one')
    const number = await payAtBank(page, ZH)
    await expect(page.getByText(ZH.say.order.refunds.mismatch).first()).toBeVisible()
    await expect
      .poll(async () => (await orderByNumber(number)).refunds.map(({ status, amountMinor }) => [status, amountMinor]), {
        timeout: 20_000,
      })
      .toEqual([['SUCCEEDED', 1_249]])
    const { status, checkout } = await orderByNumber(number)
    expect([status, checkout.payments.map(({ use }) => use)]).toEqual(['AWAITING_PAYMENT', ['MISMATCH']])
  })
})
