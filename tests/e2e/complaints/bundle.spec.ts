import { readFile } from 'node:fs/promises'
import { type Page, expect, test } from '@playwright/test'
import zhBundle from '@/messages/zh-CN/bundle.json' with { type: 'json' }
import { expectAccessible, expectNoSideways } from '../support/axe'
import { ZH } from '../support/buying'
import { anEscalatedCase, buyOne } from '../support/cases'
import { FACES } from '../support/faces'
import { aListing } from '../support/listings'

const PHONES = FACES.filter(({ viewport, language }) => viewport.width === 360 && language === ZH)
/** The sealer takes events every few seconds. */
const SEALED_WITHIN = { timeout: 30_000 }

/** Downloads the file of a case once the public log has taken everything in. */
async function downloadBundle(page: Page, complaintId: string): Promise<Buffer> {
  const address = `/api/complaints/${complaintId}/bundle`
  const sealed = async () => (await (await page.request.get(address)).body()).includes('"provenance":"included"')
  await expect.poll(sealed, { ...SEALED_WITHIN, intervals: [3000] }).toBe(true)
  const answer = await page.request.get(address)
  expect(answer.headers()['content-type']).toBe('application/zip')
  expect(answer.headers()['content-disposition']).toMatch(/keybond-case-KC\S+\.zip/u)
  return answer.body()
}

for (const { name, viewport, colorScheme } of PHONES) {
  test.describe(name, () => {
    test.use({ viewport, colorScheme })

    test('a guest takes the file of a case, checks it in the browser, and a turned byte is named', async ({
      page,
      browser,
    }) => {
      test.setTimeout(120_000)
      const { check, problem } = zhBundle.verify
      const { verify, verdict: verdicts } = ZH.say.provenance
      const complaintId = await anEscalatedCase(await buyOne(page, await aListing({ stock: 1 })), {})
      const zip = await downloadBundle(page, complaintId)

      const stranger = await browser.newContext()
      const refused = await stranger.request.get(new URL(`/api/complaints/${complaintId}/bundle`, page.url()).href)
      expect(refused.status()).toBe(404)
      await stranger.close()

      const posted: string[] = []
      page.on('request', (request) => {
        if (request.method() !== 'GET') posted.push(request.url())
      })
      await page.goto('/verify')
      const chooser = page.getByLabel(verify.choose)
      await chooser.setInputFiles({ name: 'case.zip', mimeType: 'application/zip', buffer: zip })
      const verdict = page.locator('[data-verdict]').first()
      await expect(verdict).toHaveAttribute('data-verdict', 'proved')
      await expect(verdict).toContainText(verdicts.proved)
      for (const { name: title } of Object.values(check)) await expect(page.getByText(title).first()).toBeVisible()
      await expectAccessible(page)
      await expectNoSideways(page)

      const turned = Buffer.from(zip)
      const at = turned.indexOf('激活时提示已被使用')
      turned[at + 2] = (turned[at + 2] ?? 0) ^ 1
      await chooser.setInputFiles({ name: 'turned.zip', mimeType: 'application/zip', buffer: turned })
      await expect(verdict).toHaveAttribute('data-verdict', 'refuted')
      await expect(page.getByText(problem['file-damaged']).first()).toBeVisible()
      await expect(page.getByText('timeline.zh.html', { exact: true }).first()).toBeVisible()
      await expectAccessible(page)
      await expectNoSideways(page)
      expect(posted).toEqual([])
    })

    test('the file is saved by the link of the complaint, while the arbitrators have it', async ({ page }, info) => {
      test.setTimeout(90_000)
      const number = await buyOne(page, await aListing({ stock: 1 }))
      const complaintId = await anEscalatedCase(number, {})
      await page.goto(`/orders/${number}`)
      await page.locator(`a[href*="/complaints/KC"]`).first().click()
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        page.locator(`a[href="/api/complaints/${complaintId}/bundle"]`).first().click(),
      ])
      await download.saveAs(info.outputPath('case.zip'))
      expect((await readFile(info.outputPath('case.zip'))).subarray(0, 2).toString()).toBe('PK')
    })
  })
}
