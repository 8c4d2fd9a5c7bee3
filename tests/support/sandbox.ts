import { beforeEach, expect } from 'vitest'
import { SIGNATURE_HEADER } from '@/lib/bank/protocol'
import { openPayment } from '@/lib/domain/orders'
import { Refusal } from '@/lib/kernel/refusal'
import { answerCallback } from '@/lib/web/provider-callback'
import { clock, mallEnd, mallUrl, provider } from './bank'
import { statusOf, stockOf } from './books'
import { db } from './database'
import { type AnOrder, aPlacedOrder, run } from './factories'
import { only } from './providers'

// The bank with the mall at the other end of the line; tests of the bank alone take it from ./bank.
export { bank, bankKey, bankSwitches, clock, mallUrl, pressPay, provider, settled } from './bank'

/** What the mall's end of the line is told to do. */
export const mallSwitches = { down: false, forgedLeft: 1_000 }

async function answerAsMall(request: Request): Promise<Response> {
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
}

beforeEach(() => {
  mallEnd.answer = answerAsMall
  Object.assign(mallSwitches, { down: false, forgedLeft: 1_000 })
})

export interface Opened extends AnOrder {
  readonly providerRef: string
}

/** A placed order whose payment stands open at the bank. */
export async function anOpenedOrder(changes: Parameters<typeof aPlacedOrder>[0] = {}): Promise<Opened> {
  const order = await aPlacedOrder(changes)
  const payUrl = await openPayment(run, only(provider), order.checkoutId, {
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
