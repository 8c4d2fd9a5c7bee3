import { type Page, expect, test } from '@playwright/test'
import { db } from '@/lib/infra/db'
import { formatMoney } from '@/lib/kernel/money'
import { expectAccessible, expectNoSideways } from '../support/axe'
import { type Language, ZH, fillCheckout, like, payAtBank } from '../support/buying'
import { atDesk, refundAtDesk } from '../support/desk'
import { LARGE_FACE, SMALL_FACE } from '../support/faces'
import { balanceOfKind } from '../support/ledger'
import { aListing, orderByNumber } from '../support/listings'
import { aBuyer, amountBeside, pressTwice, submitCheckout } from '../support/money'
import { signIn } from '../support/sign-in'
import { fenIn } from '../support/stripe-double'

/** Tops the signed-in buyer's wallet up at the sandbox bank. */
async function topUp(page: Page, { prefix, say }: Language, yuan: string): Promise<void> {
  await page.goto(`${prefix}/account/wallet`)
  await page.getByLabel(say.order.wallet.amount, { exact: true }).fill(yuan)
  await page.getByRole('button', { name: say.order.wallet.submit, exact: true }).click()
  await page.waitForURL(/\/bank\/pay\//u)
  await page.getByRole('button', { name: like(say.bank.pay.submit) }).click()
  await page.waitForURL(/\/account\/wallet/u)
  await expect(page.getByText(say.order.wallet.arrived, { exact: true })).toBeVisible()
}

/** On the checkout page of one piece: ticks the wallet, and takes `yuan` of it instead of all that fits. */
async function useWallet(page: Page, { prefix, say }: Language, variantId: string, yuan?: string): Promise<void> {
  const { checkout } = say.order
  await page.goto(`${prefix}/checkout/${variantId}`)
  await page.getByRole('checkbox', { name: like(checkout.walletUse) }).check()
  await expect.poll(async () => page.url()).toContain('use=wallet')
  if (yuan === undefined) return
  await page.getByLabel(checkout.walletAmount, { exact: true }).fill(yuan)
  await page.getByRole('button', { name: checkout.update, exact: true }).last().click()
  await page.waitForURL(/amount=/u)
}

async function expectFits(page: Page): Promise<void> {
  await expectAccessible(page)
  await expectNoSideways(page)
}

for (const { name, language, viewport, colorScheme } of [SMALL_FACE, LARGE_FACE]) {
  test.describe(name, () => {
    test.use({ viewport, colorScheme })

    test('tops up, pays a part, cancels, pays all of it, and gets a refund back into the wallet', async ({
      page,
      browser,
    }) => {
      test.setTimeout(150_000)
      const { order: say } = language.say
      const [buyer, listing] = [await aBuyer(), await aListing({ stock: 3 })]
      const balance = async () => balanceOfKind('BUYER_WALLET', buyer.id)
      await signIn(page, language.prefix, buyer)
      await page.goto(`${language.prefix}/account/wallet`)
      await expectFits(page)
      await topUp(page, language, '50.00')
      expect(await balance()).toBe(5_000)
      await expectFits(page)

      await useWallet(page, language, listing.variantId, '5.00')
      await expect.poll(async () => amountBeside(page, say.checkout.due)).toBe(750)
      await expectFits(page)
      await submitCheckout(page, language)
      await page.waitForURL(/\/bank\/pay\//u)
      expect(fenIn(await page.locator('.amount').innerText())).toBe(750)
      expect(await balance()).toBe(4_500)
      const mixed = await orderByNumber(await payAtBank(page, language))
      await expect(page.locator('#codes')).toBeVisible()
      expect(mixed).toMatchObject({ status: 'DELIVERED', totalMinor: 1_250, walletMinor: 500 })
      expect(await balanceOfKind('ESCROW', mixed.id)).toBe(1_250)
      expect(await amountBeside(page, say.page.wallet)).toBe(500)

      await useWallet(page, language, listing.variantId, '5.00')
      await submitCheckout(page, language)
      await page.waitForURL(/\/bank\/pay\//u)
      expect(await balance()).toBe(4_000)
      await page.getByRole('link', { name: language.say.bank.pay.cancel, exact: true }).click()
      await page.waitForURL(/\/orders\/KB/u)
      await expectFits(page)
      await pressTwice(page, say.pay.cancel, say.pay.cancelConfirm)
      await expect(page.getByText(say.state.cancelled, { exact: true })).toBeVisible()
      await expect(page.getByText(like(say.state.walletBack))).toBeVisible()
      expect(await balance()).toBe(4_500)

      await useWallet(page, language, listing.variantId)
      await submitCheckout(page, language, say.checkout.submitWallet)
      await page.waitForURL(/\/orders\/KB/u)
      await expect(page.locator('#codes')).toBeVisible()
      const whole = await orderByNumber(/\/orders\/(KB\w+)/u.exec(page.url())?.[1] ?? '')
      expect(whole).toMatchObject({ status: 'DELIVERED', walletMinor: 1_250, checkout: { provider: 'wallet' } })
      expect(await balance()).toBe(3_250)

      await atDesk(browser, listing, async (desk) => refundAtDesk(desk, whole.id, 'all'))
      expect(await balance()).toBe(4_500)
      await page.reload()
      await expect(page.getByText(say.refunds.method.WALLET, { exact: true })).toBeVisible()
      await expectFits(page)
      await page.goto(`${language.prefix}/account/wallet`)
      const lines = page.getByRole('table', { name: say.wallet.history, exact: true })
      for (const what of ['top-up', 'wallet-pay', 'wallet-back', 'refund'] as const)
        await expect(lines.getByText(say.wallet.code[what], { exact: true }).first()).toBeVisible()
      await expect(lines.getByRole('row').filter({ hasText: say.wallet.code.refund })).toContainText(
        formatMoney(1_250, 'CNY', language.prefix === '' ? 'zh-CN' : 'en'),
      )
      await expectFits(page)
    })
  })
}

test('a guest is offered no wallet and has none', async ({ page }) => {
  const listing = await aListing({ stock: 1 })
  await fillCheckout(page, ZH, { slug: listing.slug, email: 'no-wallet@example.com' })
  await expect(page.getByRole('checkbox', { name: like(ZH.say.order.checkout.walletUse) })).toHaveCount(0)
  await page.goto(`${page.url()}&use=wallet`)
  await expect(page.getByText(ZH.say.order.checkout.walletPart, { exact: true })).toHaveCount(0)
  await page.goto('/account/wallet')
  await expect(page).toHaveURL(/\/sign-in\?next=/u)
  expect(await db().checkout.count({ where: { email: 'no-wallet@example.com' } })).toBe(0)
})
