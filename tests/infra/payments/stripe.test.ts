import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { ProviderRefused, ProviderUnavailable } from '@/lib/domain/payments/provider'
import { HOUR_MS, MINUTE_MS, after } from '@/lib/kernel/time'
import {
  callsOf,
  hastyProvider,
  mall,
  patientProvider,
  provider,
  strangerProvider,
  stripe,
} from '@/tests/support/stripe'

const { control, books } = stripe

function aCheckout(changes: Partial<Parameters<typeof provider.openPayment>[0]> = {}) {
  return {
    checkoutId: randomUUID(),
    amountMinor: 12_345,
    currency: 'CNY',
    description: 'KB-2611-0001',
    locale: 'zh-CN',
    returnUrl: 'http://127.0.0.1:9/orders/KB-2611-0001?paid=1&x=é',
    expiresAt: after(books.now(), 15 * MINUTE_MS),
    ...changes,
  } as const
}

async function aPaidCheckout(amountMinor = 12_345, method = 'card') {
  const checkout = aCheckout({ amountMinor })
  const { providerRef } = await provider.openPayment(checkout)
  await control.pay({ session: providerRef, method })
  const payment = await provider.fetchPayment(providerRef)
  const [capture] = payment?.captures ?? []
  if (!capture) throw new Error('nothing was captured')
  return { ...checkout, providerRef, captureRef: capture.captureRef }
}

async function aReadyAccount() {
  const facts = { merchantId: randomUUID(), name: '星河点卡', email: 'm@example.com', locale: 'zh-CN' }
  const account = await provider.openAccount(facts)
  await control.onboard({ account: account.accountRef })
  return { ...facts, ...account }
}

function sessionOf(ref: string) {
  const session = books.sessions.get(ref)
  if (!session) throw new Error(`no session ${ref}`)
  return session
}

test('a payment asks for exactly the amount and can be paid in Chinese ways for half an hour at least', async () => {
  const checkout = aCheckout()
  const { providerRef, payUrl } = await provider.openPayment(checkout)
  const { id, ...session } = sessionOf(providerRef)
  expect(payUrl).toBe(`${stripe.url}/c/pay/${id}`)
  expect(session).toMatchObject({
    amount_total: 12_345,
    currency: 'cny',
    client_reference_id: checkout.checkoutId,
    metadata: { checkoutId: checkout.checkoutId },
    locale: 'zh',
    allowed_payment_method_types: ['card', 'alipay', 'wechat_pay'],
    success_url: checkout.returnUrl,
    cancel_url: checkout.returnUrl,
  })
  expect(session.expires_at).toBe(Math.floor(after(checkout.expiresAt, 31 * MINUTE_MS).getTime() / 1_000))
  expect(await provider.fetchPayment(providerRef)).toEqual({
    providerRef,
    reference: checkout.checkoutId,
    captures: [],
  })
})

test.for(['card', 'alipay', 'wechat_pay'])('money paid by %s stands in Stripe’s books to the fen', async (method) => {
  const { providerRef, checkoutId } = await aPaidCheckout(9_999, method)
  const captureRef: unknown = expect.stringMatching(method === 'card' ? /^ch_/ : /^py_/)
  const capture = { captureRef, amountMinor: 9_999, currency: 'CNY', capturedAt: expect.any(Date) as unknown }
  expect(await provider.fetchPayment(providerRef)).toEqual({ providerRef, reference: checkoutId, captures: [capture] })
})

test('a delayed payment is no capture until it arrives', async () => {
  const { providerRef } = await provider.openPayment(aCheckout())
  await control.set({ delayedPayments: true })
  await control.pay({ session: providerRef, method: 'alipay' })
  expect(await provider.fetchPayment(providerRef)).toMatchObject({ captures: [] })
  await control.settlePayment({ session: providerRef, arrives: true })
  expect(await provider.fetchPayment(providerRef)).toMatchObject({ captures: [{ amountMinor: 12_345 }] })
})

test('a capture of another amount is told as it is', async () => {
  const { providerRef } = await provider.openPayment(aCheckout())
  await control.set({ captureMinor: 1 })
  await control.pay({ session: providerRef })
  expect(await provider.fetchPayment(providerRef)).toMatchObject({ captures: [{ amountMinor: 1 }] })
})

test('opening twice, also from two tabs, gives one page', async () => {
  const checkout = aCheckout()
  const opened = await Promise.all([provider.openPayment(checkout), provider.openPayment(checkout)])
  expect(opened[0]).toEqual(opened[1])
  expect(await provider.openPayment({ ...checkout, locale: 'en' })).toEqual(opened[0])
})

test('a page that ran out is followed by a new one, the same for everybody', async () => {
  const checkout = aCheckout()
  const first = await provider.openPayment(checkout)
  await control.expire({ session: first.providerRef })
  const second = await provider.openPayment(checkout)
  expect(second.providerRef).not.toBe(first.providerRef)
  expect(await provider.openPayment(checkout)).toEqual(second)
  await control.advance({ ms: 2 * HOUR_MS })
  const third = await provider.openPayment(checkout)
  expect([first.providerRef, second.providerRef]).not.toContain(third.providerRef)
  expect(sessionOf(third.providerRef)).toMatchObject({ status: 'open', amount_total: 12_345 })
})

test('a page that was paid leads back to the order instead of to a second payment', async () => {
  const { providerRef, captureRef, ...checkout } = await aPaidCheckout()
  expect(await provider.openPayment(checkout)).toEqual({ providerRef, payUrl: checkout.returnUrl })
  expect(captureRef).toMatch(/^ch_/)
})

test('a fault that Stripe keeps under the key does not close the checkout for a day', async () => {
  const checkout = aCheckout()
  await control.fault({ on: 'post /v1/checkout/sessions', how: 'saved-error' })
  await expect(provider.openPayment(checkout)).rejects.toThrow(ProviderUnavailable)
  const { providerRef } = await provider.openPayment(checkout)
  expect(sessionOf(providerRef)).toMatchObject({ client_reference_id: checkout.checkoutId, status: 'open' })
})

test.for(['error', 'hang', 'late', 'cut'] as const)('opening survives an answer that is %s', async (how) => {
  const before = books.sessions.size
  const checkout = aCheckout()
  await control.fault({ on: 'post /v1/checkout/sessions', how })
  const { providerRef } = await patientProvider.openPayment(checkout)
  expect(sessionOf(providerRef).client_reference_id).toBe(checkout.checkoutId)
  expect(books.sessions.size).toBe(before + 1)
})

test('Stripe refuses less than its smallest amount', async () => {
  await expect(provider.openPayment(aCheckout({ amountMinor: 1 }))).rejects.toThrow(ProviderRefused)
})

test('a bad key is the operator’s to mend and never part of what is told', async () => {
  const refused = strangerProvider.openPayment(aCheckout())
  await expect(refused).rejects.toThrow(ProviderUnavailable)
  await expect(refused).rejects.not.toThrow(/sk_test/)
})

test.for([409, 429, 500, 503])('an answer of %i is no answer', async (status) => {
  await control.fault({ how: 'error', status })
  await expect(provider.fetchPayment('cs_test_x')).rejects.toThrow(ProviderUnavailable)
})

test('what Stripe does not know is null', async () => {
  expect(await provider.fetchPayment('cs_test_nothing')).toBeNull()
  expect(await provider.fetchPayment('pi_nothing')).toBeNull()
  expect(await provider.fetchRefund('re_nothing')).toBeNull()
  expect(await provider.fetchTransfer('tr_nothing')).toBeNull()
  expect(await provider.fetchDispute('du_nothing')).toBeNull()
  expect(await provider.fetchAccount('acct_nothing')).toBeNull()
})

test('money that the mall never asked for is found without a reference', async () => {
  const charge = await control.strayCharge({ amountMinor: 700 })
  const payment = await provider.fetchPayment(charge.payment_intent ?? '')
  expect(payment).toMatchObject({ reference: null, captures: [{ captureRef: charge.id, amountMinor: 700 }] })
})

test('a refund goes back to its capture once, however often it is asked for', async () => {
  const { captureRef } = await aPaidCheckout()
  const input = { refundId: randomUUID(), attempt: 1, captureRef, amountMinor: 2_345, retry: false }
  const refund = await provider.refund(input)
  expect(refund).toEqual({ refundRef: refund.refundRef, status: 'succeeded', failure: null })
  expect(await provider.refund(input)).toEqual(refund)
  expect(books.charges.get(captureRef)).toMatchObject({ amount_refunded: 2_345, refunded: false })
  expect(await provider.fetchRefund(refund.refundRef)).toEqual(refund)
})

test.for(['late', 'cut'] as const)('a refund whose answer is %s is made once, a day later too', async (how) => {
  const { captureRef } = await aPaidCheckout()
  const input = { refundId: randomUUID(), attempt: 1, captureRef, amountMinor: 345, retry: false }
  await control.fault({ on: 'post /v1/refunds', how, times: 2 })
  await expect(hastyProvider.refund(input)).rejects.toThrow(ProviderUnavailable)
  await control.forgetKeys({})
  expect(await provider.refund({ ...input, retry: true })).toMatchObject({ status: 'succeeded' })
  expect(books.charges.get(captureRef)).toMatchObject({ amount_refunded: 345 })
})

test('a refund that fails later says why, and the next attempt is another refund', async () => {
  const { captureRef } = await aPaidCheckout()
  await control.set({ refunds: 'pending' })
  const input = { refundId: randomUUID(), attempt: 1, captureRef, amountMinor: 12_345, retry: false }
  const { refundRef, status } = await provider.refund(input)
  expect(status).toBe('pending')
  await control.settleRefund({ refund: refundRef, status: 'failed', reason: 'expired_or_canceled_card' })
  const failed = { refundRef, status: 'failed', failure: 'expired_or_canceled_card' }
  expect(await provider.fetchRefund(refundRef)).toEqual(failed)
  expect(await provider.refund({ ...input, retry: true })).toEqual(failed)
  await control.set({ refunds: 'succeeded' })
  const again = await provider.refund({ ...input, attempt: 2, retry: true })
  expect(again).toMatchObject({ status: 'succeeded' })
  expect(again.refundRef).not.toBe(refundRef)
})

test('more than was captured is refused', async () => {
  const { captureRef } = await aPaidCheckout()
  const input = { refundId: randomUUID(), attempt: 1, captureRef, amountMinor: 12_346, retry: false }
  await expect(provider.refund(input)).rejects.toThrow(ProviderRefused)
})

test('a merchant’s account is opened once, says what is missing, and is ready when Stripe has it all', async () => {
  const facts = { merchantId: randomUUID(), name: '星河点卡', email: 'm@example.com', locale: 'zh-CN' }
  const account = await provider.openAccount(facts)
  const { accountRef } = account
  expect(account).toMatchObject({ ready: false, missing: expect.arrayContaining(['external_account']) as unknown })
  expect(await provider.openAccount(facts)).toEqual(account)
  const link = { accountRef, returnUrl: 'http://127.0.0.1:9/merchant/payouts', locale: 'zh-CN' }
  const page = await provider.accountLink(link)
  expect(page).toContain(`${stripe.url}/setup/${accountRef}`)
  const done = await fetch(page, { method: 'POST', redirect: 'manual' })
  expect([done.status, done.headers.get('location')]).toEqual([303, link.returnUrl])
  expect(await provider.fetchAccount(accountRef)).toEqual({ accountRef, ready: true, missing: [] })
  expect(await provider.accountLink(link)).toBe(`${stripe.url}/express/${accountRef}`)
  await control.onboard({ account: accountRef, ready: false })
  const stopped = { accountRef, ready: false, missing: ['individual.verification.document'] }
  expect(await provider.fetchAccount(accountRef)).toEqual(stopped)
  expect(await provider.accountLink(link)).toContain('/setup/')
})

test('a payout is one transfer, however often it is asked for', async () => {
  const { accountRef } = await aReadyAccount()
  const input = { payoutId: randomUUID(), accountRef, amountMinor: 5_001, currency: 'CNY', retry: false } as const
  const transfer = await provider.transfer(input)
  expect(transfer).toEqual({ transferRef: transfer.transferRef, status: 'succeeded', failure: null })
  expect(await provider.transfer(input)).toEqual(transfer)
  expect(books.transfers.get(transfer.transferRef)).toMatchObject({
    amount: 5_001,
    currency: 'cny',
    destination: accountRef,
    transfer_group: `payout:${input.payoutId}`,
  })
  expect(await provider.fetchTransfer(transfer.transferRef)).toEqual(transfer)
})

test.for(['late', 'cut'] as const)('a transfer whose answer is %s is made once, a day later too', async (how) => {
  const { accountRef } = await aReadyAccount()
  const input = { payoutId: randomUUID(), accountRef, amountMinor: 5_001, currency: 'CNY', retry: false } as const
  await control.fault({ on: 'post /v1/transfers', how, times: 2 })
  await expect(hastyProvider.transfer(input)).rejects.toThrow(ProviderUnavailable)
  await control.forgetKeys({})
  expect(await provider.transfer({ ...input, retry: true })).toMatchObject({ status: 'succeeded' })
  const group = `payout:${input.payoutId}`
  expect([...books.transfers.values()].filter((made) => made.transfer_group === group)).toHaveLength(1)
})

test('a declined transfer is an answer, and no money moved', async () => {
  const { accountRef } = await aReadyAccount()
  const input = { payoutId: randomUUID(), accountRef, amountMinor: 5_001, currency: 'CNY', retry: false } as const
  await control.set({ declineTransfers: 'This account cannot be paid.' })
  const declined = {
    transferRef: `declined:${input.payoutId}`,
    status: 'failed',
    failure: 'This account cannot be paid.',
  }
  expect(await provider.transfer(input)).toEqual(declined)
  expect(await provider.transfer({ ...input, retry: true })).toEqual(declined)
  expect(await provider.fetchTransfer(declined.transferRef)).toBeNull()
  const unready = await provider.openAccount({
    merchantId: randomUUID(),
    name: 'x',
    email: 'x@example.com',
    locale: 'en',
  })
  await control.calm({})
  const early = { ...input, payoutId: randomUUID(), accountRef: unready.accountRef }
  expect(await provider.transfer(early)).toMatchObject({ status: 'failed' })
})

test('a platform without the money declines; a transfer that comes back has failed', async () => {
  const { accountRef } = await aReadyAccount()
  const input = { payoutId: randomUUID(), accountRef, amountMinor: 900_000_000, currency: 'CNY', retry: false } as const
  await control.set({ watchBalance: true })
  expect(await provider.transfer(input)).toMatchObject({ status: 'failed' })
  await control.calm({})
  const { transferRef } = await provider.transfer({ ...input, payoutId: randomUUID(), amountMinor: 10 })
  await control.reverseTransfer({ transfer: transferRef })
  expect(await provider.fetchTransfer(transferRef)).toEqual({ transferRef, status: 'failed', failure: 'reversed' })
})

const EVIDENCE = {
  productDescription: '星河点卡 100',
  customerEmail: 'b@example.com',
  serviceDate: '2026-11-22',
  accessLog: '2026-11-22T14:03:22Z revealed\n'.repeat(1_000),
  statement: 'order, snapshot, rules',
}

test('a dispute is opened, answered once and won', async () => {
  const { captureRef } = await aPaidCheckout()
  const { id: disputeRef } = await control.openDispute({ charge: captureRef, amountMinor: 12_000 })
  const open = await provider.fetchDispute(disputeRef)
  expect(open).toMatchObject({
    disputeRef,
    captureRef,
    amountMinor: 12_000,
    currency: 'CNY',
    reason: 'product_not_received',
    status: 'needs-response',
    withdrawn: true,
  })
  expect(open?.evidenceDueAt?.getTime()).toBeGreaterThan(books.now().getTime())
  const answered = await provider.answerDispute({ disputeRef, evidence: EVIDENCE })
  expect(answered.status).toBe('under-review')
  const kept = books.disputes.get(disputeRef)?.evidence
  expect(kept).toMatchObject({ customer_email_address: 'b@example.com', uncategorized_text: EVIDENCE.statement })
  expect(String(kept?.['access_activity_log'])).toHaveLength(20_000)
  await control.forgetKeys({})
  expect(await provider.answerDispute({ disputeRef, evidence: EVIDENCE })).toEqual(answered)
  expect(books.disputes.get(disputeRef)?.evidence_details.submission_count).toBe(1)
  await control.closeDispute({ dispute: disputeRef, outcome: 'won' })
  expect(await provider.fetchDispute(disputeRef)).toMatchObject({ status: 'won' })
})

test('an inquiry needs an answer and moves no money; a lost dispute is lost', async () => {
  const { captureRef } = await aPaidCheckout()
  const before = books.lines.size
  const inquiry = await control.openDispute({ charge: captureRef, inquiry: true })
  expect(await provider.fetchDispute(inquiry.id)).toMatchObject({ status: 'needs-response', withdrawn: false })
  expect(books.lines.size).toBe(before)
  await control.closeDispute({ dispute: inquiry.id, outcome: 'won' })
  expect(await provider.fetchDispute(inquiry.id)).toMatchObject({ status: 'won', withdrawn: false })
  const other = await aPaidCheckout()
  const dispute = await control.openDispute({ charge: other.captureRef })
  await control.closeDispute({ dispute: dispute.id, outcome: 'lost' })
  expect(await provider.fetchDispute(dispute.id)).toMatchObject({ status: 'lost', withdrawn: true })
})

test('the switches can be flipped by another process', async () => {
  const flip = (name: string, input: object) =>
    fetch(new URL(`/_double/${name}`, stripe.url), { method: 'POST', body: JSON.stringify(input) })
  const { providerRef } = await provider.openPayment(aCheckout())
  const paid: unknown = await (await flip('pay', { session: providerRef, method: 'alipay' })).json()
  expect(paid).toMatchObject({ done: { id: providerRef, payment_status: 'paid' } })
  expect((await flip('set', { refunds: 'never' })).status).toBe(400)
  expect((await flip('pay', { session: 'cs_test_nothing' })).status).toBe(400)
  expect((await flip('levitate', {})).status).toBe(404)
  const state: unknown = await (await fetch(new URL('/_double/state', stripe.url))).json()
  expect(state).toMatchObject({ violations: [], settings: { refunds: 'succeeded' } })
})

test('the hosted page takes the money, tells the mall and sends the buyer back', async () => {
  const checkout = aCheckout()
  const { providerRef, payUrl } = await provider.openPayment(checkout)
  const page = await (await fetch(payUrl)).text()
  for (const word of ['¥123.45', '支付宝', '微信支付', '返回商家']) expect(page).toContain(word)
  expect(page).not.toContain('<script')
  const body = new URLSearchParams({ method: 'wechat_pay' })
  const pressed = await fetch(payUrl, { method: 'POST', body, redirect: 'manual' })
  expect([pressed.status, pressed.headers.get('location')]).toEqual([303, checkout.returnUrl])
  await control.settled({})
  const subject = { kind: 'payment', providerRef, reference: checkout.checkoutId }
  expect(mall.heard).toContainEqual(expect.objectContaining({ type: 'checkout.session.completed', subject }))
  expect(await (await fetch(payUrl)).text()).toContain('已付款')
  expect(callsOf('post /v1/checkout/sessions')).toBeGreaterThan(0)
})
