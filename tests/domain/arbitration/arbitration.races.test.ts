import { expect, test } from 'vitest'
import {
  appealComplaint,
  assignArbitrator,
  proposalOf,
  reassignCase,
  ruleAppeal,
  ruleComplaint,
  sendRulingBack,
  signRuling,
} from '@/lib/domain/arbitration'
import { withdrawComplaint } from '@/lib/domain/complaints'
import { escrowOf } from '@/lib/domain/ledger'
import { refundOrder } from '@/lib/domain/orders'
import type { Tx } from '@/lib/domain/tx'
import type { Refusal } from '@/lib/kernel/refusal'
import {
  REASON,
  aCaseToRule,
  aVerdict,
  anArbitrator,
  anEscalatedCase,
  caseOf,
  entriesOf,
  seat,
} from '@/tests/support/arbitration'
import { balanceOf } from '@/tests/support/books'
import { db } from '@/tests/support/database'
import { BUYER, MERCHANT, NOW, aDeliveredOrder, aListing, run } from '@/tests/support/factories'
import { race, raceTwice } from '@/tests/support/race'

const OPERATOR = { kind: 'OPERATOR', id: '019aa000-0000-7000-8000-000000000009' } as const
const refused = (code: Refusal['code']) => ({ status: 'rejected', reason: { code } })
const went = { status: 'fulfilled' }

type Ruled = Awaited<ReturnType<typeof aCaseToRule>>

const refundsFor =
  (one: Ruled) =>
  async (tx: Tx): Promise<unknown> =>
    ruleComplaint(tx, aVerdict(one, 'REFUNDED'), one.first, NOW)

const refundedOnce = async ({ orderId }: Ruled) => {
  expect(await db.orderRefund.count({ where: { orderId } })).toBe(1)
  expect(await balanceOf(escrowOf(orderId, 'CNY'))).toBe(0)
}

test('two rulings of one case: one counts and is carried out once', async () => {
  const one = await aCaseToRule()
  const [first, second] = await raceTwice(refundsFor(one))
  expect(first).toMatchObject(went)
  expect(second).toMatchObject(refused('complaint/not-now'))
  await refundedOnce(one)
  expect(await db.ruling.count({ where: { complaintId: one.complaintId } })).toBe(1)
})

async function aProposedCase() {
  const { orderId } = await aDeliveredOrder({ listing: await aListing({ priceMinor: 50_000 }) })
  const one = await aCaseToRule({ orderId })
  const second = await seat(one.complaintId, 'SECOND')
  await run(refundsFor(one))
  const proposalId = proposalOf(await caseOf(one.complaintId))?.id ?? ''
  const { complaintId } = one
  return {
    one,
    sign: async (tx: Tx) => signRuling(tx, { complaintId, proposalId }, second, NOW),
    sendBack: async (tx: Tx) => sendRulingBack(tx, { complaintId, reasons: REASON }, second, NOW),
  }
}

test('the second one signs in two windows, or signs while sending back: whatever came first', async () => {
  const twice = await aProposedCase()
  expect(await raceTwice(twice.sign)).toMatchObject([went, refused('complaint/not-now')])
  await refundedOnce(twice.one)

  const signed = await aProposedCase()
  expect(await race(signed.sign, signed.sendBack)).toMatchObject([went, refused('complaint/not-now')])
  await refundedOnce(signed.one)

  const back = await aProposedCase()
  expect(await race(back.sendBack, back.sign)).toMatchObject([went, refused('complaint/not-now')])
  expect(await caseOf(back.one.complaintId)).toMatchObject({ state: 'ESCALATED', rulings: [] })
})

test('the first one proposes something else while the second one signs: not signed unread', async () => {
  const { one, sign } = await aProposedCase()
  const anew = async (tx: Tx) => ruleComplaint(tx, aVerdict(one, 'REJECTED'), one.first, NOW)
  expect(await race(anew, sign)).toMatchObject([went, refused('complaint/not-now')])
  expect(await caseOf(one.complaintId)).toMatchObject({ state: 'ESCALATED', rulings: [] })
})

test("a ruling and the buyer's withdrawal: one of them", async () => {
  const withdraw =
    ({ complaintId }: Ruled) =>
    async (tx: Tx) =>
      withdrawComplaint(tx, { complaintId }, BUYER, NOW)
  const ruled = await aCaseToRule()
  expect(await race(refundsFor(ruled), withdraw(ruled))).toMatchObject([went, refused('complaint/not-now')])
  await refundedOnce(ruled)

  const withdrawn = await aCaseToRule()
  expect(await race(withdraw(withdrawn), refundsFor(withdrawn))).toMatchObject([went, refused('complaint/not-now')])
  expect(await db.orderRefund.count({ where: { orderId: withdrawn.orderId } })).toBe(0)
  expect(await db.ruling.count({ where: { complaintId: withdrawn.complaintId } })).toBe(0)
})

test("a ruling and the merchant's own refund: the money goes back once", async () => {
  const refund =
    ({ orderId }: Ruled) =>
    async (tx: Tx) =>
      refundOrder(tx, { orderId, wanted: { all: true }, reason: 'goodwill' }, MERCHANT, NOW)
  const ruled = await aCaseToRule()
  expect(await race(refundsFor(ruled), refund(ruled))).toMatchObject([went, refused('order/not-refundable')])
  await refundedOnce(ruled)

  const refunded = await aCaseToRule()
  expect(await race(refund(refunded), refundsFor(refunded))).toMatchObject([went, refused('complaint/not-now')])
  await refundedOnce(refunded)
})

test('both sides appeal at once, and the appeal is ruled twice: once each', async () => {
  const one = await aCaseToRule({ quantity: 2 })
  const { complaintId } = one
  await run((tx) => ruleComplaint(tx, aVerdict(one, ['REFUNDED', 'REJECTED']), one.first, NOW))
  const appealAs = (actor: typeof BUYER) => async (tx: Tx) =>
    appealComplaint(tx, { complaintId, reasons: REASON }, actor, NOW)
  expect(await race(appealAs(MERCHANT), appealAs(BUYER))).toMatchObject([went, refused('complaint/not-now')])
  expect(await caseOf(complaintId)).toMatchObject({ state: 'APPEALED', appealBy: 'MERCHANT' })
  const judge = await seat(complaintId, 'APPEAL')
  const verdict = aVerdict(one, 'REJECTED')
  const both = await raceTwice(async (tx) => ruleAppeal(tx, verdict, judge, NOW))
  expect(both).toMatchObject([went, refused('complaint/not-now')])
  expect(await db.ledgerTransfer.count({ where: { idempotencyKey: `complaint:${complaintId}:appeal-won` } })).toBe(1)
})

test('two workers give a case one arbitrator, and two cases two', async () => {
  const two = [await anArbitrator(), await anArbitrator()]
  const { complaintId } = await anEscalatedCase()
  const assigned = await raceTwice(async (tx) => assignArbitrator(tx, complaintId, 'FIRST', NOW))
  expect(assigned).toMatchObject([{ value: true }, { value: false }])
  expect(await entriesOf(complaintId)).toEqual(['opened', 'escalated', 'assigned'])

  await db.complaint.update({ where: { id: complaintId }, data: { arbitratorId: (await anArbitrator()).id } })
  await db.user.updateMany({ where: { id: { notIn: two.map(({ id }) => id) } }, data: { restingSince: NOW } })
  const [left, right] = [await anEscalatedCase(), await anEscalatedCase()]
  await race(
    async (tx) => assignArbitrator(tx, left.complaintId, 'FIRST', NOW),
    async (tx) => assignArbitrator(tx, right.complaintId, 'FIRST', NOW),
  )
  const sit = await Promise.all([left, right].map(async (one) => (await caseOf(one.complaintId)).arbitratorId))
  expect(new Set(sit)).toEqual(new Set(two.map(({ id }) => id)))
})

test('a ruling while an operator gives the case to somebody else: whatever came first', async () => {
  await anArbitrator()
  const reassign =
    ({ complaintId }: Ruled) =>
    async (tx: Tx) =>
      reassignCase(tx, { complaintId, role: 'FIRST', reason: '休假' }, OPERATOR, NOW)
  const given = await aCaseToRule()
  expect(await race(reassign(given), refundsFor(given))).toMatchObject([went, refused('access/not-found')])
  const ruled = await aCaseToRule()
  expect(await race(refundsFor(ruled), reassign(ruled))).toMatchObject([went, refused('complaint/not-now')])
  await refundedOnce(ruled)
})
