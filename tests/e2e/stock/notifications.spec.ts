import { readFileSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from '@playwright/test'
import { notifyMerchant } from '@/lib/domain/notifications'
import { db, inTransaction } from '@/lib/infra/db'
import { env } from '@/lib/infra/env'
import enMail from '@/messages/en/mail.json' with { type: 'json' }
import enNotes from '@/messages/en/notifications.json' with { type: 'json' }
import zhMail from '@/messages/zh-CN/mail.json' with { type: 'json' }
import zhNotes from '@/messages/zh-CN/notifications.json' with { type: 'json' }
import { expectAccessible, expectNoSideways } from '../support/axe'
import { fillCheckout, payAtBank, placeOrder } from '../support/buying'
import { FACES } from '../support/faces'
import { OWNER_PASSWORD, aListing } from '../support/listings'
import { signIn } from '../support/sign-in'

for (const { name, language, viewport, colorScheme } of FACES.filter((_, at) => at === 0 || at === 3)) {
  const [mail, notes] = language.prefix === '' ? [zhMail, zhNotes] : [enMail, enNotes]

  test.describe(name, () => {
    test.use({ viewport, colorScheme })

    test('a guest is told of the delivery by e-mail, which leads to the order and holds no code', async ({ page }) => {
      const listing = await aListing({ stock: 1 })
      await fillCheckout(page, language, { slug: listing.slug, email: 'told@example.com' })
      await placeOrder(page, language)
      const number = await payAtBank(page, language)

      const letter = page.getByRole('listitem').filter({ hasText: number })
      await expect(async () => {
        await page.goto(`${language.prefix}/mailbox`)
        await expect(letter).toBeVisible({ timeout: 1_000 })
      }).toPass({ timeout: 20_000 })
      await letter.locator('summary').click()
      await expect(letter).toContainText(mail.greeting)
      await expectAccessible(page)
      await expectNoSideways(page)
      const shown = await page.content()
      expect(listing.codes.filter((code) => shown.includes(code))).toEqual([])
      await letter.getByRole('link').click()
      await page.waitForURL(`**${language.prefix}/orders/${number}`)
      await expect(page.getByRole('button', { name: language.say.order.reveal.one, exact: true })).toBeVisible()
      // Whatever was logged on the way, by whichever process.
      const folder = path.join(env().KEYBOND_DATA_DIR, 'log')
      const logs = readdirSync(folder).map((file) => readFileSync(path.join(folder, file), 'utf8'))
      expect(logs.join('').length).toBeGreaterThan(0)
      expect(listing.codes.filter((code) => logs.some((log) => log.includes(code)))).toEqual([])
    })

    test('a merchant sees what is new, follows it, and marks it as read', async ({ page }) => {
      const { merchantId, ownerEmail, variantId } = await aListing({ stock: 1 })
      const names = { product: { zh: '修图软件', en: 'Photo editor' }, variant: { zh: '一台设备', en: 'One device' } }
      const data = { variantId, ...names, left: 1 }
      const note = { kind: 'low-stock', dedupeKey: variantId, data } as const
      await inTransaction(db(), (tx) => notifyMerchant(tx, merchantId, note, new Date()))

      await signIn(page, language.prefix, { email: ownerEmail, password: OWNER_PASSWORD })
      const withOne = notes.withUnread.startsWith('通知') ? '通知，1 条未读' : 'Notifications, 1 unread'
      await page.getByRole('link', { name: withOne }).filter({ visible: true }).click()
      await expect(page.getByText(notes.unread, { exact: true })).toBeVisible()
      await expectAccessible(page)
      await expectNoSideways(page)
      await page.getByRole('button', { name: notes.readAll }).click()
      await expect(page.getByText(notes.unread, { exact: true })).toHaveCount(0)
      await expect(page.getByRole('link', { name: withOne })).toHaveCount(0)
      const subject = language.prefix === '' ? /^库存不足：修图软件/u : /^Running low: Photo editor/u
      await page.getByRole('link', { name: subject }).click()
      await page.waitForURL(`**/merchant/stock/${variantId}`)
    })
  })
}
