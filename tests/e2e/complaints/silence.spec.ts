import { expect, test } from '@playwright/test'
import { FACES } from '../support/faces'
import { balanceOfKind } from '../support/ledger'
import { aListing, orderByNumber } from '../support/listings'
import { buy, caseByNumber, complain, makeCaseDue, wordsOf } from './support/opening'

const WITHIN = { timeout: 30_000 }

for (const { name, language, viewport, colorScheme } of FACES.filter((_, at) => at === 0 || at === 3)) {
  test.describe(name, () => {
    test.use({ viewport, colorScheme })

    test('a used code, a silent merchant: the money comes back when the clock runs out', async ({ page }) => {
      test.setTimeout(180_000)
      const { complain: say, words } = wordsOf(language)
      const listing = await aListing({ stock: 2 })
      const number = await buy(page, language, listing.slug)
      const caseNumber = await complain(page, language, {
        failure: 'ALREADY_USED',
        demand: 'REFUND',
        statement: '激活时官网提示：该授权码已被使用。时间是今天下午。',
      })
      await expect(page.getByText(words.silence.GRANT, { exact: true })).toBeVisible()
      await expect(page.getByText(words.money.paused, { exact: true })).toBeVisible()
      const order = await orderByNumber(number)
      expect(order).toMatchObject({ status: 'DELIVERED', dueAt: null })
      expect(order.complainedAt).not.toBeNull()

      // The order says so too, and cannot be confirmed meanwhile.
      await page.goto(`${language.prefix}/orders/${number}`)
      await expect(page.getByText(say.order.paused, { exact: true }).first()).toBeVisible()
      await expect(page.getByRole('button', { name: language.say.order.decide.confirm, exact: true })).toHaveCount(0)
      await page.getByRole('link', { name: caseNumber }).click()
      await page.waitForURL(/\/complaints\/KC/u)

      await makeCaseDue(caseNumber)
      // The page hears of it by itself.
      await expect(page.getByText(words.outcome.SILENCE, { exact: true }).first()).toBeVisible(WITHIN)
      await expect(page.getByText(words.result.REFUNDED, { exact: true }).first()).toBeVisible()
      expect(await caseByNumber(caseNumber)).toMatchObject({ state: 'CLOSED', outcome: 'SILENCE' })
      expect(await orderByNumber(number)).toMatchObject({ status: 'REFUNDED', refundedMinor: order.totalMinor })
      expect(await balanceOfKind('ESCROW', order.id)).toBe(0)
    })
  })
}
