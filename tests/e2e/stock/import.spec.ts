import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { type Page, expect, test } from '@playwright/test'
import { db } from '@/lib/infra/db'
import enImports from '@/messages/en/imports.json' with { type: 'json' }
import enUpload from '@/messages/en/upload.json' with { type: 'json' }
import zhImports from '@/messages/zh-CN/imports.json' with { type: 'json' }
import zhUpload from '@/messages/zh-CN/upload.json' with { type: 'json' }
import { expectAccessible, expectNoSideways } from '../support/axe'
import { like } from '../support/buying'
import { LARGE_FACE, SMALL_FACE, visitAll } from '../support/faces'
import { type Listing, OWNER_PASSWORD, aListing } from '../support/listings'
import { pressTwice } from '../support/money'
import { signIn } from '../support/sign-in'

const SAY = { '': { imports: zhImports, upload: zhUpload }, '/en': { imports: enImports, upload: enUpload } }
const { imports: say, upload } = SAY['']
type Prefix = keyof typeof SAY

/** The importer takes one upload after the other, and other journeys bring theirs. */
const PATIENCE = { timeout: 90_000 }
const MANY = 150_000

async function atStock(page: Page, { ownerEmail, variantId }: Listing, prefix: Prefix = ''): Promise<void> {
  await signIn(page, prefix, { email: ownerEmail, password: OWNER_PASSWORD })
  await page.goto(`${prefix}/merchant/stock/${variantId}`)
}

async function send(page: Page, prefix: Prefix = ''): Promise<string> {
  await page.getByRole('button', { name: SAY[prefix].upload.submit, exact: true }).click()
  await page.waitForURL(/\/merchant\/stock\/imports\/[0-9a-f-]{36}$/u, PATIENCE)
  await expect(page.locator('select[name=format]')).toBeVisible()
  return page.url().split('/').at(-1) ?? ''
}

async function sendFixture(page: Page, name: string, prefix: Prefix = ''): Promise<string> {
  const file = path.join(import.meta.dirname, '../../fixtures/stock', name)
  await page.locator('[name="file"]').setInputFiles({ name, mimeType: '', buffer: readFileSync(file) })
  return send(page, prefix)
}

async function sendText(page: Page, lines: readonly string[]): Promise<string> {
  const buffer = Buffer.from(lines.join('\n'))
  await page.locator('[name="file"]').setInputFiles({ name: '卡密 2026.txt', mimeType: 'text/plain', buffer })
  return send(page)
}

function newCodes(count: number): string[] {
  const tag = randomBytes(5).toString('hex').toUpperCase()
  return Array.from({ length: count }, (_, at) => `E2E-${tag}-${String(at).padStart(7, '0')}`)
}

/** Presses the button of a step in the form. */
async function press(page: Page, intent: 'look' | 'check' | 'run'): Promise<void> {
  await page.locator(`button[name=intent][value=${intent}]`).click()
}

async function expectState(page: Page, state: keyof typeof say.state, prefix: Prefix = ''): Promise<void> {
  const badge = page.locator('header').getByText(SAY[prefix].imports.state[state], { exact: true })
  await expect(badge).toBeVisible(PATIENCE)
}

async function countOf(page: Page, verdict: keyof typeof upload.verdict, prefix: Prefix = ''): Promise<string> {
  const term = page
    .locator('dl > div')
    .filter({ has: page.getByText(SAY[prefix].upload.verdict[verdict], { exact: true }) })
  return (await term.locator('dd').textContent()) ?? ''
}

const available = async (variantId: string) => db().cdk.count({ where: { variantId, state: 'AVAILABLE' } })

test('files of every format and encoding are recognised, previewed and imported', async ({ page }) => {
  test.setTimeout(300_000)
  const listing = await aListing({ stock: 0 })
  await atStock(page, listing)
  const files = [
    ['lines-crlf-bom.txt', 3, 'lines', 'utf-8'],
    ['accounts-gbk.txt', 3, 'lines', 'gb18030'],
    ['cards-gbk.csv', 2, 'csv', 'gb18030'],
    ['cards-big5.csv', 2, 'csv', 'big5'],
    ['cards-utf16le-bom.txt', 1, 'csv', 'utf-16le'],
    ['keys.json', 4, 'json', 'utf-8'],
    ['cards.xlsx', 4, 'xlsx', null],
  ] as const
  let stored = 0
  for (const [name, taken, format, encoding] of files) {
    await page.goto(`/merchant/stock/${listing.variantId}`)
    await sendFixture(page, name)
    await expect(page.getByRole('heading', { level: 1, name })).toBeVisible()
    await expect(page.locator('[name=format]')).toHaveValue(format)
    if (encoding !== null) await expect(page.locator('[name=encoding]')).toHaveValue(encoding)
    const asked = page.locator('[name=checked]')
    if ((await asked.count()) > 0) await asked.check()
    await press(page, 'run')
    await expectState(page, 'DONE')
    expect([name, await countOf(page, 'accepted')]).toEqual([name, String(taken)])
    stored += taken
    expect(await available(listing.variantId)).toBe(stored)
  }
})

for (const { name, language, viewport, colorScheme } of [SMALL_FACE, LARGE_FACE]) {
  test.describe(name, () => {
    test.use({ viewport, colorScheme })

    test('columns are given their meaning, a dry run shows what would be taken, and then it is', async ({ page }) => {
      test.setTimeout(240_000)
      const { prefix } = language
      const { imports, upload: words } = SAY[prefix]
      const listing = await aListing({ stock: 0 })
      await atStock(page, listing, prefix)
      const [a = '', b = ''] = newCodes(2)
      await page.locator('[name="text"]').fill(`${a}|u1|2031-12-31\n${b}|u2|2031-12-31\n${b}|u2|2031-12-31\n\n${a}`)
      await send(page, prefix)
      await expect(page.getByText(imports.step.readHint, { exact: true })).toBeVisible()
      expect(await page.locator('main').innerText()).not.toContain(a)
      await expectAccessible(page)
      await expectNoSideways(page)

      const meaning = (number: number) =>
        page.getByRole('combobox', {
          name: words.preview.meaningOf.replace(
            '{column}',
            words.columnNumber.replace('{number, number}', String(number)),
          ),
        })
      await meaning(2).selectOption('account')
      await expect(page.locator('pre')).toContainText('账号: u•••')
      await page.locator('[name=separator]').selectOption('none')
      await expect(page.locator('[name=c1-field]')).toHaveCount(0)
      await page.locator('[name=separator]').selectOption('pipe')
      await meaning(2).selectOption('link')
      await page.locator('[name=sourceNote]').pressSequentially('上海代理 A-1')
      await expect(page.locator('pre')).toContainText('链接: u•••')
      await expect(page.locator('[name=sourceNote]')).toHaveValue('上海代理 A-1')
      await page.locator('[name=cost]').fill('1,5')
      await press(page, 'check')
      await expect(page.locator('[name=cost]')).toHaveAttribute('aria-invalid', 'true')
      await expect(page.locator('[name=sourceNote]')).toHaveValue('上海代理 A-1')
      await page.locator('[name=cost]').fill('1.5')
      await press(page, 'check')

      await expectState(page, 'CHECKED', prefix)
      expect([await countOf(page, 'accepted', prefix), await countOf(page, 'duplicate-in-file', prefix)]).toEqual([
        '2',
        '1',
      ])
      expect(await available(listing.variantId)).toBe(0)
      await expectAccessible(page)
      await expectNoSideways(page)

      await page.getByRole('button', { name: imports.runChecked, exact: true }).click()
      await expectState(page, 'DONE', prefix)
      await expect(page.getByRole('table', { name: words.byNumber }).locator('tbody tr')).toHaveCount(3)
      await expectAccessible(page)
      await expectNoSideways(page)
      const stored = await db().cdk.findMany({ where: { variantId: listing.variantId }, include: { batch: true } })
      expect(
        stored.map(({ expiresAt, batch }) => [expiresAt?.toISOString(), batch.costMinor, batch.sourceNote]),
      ).toEqual(Array.from({ length: 2 }, () => ['2031-12-31T15:59:59.000Z', 150, '上海代理 A-1']))

      await page.getByRole('link', { name: imports.batch, exact: true }).click()
      await page.waitForURL(/\/merchant\/stock\/batches\//u)
      await visitAll(page, prefix, [
        '/merchant/stock',
        '/merchant/stock/imports',
        `/merchant/stock/${listing.variantId}`,
      ])
    })
  })
}

test('a large import shows its progress, outlives the page, and gives back what it did not take', async ({ page }) => {
  test.setTimeout(300_000)
  const listing = await aListing({ stock: 0 })
  await atStock(page, listing)
  const lines = newCodes(MANY)
  const bad = [`=1+${lines[1] ?? ''}`, 'x'.repeat(501), '', lines[0] ?? '']
  const importId = await sendText(page, [...lines, ...bad])
  await press(page, 'run')
  const bar = page.getByRole('progressbar', { name: say.progress })
  await expect(bar).toBeVisible(PATIENCE)
  await expect(page.getByText(like(say.rate))).toBeVisible(PATIENCE)
  await expect.poll(async () => Number(await bar.getAttribute('aria-valuenow')), PATIENCE).toBeGreaterThan(0)
  await expectAccessible(page)
  await page.goto('/merchant/stock')
  await page.getByRole('link', { name: '卡密 2026.txt' }).click()
  await page.waitForURL(new RegExp(importId, 'u'))
  await expectState(page, 'DONE')
  expect(await available(listing.variantId)).toBe(MANY + 1)

  const refused = page.getByRole('table', { name: upload.byNumber }).locator('tbody tr')
  await expect(refused).toHaveText([
    new RegExp(upload.verdict['too-long'], 'u'),
    new RegExp(upload.verdict.empty, 'u'),
    new RegExp(upload.verdict['duplicate-in-file'], 'u'),
  ])
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: say.download, exact: true }).click(),
  ])
  const rows = readFileSync(await file.path(), 'utf8').split('\r\n')
  expect(rows).toHaveLength(5)
  expect(rows[3]).toBe(`${MANY + 4},${upload.verdict['duplicate-in-file']},${lines[0] ?? ''},`)
})

test('a running import is cancelled: what was taken stays in stock, and the same file brings the rest', async ({
  page,
}) => {
  test.setTimeout(300_000)
  const listing = await aListing({ stock: 0 })
  await atStock(page, listing)
  const lines = newCodes(MANY)
  await sendText(page, lines)
  await press(page, 'run')
  await expect(page.getByText(like(say.rate))).toBeVisible(PATIENCE)
  await pressTwice(page, say.cancel, say.cancelConfirm)
  await expectState(page, 'CANCELLED')
  const taken = await available(listing.variantId)
  expect(taken).toBeLessThan(MANY)
  await expect(page.getByText(taken > 0 ? like(say.cancelled.text) : say.cancelled.none)).toBeVisible()
  await page.getByRole('link', { name: say.again, exact: true }).click()
  await page.waitForURL(/\/merchant\/stock\/[0-9a-f-]{36}$/u)
  await sendText(page, lines)
  await press(page, 'run')
  await expectState(page, 'DONE')
  expect(await available(listing.variantId)).toBe(MANY)
})

test('an upload is stopped half-way and another discarded: nothing of either is in stock', async ({ page }) => {
  const listing = await aListing({ stock: 0 })
  await atStock(page, listing)
  const session = await page.context().newCDPSession(page)
  const slow = { offline: false, latency: 0, downloadThroughput: -1, uploadThroughput: 100_000 }
  await session.send('Network.emulateNetworkConditions', slow)
  const buffer = Buffer.from(newCodes(100_000).join('\n'))
  await page.locator('[name="file"]').setInputFiles({ name: 'slow.txt', mimeType: 'text/plain', buffer })
  await page.getByRole('button', { name: upload.submit, exact: true }).click()
  await expect(page.getByRole('progressbar', { name: upload.sending })).toBeVisible()
  await page.getByRole('button', { name: upload.stop, exact: true }).click()
  await expect(page.getByRole('button', { name: upload.submit, exact: true })).toBeVisible()
  await session.send('Network.emulateNetworkConditions', { ...slow, uploadThroughput: -1 })
  expect(await db().stockImport.count({ where: { merchantId: listing.merchantId } })).toBe(0)

  await sendText(page, newCodes(3))
  await pressTwice(page, say.discard, say.discardConfirm)
  await expectState(page, 'CANCELLED')
  await expect(page.getByText(say.cancelled.none)).toBeVisible()
  expect(await available(listing.variantId)).toBe(0)

  await page.goto(`/merchant/stock/${listing.variantId}`)
  const old = Buffer.from([0xd0, 0xcf, 0x11, 0xe0])
  await page.locator('[name="file"]').setInputFiles({ name: 'old.xls', mimeType: '', buffer: old })
  await page.getByRole('button', { name: upload.submit, exact: true }).click()
  await expect(page.getByText(upload.refused, { exact: true })).toBeVisible()
})

test('all of it works without JavaScript, step by step', async ({ browser }) => {
  test.setTimeout(120_000)
  const listing = await aListing({ stock: 0 })
  const context = await browser.newContext({ javaScriptEnabled: false })
  const page = await context.newPage()
  await atStock(page, listing)
  const [a = '', b = ''] = newCodes(2)
  await page.locator('[name="text"]').fill(`卡密,备注\n${a},甲\n${b},乙`)
  await page.getByRole('button', { name: upload.submit, exact: true }).click()
  await expect(page.locator('[name=header]')).toHaveValue('yes')
  await page.locator('[name=c1-field]').selectOption('pin')
  await press(page, 'look')
  await expect(page.locator('pre')).toContainText('备注: 甲•••')
  await press(page, 'run')
  await expect(async () => {
    await page.reload()
    await expect(page.locator('header').getByText(say.state.DONE, { exact: true })).toBeVisible({ timeout: 500 })
  }).toPass(PATIENCE)
  expect(await available(listing.variantId)).toBe(2)
  await context.close()
})

test("another merchant's import is not there", async ({ page }) => {
  const [listing, other] = [await aListing({ stock: 0 }), await aListing({ stock: 0 })]
  await atStock(page, listing)
  const importId = await sendText(page, newCodes(1))
  await page.context().clearCookies()
  await signIn(page, '', { email: other.ownerEmail, password: OWNER_PASSWORD })
  const answer = await page.goto(`/merchant/stock/imports/${importId}`)
  expect(answer?.status()).toBe(404)
})
