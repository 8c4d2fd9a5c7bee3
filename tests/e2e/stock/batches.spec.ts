import { type Page, expect, test } from '@playwright/test'
import { db } from '@/lib/infra/db'
import { DEMO_OPERATOR } from '@/lib/seed/demo-accounts'
import enBatches from '@/messages/en/batches.json' with { type: 'json' }
import zhBatches from '@/messages/zh-CN/batches.json' with { type: 'json' }
import zhOrder from '@/messages/zh-CN/order.json' with { type: 'json' }
import zhRefusals from '@/messages/zh-CN/refusals.json' with { type: 'json' }
import { newId } from '@/lib/kernel/ids'
import { PDF, PNG } from '@/tests/support/proofs'
import { expectAccessible, expectNoSideways } from '../support/axe'
import { ZH, fillCheckout, like, payAtBank, placeOrder } from '../support/buying'
import { atDesk } from '../support/desk'
import { LARGE_FACE, SMALL_FACE, visitAll } from '../support/faces'
import { type Listing, OWNER_PASSWORD, aListing, orderByNumber } from '../support/listings'
import { pressTwice } from '../support/money'
import { signIn } from '../support/sign-in'

/** The worker sweeps every two seconds, and other journeys keep it busy. */
const PATIENCE = { timeout: 60_000 }

async function batchOf({ variantId }: Listing): Promise<string> {
  return (await db().stockBatch.findFirstOrThrow({ where: { variantId } })).id
}

async function buy(page: Page, { slug }: Listing): Promise<string> {
  await fillCheckout(page, ZH, { slug, email: 'frozen@example.com' })
  await placeOrder(page, ZH)
  return payAtBank(page, ZH)
}

async function offer(page: Page, file: { name: string; buffer: Uint8Array; mimeType?: string }): Promise<void> {
  const { name, buffer, mimeType = '' } = file
  await page.locator('#proofs input[type=file]').setInputFiles({ name, mimeType, buffer: Buffer.from(buffer) })
  await page.getByRole('button', { name: zhBatches.proofs.add, exact: true }).click()
}

test('an operator freezes a batch: nothing is sold or shown any more, the buyer reads why and has the money back', async ({
  page,
  browser,
}) => {
  test.setTimeout(150_000)
  const listing = await aListing({ stock: 3 })
  const number = await buy(page, listing)
  const batchId = await batchOf(listing)

  const desk = await (await browser.newContext()).newPage()
  await signIn(desk, '', DEMO_OPERATOR)
  await desk.goto(`/admin/batches/${batchId}`)
  await expect(desk.getByRole('link', { name: number })).toBeVisible()
  await desk.getByLabel(zhBatches.freeze.reason, { exact: true }).fill('上游账号被盗')
  await pressTwice(desk, zhBatches.freeze.do, zhBatches.freeze.do)
  await expect(desk.getByText(like(zhBatches.frozenNotice.reason.replace('{reason}', '上游账号被盗')))).toBeVisible()

  await expect
    .poll(async () => (await orderByNumber(number)).refunds.map(({ status }) => status), PATIENCE)
    .toEqual(['SUCCEEDED'])
  await page.goto(`/orders/${number}`)
  await expect(page.getByText(zhOrder.batchFrozen.title, { exact: true })).toBeVisible()
  await expect(page.getByText(zhOrder.batchFrozen.done.replace('{amount}', '¥12.50'))).toBeVisible()
  await expect(page.locator('body')).not.toContainText(listing.codes[0] ?? '-')
  await expectAccessible(page)
  await page.goto(`/products/${listing.slug}`)
  await expect(page.getByRole('button', { name: ZH.say.storefront.buy.submit })).toHaveCount(0)

  await desk.goto(`/admin/batches/${batchId}`)
  await expect(desk.getByText(zhBatches.frozenNotice.done, { exact: true })).toBeVisible()
  await desk.getByLabel(zhBatches.unfreeze.note, { exact: true }).fill('已核实')
  await pressTwice(desk, zhBatches.unfreeze.do, zhBatches.unfreeze.do)
  await expect.poll(async () => db().cdk.count({ where: { batchId, state: 'AVAILABLE' } }), PATIENCE).toBe(3)
  await desk.context().close()
})

test('a frozen code that waits for its refund is not revealed, also by a page that was open before', async ({
  page,
}) => {
  const listing = await aListing({ stock: 1 })
  await buy(page, listing)
  const batchId = await batchOf(listing)
  // As in the moment between the freeze and the sweep.
  const frozen = { frozenAt: new Date(), frozenById: newId(), frozenReason: '来源存疑' }
  await page.getByRole('checkbox', { name: zhOrder.reveal.consent }).check()
  await db().stockBatch.update({ where: { id: batchId }, data: { ...frozen, dueAt: new Date(Date.now() + 3_600_000) } })
  await page.getByRole('button', { name: zhOrder.reveal.one, exact: true }).click()
  await expect(page.getByText(zhRefusals.order['batch-frozen'], { exact: true })).toBeVisible()
  await page.reload()
  await expect(page.getByText(like(zhOrder.batchFrozen.waiting))).toBeVisible()
  await expect(page.getByRole('button', { name: zhOrder.reveal.one, exact: true })).toHaveCount(0)
  await expectAccessible(page)
  await expectNoSideways(page)
  await db().stockBatch.update({ where: { id: batchId }, data: { dueAt: new Date() } })
  await expect(page.getByText(zhOrder.batchFrozen.done.replace('{amount}', '¥12.50'))).toBeVisible(PATIENCE)
})

test('a merchant uploads proofs, an operator sees them and says no, a further proof asks again', async ({
  page,
  browser,
}) => {
  test.setTimeout(120_000)
  const listing = await aListing({ stock: 1 })
  const batchId = await batchOf(listing)
  await signIn(page, '', { email: listing.ownerEmail, password: OWNER_PASSWORD })
  await page.goto(`/merchant/stock/batches/${batchId}`)
  await offer(page, {
    name: '发票.pdf',
    buffer: new Uint8Array(Buffer.from(`MZ${'x'.repeat(300)}`)),
    mimeType: 'application/pdf',
  })
  await expect(page.getByText(zhRefusals.batch['proof-type'], { exact: true })).toBeVisible()
  expect(await db().batchProof.count({ where: { batchId } })).toBe(0)
  await offer(page, { name: '截图.png', buffer: PNG })
  await expect(page.getByText('截图.png')).toBeVisible()
  await expect(page.getByText(zhBatches.merchant.pending, { exact: true })).toBeVisible()
  await offer(page, { name: '发票.pdf', buffer: PDF })
  await expect(page.getByText('发票.pdf')).toBeVisible()
  const picture = page.locator('#proofs img')
  await picture.scrollIntoViewIfNeeded()
  await expect.poll(async () => picture.evaluate((img) => img instanceof HTMLImageElement && img.naturalWidth)).toBe(1)
  const saving = page.waitForEvent('download')
  await page.getByRole('link', { name: zhBatches.proofs.save.replace('{name}', '发票.pdf') }).click()
  expect((await saving).suggestedFilename()).toBe('发票.pdf')
  await page.locator('select[name=source]').selectOption('DISTRIBUTOR')
  await page.locator('input[name=cost]').fill('8.50')
  await page.getByRole('button', { name: zhBatches.merchant.save, exact: true }).click()
  await expect(page.getByText(zhBatches.merchant.saved, { exact: true })).toBeVisible()

  const desk = await (await browser.newContext()).newPage()
  await signIn(desk, '', DEMO_OPERATOR)
  await desk.goto('/admin/batches?waiting=yes')
  await desk.goto(`/admin/batches/${batchId}`)
  await expect(desk.getByText('发票.pdf')).toBeVisible()
  await expect(desk.getByText('¥8.50')).toBeVisible()
  await desk.locator('select[name=verdict]').selectOption('REJECTED')
  await desk.getByRole('button', { name: zhBatches.reviewForm.do, exact: true }).click()
  await expect(desk.locator('[aria-invalid=true]')).toHaveCount(1)
  await desk.locator('textarea[name=note]').fill('发票抬头不符')
  await desk.getByRole('button', { name: zhBatches.reviewForm.do, exact: true }).click()
  await expect(desk.getByText(zhBatches.reviewForm.done, { exact: true })).toBeVisible()
  await page.reload()
  await expect(page.getByText(zhBatches.merchant.rejectedTitle, { exact: true })).toBeVisible()
  await expect(page.getByText(/发票抬头不符/u)).toBeVisible()
  await offer(page, { name: '更正.pdf', buffer: new Uint8Array([...PDF, 10]) })
  await expect(page.getByText(zhBatches.merchant.pending, { exact: true })).toBeVisible()
  await desk.context().close()
})

test('where the category asks for proofs an import starts only with one', async ({ page, browser }) => {
  test.setTimeout(120_000)
  const listing = await aListing({ stock: 0 })
  const { product } = await db().variant.findUniqueOrThrow({
    where: { id: listing.variantId },
    select: { product: { select: { categoryId: true } } },
  })
  const desk = await (await browser.newContext()).newPage()
  await signIn(desk, '', DEMO_OPERATOR)
  await desk.goto(`/admin/categories/${product.categoryId}`)
  await desk.locator('input[name=requiresProof]').check()
  await desk.locator('main form button[type=submit]').last().click()
  await expect(desk.locator('input[name=requiresProof]')).toBeChecked()
  await expect
    .poll(async () => (await db().category.findUniqueOrThrow({ where: { id: product.categoryId } })).requiresProof)
    .toBe(true)
  await desk.context().close()

  await signIn(page, '', { email: listing.ownerEmail, password: OWNER_PASSWORD })
  await page.goto(`/merchant/stock/${listing.variantId}`)
  const code = `E2E-${newId().slice(-12).toUpperCase()}`
  await page
    .locator('[name="file"]')
    .setInputFiles({ name: 'codes.txt', mimeType: 'text/plain', buffer: Buffer.from(`${code}A\n${code}B\n`) })
  await page.locator('form:has([name="file"]) button[type=submit]').click()
  await page.waitForURL(/\/merchant\/stock\/imports\/[0-9a-f-]{36}$/u)
  await page.locator('button[name=intent][value=run]').click()
  await expect(page.getByText(zhRefusals.batch['proof-required'], { exact: true })).toBeVisible()
  await offer(page, { name: '发票.pdf', buffer: PDF })
  await expect(page.locator('#proofs').getByText('发票.pdf')).toBeVisible()
  await page.locator('button[name=intent][value=run]').click()
  await expect
    .poll(async () => db().cdk.count({ where: { variantId: listing.variantId, state: 'AVAILABLE' } }), PATIENCE)
    .toBe(2)
  const batches = await db().stockBatch.findMany({ where: { variantId: listing.variantId }, include: { proofs: true } })
  expect(batches).toMatchObject([{ acceptedCount: 2, review: 'PENDING', proofs: [{ fileName: '发票.pdf' }] }])
})

test('operators deal with equal codes of two merchants once', async ({ page }) => {
  const [first, second] = [await aListing({ stock: 1 }), await aListing({ stock: 1 })]
  const [ours, theirs] = [
    await db().cdk.findFirstOrThrow({ where: { variantId: first.variantId } }),
    await db().cdk.findFirstOrThrow({ where: { variantId: second.variantId } }),
  ]
  const id = newId()
  const sides = {
    firstMerchantId: first.merchantId,
    firstCdkId: ours.id,
    merchantId: second.merchantId,
    cdkId: theirs.id,
  }
  await db().fingerprintPair.create({
    data: { id, fingerprint: new Uint8Array(ours.fingerprint), ...sides, line: 3, seenAt: new Date() },
  })
  await signIn(page, '', DEMO_OPERATOR)
  await page.goto('/admin/pairs?open=yes')
  await page.locator(`a[href$="/admin/pairs/${id}"]`).first().click()
  await expect(page.getByRole('link', { name: zhBatches.pairs.toBatch })).toHaveCount(2)
  await page.getByLabel(zhBatches.pairs.note, { exact: true }).fill('同一上游重复供货，已冻结后者')
  await page.getByRole('button', { name: zhBatches.pairs.do, exact: true }).click()
  await expect(page.getByText('同一上游重复供货，已冻结后者')).toBeVisible()
  await expect(page.getByRole('button', { name: zhBatches.pairs.do, exact: true })).toHaveCount(0)
})

for (const { name, language, viewport, colorScheme } of [SMALL_FACE, LARGE_FACE]) {
  test.describe(name, () => {
    test.use({ viewport, colorScheme })

    test('the pages of batches and pairs are accessible and fit', async ({ page, browser }) => {
      test.setTimeout(150_000)
      const listing = await aListing({ stock: 2 })
      const batchId = await batchOf(listing)
      const pair = await db().fingerprintPair.findFirst()
      const frozen = await db().stockBatch.findFirst({ where: { frozenAt: { not: null } } })
      await signIn(page, language.prefix, DEMO_OPERATOR)
      await visitAll(page, language.prefix, [
        '/admin/batches',
        '/admin/batches?waiting=yes',
        `/admin/batches/${batchId}`,
        ...(frozen ? [`/admin/batches/${frozen.id}`] : []),
        '/admin/pairs',
        ...(pair ? [`/admin/pairs/${pair.id}`] : []),
      ])
      await atDesk(browser, listing, async (desk) => {
        await desk.setViewportSize(viewport)
        await visitAll(desk, language.prefix, [`/merchant/stock/batches/${batchId}`])
      })
    })
  })
}

test('English says the same', async ({ page }) => {
  const listing = await aListing({ stock: 1 })
  await signIn(page, '/en', DEMO_OPERATOR)
  await page.goto(`/en/admin/batches/${await batchOf(listing)}`)
  await expect(page.getByRole('button', { name: enBatches.freeze.do, exact: true }).first()).toBeVisible()
})
