import { randomBytes } from 'node:crypto'
import { type Page, expect } from '@playwright/test'
import { createUser } from '@/lib/domain/accounts'
import { type CouponInput, createCoupon } from '@/lib/domain/coupons'
import { hashPassword } from '@/lib/infra/crypto/password'
import { db, inTransaction } from '@/lib/infra/db'
import { type Language, like } from './buying'

const BUYER_PASSWORD = 'buyer-password-1'

/** An account of a buyer who has never bought anything; `id` and what `signIn` needs. */
export async function aBuyer() {
  const email = `${randomBytes(5).toString('hex')}@buyer.example.com`
  const passwordHash = await hashPassword(BUYER_PASSWORD)
  const facts = { email, passwordHash, displayName: '买家', role: 'BUYER', merchantId: null } as const
  const id = await inTransaction(db(), (tx) => createUser(tx, facts, new Date()))
  return { id, email, password: BUYER_PASSWORD }
}

/** A coupon of the platform, or of a merchant, taking `percentBps` off; returns its code. */
export async function aCoupon({
  percentBps,
  merchantId = null,
}: {
  readonly percentBps: number
  readonly merchantId?: string | null
}): Promise<string> {
  const code = `E2E${randomBytes(5).toString('hex').toUpperCase()}`
  const limits = { totalLimit: null, perBuyerLimit: 1, startsAt: new Date(0), endsAt: null }
  const off = { kind: 'PERCENT', percentBps, amountMinor: null, mostMinor: null } as const
  const coupon: CouponInput = { code, merchantId, minimumMinor: 0, currency: 'CNY', ...limits, ...off }
  await inTransaction(db(), (tx) => createCoupon(tx, coupon, new Date()))
  return code
}

/** What one order earned its merchant is due to be available now. */
export async function makeMature(orderId: string): Promise<void> {
  await db().earning.update({ where: { orderId }, data: { matureAt: new Date(Date.now() - 1_000) } })
}

/** One line of a breakdown: the amount that stands beside a term, in fen, without its sign. */
export async function amountBeside(page: Page, term: string | RegExp): Promise<number> {
  const row = page.locator('dl > div').filter({ has: page.locator('dt').getByText(term, { exact: true }) })
  const text = await row.locator('dd').last().innerText()
  return Number((/[\d,]+\.\d\d$/u.exec(text.trim())?.[0] ?? '').replaceAll(/\D/gu, ''))
}

/** Presses a button that asks once, and says yes. */
export async function pressTwice(page: Page, first: string | RegExp, second: string | RegExp): Promise<void> {
  const named = (name: string | RegExp) => (typeof name === 'string' ? { name, exact: true } : { name })
  await page.getByRole('button', named(first)).first().click()
  const question = page.getByRole('alertdialog').filter({ visible: true })
  await question.getByRole('button', named(second)).click()
}

/** A signed-in buyer's consent and button on the checkout page. */
export async function submitCheckout(page: Page, { say }: Language, text = say.order.checkout.submit): Promise<void> {
  await page.getByRole('checkbox', { name: say.order.checkout.consent }).check()
  await page.getByRole('button', { name: like(text) }).click()
}

/** Reloads until `locator` of the page is there: for what a worker or another company does in its own time. */
export async function reloadUntil(page: Page, there: () => Promise<boolean>, timeout = 30_000): Promise<void> {
  await expect
    .poll(
      async () => {
        await page.reload()
        return there()
      },
      { timeout, intervals: [500, 1_000, 2_000] },
    )
    .toBe(true)
}
