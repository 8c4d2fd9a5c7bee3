import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import type { ProviderMovement } from '@/lib/domain/payments/provider'
import { MINUTE_MS, SECOND_MS, after } from '@/lib/kernel/time'
import { callsOf, provider, stripe } from '@/tests/support/stripe'

const { control, books } = stripe
const EVER = new Date(0)

async function listed(since: Date): Promise<ProviderMovement[]> {
  const found: ProviderMovement[] = []
  let cursor: string | null = null
  do {
    const page = await provider.listMovements({ since, cursor })
    found.push(...page.movements)
    cursor = page.next
  } while (cursor !== null)
  return found
}

async function aCapture(amountMinor = 10_000, method = 'card') {
  const { providerRef } = await provider.openPayment({
    checkoutId: randomUUID(),
    amountMinor,
    currency: 'CNY',
    description: 'KB-1',
    locale: 'en',
    returnUrl: 'http://127.0.0.1:9/',
    expiresAt: after(books.now(), 15 * MINUTE_MS),
  })
  await control.pay({ session: providerRef, method })
  const intentRef = books.sessions.get(providerRef)?.payment_intent ?? ''
  return { providerRef, intentRef, captureRef: books.intents.get(intentRef)?.latest_charge ?? '' }
}

test('a new account has an empty list', async () => {
  expect(await provider.listMovements({ since: EVER, cursor: null })).toEqual({ movements: [], next: null })
})

test('every kind of line, oldest first, with its sign and its fee', async () => {
  await control.set({ refunds: 'pending', returnDisputeFee: true })
  const card = await aCapture(10_000)
  const wallet = await aCapture(3_333, 'wechat_pay')
  const { captureRef } = card
  const refund = { refundId: randomUUID(), attempt: 1, captureRef, amountMinor: 1_001, retry: false }
  const { refundRef } = await provider.refund(refund)
  await control.settleRefund({ refund: refundRef, status: 'failed' })
  const facts = { merchantId: randomUUID(), name: 'x', email: 'x@example.com', locale: 'en' }
  const { accountRef } = await provider.openAccount(facts)
  await control.onboard({ account: accountRef })
  const payout = { payoutId: randomUUID(), accountRef, amountMinor: 2_002, currency: 'CNY', retry: false } as const
  const { transferRef } = await provider.transfer(payout)
  await control.reverseTransfer({ transfer: transferRef })
  const dispute = await control.openDispute({ charge: captureRef })
  await control.closeDispute({ dispute: dispute.id, outcome: 'won' })
  await control.platformPayout({ amountMinor: 500 })

  const movements = await listed(EVER)
  const seen = movements.map(({ kind, sourceRef, providerRef, amountMinor, feeMinor }) => {
    const own = kind === 'other' ? 'itself' : sourceRef
    return [kind, own, providerRef, amountMinor, feeMinor]
  })
  expect(seen).toEqual([
    ['capture', captureRef, card.intentRef, 10_000, 575],
    ['capture', wallet.captureRef, wallet.intentRef, 3_333, 348],
    ['refund', refundRef, null, -1_001, 0],
    ['refund-failed', refundRef, null, 1_001, 0],
    ['transfer', transferRef, null, -2_002, 0],
    ['transfer-returned', transferRef, null, 2_002, 0],
    ['dispute', dispute.id, null, -10_000, 1_500],
    ['dispute-won', dispute.id, null, 10_000, 0],
    ['other', 'itself', null, 1_500, 0],
    ['other', 'itself', null, -500, 0],
  ])
  expect(movements.every(({ currency }) => currency === 'CNY')).toBe(true)
  expect(new Set(movements.map(({ movementRef }) => movementRef)).size).toBe(movements.length)
  const total = movements.reduce((sum, { amountMinor, feeMinor }) => sum + amountMinor - feeMinor, 0)
  expect(total).toBe(books.balance('cny'))
  expect(movements.filter(({ kind }) => kind === 'other').map((line) => line.sourceRef === line.movementRef)).toEqual([
    true,
    true,
  ])
})

test('an unknown capture in the list leads to its payment', async () => {
  const { captureRef, intentRef, providerRef } = await aCapture()
  const line = (await listed(EVER)).find(({ sourceRef }) => sourceRef === captureRef)
  expect(line?.providerRef).toBe(intentRef)
  expect(await provider.fetchPayment(line?.providerRef ?? '')).toMatchObject({
    providerRef,
    captures: [{ captureRef }],
  })
})

test('pages follow each other without a gap, also when more comes meanwhile', async () => {
  for (let nth = 0; nth < 205; nth += 1) await control.strayCharge({ amountMinor: 1_000 + nth })
  const [first] = await listed(EVER)
  const whole = [...books.lines.keys()]
  const page = await provider.listMovements({ since: EVER, cursor: null })
  expect(page.movements[0]).toEqual(first)
  await control.strayCharge({ amountMinor: 7 })
  const found = [...page.movements]
  let cursor = page.next
  while (cursor !== null) {
    const next = await provider.listMovements({ since: EVER, cursor })
    found.push(...next.movements)
    cursor = next.next
  }
  const lines = found.map(({ movementRef }) => movementRef).filter((ref) => !ref.endsWith(':fee'))
  expect(lines).toEqual([...whole, [...books.lines.keys()].at(-1)])
})

test('a list since a moment begins there and does not walk through the years before', async () => {
  await control.advance({ ms: 10 * MINUTE_MS })
  const since = books.now()
  await control.advance({ ms: SECOND_MS })
  const { captureRef } = await aCapture()
  const before = callsOf('get /v1/balance_transactions')
  expect((await listed(since)).map(({ sourceRef }) => sourceRef)).toEqual([captureRef])
  expect(callsOf('get /v1/balance_transactions') - before).toBe(2)
})
