import { expect, test } from '@playwright/test'
import { expectAccessible, expectNoSideways } from '../support/axe'
import { PASSCODE, ZH } from '../support/buying'
import { aListing } from '../support/listings'
import { buy, caseByNumber, complain, wordsOf } from './support/opening'

/** The beginning of an MP4, which is all that its type is told by, and some bytes after it. */
function aVideo(): Buffer {
  const box = Buffer.from('00000018667479706d703432000000006d70343269736f6d', 'hex')
  const data = Buffer.alloc(64, 7)
  data.writeUInt32BE(64, 0)
  data.write('mdat', 4, 'latin1')
  return Buffer.concat([box, data])
}

test('a guest comes back with number and passcode, brings a video, and takes a message out of view', async ({
  page,
  browser,
}) => {
  test.setTimeout(180_000)
  const { complain: say, words } = wordsOf(ZH)
  const listing = await aListing({ stock: 1 })
  const number = await buy(page, ZH, listing.slug)
  const caseNumber = await complain(page, ZH, {
    failure: 'ALREADY_USED',
    demand: 'REFUND',
    statement: '录屏里可以看到，提交后提示已被使用。',
  })
  // Another browser knows nothing of it until number and passcode are given.
  const other = await (await browser.newContext({ viewport: { width: 360, height: 740 } })).newPage()
  const answer = await other.goto(`/orders/${number}/complaints/${caseNumber}`)
  expect(answer?.status()).toBe(404)
  await other.goto('/lookup')
  await other.locator('input[name=number]').fill(number)
  await other.locator('input[name=passcode]').fill(PASSCODE)
  await other.getByRole('button', { name: ZH.say.order.lookup.submit, exact: true }).click()
  await other.waitForURL(new RegExp(`/orders/${number}`, 'u'))
  await other.goto(`/orders/${number}/complaints/${caseNumber}`)
  await expect(other.getByText(say.case.evidenceNow, { exact: true })).toBeVisible()

  await other
    .locator('#evidence input[type=file]')
    .first()
    .setInputFiles({ name: '../../录屏.mp4', mimeType: 'video/mp4', buffer: aVideo() })
  await expect(other.locator('#files video')).toBeVisible({ timeout: 60_000 })
  const { files, entries } = await caseByNumber(caseNumber)
  expect(files).toMatchObject([{ state: 'READY', contentType: 'video/mp4', side: 'BUYER' }])
  expect(entries.map(({ type }) => type)).toContain('evidence')
  await expectAccessible(other)
  await expectNoSideways(other)

  await other.locator('#conversation textarea[name=message]').fill('这里写错了私人信息')
  await other.getByRole('button', { name: words.message.submit, exact: true }).click()
  const said = other.locator('li[data-entry=message]')
  await expect(said).toContainText('这里写错了私人信息')
  await said.getByRole('button', { name: say.case.hide.label, exact: true }).click()
  await said.getByRole('button', { name: say.case.hide.confirm, exact: true }).last().click()
  await expect(said).toContainText(words.timeline.hidden)
  await expect(said).not.toContainText('这里写错了私人信息')
  await expectAccessible(other)
})
