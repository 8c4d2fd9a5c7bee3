import { beforeEach, describe, expect, test } from 'vitest'
import { syncDispute } from '@/lib/domain/disputes'
import { providerClearing, providerCost, suspenseOf } from '@/lib/domain/ledger'
import { confirmOrder, refundOrder } from '@/lib/domain/orders'
import { type ProviderMovement, ProviderUnavailable, settleRefund } from '@/lib/domain/payments'
import { explainLine, matchLines, pullMovements, reconcile } from '@/lib/domain/reconciliation'
import { recordUnknownPayment, refundSuspense } from '@/lib/domain/suspense'
import { newId } from '@/lib/kernel/ids'
import { DAY_MS, HOUR_MS, MINUTE_MS, after } from '@/lib/kernel/time'
import { DIFFERENCES_AT_A_TIME, allDifferences, openDifferences } from '@/lib/queries/admin'
import { balanceOf, statusOf } from '@/tests/support/books'
import { db } from '@/tests/support/database'
import { NOW, run } from '@/tests/support/factories'
import { PocketProvider } from '@/tests/support/pocket-provider'
import { raceTwice } from '@/tests/support/race'
import { captured, disputeOf, operator } from '../disputes/support'

let provider = new PocketProvider()
let before = 0
const failures: string[] = []
const clearing = providerClearing('sandbox', 'CNY')
const named = () => provider
const reconciled = (now = NOW) => reconcile(run, provider, now, (_error, what) => failures.push(what))
const differences = async (now = NOW) => openDifferences(db, 'sandbox', now)
/** What our books say that the provider holds, since the test began. */
const held = async () => before - (await balanceOf(clearing))

async function balanceThere(): Promise<number> {
  const { movements } = await provider.listMovements({ since: new Date(0), cursor: null })
  return movements.reduce((sum, { amountMinor, feeMinor }) => sum + amountMinor - feeMinor, 0)
}

function aLine(changes: Partial<ProviderMovement>): ProviderMovement {
  const ref = newId()
  return {
    movementRef: ref,
    kind: 'other',
    sourceRef: ref,
    providerRef: null,
    amountMinor: -500,
    feeMinor: 0,
    currency: 'CNY',
    at: NOW,
    ...changes,
  }
}

async function unknownMoney(amountMinor = 700) {
  const providerRef = newId()
  const capture = { captureRef: newId(), amountMinor, currency: 'CNY', capturedAt: NOW }
  provider.payments.set(providerRef, { reference: null, captures: [capture] })
  return capture
}

beforeEach(async () => {
  // Each test has a bank that nothing happened at before: what earlier tests booked has no line to be missed.
  await db.$executeRaw`GRANT UPDATE ON ledger_transfer TO CURRENT_USER`
  await db.$executeRaw`UPDATE ledger_transfer SET "externalRef" = NULL`
  await db.providerLine.deleteMany()
  await db.reconciliation.deleteMany()
  provider = new PocketProvider()
  before = await balanceOf(clearing)
  failures.length = 0
})

describe('pulling', () => {
  test('stores every line once, page by page, and begins an hour before the end of the last pull', async () => {
    const asked: Date[] = []
    const list = provider.listMovements.bind(provider)
    provider.listMovements = async (input) => {
      if (input.cursor === null) asked.push(input.since)
      return list(input)
    }
    provider.pageSize = 2
    for (let n = 0; n < 5; n++) provider.movements.push(aLine({ at: after(NOW, n * MINUTE_MS) }))
    const now = after(NOW, HOUR_MS)
    expect(await pullMovements(run, provider, now)).toBe(5)
    expect(await pullMovements(run, provider, now)).toBe(0)
    provider.movements.push(aLine({ at: after(NOW, 3 * MINUTE_MS) }))
    expect(await pullMovements(run, provider, now)).toBe(1)
    expect(await db.providerLine.count({ where: { provider: 'sandbox' } })).toBe(6)
    expect(asked[1]).toEqual(NOW)
    expect(asked[0]?.getTime()).toBeLessThanOrEqual(after(now, -30 * DAY_MS).getTime())
  })

  test('one that breaks off is begun again and loses nothing', async () => {
    provider.pageSize = 2
    for (let n = 0; n < 5; n++) provider.movements.push(aLine({ at: after(NOW, n * MINUTE_MS) }))
    const list = provider.listMovements.bind(provider)
    provider.listMovements = async (input) => {
      if (input.cursor === '4') throw new ProviderUnavailable('gone')
      return list(input)
    }
    await expect(pullMovements(run, provider, NOW)).rejects.toThrow('gone')
    expect(await db.providerLine.count()).toBe(4)
    provider.listMovements = list
    expect(await pullMovements(run, provider, NOW)).toBe(1)
  })

  test('books what the provider keeps, once', async () => {
    const cost = await balanceOf(providerCost('sandbox', 'CNY'))
    const order = await captured(provider)
    await order.sync()
    const list = provider.listMovements.bind(provider)
    provider.listMovements = async (input) => {
      const page = await list(input)
      return { ...page, movements: page.movements.map((line) => ({ ...line, feeMinor: 35 })) }
    }
    await Promise.all([pullMovements(run, provider, NOW), pullMovements(run, provider, NOW)])
    await reconciled(after(NOW, HOUR_MS))
    expect(await balanceOf(providerCost('sandbox', 'CNY'))).toBe(cost - 35)
    expect(await held()).toBe(965)
    expect(await held()).toBe(await balanceThere())
    expect(await differences(after(NOW, DAY_MS))).toEqual([])
  })
})

describe('matching', () => {
  test('every line of an ordinary life with exactly one transaction', async () => {
    const [kept, returned, contested] = [await captured(provider), await captured(provider), await captured(provider)]
    for (const { sync } of [kept, returned, contested]) await sync()
    await run((tx) => confirmOrder(tx, kept.orderId, { kind: 'BUYER', id: null }, NOW))
    await run((tx) => refundOrder(tx, { orderId: returned.orderId, wanted: { all: true }, reason: 'x' }, operator, NOW))
    const { id } = await db.refund.findFirstOrThrow({ where: { orderId: returned.orderId } })
    await settleRefund(run, named, id, NOW)
    const disputeRef = provider.openDispute(contested.capture.captureRef, 1_000)
    await syncDispute(run, provider, disputeRef, NOW)
    provider.closeDispute(disputeRef, 'won')
    await syncDispute(run, provider, disputeRef, NOW)
    expect(await reconciled()).toEqual({ pulled: 6, matched: 6, open: 0 })
    const lines = await db.providerLine.findMany()
    expect(new Set(lines.map(({ transactionId }) => transactionId)).size).toBe(6)
    expect(await differences(after(NOW, DAY_MS))).toEqual([])
    expect(await held()).toBe(await balanceThere())
    expect(await db.reconciliation.findUnique({ where: { provider: 'sandbox' } })).toMatchObject({
      lines: 6,
      matched: 6,
      open: 0,
      finishedAt: NOW,
      lastError: null,
    })
  })

  test('a checkout of several orders is one transaction', async () => {
    const order = await captured(provider, { quantity: 3 })
    await order.sync()
    expect(await reconciled()).toEqual({ pulled: 1, matched: 1, open: 0 })
  })

  test('another amount, currency or kind does not match', async () => {
    const order = await captured(provider)
    await order.sync()
    const about = { sourceRef: order.capture.captureRef }
    provider.payments.clear()
    provider.movements.push(
      aLine({ ...about, kind: 'capture', amountMinor: 999 }),
      aLine({ ...about, kind: 'capture', amountMinor: 1_000, currency: 'USD' }),
      aLine({ ...about, kind: 'other', amountMinor: 1_000 }),
    )
    expect(await reconciled()).toEqual({ pulled: 3, matched: 0, open: 3 })
    expect(await differences()).toHaveLength(3)
    expect((await differences(after(NOW, HOUR_MS))).filter(({ side }) => side === 'ledger')).toMatchObject([
      {
        kind: 'capture',
        sourceRef: order.capture.captureRef,
        amountMinor: 1_000,
        ageSeconds: 3_600,
        orderId: order.orderId,
      },
    ])
  })

  test('two lines that say the same do not share a transaction', async () => {
    const order = await captured(provider)
    await order.sync()
    provider.movements.push(aLine({ kind: 'capture', sourceRef: order.capture.captureRef, amountMinor: 1_000 }))
    expect(await reconciled()).toEqual({ pulled: 2, matched: 1, open: 1 })
    expect(await differences()).toMatchObject([{ side: 'provider', kind: 'capture', amountMinor: 1_000 }])
  })

  test('two matchers at once match once', async () => {
    const order = await captured(provider)
    await order.sync()
    await pullMovements(run, provider, NOW)
    const found = await Promise.all([matchLines(run, 'sandbox', NOW), matchLines(run, 'sandbox', NOW)])
    expect(found.reduce((sum, count) => sum + count, 0)).toBe(1)
  })
})

describe('differences', () => {
  test('a transaction of ours that the list does not have appears after ten minutes and goes when the line comes', async () => {
    const order = await captured(provider)
    await order.sync()
    const payments = new Map(provider.payments)
    provider.payments.clear()
    await reconciled()
    expect(await differences(after(NOW, 10 * MINUTE_MS - 1))).toEqual([])
    expect(await differences(after(NOW, 10 * MINUTE_MS))).toMatchObject([
      { side: 'ledger', provider: 'sandbox', kind: 'capture', sourceRef: order.capture.captureRef, amountMinor: 1_000 },
    ])
    expect(await openDifferences(db, null, after(NOW, HOUR_MS))).toHaveLength(1)
    expect(await openDifferences(db, 'stripe', after(NOW, HOUR_MS))).toEqual([])
    for (const [ref, payment] of payments) provider.payments.set(ref, payment)
    await reconciled(after(NOW, HOUR_MS))
    expect(await differences(after(NOW, DAY_MS))).toEqual([])
  })

  test('a lost callback is made good by its line: the order is delivered', async () => {
    const order = await captured(provider)
    expect(await reconciled()).toEqual({ pulled: 1, matched: 1, open: 0 })
    expect(await statusOf(order.orderId)).toBe('DELIVERED')
  })

  test('a lost dispute is found by its line, also before its capture is known', async () => {
    const order = await captured(provider)
    const disputeRef = provider.openDispute(order.capture.captureRef, 1_000)
    provider.closeDispute(disputeRef, 'won')
    expect(await reconciled()).toEqual({ pulled: 3, matched: 3, open: 0 })
    expect(await disputeOf(disputeRef)).toMatchObject({ state: 'WON' })
    expect(await statusOf(order.orderId)).toBe('DELIVERED')
  })

  test('a refund whose answer was lost is found by its line', async () => {
    const order = await captured(provider)
    await order.sync()
    await run((tx) => refundOrder(tx, { orderId: order.orderId, wanted: { all: true }, reason: 'x' }, operator, NOW))
    const { id } = await db.refund.findFirstOrThrow({ where: { orderId: order.orderId } })
    const refund = provider.refund.bind(provider)
    provider.refund = async (input) => {
      await refund(input)
      throw new ProviderUnavailable('the answer was lost')
    }
    expect(await settleRefund(run, named, id, NOW)).toBe(false)
    provider.refund = refund
    expect(await reconciled()).toEqual({ pulled: 2, matched: 2, open: 0 })
    expect(await db.refund.findUnique({ where: { id } })).toMatchObject({ status: 'SUCCEEDED' })
    expect(await held()).toBe(0)
  })

  test('a refund that went and came back while nobody looked has its two transactions', async () => {
    const order = await captured(provider)
    await order.sync()
    provider.refundsBecome = 'pending'
    const { refundRef } = await provider.refund({
      refundId: newId(),
      attempt: 0,
      captureRef: order.capture.captureRef,
      amountMinor: 300,
    })
    provider.endRefund(refundRef, 'failed')
    expect(await reconciled()).toMatchObject({ open: 2 })
    expect(await reconciled(after(NOW, 10 * MINUTE_MS))).toMatchObject({ matched: 2, open: 0 })
    await reconciled(after(NOW, HOUR_MS))
    expect(await held()).toBe(1_000)
    expect(await differences(after(NOW, DAY_MS))).toEqual([])
  })

  test('one line that cannot be looked up does not keep the others from it', async () => {
    const [broken, order] = [await captured(provider), await captured(provider)]
    const fetchPayment = provider.fetchPayment.bind(provider)
    provider.fetchPayment = async (ref) =>
      ref === broken.providerRef ? Promise.reject(new Error('cannot be read')) : fetchPayment(ref)
    expect(await reconciled()).toEqual({ pulled: 2, matched: 1, open: 1 })
    expect(await statusOf(order.orderId)).toBe('DELIVERED')
    expect(failures).toEqual([`capture ${broken.capture.captureRef} at sandbox`])
  })

  test('a provider that is down is told, and what is there is matched', async () => {
    const order = await captured(provider)
    await order.sync()
    await pullMovements(run, provider, NOW)
    provider.down = true
    expect(await reconciled()).toEqual({ pulled: 0, matched: 1, open: 0 })
    expect(failures).toEqual(['reconciliation of sandbox'])
    expect(await db.reconciliation.findUnique({ where: { provider: 'sandbox' } })).toMatchObject({
      lastError: 'no answer',
      finishedAt: NOW,
    })
  })

  test('two reconcilers at once: nothing is booked twice', async () => {
    const [order, strange] = [await captured(provider), await unknownMoney()]
    await Promise.all([reconciled(), reconciled()])
    await reconciled()
    expect(await statusOf(order.orderId)).toBe('DELIVERED')
    expect(await db.payment.count({ where: { captureRef: strange.captureRef } })).toBe(1)
    expect(await differences(after(NOW, DAY_MS))).toEqual([])
    expect(await held()).toBe(1_700)
  })
})

describe('money that nobody knows', () => {
  test('is parked in suspense, and sent back by an operator, once', async () => {
    const capture = await unknownMoney()
    expect(await reconciled()).toEqual({ pulled: 1, matched: 1, open: 0 })
    const { id } = await db.payment.findFirstOrThrow({ where: { captureRef: capture.captureRef } })
    expect(await balanceOf(suspenseOf(id, 'CNY'))).toBe(700)
    const [one, two] = await raceTwice((tx) => refundSuspense(tx, id, operator, 'asked by phone', NOW))
    expect(two).toMatchObject({ status: 'rejected', reason: { code: 'payment/not-in-suspense' } })
    const refundId = one.status === 'fulfilled' ? one.value : ''
    expect(await balanceOf(suspenseOf(id, 'CNY'))).toBe(0)
    expect(await settleRefund(run, named, refundId, NOW)).toBe(true)
    expect(await reconciled(after(NOW, MINUTE_MS))).toEqual({ pulled: 1, matched: 1, open: 0 })
    expect(await held()).toBe(0)
    expect(await db.operatorAction.findMany({ where: { subjectId: id } })).toMatchObject([
      { verb: 'refund-suspense', note: 'asked by phone', userId: operator.id },
    ])
  })

  test('also of a currency that the mall does not trade in', async () => {
    const capture = { ...(await unknownMoney()), currency: 'USD' }
    provider.payments.set(newId(), { reference: null, captures: [capture] })
    provider.payments.delete([...provider.payments.keys()][0] ?? '')
    expect(await reconciled()).toMatchObject({ matched: 1, open: 0 })
    const { id } = await db.payment.findFirstOrThrow({ where: { captureRef: capture.captureRef } })
    expect(await balanceOf(suspenseOf(id, 'USD'))).toBe(700)
  })

  test('is recorded once, also by two at once; only unknown money is in suspense', async () => {
    const capture = { captureRef: newId(), amountMinor: 10, currency: 'CNY', capturedAt: NOW }
    const both = await raceTwice((tx) => recordUnknownPayment(tx, 'sandbox', capture, NOW))
    expect(both).toMatchObject([{ value: true }, { value: false }])
    const order = await captured(provider)
    await order.sync()
    const { id } = await db.payment.findFirstOrThrow({ where: { captureRef: order.capture.captureRef } })
    await expect(run((tx) => refundSuspense(tx, id, operator, null, NOW))).rejects.toMatchObject({
      code: 'payment/not-in-suspense',
    })
    await expect(run((tx) => refundSuspense(tx, newId(), operator, null, NOW))).rejects.toMatchObject({
      code: 'access/not-found',
    })
  })
})

describe('explaining', () => {
  test.each([
    ['own-bank', -500, providerClearing('bank-transfer', 'CNY')],
    ['provider-cost', -30, providerCost('sandbox', 'CNY')],
  ] as const)('%s: the money moved, so it is booked and the line matched', async (end, amountMinor, other) => {
    provider.movements.push(aLine({ amountMinor }))
    expect(await reconciled()).toMatchObject({ open: 1 })
    const { id } = await db.providerLine.findFirstOrThrow()
    const there = await balanceOf(other)
    await run((tx) => explainLine(tx, id, { explanation: 'weekly withdrawal', end }, operator, NOW))
    expect(await balanceOf(other)).toBe(there + amountMinor)
    expect(await held()).toBe(amountMinor)
    const line = await db.providerLine.findUniqueOrThrow({ where: { id } })
    expect(line).toMatchObject({ explanation: 'weekly withdrawal', explainedById: operator.id, matchedAt: NOW })
    expect(await differences(after(NOW, DAY_MS))).toEqual([])
    expect(await db.operatorAction.findMany({ where: { subjectId: id } })).toMatchObject([{ verb: 'explain-line' }])
  })

  test('once: of two operators one is refused, and so is what has a transaction', async () => {
    const order = await captured(provider)
    await order.sync()
    provider.movements.push(aLine({ amountMinor: 80 }))
    await reconciled()
    const { id } = await db.providerLine.findFirstOrThrow({ where: { kind: 'other' } })
    const how = { explanation: 'top-up', end: 'own-bank' } as const
    const [one, two] = await raceTwice((tx) => explainLine(tx, id, how, operator, NOW))
    expect(one.status).toBe('fulfilled')
    expect(two).toMatchObject({ status: 'rejected', reason: { code: 'reconciliation/line-settled' } })
    const { id: known } = await db.providerLine.findFirstOrThrow({ where: { kind: 'capture' } })
    await expect(run((tx) => explainLine(tx, known, how, operator, NOW))).rejects.toMatchObject({
      code: 'reconciliation/line-settled',
    })
    await expect(run((tx) => explainLine(tx, newId(), how, operator, NOW))).rejects.toMatchObject({
      code: 'access/not-found',
    })
    expect(await held()).toBe(1_080)
  })
})

test('an export holds every difference once, however many there are', async () => {
  const count = DIFFERENCES_AT_A_TIME * 2 + 3
  const line = { provider: 'sandbox', kind: 'other', feeMinor: 0, amountMinor: 5, currency: 'CNY', seenAt: NOW }
  await db.providerLine.createMany({
    data: Array.from({ length: count }, (_none, nth) => {
      const id = newId()
      // Many of one moment: the id has to tell them apart.
      return { ...line, id, movementRef: id, sourceRef: id, at: after(NOW, Math.floor(nth / 400)) }
    }),
  })
  expect(await differences()).toHaveLength(DIFFERENCES_AT_A_TIME)
  const all = new Set<string>()
  let rows = 0
  for await (const { id } of allDifferences(db, 'sandbox', NOW)) {
    all.add(id)
    rows += 1
  }
  expect([rows, all.size]).toEqual([count, count])
})
