import { expect, test } from 'vitest'
import { accountId, escrowOf } from '@/lib/domain/ledger'
import { openMerchant, recordDeposit } from '@/lib/domain/merchants'
import { confirmOrder, recordPayment, refundOrder } from '@/lib/domain/orders'
import { receiveEvent } from '@/lib/domain/payments'
import { AccountKind } from '@/lib/infra/prisma/enums'
import { newId } from '@/lib/kernel/ids'
import { DAY_MS, HOUR_MS, after } from '@/lib/kernel/time'
import {
  findAccount,
  findAdminCategory,
  findAdminMerchant,
  findAdminOrder,
  findAdminStart,
  findInboxEvent,
  findLedgerOverview,
  listAccounts,
  listAdminCategories,
  listAdminOrders,
  listInbox,
  listMerchants,
  listPayments,
  listRefunds,
} from '@/lib/queries/admin'
import { counting } from '@/tests/support/counting'
import { db } from '@/tests/support/database'
import { NOW, aCapture, aCategory, aDeliveredOrder, aPlacedOrder, run } from '@/tests/support/factories'

const BUYER = { kind: 'BUYER', id: null } as const
const OPERATOR = { kind: 'OPERATOR', id: null } as const

test('the first page counts what waits and what was rejected', async () => {
  const refunded = await aDeliveredOrder()
  await run((tx) =>
    refundOrder(tx, { orderId: refunded.orderId, wanted: { all: true }, reason: '卡密无效' }, OPERATOR, NOW),
  )
  await aPlacedOrder()
  await run((tx) => receiveEvent(tx, 'sandbox', { ok: false, why: 'forged' }, '{}', NOW))
  const later = after(NOW, HOUR_MS)
  const { result, sent } = await counting((tx) => findAdminStart(tx, after(later, -DAY_MS), later))
  expect(sent).toBeLessThanOrEqual(3)
  expect(result.health).toMatchObject({
    overdue: 1,
    rejectedToday: 1,
    unhandled: 0,
    refundsPending: 1,
    refundsFailing: 0,
    refundsFailed: 0,
    eventsDead: 0,
    disputesOpen: 0,
    payoutsFailed: 0,
    oldestRefundAt: NOW,
  })
  expect(result.health.orders).toEqual(expect.arrayContaining([{ status: 'REFUNDED', count: 1 }]))
  expect(result.books.debitsMinor).toBe(result.books.creditsMinor)
})

test('finds orders by the start of a number, a whole address, status and merchant', async () => {
  const order = await aDeliveredOrder()
  const found = async (filter: Parameters<typeof listAdminOrders>[1]) =>
    (await listAdminOrders(db, filter, 1)).rows.map(({ id }) => id)
  expect(await found({ q: order.number.slice(0, 13).toLowerCase() })).toEqual([order.orderId])
  expect(await found({ q: 'Guest@example.com', merchantId: order.merchantId })).toEqual([order.orderId])
  expect(await found({ q: 'guest@example', merchantId: order.merchantId })).toEqual([])
  expect(await found({ status: 'EXPIRED', merchantId: order.merchantId })).toEqual([])
  const { sent } = await counting((tx) => listAdminOrders(tx, {}, 1))
  expect(sent).toBeLessThanOrEqual(3)
})

test('shows an order whole: payments, refunds, transfers, and the snapshot as untouched', async () => {
  const order = await aDeliveredOrder()
  await run(async (tx) => recordPayment(tx, order.checkoutId, await aCapture(order.checkoutId), NOW))
  await run((tx) =>
    refundOrder(tx, { orderId: order.orderId, wanted: { all: true }, reason: '卡密无效' }, OPERATOR, NOW),
  )
  const { result: page, sent } = await counting((tx) => findAdminOrder(tx, order.orderId))
  expect(sent).toBeLessThanOrEqual(5)
  expect(page?.computedHash).toBe(page?.order.snapshotHash)
  expect(page?.order.payments.map(({ use }) => use).toSorted()).toEqual(['APPLIED', 'DUPLICATE'])
  expect(page?.order.refunds).toHaveLength(2)
  expect(page?.order.decisions).toMatchObject([{ amountMinor: 1_000, fromEscrowMinor: 1_000, reason: '卡密无效' }])
  expect(page?.money).toMatchObject({ heldMinor: 0, refundingMinor: 1_000 })
  expect(page?.transfers.map(({ code }) => code).toSorted()).toEqual(['pay', 'refund', 'refund', 'stray'])
})

test('tells a snapshot that was changed behind the order', async () => {
  const order = await aDeliveredOrder()
  await db.$executeRaw`UPDATE "order" SET snapshot = jsonb_set(snapshot, '{price,feeMinor}', '1') WHERE id = ${order.orderId}::uuid`
  const page = await findAdminOrder(db, order.orderId)
  expect(page?.computedHash).not.toBe(page?.order.snapshotHash)
})

test('the ledger overview balances and leads from a kind to an account to its transfers', async () => {
  const order = await aDeliveredOrder()
  const other = await aDeliveredOrder()
  await run((tx) => confirmOrder(tx, other.orderId, BUYER, NOW))
  const { result: ledger, sent } = await counting(findLedgerOverview)
  expect(sent).toBe(1)
  const [books] = ledger.books
  expect(books.debitsMinor).toBe(books.creditsMinor)
  expect(books.assetsMinor).toBe(books.owedMinor)
  expect(books.kinds).toHaveLength(Object.values(AccountKind).length)
  expect(ledger.astray).toBe(0)
  const account = accountId(escrowOf(order.orderId, 'CNY'))
  const open = await counting((tx) => listAccounts(tx, { kind: 'ESCROW', open: true }, 1))
  expect(open.sent).toBeLessThanOrEqual(3)
  expect(open.result.rows.find(({ id }) => id === account)).toMatchObject({
    owner: order.number,
    debitsMinor: 0,
    creditsMinor: 1_000,
  })
  expect(open.result.rows.some(({ id }) => id === accountId(escrowOf(other.orderId, 'CNY')))).toBe(false)
  const found = await counting((tx) => findAccount(tx, account, {}, 1))
  expect(found.sent).toBeLessThanOrEqual(3)
  expect(found.result?.transfers.rows).toMatchObject([
    {
      code: 'pay',
      debitMinor: null,
      creditMinor: 1_000,
      balanceMinor: 1_000,
      otherKind: 'PROVIDER_CLEARING',
      orderNumber: order.number,
    },
  ])
  for (const kind of ['PROVIDER_CLEARING', 'MERCHANT_PENDING', 'PLATFORM_FEE'] as const) {
    expect((await listAccounts(db, { kind }, 1)).rows.length).toBeGreaterThan(0)
  }
  expect(await findAccount(db, newId(), {}, 1)).toBeNull()
})

test('an account whose running balance went astray is counted', async () => {
  const order = await aDeliveredOrder()
  const account = accountId(escrowOf(order.orderId, 'CNY'))
  await db.ledgerBalance.update({ where: { accountId: account }, data: { creditsMinor: 1_001n } })
  expect((await findLedgerOverview(db)).astray).toBe(1)
  await db.ledgerBalance.update({ where: { accountId: account }, data: { creditsMinor: 1_000n } })
})

test('lists the inbox, captures and refunds by what became of them', async () => {
  const order = await aDeliveredOrder()
  await run((tx) =>
    refundOrder(tx, { orderId: order.orderId, wanted: { all: true }, reason: '卡密无效' }, OPERATOR, NOW),
  )
  const subject = { kind: 'payment', providerRef: newId(), reference: null } as const
  const parsed = { ok: true, event: { eventRef: newId(), type: 'payment.captured', subject } } as const
  const { id } = await run((tx) => receiveEvent(tx, 'sandbox', parsed, '{"amount":1}', NOW))
  await db.paymentEvent.update({
    where: { id },
    data: { verdict: 'REJECTED', reason: 'foreign', checkoutId: order.checkoutId, dueAt: null, handledAt: NOW },
  })
  const inbox = await counting((tx) => listInbox(tx, { verdict: 'REJECTED', reason: 'foreign' }, 1))
  expect(inbox.sent).toBeLessThanOrEqual(3)
  expect(inbox.result.rows).toMatchObject([{ id, orders: [{ id: order.orderId, number: order.number }], subject }])
  expect((await listInbox(db, { verdict: 'APPLIED', reason: 'foreign' }, 1)).total).toBe(0)
  expect((await listInbox(db, { q: parsed.event.eventRef, provider: 'sandbox' }, 1)).total).toBe(1)
  expect(await findInboxEvent(db, id)).toMatchObject({
    event: { body: '{"amount":1}', orders: [{ id: order.orderId }] },
  })
  expect(
    (await listPayments(db, { use: 'APPLIED' }, 1)).rows.some(({ orders: [paid] }) => paid?.id === order.orderId),
  ).toBe(true)
  expect((await listRefunds(db, { status: 'PENDING' }, 1)).rows.some(({ orderId }) => orderId === order.orderId)).toBe(
    true,
  )
  expect((await listRefunds(db, { status: 'SUCCEEDED' }, 1)).total).toBe(0)
})

test('shows merchants with their deposit and people', async () => {
  const owner = { email: 'owner@query.example.com', passwordHash: 'not a real hash', displayName: '老板' }
  const input = {
    slug: 'query',
    name: '查询小店',
    legalName: '查询科技',
    legalNumber: '91330106MA2KQ4XJ0T',
    contactEmail: 'a@example.com',
    feeBps: 500,
    owner,
  }
  const { merchantId } = await run((tx) => openMerchant(tx, input, NOW))
  await run((tx) => recordDeposit(tx, { merchantId, reference: 'ADMIN-1', amountMinor: 900, currency: 'CNY' }, NOW))
  const list = await counting((tx) => listMerchants(tx, { q: '查询', status: 'PENDING' }, 1))
  expect(list.sent).toBeLessThanOrEqual(3)
  expect(list.result.rows).toMatchObject([{ id: merchantId, depositMinor: 900, products: 0, openOrders: 0 }])
  const page = await counting((tx) => findAdminMerchant(tx, merchantId, 1))
  expect(page.sent).toBeLessThanOrEqual(5)
  expect(page.result).toMatchObject({
    merchant: { people: [{ email: owner.email }], heldMinor: 0 },
    balances: { depositMinor: 900 },
    lines: { total: 1 },
  })
})

test('shows categories with what hangs on them', async () => {
  const id = await aCategory({ rules: { inspectionHours: 24 } })
  const { result, sent } = await counting(listAdminCategories)
  expect(sent).toBe(1)
  expect(result.find((category) => category.id === id)).toMatchObject({ products: 0, rules: { inspectionHours: 24 } })
  expect(await findAdminCategory(db, id)).toMatchObject({ id, published: 0 })
  expect(await findAdminCategory(db, newId())).toBeNull()
})
