import { randomBytes } from 'node:crypto'
import { afterAll, beforeEach, expect } from 'vitest'
import type { Bank } from '@/lib/bank/bank'
import { handleBank } from '@/lib/bank/handle'
import { SIGNATURE_HEADER } from '@/lib/bank/protocol'
import { openPayment } from '@/lib/domain/orders'
import { createSandboxProvider } from '@/lib/infra/payments/sandbox'
import { Refusal } from '@/lib/kernel/refusal'
import { answerCallback } from '@/lib/web/provider-callback'
import { statusOf, stockOf } from './books'
import { db } from './database'
import { type AnOrder, NOW, aPlacedOrder, run } from './factories'
import { serve } from './http'

/** The time of both sides; tests move it. */
export const clock = { now: NOW }

/** What the mall's end of the line is told to do. */
export const mallSwitches = { down: false, forgedLeft: 1_000 }
export const bankSwitches = { down: false, hang: false }

const key = randomBytes(32)
const pending: Promise<unknown>[] = []

const mall = await serve(async (request) => {
  if (mallSwitches.down) return new Response(null, { status: 502 })
  return answerCallback(
    {
      run,
      provider,
      now: clock.now,
      signature: request.headers.get(SIGNATURE_HEADER),
      countForged: async () => {
        mallSwitches.forgedLeft -= 1
        if (mallSwitches.forgedLeft < 0) throw new Refusal('auth/rate-limited')
        return Promise.resolve()
      },
      log: () => undefined,
    },
    request,
  )
})

/** The bank under test, with the same books as the one behind its HTTP server. */
export const bank: Bank = { db, key, shopOrigins: [mall.origin], fetch: globalThis.fetch, clock: () => clock.now }

const bankServer = await serve(async (request) => {
  if (bankSwitches.hang) await new Promise((resolve) => setTimeout(resolve, 400))
  if (bankSwitches.down) return new Response(null, { status: 503 })
  return handleBank(bank, request, (work) => pending.push(work))
})

export const bankUrl = bankServer.origin
export const mallUrl = mall.origin
export const bankKey = key

export const provider = createSandboxProvider({ bankUrl, appUrl: mallUrl, key, clock: () => clock.now, timeoutMs: 300 })

/** Presses the payment page's button with the given switches, over HTTP. */
export async function pressPay(paymentId: string, switches: Record<string, string> = {}): Promise<Response> {
  return fetch(new URL(`/bank/pay/${paymentId}`, bankUrl), {
    method: 'POST',
    body: new URLSearchParams(switches),
    redirect: 'manual',
  })
}

export interface Opened extends AnOrder {
  readonly providerRef: string
}

/** A placed order whose payment stands open at the bank. */
export async function anOpenedOrder(changes: Parameters<typeof aPlacedOrder>[0] = {}): Promise<Opened> {
  const order = await aPlacedOrder(changes)
  const payUrl = await openPayment(run, provider, order.checkoutId, {
    returnUrl: `${mallUrl}/orders/${order.number}`,
    now: clock.now,
  })
  return { ...order, providerRef: payUrl.split('/').at(-1) ?? '' }
}

/** What the mall made of the callbacks of a checkout, oldest first. */
export async function verdictsOf(checkoutId: string): Promise<string[]> {
  const events = await db.paymentEvent.findMany({ where: { checkoutId }, orderBy: { id: 'asc' } })
  return events.map(({ verdict, reason }) => (reason === null ? verdict : `${verdict} ${reason}`))
}

/** Nothing happened to the order: it waits, its CDK is reserved, no payment is known. */
export async function expectUntouched(order: Opened): Promise<void> {
  expect(await statusOf(order.orderId)).toBe('AWAITING_PAYMENT')
  expect(await db.payment.count({ where: { checkoutId: order.checkoutId } })).toBe(0)
  expect(await stockOf(order.variantId)).toMatchObject({ RESERVED: 1 })
}

/** Waits for what outlasted the answers. */
export async function settled(): Promise<void> {
  await Promise.all(pending.splice(0))
}

beforeEach(() => {
  clock.now = NOW
  Object.assign(mallSwitches, { down: false, forgedLeft: 1_000 })
  Object.assign(bankSwitches, { down: false, hang: false })
})

afterAll(async () => {
  await settled()
  await mall.close()
  await bankServer.close()
})
