import { type Page, expect } from '@playwright/test'
import { db } from '@/lib/infra/db'
import enCase from '@/messages/en/case.json' with { type: 'json' }
import enComplain from '@/messages/en/complain.json' with { type: 'json' }
import zhCase from '@/messages/zh-CN/case.json' with { type: 'json' }
import zhComplain from '@/messages/zh-CN/complain.json' with { type: 'json' }
import type { Failure, Remedy } from '@/lib/domain/complaints'
import { expectAccessible, expectNoSideways } from '../../support/axe'
import { type Language, fillCheckout, payAtBank, placeOrder } from '../../support/buying'

/** What the pages of a complaint say, in the reader's language. */
export function wordsOf({ prefix }: Language): { complain: typeof zhComplain; words: typeof zhCase } {
  return prefix === '' ? { complain: zhComplain, words: zhCase } : { complain: enComplain, words: enCase }
}

/** A guest buys so many of a listing and stands on the order's page; returns its number. */
export async function buy(page: Page, language: Language, slug: string, quantity = 1): Promise<string> {
  await fillCheckout(page, language, { slug, email: 'complains@example.com' })
  if (quantity > 1) {
    await page.goto(`${page.url().split('?')[0] ?? ''}?quantity=${quantity}`)
    await fillAgain(page, language)
  }
  await placeOrder(page, language)
  return payAtBank(page, language)
}

async function fillAgain(page: Page, { say }: Language): Promise<void> {
  await page.getByLabel(say.order.checkout.email, { exact: true }).fill('complains@example.com')
  await page.getByLabel(say.order.checkout.passcode, { exact: true }).fill('korrekt-horse-7')
  await page.getByRole('checkbox', { name: say.order.checkout.consent }).check()
}

interface Answers {
  /** How many of the CDKs, from the first on. */
  readonly count?: number
  readonly failure: Failure
  readonly demand: Remedy
  readonly statement: string
}

/** From the order's page through every question to the case; each screen is looked at for everybody. Returns the case's number. */
export async function complain(page: Page, language: Language, answers: Answers): Promise<string> {
  const { complain: say } = wordsOf(language)
  const { count = 1, failure, demand, statement } = answers
  const next = page.getByRole('button', { name: say.next, exact: true })
  const on = async (step: string) => {
    await next.click()
    await page.waitForURL(new RegExp(`step=${step}`, 'u'))
    await expectAccessible(page)
    await expectNoSideways(page)
  }
  await page.getByRole('link', { name: say.order.open, exact: true }).first().click()
  await page.waitForURL(/\/complaints\/new/u)
  await expectAccessible(page)
  await expectNoSideways(page)
  // Nothing chosen: it says what to do and stays.
  await next.click()
  await expect(page.locator('#main [role=alert]').first()).toBeVisible()
  for (let at = 0; at < count; at++) await page.locator('input[name=cdk]').nth(at).check()
  await on('failure')
  await page.locator(`input[name=failure][value=${failure}]`).check()
  await on('story')
  await page.locator('textarea[name=statement]').fill(statement)
  await on('demand')
  await page.locator(`input[name=demand][value=${demand}]`).check()
  await on('check')
  await page.getByRole('button', { name: say.check.submit, exact: true }).click()
  await page.waitForURL(/\/complaints\/KC/u)
  await expectAccessible(page)
  await expectNoSideways(page)
  return /\/complaints\/(KC[\w-]+)/u.exec(page.url())?.[1] ?? ''
}

/** What the database says of a case, found by what people call it. */
export async function caseByNumber(number: string) {
  return db().complaint.findUniqueOrThrow({ where: { number }, include: { units: true, files: true, entries: true } })
}

/** Makes a case's clock run out: what the sweeper sees when the time has come. */
export async function makeCaseDue(number: string): Promise<void> {
  await db().complaint.update({ where: { number }, data: { dueAt: new Date(Date.now() - 1_000) } })
}
