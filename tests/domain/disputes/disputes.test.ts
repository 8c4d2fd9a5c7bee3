import type { Tx } from '@/lib/domain/tx'
import { beforeEach, describe, expect, test } from 'vitest'
import { HANDS_IN_BEFORE_MS, saveEvidence, submitEvidence, sweepDisputes } from '@/lib/domain/disputes'
import {
  escrowOf,
  merchantPending,
  protectionFund,
  providerClearing,
  refundInTransit,
  suspenseOf,
  walletOf,
} from '@/lib/domain/ledger'
import {
  SYSTEM,
  confirmOrder,
  openTopUp,
  placeCheckout,
  recordPayment,
  refundOrder,
  revealCdks,
  sweep,
} from '@/lib/domain/orders'
import { type ProviderDispute, ProviderRefused, ProviderUnavailable, settleRefund } from '@/lib/domain/payments'
import { refundSuspense, takePayment } from '@/lib/domain/suspense'
import { newId } from '@/lib/kernel/ids'
import { DAY_MS, HOUR_MS, MINUTE_MS, after } from '@/lib/kernel/time'
import { balanceOf, eventsOf, statusOf } from '@/tests/support/books'
import { db } from '@/tests/support/database'
import { NOW, aBuyer, aBuyerWithWallet, aCart, aListing, aTopUp, run, vault } from '@/tests/support/factories'
import { PocketProvider } from '@/tests/support/pocket-provider'
import { race, raceTwice } from '@/tests/support/race'
import { captured, capturedFor, claimOf, disputeOf, movedAt, operator, sync } from './support'

let provider = new PocketProvider()
const failures: unknown[] = []
const clearing = providerClearing('sandbox', 'CNY')
const fund = protectionFund('CNY')
const named = () => provider
const swept = (now: Date) => sweepDisputes(run, named, now, (error) => failures.push(error))
const before = { clearing: 0, fund: 0 }

beforeEach(async () => {
  provider = new PocketProvider()
  failures.length = 0
  await db.dispute.deleteMany()
  Object.assign(before, { clearing: await balanceOf(clearing), fund: await balanceOf(fund) })
})

/** What the mall's books say that the provider holds, since the test began. */
const held = async () => before.clearing - (await balanceOf(clearing))
const fundPaid = async () => before.fund - (await balanceOf(fund))

async function disputed(amountMinor = 1_000) {
  const order = await captured(provider)
  await order.sync()
  const disputeRef = provider.openDispute(order.capture.captureRef, amountMinor)
  return { ...order, disputeRef }
}

describe('opening', () => {
  test('freezes the order, books the claim and stages evidence', async () => {
    const order = await disputed()
    expect(await sync(provider, order.disputeRef)).toBe(true)
    const dispute = await disputeOf(order.disputeRef)
    expect(dispute).toMatchObject({
      state: 'NEEDS_RESPONSE',
      amountMinor: 1_000,
      reason: 'fraudulent',
      submittedAt: null,
      dueAt: after(NOW, DAY_MS),
      evidenceDueAt: after(NOW, 7 * DAY_MS),
    })
    expect(await claimOf(order.disputeRef)).toBe(1_000)
    expect(await held()).toBe(0)
    expect(await movedAt(provider)).toBe(0)
    const { frozenAt, dueAt } = await db.order.findUniqueOrThrow({ where: { id: order.orderId } })
    expect([frozenAt, dueAt]).toEqual([NOW, null])
    expect(await eventsOf(order.orderId)).toContain('freeze')
    await expect(run((tx) => confirmOrder(tx, order.orderId, { kind: 'BUYER', id: null }, NOW))).rejects.toMatchObject({
      name: 'Refusal',
    })
  })

  test('twice at once is once', async () => {
    const order = await disputed()
    await Promise.all([sync(provider, order.disputeRef), sync(provider, order.disputeRef)])
    await sync(provider, order.disputeRef)
    expect(await db.dispute.count({ where: { disputeRef: order.disputeRef } })).toBe(1)
    expect(await claimOf(order.disputeRef)).toBe(1_000)
    expect((await eventsOf(order.orderId)).filter((type) => type === 'freeze')).toHaveLength(1)
  })

  test('evidence tells what was ordered, delivered and viewed, and holds no code', async () => {
    const order = await captured(provider)
    await order.sync()
    const [opened] = await run((tx) =>
      revealCdks(tx, vault, { orderId: order.orderId, consent: true }, { kind: 'BUYER', id: null }, NOW),
    )
    const disputeRef = provider.openDispute(order.capture.captureRef, 1_000)
    await sync(provider, disputeRef)
    const { evidence } = await disputeOf(disputeRef)
    const { snapshotHash } = await db.order.findUniqueOrThrow({ where: { id: order.orderId } })
    expect(evidence).toMatchObject({ customerEmail: 'guest@example.com', serviceDate: '2026-02-03' })
    const text = JSON.stringify(evidence)
    for (const fact of [
      order.number,
      snapshotHash,
      'Starsea 100 points',
      'codes viewed by the buyer',
      'Nothing of this charge was refunded',
    ]) {
      expect(text).toContain(fact)
    }
    expect(opened?.code.length).toBeGreaterThan(5)
    expect(text).not.toContain(opened?.code)
    expect(text).not.toContain('not a real hash')
  })

  test('an inquiry freezes, and moves no money until the provider takes it', async () => {
    const order = await captured(provider)
    await order.sync()
    const inquiry: ProviderDispute = {
      disputeRef: newId(),
      captureRef: order.capture.captureRef,
      amountMinor: 1_000,
      currency: 'CNY',
      reason: 'general',
      status: 'needs-response',
      withdrawn: false,
      openedAt: NOW,
      evidenceDueAt: null,
    }
    provider.disputes.set(inquiry.disputeRef, inquiry)
    await sync(provider, inquiry.disputeRef)
    expect(await claimOf(inquiry.disputeRef)).toBe(0)
    provider.disputes.set(inquiry.disputeRef, { ...inquiry, withdrawn: true })
    await sync(provider, inquiry.disputeRef)
    await sync(provider, inquiry.disputeRef)
    expect(await claimOf(inquiry.disputeRef)).toBe(1_000)
  })

  test('an inquiry that is closed leaves no trace in the books', async () => {
    const order = await captured(provider)
    await order.sync()
    const inquiry: ProviderDispute = {
      disputeRef: newId(),
      captureRef: order.capture.captureRef,
      amountMinor: 1_000,
      currency: 'CNY',
      reason: 'general',
      status: 'won',
      withdrawn: false,
      openedAt: NOW,
      evidenceDueAt: null,
    }
    provider.disputes.set(inquiry.disputeRef, inquiry)
    await sync(provider, inquiry.disputeRef)
    expect(await disputeOf(inquiry.disputeRef)).toMatchObject({ state: 'WON' })
    const { id } = await disputeOf(inquiry.disputeRef)
    expect(await db.ledgerTransfer.count({ where: { idempotencyKey: { startsWith: `dispute:${id}` } } })).toBe(0)
    expect((await db.order.findUniqueOrThrow({ where: { id: order.orderId } })).frozenAt).toBeNull()
  })

  test('of a capture that we have not heard of, the payment is taken first', async () => {
    const order = await captured(provider)
    const disputeRef = provider.openDispute(order.capture.captureRef, 1_000)
    await expect(sync(provider, disputeRef)).rejects.toMatchObject({ code: 'payment/unknown' })
    await db.providerLine.create({
      data: {
        id: newId(),
        provider: 'sandbox',
        movementRef: newId(),
        kind: 'capture',
        sourceRef: order.capture.captureRef,
        providerRef: order.providerRef,
        amountMinor: 1_000,
        feeMinor: 0,
        currency: 'CNY',
        at: NOW,
        seenAt: NOW,
      },
    })
    expect(await sync(provider, disputeRef)).toBe(true)
    expect(await statusOf(order.orderId)).toBe('DELIVERED')
    expect(await claimOf(disputeRef)).toBe(1_000)
  })
})

describe('the verdict', () => {
  test('won: the money is back, the order goes on where it stopped', async () => {
    const order = await disputed()
    const { dueAt } = await db.order.findUniqueOrThrow({ where: { id: order.orderId } })
    await sync(provider, order.disputeRef, after(NOW, HOUR_MS))
    provider.closeDispute(order.disputeRef, 'won')
    await sync(provider, order.disputeRef, after(NOW, 5 * HOUR_MS))
    expect(await disputeOf(order.disputeRef)).toMatchObject({
      state: 'WON',
      dueAt: null,
      closedAt: after(NOW, 5 * HOUR_MS),
    })
    expect(await claimOf(order.disputeRef)).toBe(0)
    expect(await held()).toBe(1_000)
    expect(await movedAt(provider)).toBe(1_000)
    expect(await db.order.findUniqueOrThrow({ where: { id: order.orderId } })).toMatchObject({
      status: 'DELIVERED',
      frozenAt: null,
      dueAt: after(dueAt ?? NOW, 4 * HOUR_MS),
    })
  })

  test('lost before release: escrow pays, the order is closed as refunded', async () => {
    const order = await disputed()
    await sync(provider, order.disputeRef)
    provider.closeDispute(order.disputeRef, 'lost')
    await sync(provider, order.disputeRef)
    expect(await claimOf(order.disputeRef)).toBe(0)
    expect(await balanceOf(escrowOf(order.orderId, 'CNY'))).toBe(0)
    expect(await statusOf(order.orderId)).toBe('REFUNDED')
    expect(await fundPaid()).toBe(0)
    expect(await db.refund.count({ where: { orderId: order.orderId } })).toBe(0)
  })

  test('lost after release: the merchant pays', async () => {
    const order = await captured(provider)
    await order.sync()
    await run((tx) => confirmOrder(tx, order.orderId, { kind: 'BUYER', id: null }, NOW))
    expect(await balanceOf(merchantPending(order.merchantId, 'CNY'))).toBe(970)
    const disputeRef = provider.openDispute(order.capture.captureRef, 1_000)
    await sync(provider, disputeRef)
    expect(await db.earning.findUnique({ where: { orderId: order.orderId } })).toMatchObject({ heldAt: NOW })
    provider.closeDispute(disputeRef, 'lost')
    await sync(provider, disputeRef)
    expect(await balanceOf(merchantPending(order.merchantId, 'CNY'))).toBe(0)
    expect(await db.earning.findUnique({ where: { orderId: order.orderId } })).toMatchObject({
      pendingMinor: 0,
      heldAt: null,
    })
    expect(await claimOf(disputeRef)).toBe(0)
    expect(await fundPaid()).toBe(0)
  })

  test('lost in part: several orders bear it in proportion', async () => {
    const [one, two] = [await aListing(), await aListing()]
    const placed = await run((tx) =>
      placeCheckout(
        tx,
        aCart([
          [one, 1],
          [two, 2],
        ]),
        NOW,
      ),
    )
    const payment = await capturedFor(provider, placed.checkoutId)
    await payment.sync()
    const disputeRef = provider.openDispute(payment.capture.captureRef, 1_000)
    await sync(provider, disputeRef)
    provider.closeDispute(disputeRef, 'lost')
    await sync(provider, disputeRef)
    const orders = await db.order.findMany({ where: { checkoutId: placed.checkoutId }, orderBy: { totalMinor: 'asc' } })
    expect(orders.map(({ refundedMinor, frozenAt }) => [refundedMinor, frozenAt])).toEqual(
      [
        [333, null],
        [667, null],
      ].toSorted((a, b) => Number(a[0]) - Number(b[0])),
    )
    expect(await claimOf(disputeRef)).toBe(0)
    expect(await fundPaid()).toBe(0)
  })

  test('lost after the buyer was refunded: the fund pays what nobody can bear', async () => {
    const order = await captured(provider)
    await order.sync()
    await run((tx) =>
      refundOrder(tx, { orderId: order.orderId, wanted: { all: true }, reason: 'goodwill' }, operator, NOW),
    )
    const { id } = await db.refund.findFirstOrThrow({ where: { orderId: order.orderId } })
    await settleRefund(run, named, id, NOW)
    const disputeRef = provider.openDispute(order.capture.captureRef, 1_000)
    provider.closeDispute(disputeRef, 'lost')
    await sync(provider, disputeRef)
    expect(await claimOf(disputeRef)).toBe(0)
    expect(await fundPaid()).toBe(1_000)
  })

  test('lost: an order bears what came from the provider, never what came from the wallet', async () => {
    const buyer = await aBuyerWithWallet(400)
    const order = await captured(provider, { form: { ...buyer, walletMinor: 400 } })
    await order.sync()
    expect(order.capture.amountMinor).toBe(600)
    const disputeRef = provider.openDispute(order.capture.captureRef, 600)
    await sync(provider, disputeRef)
    provider.closeDispute(disputeRef, 'lost')
    await sync(provider, disputeRef)
    expect(await db.order.findUniqueOrThrow({ where: { id: order.orderId } })).toMatchObject({
      status: 'DELIVERED',
      refundedMinor: 600,
      frozenAt: null,
    })
    expect(await balanceOf(escrowOf(order.orderId, 'CNY'))).toBe(400)
    expect(await fundPaid()).toBe(0)
  })

  test('a verdict is for good: an older answer changes nothing', async () => {
    const order = await disputed()
    const old = provider.disputes.get(order.disputeRef)
    provider.closeDispute(order.disputeRef, 'lost')
    await sync(provider, order.disputeRef)
    const lost = await disputeOf(order.disputeRef)
    if (old) provider.disputes.set(order.disputeRef, old)
    await sync(provider, order.disputeRef)
    expect(await disputeOf(order.disputeRef)).toEqual(lost)
    expect(await claimOf(order.disputeRef)).toBe(0)
  })

  test('two that hear the verdict at once book it once', async () => {
    const order = await disputed()
    await sync(provider, order.disputeRef)
    provider.closeDispute(order.disputeRef, 'lost')
    await Promise.all([sync(provider, order.disputeRef), sync(provider, order.disputeRef)])
    expect(await claimOf(order.disputeRef)).toBe(0)
    expect(await db.orderRefund.count({ where: { orderId: order.orderId } })).toBe(1)
  })
})

describe('events in any order', () => {
  const STATES = ['needs-response', 'under-review', 'lost'] as const
  const ORDERS = permutations([...STATES, 'lost', 'needs-response'] as ProviderDispute['status'][])

  test.each(['won', 'lost'] as const)(
    `${ORDERS.length} ways to hear of one dispute that was %s end the same`,
    async (end) => {
      const ends = new Set<string>()
      for (const states of ORDERS) {
        const order = await disputed()
        for (const state of states) {
          const found = provider.disputes.get(order.disputeRef)
          const status = state === 'lost' ? end : state
          if (found) provider.disputes.set(order.disputeRef, { ...found, status })
          await sync(provider, order.disputeRef)
        }
        const { state, closedAt, dueAt } = await disputeOf(order.disputeRef)
        const { status, frozenAt, refundedMinor } = await db.order.findUniqueOrThrow({ where: { id: order.orderId } })
        const escrow = await balanceOf(escrowOf(order.orderId, 'CNY'))
        ends.add(
          JSON.stringify({
            state,
            closedAt,
            dueAt,
            status,
            frozenAt,
            refundedMinor,
            escrow,
            claim: await claimOf(order.disputeRef),
          }),
        )
      }
      expect([...ends]).toHaveLength(1)
      expect(await held()).toBe(end === 'won' ? ORDERS.length * 1_000 : 0)
    },
  )
})

describe('refunds of a disputed payment', () => {
  async function refundedHalf() {
    const order = await captured(provider, { quantity: 2 })
    await order.sync()
    await run((tx) =>
      refundOrder(tx, { orderId: order.orderId, wanted: { amountMinor: 600 }, reason: 'goodwill' }, operator, NOW),
    )
    const { id } = await db.refund.findFirstOrThrow({ where: { orderId: order.orderId } })
    return { ...order, refundId: id }
  }

  test('wait for the verdict; won, they are sent', async () => {
    const { refundId, capture } = await refundedHalf()
    const disputeRef = provider.openDispute(capture.captureRef, 2_000)
    await sync(provider, disputeRef)
    expect(await settleRefund(run, named, refundId, NOW)).toBe(false)
    expect(provider.refunds.size).toBe(0)
    provider.closeDispute(disputeRef, 'won')
    const now = after(NOW, HOUR_MS)
    await sync(provider, disputeRef, now)
    expect(await db.refund.findUnique({ where: { id: refundId } })).toMatchObject({ status: 'PENDING', dueAt: now })
    expect(await settleRefund(run, named, refundId, now)).toBe(true)
  })

  test('one that the provider refused because of the dispute is sent once the mall has won', async () => {
    const { refundId, capture } = await refundedHalf()
    const disputeRef = provider.openDispute(capture.captureRef, 2_000)
    const refund = provider.refund.bind(provider)
    // We have not heard of the dispute yet.
    provider.refund = async () => Promise.reject(new ProviderRefused('disputed'))
    expect(await settleRefund(run, named, refundId, NOW)).toBe(false)
    expect(await db.refund.findUnique({ where: { id: refundId } })).toMatchObject({ status: 'FAILED' })
    provider.refund = refund
    provider.closeDispute(disputeRef, 'won')
    await sync(provider, disputeRef)
    expect(await settleRefund(run, named, refundId, NOW)).toBe(true)
    expect(await held()).toBe(1_400)
    expect(await movedAt(provider)).toBe(1_400)
  })

  test('one whose answer was lost is not taken for unsent', async () => {
    const { refundId, capture, orderId } = await refundedHalf()
    const refund = provider.refund.bind(provider)
    provider.refund = async (input) => {
      await refund(input)
      throw new ProviderUnavailable('the answer was lost')
    }
    expect(await settleRefund(run, named, refundId, NOW)).toBe(false)
    provider.refund = refund
    const rest = { orderId, wanted: { all: true }, reason: 'goodwill' } as const
    await run((tx) => refundOrder(tx, rest, operator, NOW))
    const disputeRef = provider.openDispute(capture.captureRef, 1_400)
    provider.closeDispute(disputeRef, 'lost')
    await sync(provider, disputeRef)
    const refunds = await db.refund.findMany({ where: { orderId }, orderBy: { id: 'asc' } })
    expect(refunds).toMatchObject([
      { id: refundId, amountMinor: 600, status: 'SUCCEEDED', providerRef: provider.refunds.get(refundId) },
      { amountMinor: 1_400, status: 'SUCCEEDED', providerRef: `dispute:${disputeRef}` },
    ])
    expect(await held()).toBe(0)
    expect(await movedAt(provider)).toBe(0)
  })

  test('lost, they are settled by it: nobody pays twice', async () => {
    const { refundId, capture, orderId } = await refundedHalf()
    const disputeRef = provider.openDispute(capture.captureRef, 2_000)
    await sync(provider, disputeRef)
    provider.closeDispute(disputeRef, 'lost')
    await sync(provider, disputeRef)
    expect(await db.refund.findUnique({ where: { id: refundId } })).toMatchObject({
      status: 'SUCCEEDED',
      providerRef: `dispute:${disputeRef}`,
      dueAt: null,
    })
    expect(await db.order.findUnique({ where: { id: orderId } })).toMatchObject({
      status: 'REFUNDED',
      refundedMinor: 2_000,
    })
    expect(await fundPaid()).toBe(0)
    expect(await held()).toBe(0)
    expect(await settleRefund(run, named, refundId, NOW)).toBe(true)
    expect(provider.refunds.size).toBe(0)
  })

  test('lost in part, what still fits into the capture is sent', async () => {
    const { refundId, capture, orderId } = await refundedHalf()
    const transit = await balanceOf(refundInTransit('sandbox', 'CNY'))
    const disputeRef = provider.openDispute(capture.captureRef, 1_700)
    provider.closeDispute(disputeRef, 'lost')
    await sync(provider, disputeRef)
    // 2,000 came in; 1,700 went by the dispute, so 300 of the 600 can still be sent and 300 were settled by it.
    const refunds = await db.refund.findMany({ where: { orderId }, orderBy: { id: 'asc' } })
    expect(refunds).toMatchObject([
      { id: refundId, status: 'PENDING', amountMinor: 300, attempt: 1 },
      { status: 'SUCCEEDED', amountMinor: 300 },
    ])
    expect(await settleRefund(run, named, refundId, NOW)).toBe(true)
    expect(await balanceOf(refundInTransit('sandbox', 'CNY'))).toBe(transit - 600)
    expect(await held()).toBe(0)
    expect(await movedAt(provider)).toBe(0)
    expect(await db.order.findUnique({ where: { id: orderId } })).toMatchObject({ refundedMinor: 2_000 })
    expect(await fundPaid()).toBe(0)
  })

  test('a doubled charge that is disputed is paid back once', async () => {
    const order = await captured(provider)
    const second = { ...order.capture, captureRef: newId() }
    provider.payments.get(order.providerRef)?.captures.push(second)
    await order.sync()
    const disputeRef = provider.openDispute(second.captureRef, 1_000)
    await sync(provider, disputeRef)
    expect((await db.order.findUniqueOrThrow({ where: { id: order.orderId } })).frozenAt).toBeNull()
    const { id } = await db.refund.findFirstOrThrow({ where: { payment: { captureRef: second.captureRef } } })
    expect(await settleRefund(run, named, id, NOW)).toBe(false)
    provider.closeDispute(disputeRef, 'lost')
    await sync(provider, disputeRef)
    expect(await fundPaid()).toBe(0)
    expect(await held()).toBe(1_000)
    expect(await movedAt(provider)).toBe(1_000)
    expect(await db.refund.findUnique({ where: { id } })).toMatchObject({ status: 'SUCCEEDED' })
  })

  test('unknown money that is disputed is not sent back by hand as well', async () => {
    const providerRef = newId()
    const capture = { captureRef: newId(), amountMinor: 700, currency: 'CNY', capturedAt: NOW }
    provider.payments.set(providerRef, { reference: null, captures: [capture] })
    await takePayment(run, provider, providerRef, NOW)
    const { id } = await db.payment.findFirstOrThrow({ where: { captureRef: capture.captureRef } })
    const disputeRef = provider.openDispute(capture.captureRef, 700)
    await sync(provider, disputeRef)
    await expect(run((tx) => refundSuspense(tx, id, operator, null, NOW))).rejects.toMatchObject({
      code: 'payment/disputed',
    })
    provider.closeDispute(disputeRef, 'lost')
    await sync(provider, disputeRef)
    expect(await balanceOf(suspenseOf(id, 'CNY'))).toBe(0)
    expect(await claimOf(disputeRef)).toBe(0)
    expect(await fundPaid()).toBe(0)
    await expect(run((tx) => refundSuspense(tx, id, operator, null, NOW))).rejects.toMatchObject({
      code: 'payment/not-in-suspense',
    })
  })

  test.each(['lost', 'won'] as const)(
    'a disputed top-up is held until the verdict; %s: the wallet bears it, or has it back',
    async (verdict) => {
      const buyer = await aBuyer()
      const checkoutId = await run((tx) => openTopUp(tx, aTopUp(buyer, 5_000), NOW))
      const payment = await capturedFor(provider, checkoutId)
      await run((tx) => recordPayment(tx, checkoutId, payment.capture, NOW))
      const listing = await aListing()
      const spend = (tx: Tx) =>
        placeCheckout(tx, aCart([[listing, 1]], { ...buyer, walletMinor: 1_000, provider: 'wallet' }), NOW)
      await run(spend)
      const disputeRef = provider.openDispute(payment.capture.captureRef, 5_000)
      await sync(provider, disputeRef)
      expect(await balanceOf(walletOf(buyer.buyerId, 'CNY'))).toBe(0)
      await expect(run(spend)).rejects.toMatchObject({ code: 'wallet/insufficient' })
      provider.closeDispute(disputeRef, verdict)
      await sync(provider, disputeRef)
      await sync(provider, disputeRef)
      expect(await balanceOf(walletOf(buyer.buyerId, 'CNY'))).toBe(verdict === 'won' ? 4_000 : 0)
      expect(await fundPaid()).toBe(verdict === 'won' ? 0 : 1_000)
      expect(await claimOf(disputeRef)).toBe(0)
    },
  )
})

describe('evidence', () => {
  test('an operator rewrites it until it is handed in, once', async () => {
    const order = await disputed()
    await sync(provider, order.disputeRef)
    const { id } = await disputeOf(order.disputeRef)
    await run((tx) => saveEvidence(tx, id, { statement: 'The buyer wrote that the code works.' }, operator, NOW))
    expect((await disputeOf(order.disputeRef)).evidence).toMatchObject({
      statement: 'The buyer wrote that the code works.',
      customerEmail: 'guest@example.com',
    })
    const calls: unknown[] = []
    const answer = provider.answerDispute.bind(provider)
    provider.answerDispute = async (input: { disputeRef: string }) => {
      calls.push(input)
      return answer(input)
    }
    const done = await Promise.allSettled([
      submitEvidence(run, provider, id, operator, NOW),
      submitEvidence(run, provider, id, operator, NOW),
    ])
    expect(done.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
    expect(calls).toMatchObject([
      { disputeRef: order.disputeRef, evidence: { statement: 'The buyer wrote that the code works.' } },
    ])
    expect(await disputeOf(order.disputeRef)).toMatchObject({
      state: 'UNDER_REVIEW',
      submittedAt: NOW,
      submittedById: operator.id,
      dueAt: after(NOW, DAY_MS),
    })
    const sent = { code: 'dispute/evidence-sent' }
    await expect(run((tx) => saveEvidence(tx, id, { statement: 'more' }, operator, NOW))).rejects.toMatchObject(sent)
    await expect(submitEvidence(run, provider, id, operator, NOW)).rejects.toMatchObject(sent)
    const actions = await db.operatorAction.findMany({ where: { subjectId: id }, orderBy: { id: 'asc' } })
    expect(actions.map(({ verb }) => verb)).toEqual(['save-evidence', 'submit-evidence'])
  })

  test('a change and the handing in at once: all of it or nothing', async () => {
    const order = await disputed()
    await sync(provider, order.disputeRef)
    const { id } = await disputeOf(order.disputeRef)
    const [saved, claimed] = await race(
      (tx) => saveEvidence(tx, id, { statement: 'changed' }, operator, NOW),
      (tx) => tx.dispute.updateMany({ where: { id, submittedAt: null }, data: { submittedAt: NOW } }),
    )
    expect([saved.status, claimed.status]).toEqual(['fulfilled', 'fulfilled'])
    expect((await disputeOf(order.disputeRef)).evidence).toMatchObject({ statement: 'changed' })
    const [late] = await raceTwice((tx) => saveEvidence(tx, id, { statement: 'too late' }, operator, NOW))
    expect(late).toMatchObject({ status: 'rejected', reason: { code: 'dispute/evidence-sent' } })
  })

  test('refuses a text that no provider takes, and a dispute that is none', async () => {
    const order = await disputed()
    await sync(provider, order.disputeRef)
    const { id } = await disputeOf(order.disputeRef)
    await expect(
      run((tx) => saveEvidence(tx, id, { statement: 'x'.repeat(20_001) }, operator, NOW)),
    ).rejects.toMatchObject({ code: 'input/invalid' })
    await expect(run((tx) => saveEvidence(tx, newId(), {}, operator, NOW))).rejects.toMatchObject({
      code: 'access/not-found',
    })
    await expect(submitEvidence(run, provider, newId(), operator, NOW)).rejects.toMatchObject({
      code: 'access/not-found',
    })
  })

  test('nobody answers: it goes in by itself 12 hours before its deadline', async () => {
    const order = await disputed()
    await sync(provider, order.disputeRef)
    const deadline = after(NOW, 7 * DAY_MS - HANDS_IN_BEFORE_MS)
    expect(await swept(after(NOW, DAY_MS - 1))).toEqual({ looked: 0, submitted: 0 })
    for (let now = after(NOW, DAY_MS); now < deadline; now = after(now, DAY_MS)) {
      expect(await swept(now)).toEqual({ looked: 1, submitted: 0 })
    }
    expect((await disputeOf(order.disputeRef)).dueAt).toEqual(deadline)
    expect(await swept(deadline)).toEqual({ looked: 1, submitted: 1 })
    expect(provider.disputes.get(order.disputeRef)?.status).toBe('under-review')
    expect(await disputeOf(order.disputeRef)).toMatchObject({
      state: 'UNDER_REVIEW',
      submittedAt: deadline,
      submittedById: null,
    })
    expect(await db.operatorAction.count({ where: { verb: 'submit-evidence', at: deadline } })).toBe(0)
    expect(failures).toEqual([])
  })

  test('the provider does not answer: the clock goes on with what was claimed', async () => {
    const order = await disputed()
    await sync(provider, order.disputeRef)
    const { id } = await disputeOf(order.disputeRef)
    provider.down = true
    await expect(submitEvidence(run, provider, id, operator, NOW)).rejects.toMatchObject({
      name: 'ProviderUnavailable',
    })
    expect(await disputeOf(order.disputeRef)).toMatchObject({
      state: 'NEEDS_RESPONSE',
      submittedAt: NOW,
      lastError: 'no answer',
      dueAt: after(NOW, 10 * MINUTE_MS),
    })
    await expect(run((tx) => saveEvidence(tx, id, { statement: 'more' }, operator, NOW))).rejects.toMatchObject({
      code: 'dispute/evidence-sent',
    })
    provider.down = false
    expect(await swept(after(NOW, 10 * MINUTE_MS))).toEqual({ looked: 1, submitted: 1 })
    expect(await disputeOf(order.disputeRef)).toMatchObject({
      state: 'UNDER_REVIEW',
      submittedById: operator.id,
      lastError: null,
    })
  })

  test('the provider will not have it: it can be changed again', async () => {
    const order = await disputed()
    await sync(provider, order.disputeRef)
    const { id } = await disputeOf(order.disputeRef)
    provider.answerDispute = async () => Promise.reject(new ProviderRefused('file too long'))
    await expect(submitEvidence(run, provider, id, operator, NOW)).rejects.toMatchObject({
      code: 'dispute/evidence-refused',
    })
    expect(await disputeOf(order.disputeRef)).toMatchObject({
      submittedAt: null,
      submittedById: null,
      lastError: 'file too long',
    })
    await run((tx) => saveEvidence(tx, id, { statement: 'shorter' }, operator, NOW))
  })

  test('a lost verdict is found by the daily look; one that fails does not block the others', async () => {
    const [lost, broken] = [await disputed(), await disputed()]
    await sync(provider, lost.disputeRef)
    await sync(provider, broken.disputeRef)
    provider.closeDispute(lost.disputeRef, 'won')
    const fetchDispute = provider.fetchDispute.bind(provider)
    provider.fetchDispute = async (ref: string) =>
      ref === broken.disputeRef ? Promise.reject(new Error('cannot be read')) : fetchDispute(ref)
    expect(await swept(after(NOW, DAY_MS))).toEqual({ looked: 1, submitted: 0 })
    expect(await disputeOf(lost.disputeRef)).toMatchObject({ state: 'WON' })
    expect(failures).toMatchObject([{ message: 'cannot be read' }])
    expect(await disputeOf(broken.disputeRef)).toMatchObject({ dueAt: after(after(NOW, DAY_MS), 10 * MINUTE_MS) })
  })

  test('a frozen order is not confirmed by its clock', async () => {
    const order = await disputed()
    await sync(provider, order.disputeRef)
    await sweep(run, named, after(NOW, 100 * DAY_MS), (error) => failures.push(error))
    expect(await statusOf(order.orderId)).toBe('DELIVERED')
    expect(SYSTEM.id).toBeNull()
  })
})

function permutations<T>(items: readonly T[]): T[][] {
  if (items.length === 0) return [[]]
  const seen = new Set<string>()
  return items
    .flatMap((item, n) => permutations([...items.slice(0, n), ...items.slice(n + 1)]).map((rest) => [item, ...rest]))
    .filter((order) => !seen.has(order.join()) && seen.add(order.join()))
}
