import { readFile } from 'node:fs/promises'
import { type Page, expect, test } from '@playwright/test'
import { db } from '@/lib/infra/db'
import { DAY_MS, after } from '@/lib/kernel/time'
import en from '@/messages/en/desk.json' with { type: 'json' }
import enRefusals from '@/messages/en/refusals.json' with { type: 'json' }
import zh from '@/messages/zh-CN/desk.json' with { type: 'json' }
import zhRefusals from '@/messages/zh-CN/refusals.json' with { type: 'json' }
import { expectAccessible, expectNoSideways } from '../support/axe'
import { LARGE_FACE, SMALL_FACE, expectNotThere } from '../support/faces'
import { OWNER_PASSWORD, aListing } from '../support/listings'
import { signIn } from '../support/sign-in'

const DESK = '/merchant/stock/desk'

const stateOf = async (id: string) => (await db().cdk.findUniqueOrThrow({ where: { id } })).state

async function expectWell(page: Page): Promise<void> {
  await expectAccessible(page)
  await expectNoSideways(page)
}

for (const [{ name, language, viewport, colorScheme }, say, refusals] of [
  [SMALL_FACE, zh, zhRefusals],
  [LARGE_FACE, en, enRefusals],
] as const) {
  test.describe(name, () => {
    test.use({ viewport, colorScheme })

    test('a merchant finds a pasted code, retires it, restores it, moves it and exports the rest', async ({
      page,
      browser,
    }) => {
      test.setTimeout(240_000)
      const { merchantId, ownerEmail, variantId, secondId, codes } = await aListing({ stock: 4, second: 1 })
      const [code = ''] = codes
      await signIn(page, language.prefix, { email: ownerEmail, password: OWNER_PASSWORD })
      await page.goto(`${language.prefix}${DESK}?variant=${variantId}`)
      await expectWell(page)

      await page.getByLabel(say.search.label, { exact: true }).fill(`${code}-wrong`)
      await page.getByRole('button', { name: say.search.go, exact: true }).click()
      await expect(page.getByText(say.search.none, { exact: true })).toBeVisible()
      await page.getByLabel(say.search.label, { exact: true }).fill(` ${code.toLowerCase()} `)
      await page.getByRole('button', { name: say.search.go, exact: true }).click()
      await page.waitForURL(/\/desk\/[0-9a-f-]{36}$/u)
      expect(page.url()).not.toContain(code)
      await expect(page.getByRole('heading', { level: 1, name: say.cdk.title, exact: true })).toBeVisible()
      expect(await page.locator('main').innerText()).not.toContain(code)
      await expectWell(page)
      const id = page.url().slice(-36)

      const act = async (which: 'retire' | 'restore' | 'move') => {
        await page.goto(`${language.prefix}${DESK}`)
        await page.locator(`input[name=id][value="${id}"]`).check()
        await page.getByRole('button', { name: say[which].label, exact: true }).click()
        const asked = page.getByRole('alertdialog').filter({ hasText: say[which].question })
        await expect(asked).toBeVisible()
        if (which === 'move') {
          await asked.locator('select').selectOption(secondId)
          await expectWell(page)
        }
        await asked.getByRole('button', { name: say[which].confirm, exact: true }).click()
        await expect(page.getByRole('status').filter({ hasText: '1' }).first()).toBeVisible()
      }
      await act('retire')
      expect(await stateOf(id)).toBe('RETIRED')
      await act('restore')
      expect(await stateOf(id)).toBe('AVAILABLE')
      await act('move')
      expect((await db().cdk.findUniqueOrThrow({ where: { id } })).variantId).toBe(secondId)

      const ask = async (password: string) => {
        await page.goto(`${language.prefix}${DESK}?variant=${variantId}`)
        await page.getByText(say.export.label, { exact: true }).click()
        await page.getByLabel(say.scope.all, { exact: true }).check()
        await page.getByLabel(say.export.password, { exact: true }).fill(password)
        await expectWell(page)
      }
      await ask('not the password')
      await page.getByLabel(say.export.password, { exact: true }).press('Enter')
      await page.getByRole('button', { name: say.export.go, exact: true }).click()
      await expect(page.getByText(refusals.auth['wrong-credentials'], { exact: true })).toBeVisible()
      expect(await db().cdk.count({ where: { variantId, state: 'AVAILABLE' } })).toBe(3)

      await ask(OWNER_PASSWORD)
      const download = page.waitForEvent('download')
      await page.getByRole('button', { name: say.export.go, exact: true }).click()
      const file = await download
      const made = await db().stockExport.findFirstOrThrow({ where: { merchantId } })
      expect(file.suggestedFilename()).toBe(`keybond-export-${made.id}.csv`)
      const text = await readFile(await file.path(), 'utf8')
      expect(text).toContain(made.id)
      for (const each of codes.slice(1)) expect(text).toContain(each)
      expect(text).not.toContain(code)
      expect(await db().cdk.count({ where: { variantId, state: 'RETIRED' } })).toBe(3)

      await page.goto(`${language.prefix}${DESK}/exports`)
      await expectWell(page)

      const stranger = await browser.newContext()
      const other = await stranger.newPage()
      const { ownerEmail: otherEmail } = await aListing({ stock: 1 })
      await signIn(other, '', { email: otherEmail, password: OWNER_PASSWORD })
      await expectNotThere(other, [`${DESK}/${id}`])
      await other.goto(`${DESK}?variant=${variantId}`)
      await expect(other.locator('input[name=id]')).toHaveCount(0)
      await stranger.close()
    })
  })
}

test('what expires is found at the start page and at the desk, and is not sold', async ({ page }) => {
  test.setTimeout(120_000)
  const { ownerEmail, variantId } = await aListing({ stock: 2 })
  const soon = after(new Date(), 3 * DAY_MS)
  const [one, two] = await db().cdk.findMany({ where: { variantId }, orderBy: { id: 'asc' } })
  await db().cdk.update({ where: { id: one?.id ?? '' }, data: { expiresAt: soon, sellBy: soon } })
  const past = after(new Date(), -DAY_MS)
  await db().cdk.update({ where: { id: two?.id ?? '' }, data: { expiresAt: past, sellBy: past } })
  await signIn(page, '', { email: ownerEmail, password: OWNER_PASSWORD })
  await page.goto('/merchant')
  await expectWell(page)
  await page.locator('a[href$="expiry=expired"]').click()
  await page.waitForURL(/expiry=expired/u)
  await expect(page.locator('input[name=id]')).toHaveCount(1)
  await expect(page.locator(`input[name=id][value="${two?.id}"]`)).toHaveCount(1)
  await page.goto(`${DESK}?expiry=in-7-days`)
  await expect(page.locator(`input[name=id][value="${one?.id}"]`)).toHaveCount(1)
  await page.goto('/merchant/stock')
  await expect(page.locator('tbody tr').first()).toContainText('1')
})
