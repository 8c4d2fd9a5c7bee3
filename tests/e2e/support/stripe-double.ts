import { type Page, expect } from '@playwright/test'
import { z } from 'zod'

/** The mall whose payments go to Stripe's double. */
export const STRIPE_MALL = process.env.E2E_STRIPE_URL ?? ''
const DOUBLE = process.env.E2E_STRIPE_DOUBLE_URL ?? ''

const State = z.object({
  sessions: z.array(
    z.object({
      id: z.string(),
      client_reference_id: z.string().nullable(),
      amount_total: z.number(),
      payment_status: z.string(),
    }),
  ),
  charges: z.array(z.object({ id: z.string(), amount: z.number(), transfer_group: z.string().nullable() })),
  refunds: z.array(z.object({ id: z.string(), charge: z.string(), amount: z.number(), status: z.string() })),
  disputes: z.array(
    z.object({
      id: z.string(),
      charge: z.string(),
      status: z.string(),
      evidence: z.record(z.string(), z.unknown()),
      evidence_details: z.object({ submission_count: z.number() }),
    }),
  ),
  deliveries: z.array(z.object({ event: z.string(), type: z.string(), status: z.number() })),
  violations: z.array(z.string()),
})
type State = z.infer<typeof State>

/** What the double's books say, and what went on there. */
export async function doubleState(): Promise<State> {
  return State.parse(await (await fetch(`${DOUBLE}/_double/state`)).json())
}

/** Flips a switch of the double; answers with what it made, if anything. */
export async function flip(name: string, input: object = {}): Promise<unknown> {
  const answer = await fetch(`${DOUBLE}/_double/${name}`, { method: 'POST', body: JSON.stringify(input) })
  const body: unknown = await answer.json()
  expect([name, answer.status, body]).toEqual([name, 200, expect.anything()])
  return body
}

/** The pages, charges, refunds and disputes of one checkout. */
export async function atStripe(checkoutId: string) {
  const { sessions, charges, refunds, disputes } = await doubleState()
  const own = charges.filter(({ transfer_group: group }) => group === checkoutId)
  const isOwn = ({ charge }: { readonly charge: string }) => own.some(({ id }) => id === charge)
  return {
    sessions: sessions.filter(({ client_reference_id: reference }) => reference === checkoutId),
    charges: own,
    refunds: refunds.filter(isOwn),
    disputes: disputes.filter(isOwn),
  }
}

/** On the double's hosted page: the amount that it asks for, in fen. */
export async function askedByStripe(page: Page): Promise<number> {
  await page.waitForURL((url) => url.origin === DOUBLE)
  return fenIn(await page.locator('h1').innerText())
}

/** Pays on the double's hosted page and waits to be back on the order page; returns the order's number. */
export async function payAtStripe(page: Page): Promise<string> {
  await page.waitForURL((url) => url.origin === DOUBLE)
  await page.locator('form button[type=submit]').click()
  await page.waitForURL(/\/orders\/KB/u)
  return /\/orders\/(KB\w+)/u.exec(page.url())?.[1] ?? ''
}

/** An amount as a screen shows it, in fen. */
export function fenIn(shown: string): number {
  return Number(shown.replaceAll(/\D/gu, ''))
}
