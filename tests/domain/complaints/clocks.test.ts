import { afterEach, describe, expect, test } from 'vitest'
import { merchantDeposit, protectionFund } from '@/lib/domain/ledger'
import { matureEarnings, requestPayout } from '@/lib/domain/merchants'
import { autoConfirmOrder, freezeOrder, refundAsMerchant, thawOrder } from '@/lib/domain/orders'
import {
  answerComplaint,
  askAsArbitrator,
  askForEvidence,
  contestComplaint,
  escalateComplaint,
  moveCase,
  offerRemedy,
  reopenComplaint,
  sweepComplaints,
  withdrawComplaint,
} from '@/lib/domain/complaints'
import { SYSTEM } from '@/lib/domain/actor'
import type { CaseSide, UnitResult } from '@/lib/infra/prisma/enums'
import { newId } from '@/lib/kernel/ids'
import { DAY_MS, HOUR_MS, after } from '@/lib/kernel/time'
import { balanceOf, legsOf, statusOf, stockOf } from '@/tests/support/books'
import { type OpenCase, anOpenCase, requireWholeChain, entriesOf, sweepCases } from '@/tests/support/complaints'
import { db } from '@/tests/support/database'
import { BUYER, MERCHANT, NOW, aConfirmedOrder, aDeliveredOrder, aListing, run } from '@/tests/support/factories'
import { aDeposit, aReadyAccount } from '@/tests/support/merchant-money'
import { PocketProvider } from '@/tests/support/pocket-provider'

const SOON = after(NOW, HOUR_MS)
const REPLY_DUE = after(NOW, 24 * HOUR_MS)
const ESCALATES = after(NOW, 72 * HOUR_MS)
const WORDS = '请提供完整录像。'
const ARBITRATOR = { kind: 'ARBITRATOR', id: '019aa000-0000-7000-8000-00000000000a' } as const

const opened: string[] = []
async function aCase(changes: Parameters<typeof anOpenCase>[0] = {}): Promise<OpenCase> {
  const one = await anOpenCase(changes)
  opened.push(one.complaintId)
  return one
}
afterEach(async () => {
  for (const id of opened.splice(0)) {
    await requireWholeChain(id)
    // What is open would fall due in the turns of the next test.
    await run(async (tx) => tx.complaint.updateMany({ where: { id, dueAt: { not: null } }, data: { dueAt: FAR } }))
  }
})
const FAR = after(NOW, 10_000 * DAY_MS)

const caseOf = ({ complaintId }: OpenCase) =>
  db.complaint.findUniqueOrThrow({
    where: { id: complaintId },
    include: { units: { orderBy: { cdkId: 'asc' } }, penalties: true },
  })
const contest = (of: OpenCase) => run((tx) => contestComplaint(tx, { ...of, text: WORDS }, MERCHANT, SOON))
const ask = (of: OpenCase) => run((tx) => askForEvidence(tx, { ...of, text: WORDS }, MERCHANT, SOON))
async function escalate(of: OpenCase): Promise<void> {
  await contest(of)
  await run((tx) => escalateComplaint(tx, { complaintId: of.complaintId }, BUYER, SOON))
}
const UNDECIDED = after(SOON, 30 * DAY_MS)
const assign = ({ complaintId }: OpenCase) =>
  db.complaint.update({ where: { id: complaintId }, data: { arbitratorId: ARBITRATOR.id } })
const askThere = ({ complaintId }: OpenCase, actor = ARBITRATOR, now = SOON) =>
  run((tx) => askAsArbitrator(tx, { complaintId, text: WORDS }, actor, now))

/** Ruled on without its money, for the clocks of a ruling alone. */
async function ruled(of: OpenCase, results: readonly UnitResult[], appealBy: CaseSide | null = null): Promise<void> {
  await escalate(of)
  const forBuyer = results.some((result) => result !== 'REJECTED')
  await run(async (tx) => {
    const name = forBuyer ? 'rule-for-buyer' : 'rule-for-merchant'
    const set = { ruledAt: SOON, dueAt: after(SOON, 7 * DAY_MS) }
    await moveCase(tx, of.complaintId, { name, actor: ARBITRATOR, set }, SOON)
    for (const [at, result] of results.entries()) {
      const where = { complaintId_cdkId: { complaintId: of.complaintId, cdkId: of.cdkIds[at] ?? '' } }
      await tx.complaintUnit.update({ where, data: { result } })
    }
    const facts = { id: newId(), merchantId: of.merchantId, complaintId: of.complaintId, arbitratorId: ARBITRATOR.id }
    await tx.ruling.create({ data: { ...facts, appeal: false, units: [], forBuyer, reasons: '……', at: SOON } })
  })
  if (!appealBy) return
  const by = { kind: appealBy === 'BUYER' ? 'BUYER' : 'MERCHANT', id: null } as const
  const set = { appealedAt: SOON, appealBy, appealArbitratorId: ARBITRATOR.id, dueAt: UNDECIDED }
  await run((tx) => moveCase(tx, of.complaintId, { name: 'appeal', actor: by, set }, SOON))
}

/** A released order whose merchant has taken his money out: a refund would cost the protection fund. */
async function aPaidOutOrder() {
  const order = await aConfirmedOrder()
  const { merchantId } = order
  const mature = after(NOW, 14 * DAY_MS)
  await matureEarnings(run, mature, (error) => {
    throw error
  })
  await aReadyAccount(merchantId, new PocketProvider())
  const payout = { merchantId, amountMinor: 670, currency: 'CNY', provider: 'sandbox', requestedById: null } as const
  await run((tx) => requestPayout(tx, payout, mature))
  return { order, mature }
}

describe('the merchant says nothing', () => {
  test('not a moment early; then what was demanded is granted, with the penalty', async () => {
    const one = await aCase({ quantity: 2, units: 1 })
    await aDeposit(one.merchantId, 5_000)
    expect(await sweepCases(after(REPLY_DUE, -1))).toMatchObject({ stepped: 0 })
    expect(await caseOf(one)).toMatchObject({ state: 'OPEN', dueAt: REPLY_DUE })
    expect(await sweepCases(REPLY_DUE)).toEqual({ stepped: 1, postponed: 0, moot: 0 })
    expect(await caseOf(one)).toMatchObject({
      outcome: 'SILENCE',
      repliedAt: null,
      units: [{ result: 'REFUNDED', open: false }],
      penalties: [{ tariff: 'SILENCE', amountMinor: 200, takenMinor: 200 }],
    })
    expect(await legsOf(one.orderId)).toMatchObject([{ amountMinor: 1_000 }])
    expect(await balanceOf(merchantDeposit(one.merchantId, 'CNY'))).toBe(4_800)
    expect(await entriesOf(one.complaintId)).toEqual(['opened', 'granted', 'penalty', 'remedied', 'closed'])
    const order = await db.order.findUniqueOrThrow({ where: { id: one.orderId } })
    expect(order).toMatchObject({ status: 'DELIVERED', dueAt: after(REPLY_DUE, ESCALATES.getTime() - NOW.getTime()) })
    expect(await sweepCases(REPLY_DUE)).toMatchObject({ stepped: 0 })
  })

  test('a replacement where stock has one, the money where it has none; without a deposit nothing is taken', async () => {
    const listing = await aListing({ stock: 3 })
    const { orderId } = await aDeliveredOrder({ listing, quantity: 2 })
    const one = await aCase({ orderId, units: 2, demand: 'REPLACEMENT' })
    await sweepCases(REPLY_DUE)
    const results = (await caseOf(one)).units.map(({ result }) => result)
    expect(results).toEqual(['REPLACED', 'REFUNDED'])
    expect(await caseOf(one)).toMatchObject({ penalties: [{ takenMinor: 0 }] })
    expect(await legsOf(orderId)).toMatchObject([{ amountMinor: 1_000 }])
    expect(await stockOf(listing.variantId)).toEqual({ DELIVERED: 1, RETIRED: 2 })
  })

  test('a demanded compensation is paid, the code stays', async () => {
    const one = await aCase({ demand: 'COMPENSATION', demandMinor: 250 })
    await sweepCases(REPLY_DUE)
    expect(await legsOf(one.orderId)).toMatchObject([{ amountMinor: 250 }])
    expect(await caseOf(one)).toMatchObject({ outcome: 'SILENCE', units: [{ result: 'COMPENSATED' }] })
    expect(await statusOf(one.orderId)).toBe('DELIVERED')
  })

  test('to a buyer of limited rights, or about the charge: people look, nothing is granted', async () => {
    const one = await aCase()
    await db.complaint.update({ where: { id: one.complaintId }, data: { limited: true } })
    const charge = await aCase({ failure: 'OVERCHARGED', cdkIds: [], demand: 'COMPENSATION', demandMinor: 10 })
    expect(await sweepCases(REPLY_DUE)).toMatchObject({ stepped: 2 })
    for (const of of [one, charge]) {
      expect(await caseOf(of)).toMatchObject({ state: 'ESCALATED', escalatedAt: REPLY_DUE, penalties: [] })
      expect(await legsOf(of.orderId)).toEqual([])
    }
  })

  test('where it would cost the protection fund people decide: penalty and refund are taken back', async () => {
    const { order, mature } = await aPaidOutOrder()
    const one = await aCase({ orderId: order.orderId, at: mature })
    const fund = await balanceOf(protectionFund('CNY'))
    const due = after(mature, DAY_MS)
    expect(await sweepCases(due)).toMatchObject({ stepped: 1 })
    expect(await caseOf(one)).toMatchObject({ state: 'ESCALATED', penalties: [], units: [{ result: null }] })
    expect(await entriesOf(one.complaintId)).toEqual(['opened', 'escalated'])
    expect(await balanceOf(protectionFund('CNY'))).toBe(fund)
    expect(await legsOf(order.orderId)).toEqual([])
  })

  test('during a dispute with the provider it is put off by an hour, and by another', async () => {
    const one = await aCase()
    await aDeposit(one.merchantId, 5_000)
    await run((tx) => freezeOrder(tx, one.orderId, { disputeId: newId() }, NOW))
    expect(await sweepCases(REPLY_DUE)).toEqual({ stepped: 0, postponed: 1, moot: 0 })
    expect(await caseOf(one)).toMatchObject({ state: 'OPEN', dueAt: after(REPLY_DUE, HOUR_MS), penalties: [] })
    expect(await entriesOf(one.complaintId)).toEqual(['opened'])
    await run((tx) => thawOrder(tx, one.orderId, REPLY_DUE))
    expect(await sweepCases(after(REPLY_DUE, HOUR_MS))).toMatchObject({ stepped: 1 })
    expect(await statusOf(one.orderId)).toBe('REFUNDED')
  })

  test('what fails is told, stays due, and holds up nobody', async () => {
    const broken = await aCase()
    const fine = await aCase()
    // A penalty of the same tariff stands already: taking it again is a bug.
    const { merchantId, orderId, complaintId } = broken
    const facts = { tariff: 'SILENCE', amountMinor: 1, takenMinor: 0, currency: 'CNY', at: NOW }
    await db.penalty.create({ data: { id: newId(), merchantId, orderId, complaintId, ...facts } })
    const told: string[] = []
    await sweepComplaints(run, REPLY_DUE, (_error, what) => told.push(what))
    expect(told).toEqual([`complaint ${complaintId}`])
    expect(await caseOf(broken)).toMatchObject({ state: 'OPEN', dueAt: REPLY_DUE })
    expect(await caseOf(fine)).toMatchObject({ outcome: 'SILENCE' })
  })
})

describe('the buyer says nothing', () => {
  const offer = (of: OpenCase, now: Date) =>
    run((tx) => offerRemedy(tx, { ...of, remedy: 'COMPENSATION', amountMinor: 100, text: WORDS }, MERCHANT, now))

  test('an offer lapses, and costs him nothing', async () => {
    const one = await aCase()
    await offer(one, SOON)
    await sweepCases(after(SOON, 48 * HOUR_MS))
    expect(await caseOf(one)).toMatchObject({ state: 'CONTESTED', dueAt: ESCALATES })
    await sweepCases(ESCALATES)
    expect(await caseOf(one)).toMatchObject({ state: 'ESCALATED', escalatedAt: ESCALATES })
    expect(await entriesOf(one.complaintId)).toEqual(['opened', 'offered', 'lapsed', 'escalated'])
  })

  test('an offer at the last moment lapses to the arbitrators in one go', async () => {
    const one = await aCase()
    await contest(one)
    const last = after(ESCALATES, -1)
    await offer(one, last)
    await sweepCases(after(last, HOUR_MS))
    expect(await caseOf(one)).toMatchObject({ state: 'ESCALATED' })
  })

  test('to the merchant who asked: closed, may be taken up again once', async () => {
    const one = await aCase({ at: NOW })
    await ask(one)
    const due = after(SOON, 48 * HOUR_MS)
    await sweepCases(due)
    expect(await caseOf(one)).toMatchObject({ outcome: 'UNANSWERED', units: [{ result: null, open: false }] })
    const reopen = (now: Date) => run((tx) => reopenComplaint(tx, one, BUYER, now))
    await expect(reopen(after(due, 7 * DAY_MS))).rejects.toMatchObject({ code: 'complaint/not-now' })
    await reopen(after(due, DAY_MS))
    expect(await caseOf(one)).toMatchObject({
      state: 'CONTESTED',
      outcome: null,
      closedAt: null,
      holds: true,
      // 72 hours from the opening are over: the merchant has a reply's time.
      dueAt: after(due, 2 * DAY_MS),
      units: [{ open: true }],
    })
    expect(await db.order.findUniqueOrThrow({ where: { id: one.orderId } })).toMatchObject({ dueAt: null })
    await db.complaint.update({ where: { id: one.complaintId }, data: { askedAt: null } })
    await run((tx) => askForEvidence(tx, { ...one, text: WORDS }, MERCHANT, after(due, DAY_MS)))
    await sweepCases(after(due, 3 * DAY_MS))
    await expect(reopen(after(due, 3 * DAY_MS))).rejects.toMatchObject({ code: 'complaint/not-now' })
    expect(await caseOf(one)).toMatchObject({ outcome: 'UNANSWERED' })
  })

  test('taken up again after its order was released: a claim after release, its earning held', async () => {
    const one = await aCase()
    await ask(one)
    const closed = after(SOON, 48 * HOUR_MS)
    await sweepCases(closed)
    const released = after(closed, 72 * HOUR_MS)
    await run((tx) => autoConfirmOrder(tx, one.orderId, SYSTEM, released))
    await run((tx) => reopenComplaint(tx, one, BUYER, released))
    expect(await db.earning.findUniqueOrThrow({ where: { orderId: one.orderId } })).toMatchObject({ heldAt: released })
    expect(await statusOf(one.orderId)).toBe('CONFIRMED')
    // Else it looks as if the order had been released while this complaint held it.
    expect(await caseOf(one)).toMatchObject({ afterRelease: true })
  })

  test('not when it was refunded meanwhile, nor what was withdrawn, nor during a dispute', async () => {
    const one = await aCase({ quantity: 2, units: 1 })
    await ask(one)
    const closed = after(SOON, 48 * HOUR_MS)
    await sweepCases(closed)
    const reopen = ({ complaintId }: OpenCase) => run((tx) => reopenComplaint(tx, { complaintId }, BUYER, closed))
    await run((tx) => freezeOrder(tx, one.orderId, { disputeId: newId() }, closed))
    await expect(reopen(one)).rejects.toMatchObject({ code: 'order/frozen' })
    await run((tx) => thawOrder(tx, one.orderId, closed))
    const wanted = { orderId: one.orderId, wanted: { cdkIds: one.cdkIds }, reason: 'goodwill' }
    await run((tx) => refundAsMerchant(tx, one.merchantId, wanted, MERCHANT, closed))
    await expect(reopen(one)).rejects.toMatchObject({ code: 'complaint/not-now' })
    expect(await caseOf(one)).toMatchObject({ state: 'CLOSED' })
    const other = await aCase()
    await run((tx) => withdrawComplaint(tx, other, BUYER, closed))
    await expect(reopen(other)).rejects.toMatchObject({ code: 'complaint/not-now' })
  })
})

describe('an arbitrator asks', () => {
  test('answered: back to him, his time goes on from where it began', async () => {
    const one = await aCase()
    await escalate(one)
    await assign(one)
    await askThere(one)
    expect(await caseOf(one)).toMatchObject({ state: 'ASKED', askedAt: null, dueAt: after(SOON, 48 * HOUR_MS) })
    // The sides' own moves are over.
    await expect(
      run((tx) => escalateComplaint(tx, { complaintId: one.complaintId }, BUYER, SOON)),
    ).rejects.toMatchObject({ code: 'complaint/not-now' })
    await run((tx) => answerComplaint(tx, { ...one, text: '见附件。' }, BUYER, after(SOON, DAY_MS)))
    expect(await caseOf(one)).toMatchObject({ state: 'ESCALATED', escalatedAt: SOON, dueAt: UNDECIDED })
  })

  test('unanswered: closed; taken up again it is between the sides first', async () => {
    const one = await aCase()
    await escalate(one)
    await assign(one)
    await askThere(one)
    const due = after(SOON, 48 * HOUR_MS)
    await sweepCases(due)
    expect(await caseOf(one)).toMatchObject({ outcome: 'UNANSWERED' })
    await run((tx) => reopenComplaint(tx, one, BUYER, due))
    expect(await caseOf(one)).toMatchObject({ state: 'CONTESTED', escalatedAt: null })
    await db.complaint.update({ where: { id: one.complaintId }, data: { alarmedAt: due } })
    await run((tx) => escalateComplaint(tx, { complaintId: one.complaintId }, BUYER, due))
    // Whoever takes too long over it this time is told of too.
    expect(await caseOf(one)).toMatchObject({ state: 'ESCALATED', escalatedAt: due, alarmedAt: null })
  })

  test('only who has the case, and not once a ruling is proposed', async () => {
    const one = await aCase()
    await escalate(one)
    await expect(askThere(one)).rejects.toMatchObject({ code: 'access/not-found' })
    await assign(one)
    await db.complaint.update({ where: { id: one.complaintId }, data: { proposal: { by: ARBITRATOR.id } } })
    await expect(askThere(one)).rejects.toMatchObject({ code: 'complaint/not-now' })
    expect(await caseOf(one)).toMatchObject({ state: 'ESCALATED' })
  })

  test('after a ruling silence takes nothing back: the appeal goes on; so it does when answered', async () => {
    const one = await aCase()
    await ruled(one, ['REFUNDED'], 'MERCHANT')
    await askThere(one)
    await expect(run((tx) => withdrawComplaint(tx, one, BUYER, SOON))).rejects.toMatchObject({
      code: 'complaint/not-now',
    })
    await sweepCases(after(SOON, 48 * HOUR_MS))
    expect(await caseOf(one)).toMatchObject({ state: 'APPEALED', dueAt: UNDECIDED })
    const two = await aCase()
    await ruled(two, ['REJECTED'], 'BUYER')
    await askThere(two)
    await run((tx) => answerComplaint(tx, { ...two, text: '见附件。' }, BUYER, after(SOON, HOUR_MS)))
    expect(await caseOf(two)).toMatchObject({ state: 'APPEALED', dueAt: UNDECIDED })
  })
})

describe('nobody rules', () => {
  test('contested goes to the arbitrators by itself', async () => {
    const one = await aCase()
    await contest(one)
    expect(await sweepCases(after(ESCALATES, -1))).toMatchObject({ stepped: 0 })
    await sweepCases(ESCALATES)
    expect(await caseOf(one)).toMatchObject({ state: 'ESCALATED', dueAt: after(ESCALATES, 30 * DAY_MS), holds: true })
    const { body } = await db.caseEntry.findFirstOrThrow({
      where: { complaintId: one.complaintId, type: 'escalated' },
    })
    expect(body).toEqual({ by: 'CLOCK' })
  })

  test('for 30 days: granted, from the protection fund if need be', async () => {
    const { order, mature } = await aPaidOutOrder()
    const one = await aCase({ orderId: order.orderId, at: mature })
    await sweepCases(after(mature, DAY_MS))
    const due = after(mature, 31 * DAY_MS)
    expect(await sweepCases(after(due, -1))).toMatchObject({ stepped: 0 })
    await sweepCases(due)
    expect(await caseOf(one)).toMatchObject({ outcome: 'TIMED_OUT', units: [{ result: 'REFUNDED' }], penalties: [] })
    const refund = await db.orderRefund.findFirstOrThrow({ where: { orderId: order.orderId } })
    expect(refund.fromFundMinor).toBeGreaterThan(0)
    expect(await entriesOf(one.complaintId)).toEqual(['opened', 'escalated', 'granted', 'remedied', 'closed'])
  })

  test('a ruling that nobody appeals is final', async () => {
    const one = await aCase()
    await ruled(one, ['REJECTED'])
    await sweepCases(after(SOON, 7 * DAY_MS))
    expect(await caseOf(one)).toMatchObject({ state: 'CLOSED', outcome: 'RULED', units: [{ result: 'REJECTED' }] })
    expect(await db.order.findUniqueOrThrow({ where: { id: one.orderId } })).toMatchObject({
      complainedAt: null,
      refundedMinor: 0,
    })
  })

  test("a buyer's appeal is granted, for what was rejected and what the price lacks, and is the last word", async () => {
    const one = await aCase({ quantity: 3, units: 2 })
    await ruled(one, ['COMPENSATED', 'REJECTED'], 'BUYER')
    await sweepCases(UNDECIDED)
    expect(await caseOf(one)).toMatchObject({ outcome: 'RULED' })
    const results = (await caseOf(one)).units.map(({ result }) => result)
    expect(results).toEqual(['COMPENSATED', 'REFUNDED'])
    expect(await legsOf(one.orderId)).toMatchObject([{ amountMinor: 1_000 }, { amountMinor: 1_000 }])
    const [last] = await db.ruling.findMany({ where: { complaintId: one.complaintId, appeal: true } })
    expect(last).toMatchObject({ arbitratorId: null, forBuyer: true, compensationMinor: 1_000, at: UNDECIDED })
  })

  test("on a merchant's appeal the first ruling stands", async () => {
    const one = await aCase({ quantity: 2 })
    await ruled(one, ['COMPENSATED', 'REJECTED'], 'MERCHANT')
    await sweepCases(UNDECIDED)
    expect(await caseOf(one)).toMatchObject({ state: 'CLOSED', outcome: 'RULED' })
    expect(await legsOf(one.orderId)).toEqual([])
    expect(await db.ruling.count({ where: { complaintId: one.complaintId, appeal: true } })).toBe(0)
  })
})

describe('refunded another way', () => {
  const refund = (of: OpenCase, wanted: { all: true } | { cdkIds: readonly string[] }) =>
    run((tx) =>
      refundAsMerchant(tx, of.merchantId, { orderId: of.orderId, wanted, reason: 'goodwill' }, MERCHANT, SOON),
    )

  test('every code of it, or the whole order: nothing is left to decide', async () => {
    const one = await aCase({ quantity: 3, units: 2 })
    await refund(one, { cdkIds: one.cdkIds.slice(1) })
    expect(await sweepCases(SOON)).toMatchObject({ moot: 0 })
    await refund(one, { cdkIds: one.cdkIds.slice(0, 1) })
    const two = await aCase()
    await escalate(two)
    await refund(two, { all: true })
    expect(await sweepCases(SOON)).toEqual({ moot: 2, stepped: 0, postponed: 0 })
    expect(await caseOf(one)).toMatchObject({
      outcome: 'ELSEWHERE',
      units: [{ result: 'REFUNDED' }, { result: 'REFUNDED' }],
    })
    expect(await caseOf(two)).toMatchObject({ outcome: 'ELSEWHERE', holds: false })
    const order = await db.order.findUniqueOrThrow({ where: { id: one.orderId } })
    expect(order).toMatchObject({ status: 'DELIVERED', complainedAt: null, dueAt: after(SOON, 72 * HOUR_MS) })
  })

  test('what a ruling refunded is not, nor a second charge', async () => {
    const one = await aCase()
    await ruled(one, ['REFUNDED'])
    await refund(one, { all: true })
    const twice = await aCase({ failure: 'DUPLICATE_CHARGE', cdkIds: [] })
    await refund(twice, { all: true })
    expect(await sweepCases(SOON)).toMatchObject({ moot: 0 })
    expect(await caseOf(one)).toMatchObject({ state: 'RULED' })
    expect(await caseOf(twice)).toMatchObject({ state: 'OPEN' })
  })
})
