import { type Browser, type Page, expect } from '@playwright/test'
import { db } from '@/lib/infra/db'
import zhArbitration from '@/messages/zh-CN/arbitration.json' with { type: 'json' }
import type { Arbitrator } from '../../support/cases'
import { pressTwice } from '../../support/money'
import { signIn } from '../../support/sign-in'

export const REASONS = '录屏显示首次激活即提示已被使用，商家未能出示发行方的兑换记录。'
const { decision, effect } = zhArbitration
type Press = (typeof zhArbitration.sign)['rule' | 'propose' | 'appeal']

/** An arbitrator in a browser of his own. */
export async function atBench<T>(browser: Browser, who: Arbitrator, work: (bench: Page) => Promise<T>): Promise<T> {
  const context = await browser.newContext()
  try {
    const bench = await context.newPage()
    await signIn(bench, '', who)
    return await work(bench)
  } finally {
    await context.close()
  }
}

/** Chooses a result for the only CDK, looks at the money, gives reasons and signs. */
export async function decide(bench: Page, result: keyof typeof decision.result, press: Press): Promise<void> {
  await bench.locator('#decision select').first().selectOption({ label: decision.result[result] })
  await bench.getByRole('button', { name: decision.look, exact: true }).click()
  await bench.waitForURL(/look=yes/u)
  await expect(bench.locator('#effect').getByText(effect.then)).toBeVisible()
  await bench.locator('#effect textarea[name=reasons]').fill(REASONS)
  await pressTwice(bench, press.label, press.label)
}

/** Waits until the case has got there: what a page says may also stand in its precedents. */
export async function stands(id: string, state: 'RULED' | 'CLOSED') {
  await expect.poll(async () => (await db().complaint.findUniqueOrThrow({ where: { id } })).state).toBe(state)
}
