import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { createCoupon, setCouponActive } from '@/lib/domain/coupons'
import { saveEvidence } from '@/lib/domain/disputes'
import { recordDispute } from '@/lib/domain/disputes/record-dispute'
import { accountId, merchantAvailable, merchantPending, suspenseOf } from '@/lib/domain/ledger'
import { fundProtection } from '@/lib/domain/merchants'
import { refundOrder } from '@/lib/domain/orders'
import { settleRefund } from '@/lib/domain/payments'
import { recordUnknownPayment, refundSuspense } from '@/lib/domain/suspense'
import { newId } from '@/lib/kernel/ids'
import { DAY_MS, MINUTE_MS, after } from '@/lib/kernel/time'
import {
  type AdminList,
  accountTransfers,
  allRows,
  findAccount,
  findAdminDispute,
  findAdminPayment,
  findAdminPayout,
  findAdminRefund,
  findAdminStart,
  findPlatformCoupon,
  findProtectionFund,
  findProviderLine,
  findTransaction,
  listAccounts,
  listDisputes,
  listOperatorActions,
  listPage,
  listPayments,
  listPayouts,
  listPlatformCoupons,
  listProviderLines,
  listReconciliations,
  listRefunds,
  payments,
} from '@/lib/queries/admin'
import { balanceOf } from '@/tests/support/books'
import { counting } from '@/tests/support/counting'
import { db } from '@/tests/support/database'
import { NOW, aBuyer, aConfirmedOrder, aDeliveredOrder, aMerchant, pay, run } from '@/tests/support/factories'
import { aDebt, anAvailable } from '@/tests/support/merchant-money'
import { PocketProvider } from '@/tests/support/pocket-provider'

async function unknownPayment(provider: string, amountMinor: number, capturedAt = NOW): Promise<string> {
  const captureRef = randomUUID()
  await run((tx) => recordUnknownPayment(tx, provider, { captureRef, amountMinor, currency: 'CNY', capturedAt }, NOW))
  return (await db.payment.findFirstOrThrow({ where: { captureRef } })).id
}

async function collect<Row>(list: AdminList<Row>, chunk: number): Promise<Row[]> {
  const rows: Row[] = []
  for await (const row of allRows(db, list, chunk)) rows.push(row)
  return rows
}

const OPERATOR = { kind: 'OPERATOR', id: newId() } as const
const ALL = { wanted: { all: true }, reason: '卡密无效' } as const

/** A failed leg of an order's refund: the provider said so three times. */
async function aFailedRefund(orderId: string): Promise<string> {
  const orderRefundId = await run((tx) => refundOrder(tx, { orderId, ...ALL }, OPERATOR, NOW))
  const { id } = await db.refund.findFirstOrThrow({ where: { orderRefundId } })
  const data = { status: 'FAILED', attempt: 3, dueAt: null, lastError: 'account closed' } as const
  await db.refund.update({ where: { id }, data })
  return id
}

test('an unknown payment waits for a decision until it went back, and says who sent it', async () => {
  const provider = `p-${randomUUID()}`
  const id = await unknownPayment(provider, 700)
  const waiting = async () => (await listPayments(db, { provider, waiting: true }, 1)).rows.map((row) => row.id)
  expect(await waiting()).toEqual([id])
  const before = await findAdminStart(db, NOW, NOW)
  await run((tx) => refundSuspense(tx, id, OPERATOR, '付款人来电', NOW))
  expect(await waiting()).toEqual([])
  expect((await findAdminStart(db, NOW, NOW)).health.paymentsWaiting).toBe(before.health.paymentsWaiting - 1)
  const { result: page, sent } = await counting((tx) => findAdminPayment(tx, id))
  expect(sent).toBeLessThanOrEqual(3)
  expect(page?.payment).toMatchObject({ use: 'UNKNOWN', suspenseMinor: 0, refundedMinor: 700, orders: [] })
  expect(page?.transfers.map(({ code }) => code)).toEqual(['stray', 'refund'])
  expect(page?.actions).toMatchObject([{ verb: 'refund-suspense', note: '付款人来电', operator: OPERATOR.id }])
})

test('payments are found by capture, buyer, provider, use and day', async () => {
  const order = await aDeliveredOrder({ form: { email: `${randomUUID()}@example.com` } })
  const payment = await db.payment.findFirstOrThrow({
    where: { checkoutId: order.checkoutId },
    include: { checkout: true },
  })
  const found = async (filter: Parameters<typeof listPayments>[1]) => (await listPayments(db, filter, 1)).total
  expect(await found({ q: payment.captureRef })).toBe(1)
  expect(await found({ q: payment.checkout?.email.toUpperCase() })).toBe(1)
  expect(await found({ q: payment.captureRef, use: 'DUPLICATE' })).toBe(0)
  expect(await found({ q: payment.captureRef, provider: 'stripe' })).toBe(0)
  expect(await found({ q: payment.captureRef, from: NOW, until: after(NOW, 1) })).toBe(1)
  expect(await found({ q: payment.captureRef, until: NOW })).toBe(0)
})

test('an export has every row of the filter once and in order, whatever its length, and a page is part of it', async () => {
  const provider = `p-${randomUUID()}`
  // Two at each moment, so that a part of the export ends between rows of the same time.
  const ids = []
  for (let n = 0; n < 30; n++) {
    ids.push(await unknownPayment(provider, 100 + n, after(NOW, Math.floor(n / 2) * MINUTE_MS)))
  }
  const list = payments({ provider })
  for (const chunk of [1, 7, 30, 31, 1_000]) {
    const rows = await collect(list, chunk)
    expect(rows.map(({ id }) => id).toSorted()).toEqual(ids.toSorted())
    const times = rows.map(({ capturedAt }) => Number(capturedAt))
    expect(times).toEqual(times.toSorted((a, b) => b - a))
  }
  const [all, second] = [await collect(list, 4), await listPage(db, list, 2)]
  expect(second.rows.map(({ id }) => id)).toEqual(all.slice(25).map(({ id }) => id))
  const oldestFirst = await collect(payments({ provider, waiting: true }), 4)
  expect(oldestFirst.map(({ id }) => id)).toEqual(all.map(({ id }) => id).toReversed())
})

test('a failed refund says what failed, whose it is and who bore the decision', async () => {
  const buyer = await aBuyer()
  const order = await aConfirmedOrder({ form: buyer })
  const id = await aFailedRefund(order.orderId)
  const failed = await listRefunds(db, { status: 'FAILED', provider: 'sandbox' }, 1)
  expect(failed.rows.find((row) => row.id === id)).toMatchObject({
    lastError: 'account closed',
    orderNumber: order.number,
  })
  const { result: page, sent } = await counting((tx) => findAdminRefund(tx, id))
  expect(sent).toBeLessThanOrEqual(3)
  expect(page?.refund).toMatchObject({
    hasWallet: true,
    buyer: buyer.email,
    decision: {
      amountMinor: 1_000,
      fromPendingMinor: 970,
      feeMinor: 30,
      fromEscrowMinor: 0,
      fromFundMinor: 0,
      cdks: 1,
    },
  })
  // What the decision took from the merchant and the fee that went back, in one transaction.
  expect(new Set(page?.transfers.map(({ debitKind }) => debitKind))).toEqual(
    new Set(['MERCHANT_PENDING', 'PLATFORM_FEE']),
  )
  const guest = await aDeliveredOrder()
  expect((await findAdminRefund(db, await aFailedRefund(guest.orderId)))?.refund.hasWallet).toBe(false)
})

test('a refund that was sent shows its whole way through the books', async () => {
  const provider = new PocketProvider()
  const order = await aDeliveredOrder()
  const orderRefundId = await run((tx) => refundOrder(tx, { orderId: order.orderId, ...ALL }, OPERATOR, NOW))
  const { id } = await db.refund.findFirstOrThrow({ where: { orderRefundId } })
  await settleRefund(run, () => provider, id, NOW)
  const page = await findAdminRefund(db, id)
  expect(page?.transfers.map(({ code }) => code)).toEqual(['refund', 'refund-settled'])
  expect(page?.transfers[1]?.externalRef).toBe(`sandbox:refund:${page?.refund.providerRef}`)
})

test('payouts by merchant and state; a failed one is open until another one went well', async () => {
  const merchantId = await aMerchant()
  const facts = { merchantId, provider: 'sandbox', accountRef: 'acct-1', amountMinor: 500, currency: 'CNY' }
  const payout = async (status: 'FAILED' | 'PAID', createdAt: Date) => {
    const id = newId()
    await db.payout.create({
      data: {
        ...facts,
        id,
        status,
        createdAt,
        settledAt: createdAt,
        attempts: 1,
        transferRef: status === 'PAID' ? id : null,
      },
    })
    return id
  }
  const failed = await payout('FAILED', NOW)
  const open = async () => (await listPayouts(db, { merchantId, open: true }, 1)).rows.map(({ id }) => id)
  expect(await open()).toEqual([failed])
  expect((await findAdminPayout(db, failed))?.payout).toMatchObject({ open: true, requestedBy: null })
  await payout('PAID', after(NOW, MINUTE_MS))
  expect(await open()).toEqual([])
  expect((await listPayouts(db, { merchantId, status: 'FAILED' }, 1)).total).toBe(1)
})

test('the fund says what it holds, who owes it and who paid in', async () => {
  const merchantId = await aMerchant()
  const before = await findProtectionFund(db, 'CNY', 1)
  await run((tx) => fundProtection(tx, { reference: randomUUID(), amountMinor: 9_000, currency: 'CNY' }, NOW))
  await aDebt(merchantId, 400)
  const { result: fund, sent } = await counting((tx) => findProtectionFund(tx, 'CNY', 1))
  expect(sent).toBeLessThanOrEqual(3)
  // What a merchant owes is part of what the fund holds: a claim is worth its amount.
  expect(fund.balanceMinor).toBe(before.balanceMinor + 9_400)
  expect(fund.receivables.rows.find((row) => row.merchantId === merchantId)).toMatchObject({ owedMinor: 400 })
})

test('a dispute shows its evidence, the orders it was built from, and who changed it', async () => {
  const order = await aDeliveredOrder()
  const { id: paymentId, captureRef } = await db.payment.findFirstOrThrow({ where: { checkoutId: order.checkoutId } })
  const disputeRef = randomUUID()
  const due = { openedAt: NOW, evidenceDueAt: after(NOW, 7 * DAY_MS) }
  const facts = { disputeRef, captureRef, amountMinor: 1_000, currency: 'CNY', reason: 'fraudulent', ...due }
  await run((tx) => recordDispute(tx, 'sandbox', paymentId, { ...facts, status: 'needs-response' }, NOW))
  const { id } = await db.dispute.findFirstOrThrow({ where: { disputeRef } })
  await run((tx) => saveEvidence(tx, id, { statement: 'They viewed it.' }, OPERATOR, NOW))
  const { result: page, sent } = await counting((tx) => findAdminDispute(tx, id))
  expect(sent).toBeLessThanOrEqual(3)
  expect(page?.dispute).toMatchObject({
    evidence: { statement: 'They viewed it.' },
    paid: [{ id: order.orderId, frozen: true }],
    submittedBy: null,
  })
  expect(page?.transfers.map(({ code }) => code)).toEqual(['dispute'])
  expect(page?.actions).toMatchObject([{ verb: 'save-evidence' }])
  expect((await listDisputes(db, { state: 'NEEDS_RESPONSE' }, 1)).rows.map((row) => row.id)).toContain(id)
  expect((await findAdminStart(db, NOW, NOW)).health).toMatchObject({ disputesOpen: 1 })
})

test('accounts are found by whose they are, each with a running balance that ends at what it holds', async () => {
  const order = await aConfirmedOrder()
  await anAvailable(order.merchantId, 300)
  const merchant = await db.merchant.findUniqueOrThrow({ where: { id: order.merchantId } })
  const kinds = async (q: string) => (await listAccounts(db, { q }, 1)).rows.map(({ kind }) => kind).toSorted()
  expect(await kinds(merchant.slug)).toEqual(['MERCHANT_AVAILABLE', 'MERCHANT_PENDING'])
  expect(await kinds(order.number.toLowerCase())).toEqual(['ESCROW'])
  const buyer = await aBuyer()
  await aDeliveredOrder({ form: buyer })
  expect(await kinds(buyer.email)).toEqual(['ESCROW'])

  const pending = merchantPending(order.merchantId, 'CNY')
  await run((tx) =>
    refundOrder(tx, { orderId: order.orderId, wanted: { amountMinor: 200 }, reason: 'x' }, OPERATOR, after(NOW, 1)),
  )
  const found = await findAccount(db, accountId(pending), {}, 1)
  expect(found?.transfers.rows.map(({ balanceMinor }) => balanceMinor)).toEqual([await balanceOf(pending), 970])
  const exported = await collect(accountTransfers({ id: accountId(pending), kind: 'MERCHANT_PENDING' }, {}), 1)
  expect(exported).toEqual(found?.transfers.rows)
  // A filter narrows what is shown, not what is summed.
  const later = await findAccount(db, accountId(pending), { from: after(NOW, 1) }, 1)
  expect(later?.transfers.rows.map(({ balanceMinor }) => balanceMinor)).toEqual([await balanceOf(pending)])
  const available = await findAccount(db, accountId(merchantAvailable(order.merchantId, 'CNY')), {}, 1)
  expect(available?.transfers.rows.at(-1)?.balanceMinor).toBe(300)
})

test('a transaction shows all its transfers and what is behind it', async () => {
  const order = await aDeliveredOrder()
  const { id: paymentId } = await db.payment.findFirstOrThrow({ where: { checkoutId: order.checkoutId } })
  const { transactionId } = await db.ledgerTransfer.findFirstOrThrow({ where: { orderId: order.orderId, code: 'pay' } })
  const { result: paid, sent } = await counting((tx) => findTransaction(tx, transactionId))
  expect(sent).toBeLessThanOrEqual(2)
  expect(paid?.parts).toMatchObject([
    { code: 'pay', debitKind: 'PROVIDER_CLEARING', creditKind: 'ESCROW', minor: 1_000 },
  ])
  expect(paid?.behind).toEqual([
    { kind: 'order', id: order.orderId, name: order.number },
    { kind: 'payment', id: paymentId, name: null },
    { kind: 'merchant', id: order.merchantId, name: '清风数码' },
  ])
  const orderRefundId = await run((tx) => refundOrder(tx, { orderId: order.orderId, ...ALL }, OPERATOR, NOW))
  const leg = await db.refund.findFirstOrThrow({ where: { orderRefundId } })
  const refund = await db.ledgerTransfer.findFirstOrThrow({ where: { orderId: order.orderId, code: 'refund' } })
  expect((await findTransaction(db, refund.transactionId))?.behind).toContainEqual({
    kind: 'refund',
    id: leg.id,
    name: null,
  })
  const stray = await unknownPayment(`p-${randomUUID()}`, 50)
  const { transactionId: parked } = await db.ledgerTransfer.findFirstOrThrow({
    where: { creditId: accountId(suspenseOf(stray, 'CNY')) },
  })
  expect((await findTransaction(db, parked))?.behind).toEqual([{ kind: 'payment', id: stray, name: null }])
  expect(await findTransaction(db, newId())).toBeNull()
})

test('lines of a provider by state, and how far it was reconciled', async () => {
  const provider = `p-${randomUUID()}`
  const line = async (changes: object) => {
    const id = newId()
    const refs = { movementRef: randomUUID(), sourceRef: randomUUID(), kind: 'capture' }
    const data = {
      id,
      provider,
      ...refs,
      amountMinor: 10,
      feeMinor: 0,
      currency: 'CNY',
      at: NOW,
      seenAt: NOW,
      ...changes,
    }
    await db.providerLine.create({ data })
    return id
  }
  const open = await line({})
  await line({ transactionId: newId(), matchedAt: NOW })
  const explained = await line({
    transactionId: newId(),
    matchedAt: NOW,
    explanation: '提现',
    explainedById: OPERATOR.id,
  })
  const found = async (state: 'open' | 'matched' | 'explained') =>
    (await listProviderLines(db, { provider, state }, 1)).rows.map(({ id }) => id)
  expect(await found('open')).toEqual([open])
  expect(await found('explained')).toEqual([explained])
  expect(await found('matched')).toHaveLength(1)
  expect(await findProviderLine(db, open)).toMatchObject({ line: { state: 'open' }, actions: [] })
  await db.reconciliation.create({ data: { provider, pulledTo: NOW, startedAt: NOW, lines: 3, matched: 2, open: 1 } })
  expect(await listReconciliations(db)).toContainEqual(
    expect.objectContaining({ provider, lines: 3, matched: 2, open: 1 }),
  )
})

test('coupons of the platform with what they cost it, those of merchants left out', async () => {
  const code = `P${randomUUID().slice(0, 8).toUpperCase()}`
  const terms = {
    minimumMinor: 0,
    currency: 'CNY',
    startsAt: NOW,
    endsAt: after(NOW, DAY_MS),
    totalLimit: 5,
    perBuyerLimit: 1,
  } as const
  const off = { kind: 'AMOUNT', percentBps: null, amountMinor: 100, mostMinor: null } as const
  const id = await run((tx) => createCoupon(tx, { ...terms, ...off, code, merchantId: null }, NOW))
  const theirs = `M${randomUUID().slice(0, 8).toUpperCase()}`
  const merchantId = await aMerchant()
  const foreign = await run((tx) => createCoupon(tx, { ...terms, ...off, code: theirs, merchantId }, NOW))
  const order = await aDeliveredOrder({ form: { couponCode: code, expectedTotalMinor: 900 } })
  await pay(order.checkoutId)
  const page = await findPlatformCoupon(db, id, 1, NOW)
  expect(page?.coupon).toMatchObject({ state: 'running', usedCount: 1, discountMinor: 100 })
  expect(page?.uses.rows).toMatchObject([
    { email: 'guest@example.com', orders: [{ id: order.orderId }], returnedAt: null },
  ])
  expect(await findPlatformCoupon(db, foreign, 1, NOW)).toBeNull()
  expect((await listPlatformCoupons(db, { q: theirs }, 1, NOW)).total).toBe(0)
  const states = async (now: Date) =>
    (await listPlatformCoupons(db, { q: code }, 1, now)).rows.map(({ state }) => state)
  expect(await states(after(NOW, -1))).toEqual(['ahead'])
  expect(await states(after(NOW, DAY_MS))).toEqual(['ended'])
  await run((tx) => setCouponActive(tx, { couponId: id, merchantId: null }, false))
  expect(await states(NOW)).toEqual(['off'])
})

test('the log tells who did what, by verb and day', async () => {
  const found = await listOperatorActions(db, { verb: 'save-evidence', from: NOW, until: after(NOW, DAY_MS) }, 1)
  expect(found.rows).toMatchObject([{ verb: 'save-evidence', subject: 'dispute' }])
  expect((await listOperatorActions(db, { verb: 'save-evidence', until: NOW }, 1)).total).toBe(0)
})
