import { afterEach, describe, expect, test } from 'vitest'
import { merchantDeposit, merchantPending, postTransfers, providerClearing } from '@/lib/domain/ledger'
import { confirmOrder, freezeOrder } from '@/lib/domain/orders'
import {
  acceptComplaint,
  answerComplaint,
  askForEvidence,
  contestComplaint,
  declineOffer,
  escalateComplaint,
  offerRemedy,
  takeOffer,
  withdrawComplaint,
} from '@/lib/domain/complaints'
import { newId } from '@/lib/kernel/ids'
import { Refusal } from '@/lib/kernel/refusal'
import { DAY_MS, HOUR_MS, after } from '@/lib/kernel/time'
import { balanceOf, legsOf, statusOf, stockOf } from '@/tests/support/books'
import { type OpenCase, anOpenCase, requireWholeChain, entriesOf } from '@/tests/support/complaints'
import { db } from '@/tests/support/database'
import { BUYER, MERCHANT, NOW, aDeliveredOrder, aListing, aMerchant, run } from '@/tests/support/factories'

const SOON = after(NOW, HOUR_MS)
const ESCALATES = after(NOW, 72 * HOUR_MS)
const WORDS = '我们核对了发货记录。'

const opened: string[] = []
async function aCase(changes: Parameters<typeof anOpenCase>[0] = {}): Promise<OpenCase> {
  const one = await anOpenCase(changes)
  opened.push(one.complaintId)
  return one
}
afterEach(async () => {
  for (const id of opened.splice(0)) await requireWholeChain(id)
})

const caseOf = (complaintId: string) =>
  db.complaint.findUniqueOrThrow({ where: { id: complaintId }, include: { units: { orderBy: { cdkId: 'asc' } } } })
const all = ({ cdkIds }: OpenCase, result: 'REFUNDED' | 'REPLACED') => cdkIds.map((cdkId) => ({ cdkId, result }))

const accept = (of: OpenCase, units?: ReturnType<typeof all>, now = SOON) =>
  run((tx) => acceptComplaint(tx, { ...of, units }, MERCHANT, now))
const contest = (of: OpenCase, now = SOON) => run((tx) => contestComplaint(tx, { ...of, text: WORDS }, MERCHANT, now))
const ask = (of: OpenCase, now = SOON) => run((tx) => askForEvidence(tx, { ...of, text: WORDS }, MERCHANT, now))
const offer = (of: OpenCase, amountMinor: number | null = 300, now = SOON) =>
  run((tx) =>
    offerRemedy(
      tx,
      { ...of, remedy: amountMinor === null ? 'REPLACEMENT' : 'COMPENSATION', amountMinor, text: WORDS },
      MERCHANT,
      now,
    ),
  )
const escalate = ({ complaintId }: OpenCase, now = SOON) =>
  run((tx) => escalateComplaint(tx, { complaintId }, BUYER, now))

/** Nothing of a case or its order moved. */
async function expectUntouched({ complaintId, orderId }: OpenCase, state = 'OPEN'): Promise<void> {
  expect(await caseOf(complaintId)).toMatchObject({ state, closedAt: null, outcome: null })
  expect(await legsOf(orderId)).toEqual([])
  expect(await statusOf(orderId)).toBe('DELIVERED')
}

describe('a merchant accepts', () => {
  test('the refund is on its way, the case closed, his reply kept', async () => {
    const one = await aCase()
    expect(await accept(one, all(one, 'REFUNDED'))).toEqual({ refundedMinor: 1_000, compensationMinor: 0, replaced: 0 })
    expect(await caseOf(one.complaintId)).toMatchObject({
      state: 'CLOSED',
      outcome: 'ACCEPTED',
      repliedAt: SOON,
      closedAt: SOON,
      holds: false,
      dueAt: null,
      units: [{ result: 'REFUNDED', open: false }],
    })
    expect(await statusOf(one.orderId)).toBe('REFUNDED')
    expect(await entriesOf(one.complaintId)).toEqual(['opened', 'accepted', 'remedied', 'closed'])
  })

  test('one of five is replaced, one refunded; the buyer inspects what is new for a whole window', async () => {
    const listing = await aListing({ stock: 7 })
    const { orderId } = await aDeliveredOrder({ listing, quantity: 5 })
    const one = await aCase({ orderId, units: 2, demand: 'REPLACEMENT', at: after(NOW, 70 * HOUR_MS) })
    const later = after(NOW, 71 * HOUR_MS)
    const [first = '', second = ''] = one.cdkIds
    const units = [
      { cdkId: first, result: 'REPLACED' as const },
      { cdkId: second, result: 'REFUNDED' as const },
    ]
    expect(await accept(one, units, later)).toEqual({ refundedMinor: 1_000, compensationMinor: 0, replaced: 1 })
    const { units: came } = await caseOf(one.complaintId)
    expect(came.map(({ result, replacementId }) => [result, replacementId !== null])).toEqual([
      ['REPLACED', true],
      ['REFUNDED', false],
    ])
    expect(await stockOf(listing.variantId)).toEqual({ DELIVERED: 4, RETIRED: 2, AVAILABLE: 1 })
    expect(await db.order.findUniqueOrThrow({ where: { id: orderId } })).toMatchObject({
      dueAt: after(later, 72 * HOUR_MS),
      refundedMinor: 1_000,
    })
  })

  test('a demanded compensation as demanded, or with a whole refund', async () => {
    const demand = { demand: 'COMPENSATION', demandMinor: 250 } as const
    const one = await aCase(demand)
    expect(await accept(one)).toEqual({ refundedMinor: 0, compensationMinor: 250, replaced: 0 })
    expect(await statusOf(one.orderId)).toBe('DELIVERED')
    expect(await caseOf(one.complaintId)).toMatchObject({ units: [{ result: 'COMPENSATED' }] })
    const two = await aCase(demand)
    expect(await accept(two, all(two, 'REFUNDED'))).toMatchObject({ refundedMinor: 1_000 })
    const three = await aCase(demand)
    await expect(accept(three, all(three, 'REPLACED'))).rejects.toMatchObject({ code: 'complaint/less-than-demanded' })
  })

  test('what is wrong with the charge, without codes', async () => {
    const charge = await aCase({ failure: 'OVERCHARGED', cdkIds: [], demand: 'COMPENSATION', demandMinor: 120 })
    expect(await accept(charge)).toEqual({ refundedMinor: 0, compensationMinor: 120, replaced: 0 })
    const twice = await aCase({ failure: 'DUPLICATE_CHARGE', cdkIds: [] })
    expect(await accept(twice)).toEqual({ refundedMinor: 0, compensationMinor: 1_000, replaced: 0 })
    expect(await statusOf(twice.orderId)).toBe('REFUNDED')
  })

  test('never with less than was demanded, never half of it', async () => {
    const two = await aCase({ quantity: 2 })
    const less = { code: 'complaint/less-than-demanded' }
    await expect(accept(two, all(two, 'REPLACED'))).rejects.toMatchObject(less)
    await expect(accept(two, all(two, 'REFUNDED').slice(1))).rejects.toMatchObject(less)
    await expect(accept(two)).rejects.toMatchObject(less)
    const [first] = all(two, 'REFUNDED')
    const twice = first ? [first, first] : []
    await expect(accept(two, twice)).rejects.toMatchObject(less)
    const foreign = [...all(two, 'REFUNDED').slice(1), { cdkId: newId(), result: 'REFUNDED' as const }]
    await expect(accept(two, foreign)).rejects.toMatchObject(less)
    await expectUntouched(two)
  })

  test('not without stock, not during a dispute, and nothing of it is left behind', async () => {
    const listing = await aListing({ stock: 1 })
    const { orderId } = await aDeliveredOrder({ listing })
    const one = await aCase({ orderId, demand: 'REPLACEMENT' })
    await expect(accept(one, all(one, 'REPLACED'))).rejects.toMatchObject({ code: 'complaint/no-stock' })
    await run((tx) => freezeOrder(tx, orderId, { disputeId: newId() }, NOW))
    await expect(accept(one, all(one, 'REFUNDED'))).rejects.toMatchObject({ code: 'order/frozen' })
    await expectUntouched(one)
    expect(await entriesOf(one.complaintId)).toEqual(['opened'])
    expect(await caseOf(one.complaintId)).toMatchObject({ repliedAt: null })
  })

  test("not another merchant's, not what is closed or with the arbitrators", async () => {
    const one = await aCase()
    const merchantId = await aMerchant()
    const other = { ...one, merchantId }
    const unknown = { code: 'access/not-found' }
    await expect(accept(other, all(one, 'REFUNDED'))).rejects.toMatchObject(unknown)
    await expect(contest(other)).rejects.toMatchObject(unknown)
    await expect(ask(other)).rejects.toMatchObject(unknown)
    await expect(offer(other)).rejects.toMatchObject(unknown)
    await expect(
      run((tx) => escalateComplaint(tx, { complaintId: one.complaintId, merchantId }, MERCHANT, SOON)),
    ).rejects.toMatchObject(unknown)
    await expectUntouched(one)
    await contest(one)
    await escalate(one)
    await expect(accept(one, all(one, 'REFUNDED'))).rejects.toMatchObject({ code: 'complaint/not-now' })
  })
})

describe('a merchant offers something else', () => {
  test('the buyer takes it: it is paid, the code stays', async () => {
    const one = await aCase()
    await offer(one)
    expect(await caseOf(one.complaintId)).toMatchObject({
      state: 'OFFERED',
      dueAt: after(SOON, 48 * HOUR_MS),
      offer: { remedy: 'COMPENSATION', amountMinor: 300 },
      repliedAt: SOON,
    })
    const remedied = await run((tx) => takeOffer(tx, one, BUYER, after(SOON, HOUR_MS)))
    expect(remedied).toEqual({ refundedMinor: 0, compensationMinor: 300, replaced: 0 })
    expect(await caseOf(one.complaintId)).toMatchObject({ state: 'CLOSED', outcome: 'OFFER_TAKEN' })
    expect(await statusOf(one.orderId)).toBe('DELIVERED')
    expect(await entriesOf(one.complaintId)).toEqual(['opened', 'offered', 'taken', 'remedied', 'closed'])
  })

  test('a replacement that stock no longer has comes as a refund', async () => {
    const listing = await aListing({ stock: 1 })
    const { orderId } = await aDeliveredOrder({ listing })
    const one = await aCase({ orderId })
    await offer(one, null)
    expect(await run((tx) => takeOffer(tx, one, BUYER, SOON))).toMatchObject({ refundedMinor: 1_000, replaced: 0 })
  })

  test('declined: on to the arbitrators as before; taken back: the same', async () => {
    const one = await aCase()
    await offer(one)
    await run((tx) => declineOffer(tx, one, BUYER, SOON))
    expect(await caseOf(one.complaintId)).toMatchObject({ state: 'CONTESTED', dueAt: ESCALATES })
    await expect(run((tx) => takeOffer(tx, one, BUYER, SOON))).rejects.toMatchObject({ code: 'complaint/not-now' })
    await expect(run((tx) => declineOffer(tx, one, BUYER, SOON))).rejects.toMatchObject({ code: 'complaint/not-now' })
    await offer(one)
    await contest(one)
    await expect(run((tx) => takeOffer(tx, one, BUYER, SOON))).rejects.toMatchObject({ code: 'complaint/not-now' })
    expect(await legsOf(one.orderId)).toEqual([])
  })

  test('puts the arbitrators off by an hour at most', async () => {
    const one = await aCase()
    await contest(one)
    const near = after(ESCALATES, -10 * HOUR_MS)
    await offer(one, 300, near)
    expect(await caseOf(one.complaintId)).toMatchObject({ dueAt: ESCALATES })
    await run((tx) => declineOffer(tx, one, BUYER, near))
    const last = after(ESCALATES, -1)
    await offer(one, 300, last)
    expect(await caseOf(one.complaintId)).toMatchObject({ dueAt: after(last, HOUR_MS) })
  })

  test('an amount that is one, of at most what the codes cost', async () => {
    const one = await aCase({ quantity: 2, units: 1 })
    for (const amountMinor of [0, -1, 1.5, 1_001]) {
      await expect(offer(one, amountMinor)).rejects.toMatchObject({
        code: 'complaint/amount',
        params: { mostMinor: 1_000 },
      })
    }
    const refund = { ...one, remedy: 'REFUND', amountMinor: 5, text: WORDS } as const
    await expect(run((tx) => offerRemedy(tx, refund, MERCHANT, SOON))).rejects.toMatchObject({
      code: 'complaint/amount',
    })
    const silent = { ...one, remedy: 'REFUND', amountMinor: null, text: '  ' } as const
    await expect(run((tx) => offerRemedy(tx, silent, MERCHANT, SOON))).rejects.toMatchObject({ code: 'input/invalid' })
    await expectUntouched(one)
  })

  test('a taken offer that cannot be carried out leaves everything as it was', async () => {
    const one = await aCase()
    await offer(one)
    await run((tx) => freezeOrder(tx, one.orderId, { disputeId: newId() }, NOW))
    await expect(run((tx) => takeOffer(tx, one, BUYER, SOON))).rejects.toMatchObject({ code: 'order/frozen' })
    await expectUntouched(one, 'OFFERED')
    expect(await entriesOf(one.complaintId)).toEqual(['opened', 'offered'])
  })
})

describe('contest, ask, answer, escalate, withdraw', () => {
  test('contested goes on to escalateAt, and either side may escalate', async () => {
    for (const by of ['BUYER', 'MERCHANT'] as const) {
      const one = await aCase()
      await expect(escalate(one)).rejects.toMatchObject({ code: 'complaint/not-now' })
      await contest(one)
      expect(await caseOf(one.complaintId)).toMatchObject({ state: 'CONTESTED', dueAt: ESCALATES, repliedAt: SOON })
      const { complaintId, merchantId } = one
      await run((tx) =>
        by === 'BUYER'
          ? escalateComplaint(tx, { complaintId }, BUYER, SOON)
          : escalateComplaint(tx, { complaintId, merchantId }, MERCHANT, SOON),
      )
      expect(await caseOf(one.complaintId)).toMatchObject({
        state: 'ESCALATED',
        escalatedAt: SOON,
        dueAt: after(SOON, 30 * DAY_MS),
        holds: true,
      })
      const { body } = await db.caseEntry.findFirstOrThrow({ where: { complaintId, type: 'escalated' } })
      expect(body).toEqual({ by })
      await expect(escalate(one)).rejects.toMatchObject({ code: 'complaint/not-now' })
    }
  })

  test('he asks once, the buyer answers, the case is where it was', async () => {
    const one = await aCase()
    await ask(one)
    expect(await caseOf(one.complaintId)).toMatchObject({
      state: 'ASKED',
      askedAt: SOON,
      dueAt: after(SOON, 48 * HOUR_MS),
      repliedAt: SOON,
    })
    const answer = () => run((tx) => answerComplaint(tx, { ...one, text: '录像见附件。' }, BUYER, SOON))
    await answer()
    expect(await caseOf(one.complaintId)).toMatchObject({ state: 'CONTESTED', dueAt: ESCALATES })
    await expect(ask(one)).rejects.toMatchObject({ code: 'complaint/asked-before' })
    await expect(answer()).rejects.toMatchObject({ code: 'complaint/not-now' })
  })

  test('an answer after escalateAt goes on at once', async () => {
    const one = await aCase()
    await contest(one)
    await ask(one, after(ESCALATES, -HOUR_MS))
    const late = after(ESCALATES, HOUR_MS)
    await run((tx) => answerComplaint(tx, { ...one, text: WORDS }, BUYER, late))
    expect(await caseOf(one.complaintId)).toMatchObject({ state: 'CONTESTED', dueAt: late })
  })

  test('who lets his time pass cannot reply because the worker is late, but may always accept', async () => {
    const one = await aCase()
    const late = after(NOW, 24 * HOUR_MS)
    const replies = [() => contest(one, late), () => ask(one, late), () => offer(one, 300, late)]
    for (const reply of replies) {
      await expect(reply()).rejects.toMatchObject({ code: 'complaint/not-now' })
    }
    await expect(accept(one, all(one, 'REFUNDED'), late)).resolves.toMatchObject({ refundedMinor: 1_000 })
  })

  test('withdrawn: nothing is granted, the clock goes on, the code may be complained of again', async () => {
    const one = await aCase({ at: SOON })
    await run((tx) => withdrawComplaint(tx, one, BUYER, after(SOON, DAY_MS)))
    expect(await caseOf(one.complaintId)).toMatchObject({
      outcome: 'WITHDRAWN',
      units: [{ result: null, open: false }],
    })
    const order = await db.order.findUniqueOrThrow({ where: { id: one.orderId } })
    expect(order).toMatchObject({ complainedAt: null, refundedMinor: 0, dueAt: after(NOW, 96 * HOUR_MS) })
    await expect(run((tx) => withdrawComplaint(tx, one, BUYER, SOON))).rejects.toMatchObject({
      code: 'complaint/not-now',
    })
    const again = await aCase({ orderId: one.orderId, at: after(SOON, 2 * DAY_MS) })
    expect(await caseOf(again.complaintId)).toMatchObject({ state: 'OPEN' })
  })

  test('withdrawn a second time: no third complaint keeps the money back', async () => {
    const one = await aCase()
    await run((tx) => withdrawComplaint(tx, one, BUYER, SOON))
    const again = await aCase({ orderId: one.orderId, at: SOON })
    await run((tx) => withdrawComplaint(tx, again, BUYER, SOON))
    await expect(anOpenCase({ orderId: one.orderId, at: SOON })).rejects.toMatchObject({ code: 'complaint/known' })
    expect(await db.order.findUniqueOrThrow({ where: { id: one.orderId } })).toMatchObject({ complainedAt: null })
  })

  test('a replacement handed over long after the release may be claimed from then on, what was released before may not', async () => {
    const listing = await aListing({ stock: 3 })
    const { orderId } = await aDeliveredOrder({ listing, quantity: 2 })
    await run((tx) => confirmOrder(tx, orderId, BUYER, NOW))
    const last = after(NOW, 30 * DAY_MS - 1)
    const one = await aCase({ orderId, units: 1, failure: 'INVALID', demand: 'REPLACEMENT', at: last })
    await accept(one, all(one, 'REPLACED'), last)
    const { replacementId } = await db.complaintUnit.findFirstOrThrow({ where: { complaintId: one.complaintId } })
    const cdks = await db.cdk.findMany({ where: { orderId, state: 'DELIVERED' }, select: { id: true } })
    const before = cdks.map(({ id }) => id).filter((id) => id !== replacementId)
    const late = after(last, 30 * DAY_MS)
    const claim = (cdkIds: readonly string[], at: Date) => aCase({ orderId, cdkIds, failure: 'INVALID', at })
    await expect(claim(before, after(last, 1))).rejects.toMatchObject({ code: 'complaint/too-late' })
    await expect(claim([replacementId ?? ''], late)).rejects.toMatchObject({ code: 'complaint/too-late' })
    await expect(claim([replacementId ?? ''], after(late, -1))).resolves.toMatchObject({ orderId })
  })

  test('an offer that the merchant cannot pay any more: the buyer hears that, not what he lacks', async () => {
    const { orderId, merchantId } = await aDeliveredOrder()
    await run((tx) => confirmOrder(tx, orderId, BUYER, NOW))
    const one = await aCase({ orderId, at: SOON })
    await offer(one)
    const [from, to] = [merchantPending(merchantId, 'CNY'), providerClearing('sandbox', 'CNY')]
    const gone = { key: `gone:${merchantId}`, code: 'test', from, to, amountMinor: 970 }
    await run((tx) => postTransfers(tx, [gone], SOON))
    await db.earning.update({ where: { orderId }, data: { pendingMinor: 0 } })
    await expect(run((tx) => takeOffer(tx, one, BUYER, SOON))).rejects.toEqual(new Refusal('complaint/offer-uncovered'))
    expect(await caseOf(one.complaintId)).toMatchObject({ state: 'OFFERED' })
  })

  test('no penalty is taken for what is settled between the sides', async () => {
    const one = await aCase()
    await accept(one, all(one, 'REFUNDED'))
    expect(await db.penalty.count({ where: { complaintId: one.complaintId } })).toBe(0)
    expect(await balanceOf(merchantDeposit(one.merchantId, 'CNY'))).toBe(0)
  })
})
