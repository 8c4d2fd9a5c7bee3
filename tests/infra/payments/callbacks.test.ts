import { createHmac, randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { MINUTE_MS, SECOND_MS, after } from '@/lib/kernel/time'
import { statusOf } from '@/tests/support/books'
import { db } from '@/tests/support/database'
import { NOW } from '@/tests/support/factories'
import {
  type Opened,
  anOpenedOrder,
  bankKey,
  clock,
  expectUntouched,
  mallSwitches,
  mallUrl,
  pressPay,
} from '@/tests/support/sandbox'

function signed(body: string, at = clock.now, key: Uint8Array = bankKey): string {
  const t = Math.floor(at.getTime() / 1000)
  return `t=${t},v1=${createHmac('sha256', key).update(`${t}.${body}`).digest('hex')}`
}

async function deliver(body: string, signature: string): Promise<{ status: number; answer: unknown }> {
  const response = await fetch(`${mallUrl}/api/webhooks/sandbox`, {
    method: 'POST',
    body,
    headers: { 'keybond-bank-signature': signature },
  })
  return { status: response.status, answer: response.status === 429 ? null : await response.json() }
}

function claim(order: Opened, changes: Record<string, unknown> = {}): string {
  const data = {
    paymentId: order.providerRef,
    reference: order.checkoutId,
    amountMinor: 1_000,
    currency: 'CNY',
    ...changes,
  }
  return JSON.stringify({ id: randomUUID(), type: 'payment.captured', createdAt: NOW.toISOString(), data })
}

test('forged: unsigned, signed by another key, or changed after signing', async () => {
  const order = await anOpenedOrder()
  const body = claim(order)
  const seen = await db.paymentEvent.count({ where: { reason: 'forged' } })
  for (const signature of ['', 'v1=00', signed(body, NOW, Buffer.alloc(32)), signed(`${body} `)]) {
    expect(await deliver(body, signature)).toEqual({ status: 400, answer: { verdict: 'REJECTED', reason: 'forged' } })
  }
  expect(await db.paymentEvent.count({ where: { reason: 'forged', eventRef: null } })).toBe(seen + 4)
  await expectUntouched(order)
})

test('a flood of forged ones is answered 429 and not kept', async () => {
  const order = await anOpenedOrder()
  mallSwitches.forgedLeft = 0
  const seen = await db.paymentEvent.count()
  expect(await deliver(claim(order), 'none')).toMatchObject({ status: 429 })
  expect(await db.paymentEvent.count()).toBe(seen)
  await pressPay(order.providerRef)
  expect(await statusOf(order.orderId)).toBe('DELIVERED')
})

test('stale, and not a callback at all', async () => {
  const order = await anOpenedOrder()
  const body = claim(order)
  const old = signed(body, after(NOW, -5 * MINUTE_MS - SECOND_MS))
  expect(await deliver(body, old)).toEqual({ status: 400, answer: { verdict: 'REJECTED', reason: 'stale' } })
  expect(await deliver('{"id":1}', signed('{"id":1}'))).toEqual({
    status: 400,
    answer: { verdict: 'REJECTED', reason: 'malformed' },
  })
  await expectUntouched(order)
})

test('a body beyond 512 KiB is not read', async () => {
  const body = 'x'.repeat(524_289)
  const response = await fetch(`${mallUrl}/api/webhooks/sandbox`, { method: 'POST', body })
  expect(response.status).toBe(413)
})

test('replayed: the same event again is kept and changes nothing', async () => {
  const order = await anOpenedOrder()
  await pressPay(order.providerRef)
  const { body } = await db.bankCallback.findFirstOrThrow({ where: { paymentId: order.providerRef } })
  expect(await deliver(body, signed(body))).toEqual({ status: 200, answer: { verdict: 'IGNORED', reason: 'replayed' } })
  expect(await db.payment.count({ where: { checkoutId: order.checkoutId } })).toBe(1)
})

test('signed, but says what the bank does not: not captured', async () => {
  const order = await anOpenedOrder()
  const body = claim(order)
  expect(await deliver(body, signed(body))).toEqual({
    status: 200,
    answer: { verdict: 'IGNORED', reason: 'not-captured' },
  })
  await expectUntouched(order)
})

test.each([
  ['another amount', { amountMinor: 1 }],
  ['another currency', { currency: 'USD' }],
  ['a reference nobody has', { reference: randomUUID() }],
  ['a reference that is no id', { reference: "'; DROP TABLE checkout" }],
])('what it claims besides the payment is not looked at: %s', async (_what, changes) => {
  const order = await anOpenedOrder()
  const body = claim(order, changes)
  expect(await deliver(body, signed(body))).toEqual({
    status: 200,
    answer: { verdict: 'IGNORED', reason: 'not-captured' },
  })
  await expectUntouched(order)
})

test('foreign: a payment nobody has', async () => {
  const order = await anOpenedOrder()
  const body = claim(order, { paymentId: randomUUID() })
  expect(await deliver(body, signed(body))).toEqual({ status: 200, answer: { verdict: 'REJECTED', reason: 'foreign' } })
  await expectUntouched(order)
})

test("another checkout's payment pays that one, whatever checkout the callback names", async () => {
  const [cheap, dear] = [await anOpenedOrder(), await anOpenedOrder()]
  await pressPay(cheap.providerRef, { lose: 'on' })
  const body = claim(dear, { paymentId: cheap.providerRef })
  expect(await deliver(body, signed(body))).toEqual({ status: 200, answer: { verdict: 'APPLIED', reason: null } })
  expect(await statusOf(cheap.orderId)).toBe('DELIVERED')
  await expectUntouched(dear)
})
