import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from '@playwright/test'
import { db } from '@/lib/infra/db'
import { EN, PASSCODE } from '../support/buying'
import { aListing } from '../support/listings'
import { PlainBrowser } from '../support/plain-browser'

const STOCK = 50
const BUYERS = 200
const RELOAD_MS = 1_000
const MOST_LOOKS = 60

/** One buyer's way through plain HTTP: checkout form, bank form, order page. */
async function buy(base: string, variantId: string, index: number): Promise<string> {
  const browser = new PlainBrowser(index)
  const form = await browser.open(`${base}/en/checkout/${variantId}?quantity=1`)
  if (form.html.includes(EN.say.order.checkout.soldOutTitle)) return 'sold out'
  let placed = await browser.submit(form, 'idempotencyKey', {
    email: `rush-${index}@${variantId}.example.com`,
    passcode: PASSCODE,
    consent: 'yes',
  })
  if (placed.html.includes(EN.say.order.checkout.soldOutTitle)) return 'sold out'
  // In a rush the bank may not answer in time: the order is kept, and its page offers to pay again.
  for (let tries = 0; tries < MOST_LOOKS && placed.url.includes('/orders/KB'); tries++) {
    await sleep(RELOAD_MS)
    placed = await browser.submit(await browser.open(placed.url), 'number', {})
  }
  if (!placed.url.includes('/bank/pay/')) return `stuck at ${new URL(placed.url).pathname} with ${placed.status}`
  let order = await browser.submit(placed, 'delaySeconds', {})
  if (!order.url.includes('/orders/KB'))
    return `back from the bank at ${new URL(order.url).pathname} with ${order.status}`
  // In a rush the bank's notice may come after the buyer: without JavaScript the page reloads itself, as is done here.
  for (let looks = 0; looks < MOST_LOOKS && !order.html.includes(EN.say.order.reveal.title); looks++) {
    await sleep(RELOAD_MS)
    order = await browser.open(order.url)
  }
  return order.html.includes(EN.say.order.reveal.title) ? 'delivered' : `waiting at ${order.status}`
}

test('50 CDKs and 200 buyers at once: 50 are delivered, 150 are told, nobody else pays', async ({ baseURL }) => {
  test.setTimeout(240_000)
  const listing = await aListing({ stock: STOCK })
  const outcomes = await Promise.all(
    Array.from({ length: BUYERS }, async (_, index) => buy(baseURL ?? '', listing.variantId, index + 1)),
  )
  const counts = Object.fromEntries(
    [...Map.groupBy(outcomes, (outcome) => outcome)].map(([outcome, all]) => [outcome, all.length]),
  )
  expect(counts).toEqual({ delivered: STOCK, 'sold out': BUYERS - STOCK })

  const orders = await db().order.findMany({
    where: { variantId: listing.variantId },
    select: { status: true, checkoutId: true, cdks: { select: { id: true } } },
  })
  expect(orders.map(({ status }) => status)).toEqual(Array.from({ length: STOCK }, () => 'DELIVERED'))
  expect(new Set(orders.flatMap(({ cdks }) => cdks.map(({ id }) => id))).size).toBe(STOCK)
  const captured = await db().bankCapture.count({
    where: { payment: { reference: { in: orders.map(({ checkoutId }) => checkoutId) } } },
  })
  expect(captured).toBe(STOCK)
  // Those who were told left no checkout behind, and the bank never heard of one that the mall does not know.
  expect(await db().checkout.count({ where: { email: { endsWith: `@${listing.variantId}.example.com` } } })).toBe(STOCK)
  const strangers = await db().$queryRaw<unknown[]>`
    SELECT id FROM bank_payment p
    WHERE p.reference IS NOT NULL AND NOT EXISTS (SELECT FROM checkout c WHERE c.id::text = p.reference)`
  expect(strangers).toEqual([])
})
