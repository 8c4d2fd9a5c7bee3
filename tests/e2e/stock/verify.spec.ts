import { readFile, truncate, writeFile } from 'node:fs/promises'
import { type Page, expect, test } from '@playwright/test'
import { expectAccessible, expectNoSideways } from '../support/axe'
import { type Language, ZH, fillCheckout, payAtBank, placeOrder } from '../support/buying'
import { FACES, visitAll } from '../support/faces'
import { OWNER_PASSWORD, aListing, orderByNumber } from '../support/listings'
import { signIn } from '../support/sign-in'

const PHONES = FACES.filter(({ viewport }) => viewport.width === 360)
/** The sealer takes events every few seconds. */
const SEALED_WITHIN = { timeout: 30_000 }

async function buyRevealConfirm(page: Page, language: Language, slug: string): Promise<string> {
  const { reveal, decide, state } = language.say.order
  await fillCheckout(page, language, { slug, email: 'proof@example.com' })
  await placeOrder(page, language)
  const number = await payAtBank(page, language)
  await page.getByRole('checkbox', { name: reveal.consent }).check()
  await page.getByRole('button', { name: reveal.one, exact: true }).click()
  await expect(page.locator('#codes code')).toBeVisible()
  await page.getByRole('button', { name: decide.confirm }).click()
  await page.getByRole('button', { name: decide.confirmAction }).click()
  await expect(page.getByText(state.confirmed).first()).toBeVisible()
  return number
}

/** Waits until everything is sealed, and downloads the proof by the link of the page. */
async function downloadProof(page: Page, { say }: Language, path: string): Promise<{ file: string; text: string }> {
  const link = page.getByRole('link', { name: say.provenance.proof.download })
  const href = (await link.getAttribute('href')) ?? ''
  const answered = async () => (await page.request.get(href, { maxRedirects: 0 })).status()
  await expect.poll(answered, SEALED_WITHIN).toBe(200)
  const [download] = await Promise.all([page.waitForEvent('download'), link.click()])
  expect(download.suggestedFilename()).toMatch(/^keybond-proof-.*\.json$/u)
  await download.saveAs(path)
  return { file: path, text: await readFile(path, 'utf8') }
}

/** The events of a CDK, wherever a page shows them. */
const life = (page: Page) => page.locator('details')
const verdict = (page: Page) => page.locator('[data-verdict]')

for (const { name, language, viewport, colorScheme } of PHONES) {
  test.describe(name, () => {
    test.use({ viewport, colorScheme })

    test('a buyer proves the life of a code in the browser, and one turned byte is named', async ({ page }, info) => {
      test.setTimeout(120_000)
      const { verify, proof, timeline, verdict: verdicts, problem, event, check } = language.say.provenance
      const listing = await aListing({ stock: 1 })
      await buyRevealConfirm(page, language, listing.slug)
      const { file, text } = await downloadProof(page, language, info.outputPath('proof.json'))
      await page.reload()
      await page.getByText(timeline.title, { exact: true }).click()
      await page.getByText(timeline.cdk.replace('{index, number}', '1'), { exact: true }).click()
      await expect(life(page).getByText(event.confirmed, { exact: true })).toBeVisible()
      await expect(page.getByText(timeline.unsealed)).toHaveCount(0)
      await expectAccessible(page)
      await expectNoSideways(page)

      const [sent, refused]: [string[], string[]] = [[], []]
      page.on('request', (request) => sent.push(`${request.method()} ${request.postData() ?? ''}`))
      page.on('console', (message) => {
        if (message.type() === 'error') refused.push(message.text())
      })
      await page.getByRole('link', { name: proof.verify }).first().click()
      await page.waitForURL(/\/verify$/u)
      const chooser = page.getByLabel(verify.choose)
      await chooser.setInputFiles(file)
      await expect(verdict(page)).toHaveAttribute('data-verdict', 'proved')
      await expect(verdict(page)).toContainText(verdicts.proved)
      await expect(page.getByRole('status').filter({ hasText: verdicts.proved })).toBeAttached()
      for (const type of ['imported', 'reserved', 'delivered', 'revealed', 'confirmed'] as const)
        await expect(life(page).getByText(event[type], { exact: true })).toBeVisible()
      for (const { name: title } of Object.values(check)) await expect(page.getByText(title).first()).toBeVisible()
      for (const limit of Object.values(language.say.provenance.limit))
        await expect(page.getByText(limit, { exact: true })).toBeVisible()
      await expectAccessible(page)
      await expectNoSideways(page)

      const hash = /"hash":"([0-9a-f]{64})"/u.exec(text)?.[1] ?? ''
      const turned = text.replace(hash, `${hash.startsWith('0') ? '1' : '0'}${hash.slice(1)}`)
      await chooser.setInputFiles({ name: 'turned.json', mimeType: 'application/json', buffer: Buffer.from(turned) })
      await expect(verdict(page)).toHaveAttribute('data-verdict', 'refuted')
      await expect(page.getByText(problem['event-hash']).first()).toBeVisible()
      await expect(page.getByText(timeline.faulty).first()).toBeVisible()
      await expectAccessible(page)
      await expectNoSideways(page)

      // The file left the browser in no request, and the policy of the page had nothing to refuse.
      expect(sent.filter((request) => !request.startsWith('GET ') || request.includes(hash))).toEqual([])
      expect(refused).toEqual([])

      await chooser.setInputFiles(file)
      await page.getByLabel(verify.key).fill('')
      await page.getByRole('button', { name: verify.run }).click()
      await expect(verdict(page)).toHaveAttribute('data-verdict', 'unproved')
      await expect(page.getByText(problem['no-trusted-key']).first()).toBeVisible()
      await expectAccessible(page)
      await expectNoSideways(page)
    })

    test('the log and the verifier are public, with the same key, and say what to do without JavaScript', async ({
      page,
      browser,
    }) => {
      const { log, verify } = language.say.provenance
      await visitAll(page, language.prefix, ['/provenance', '/verify'])
      const published = await page.getByLabel(verify.key).inputValue()
      await page.goto(`${language.prefix}/provenance`)
      await expect(page.getByText(published, { exact: true })).toBeVisible()
      const checkpoint = await page.request.get(
        (await page.getByRole('link', { name: log.checkpoint }).getAttribute('href')) ?? '',
      )
      expect(checkpoint.status()).toBe(200)
      expect(await checkpoint.text()).toContain(`${published.split('+')[0]}\n`)

      // Playwright's Chromium hides what stands in <noscript>, also without JavaScript: it is read from the page as it is sent.
      const sent = await (await page.request.get(`${language.prefix}/verify`)).text()
      const without = /<noscript>.*?<\/noscript>/su.exec(sent)?.[0] ?? ''
      expect(without).toContain(verify.noScriptTitle)
      expect(without).toContain(published)
      const plain = await browser.newContext({ javaScriptEnabled: false, viewport })
      const still = await plain.newPage()
      await still.goto(`${language.prefix}/verify`)
      await expect(still.getByLabel(verify.choose)).toBeDisabled()
      await expect(still.getByText(published).last()).toBeVisible()
      await expectNoSideways(still)
      await plain.close()
    })
  })
}

test('a file that is no proof is answered in words: text, nothing, far too large, dropped', async ({ page }, info) => {
  const { verify, problem } = ZH.say.provenance
  await page.goto('/verify')
  const chooser = page.getByLabel(verify.choose)
  await chooser.setInputFiles({ name: 'a.txt', mimeType: 'text/plain', buffer: Buffer.from('你好') })
  await expect(verdict(page)).toHaveAttribute('data-verdict', 'refuted')
  await expect(page.getByText(problem['not-json'])).toBeVisible()
  await expectAccessible(page)

  const [empty, huge] = [info.outputPath('empty.json'), info.outputPath('huge.json')]
  await writeFile(empty, '')
  await chooser.setInputFiles(empty)
  await expect(page.getByRole('alert').filter({ hasText: verify.emptyTitle })).toBeVisible()
  await writeFile(huge, '')
  await truncate(huge, 70 * 1024 * 1024)
  await chooser.setInputFiles(huge)
  await expect(page.getByRole('alert').filter({ hasText: verify.tooLargeTitle })).toContainText('70')
  await expectAccessible(page)

  const dropped = await page.evaluateHandle(() => {
    const data = new DataTransfer()
    data.items.add(new File(['{}'], 'dropped.json'))
    return data
  })
  await page.getByText(verify.drop).dispatchEvent('drop', { dataTransfer: dropped })
  await expect(verdict(page)).toContainText('dropped.json')
  await expect(page.getByText(problem['not-a-bundle'])).toBeVisible()
})

test("the merchant's order page hands out the same order's proof, and of every CDK", async ({
  page,
  browser,
}, info) => {
  const listing = await aListing({ stock: 1 })
  const number = await buyRevealConfirm(page, ZH, listing.slug)
  const { id, cdks } = await orderByNumber(number)
  const context = await browser.newContext()
  const desk = await context.newPage()
  await signIn(desk, '', { email: listing.ownerEmail, password: OWNER_PASSWORD })
  await desk.goto(`/merchant/orders/${id}`)
  await expect(life(desk).getByText(ZH.say.provenance.event.revealed, { exact: true })).toBeVisible()
  await expectAccessible(desk)
  const { text } = await downloadProof(desk, ZH, info.outputPath('order.json'))
  expect(text).toContain(`"id":"${id}","kind":"order"`)
  const ofCdk = `/api/merchant/cdks/${cdks[0]?.id}/proof`
  expect((await desk.request.get(ofCdk)).status()).toBe(200)
  expect((await page.request.get(ofCdk)).status()).toBe(404)
  await context.close()
})
