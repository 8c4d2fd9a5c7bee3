import { beforeEach, expect, test } from 'vitest'
import {
  type Seat,
  assignWaiting,
  openArbitrator,
  reassignCase,
  restArbitrator,
  setEmployer,
} from '@/lib/domain/arbitration'
import { FAILURES } from '@/lib/domain/complaints'
import { newId } from '@/lib/kernel/ids'
import { Refusal } from '@/lib/kernel/refusal'
import { anArbitrator, anEscalatedCase, caseOf, entriesOf, seat } from '@/tests/support/arbitration'
import { db } from '@/tests/support/database'
import { NOW, aBuyer, aDeliveredOrder, aListing, aPlacedOrder, run } from '@/tests/support/factories'
import { notesTo } from '@/tests/support/notes'

const OPERATOR = { kind: 'OPERATOR', id: '019aa000-0000-7000-8000-000000000009' } as const
/** Of the merchants of the factories. */
const LEGAL_NUMBER = '91330106MA2KQ4XJ0T'

const assign = async () =>
  assignWaiting(run, NOW, (error) => {
    throw error
  })

// Each test has arbitrators and waiting cases of its own.
beforeEach(async () => {
  await db.user.updateMany({ where: { role: 'ARBITRATOR' }, data: { restingSince: NOW } })
  const [one, two] = [await anArbitrator({ restingSince: NOW }), await anArbitrator({ restingSince: NOW })]
  await db.complaint.updateMany({ where: { arbitratorId: null }, data: { arbitratorId: one.id } })
  await db.complaint.updateMany({ where: { secondId: null }, data: { secondId: two.id } })
})

test('a case that was escalated gets an arbitrator, who is told; the sides learn that there is one, not who', async () => {
  const arbitrator = await anArbitrator()
  const { complaintId } = await anEscalatedCase()
  expect(await assign()).toBe(1)
  expect(await assign()).toBe(0)
  expect(await caseOf(complaintId)).toMatchObject({ arbitratorId: arbitrator.id, secondId: null })
  const entry = await db.caseEntry.findFirstOrThrow({ where: { complaintId, type: 'assigned' } })
  expect(entry).toMatchObject({ actorKind: 'SYSTEM', actorId: null, body: { role: 'FIRST' } })
  expect(await notesTo({ userId: arbitrator.id })).toMatchObject([{ kind: 'case-news', data: { what: 'assigned' } }])
})

test('a large case gets two, an appeal a third', async () => {
  const three = [await anArbitrator(), await anArbitrator(), await anArbitrator()]
  const { orderId } = await aDeliveredOrder({ listing: await aListing({ priceMinor: 50_000 }) })
  const { complaintId } = await anEscalatedCase({ orderId })
  expect(await assign()).toBe(2)
  await db.complaint.update({
    where: { id: complaintId },
    data: { state: 'APPEALED', ruledAt: NOW, appealedAt: NOW, appealBy: 'BUYER' },
  })
  expect(await assign()).toBe(1)
  const { arbitratorId, secondId, appealArbitratorId } = await caseOf(complaintId)
  expect(new Set([arbitratorId, secondId, appealArbitratorId])).toEqual(new Set(three.map(({ id }) => id)))
  expect(await entriesOf(complaintId)).toEqual(['opened', 'escalated', 'assigned', 'assigned', 'assigned'])
})

const TIES: readonly (readonly [string, () => Promise<string>])[] = [
  [
    'works for the merchant',
    async () => {
      await anArbitrator({ employerNumber: LEGAL_NUMBER })
      return (await anEscalatedCase()).complaintId
    },
  ],
  [
    'once placed an order with this merchant as a guest',
    async () => {
      const { email } = await db.user.findUniqueOrThrow({ where: { id: (await anArbitrator()).id } })
      const listing = await aListing()
      await aPlacedOrder({ listing, form: { email: ` ${email.toUpperCase()}` } })
      const { orderId } = await aDeliveredOrder({ listing })
      return (await anEscalatedCase({ orderId })).complaintId
    },
  ],
  [
    'bought from this merchant with the account',
    async () => {
      const { id } = await anArbitrator()
      const listing = await aListing()
      await aPlacedOrder({ listing, form: { buyerId: id, passcodeHash: null } })
      const { orderId } = await aDeliveredOrder({ listing })
      return (await anEscalatedCase({ orderId })).complaintId
    },
  ],
  [
    'is the buyer, by the e-mail',
    async () => {
      const { email } = await db.user.findUniqueOrThrow({ where: { id: (await anArbitrator()).id } })
      const { orderId } = await aDeliveredOrder({ form: { email } })
      return (await anEscalatedCase({ orderId })).complaintId
    },
  ],
  [
    'works where the buyer works',
    async () => {
      const number = '91440300MA5EYXH93B'
      await anArbitrator({ employerNumber: number })
      const buyer = await aBuyer()
      await run((tx) => setEmployer(tx, { userId: buyer.buyerId, number }, OPERATOR, NOW))
      const { orderId } = await aDeliveredOrder({ form: buyer })
      return (await anEscalatedCase({ orderId })).complaintId
    },
  ],
  [
    'rests',
    async () => {
      const { id: userId } = await anArbitrator()
      await run((tx) => restArbitrator(tx, { userId, resting: true }, OPERATOR, NOW))
      return (await anEscalatedCase()).complaintId
    },
  ],
]

test.each(TIES)('who %s gets no such case; it waits for somebody else', async (_, make) => {
  const complaintId = await make()
  expect(await assign()).toBe(0)
  expect((await caseOf(complaintId)).arbitratorId).toBeNull()
  const free = await anArbitrator()
  expect(await assign()).toBe(1)
  expect((await caseOf(complaintId)).arbitratorId).toBe(free.id)
})

test('nobody sits on two seats of one case', async () => {
  await anArbitrator()
  const { orderId } = await aDeliveredOrder({ listing: await aListing({ priceMinor: 50_000 }) })
  const { complaintId } = await anEscalatedCase({ orderId })
  expect(await assign()).toBe(1)
  expect((await caseOf(complaintId)).secondId).toBeNull()
})

test('a hundred cases over four arbitrators: 25 each', { timeout: 120_000 }, async () => {
  const four = [await anArbitrator(), await anArbitrator(), await anArbitrator(), await anArbitrator()]
  const { merchantId, orderId } = await aDeliveredOrder()
  await db.complaint.createMany({
    data: Array.from({ length: 100 }, (_, at) => ({
      id: newId(),
      merchantId,
      orderId,
      number: `KC-BALANCE-${at}`,
      buyerKey: `buyer-${at}@example.com`,
      failure: FAILURES[at % FAILURES.length] ?? 'INVALID',
      demand: 'REFUND' as const,
      stakeMinor: 1_000,
      currency: 'CNY',
      state: 'ESCALATED' as const,
      escalateAt: NOW,
      dueAt: NOW,
      escalatedAt: NOW,
      openedAt: NOW,
      afterRelease: false,
      entrySeq: 0,
      entryHash: Buffer.alloc(32),
    })),
  })
  const cases = await db.complaint.findMany({ where: { orderId }, select: { id: true, merchantId: true } })
  await db.caseEntry.createMany({
    data: cases.map(({ id: complaintId, merchantId: of }) => ({
      complaintId,
      merchantId: of,
      seq: 0,
      type: 'opened',
      at: NOW,
      actorKind: 'BUYER' as const,
      body: {},
      salt: Buffer.alloc(16),
      commitment: Buffer.alloc(32),
      hash: Buffer.alloc(32),
    })),
  })
  expect(await assign()).toBe(100)
  const groups = await db.complaint.groupBy({ by: ['arbitratorId'], where: { orderId }, _count: true })
  expect(new Map(groups.map(({ arbitratorId, _count }) => [arbitratorId, _count]))).toEqual(
    new Map(four.map(({ id }) => [id, 25])),
  )
})

test('one case that fails does not keep the others waiting', async () => {
  await anArbitrator()
  const [bad, good] = [await anEscalatedCase(), await anEscalatedCase()]
  await db.$executeRaw`UPDATE complaint SET "entrySeq" = 0 WHERE id = ${bad.complaintId}::uuid`
  const told: string[] = []
  expect(await assignWaiting(run, NOW, (_, what) => told.push(what))).toBe(1)
  expect(told).toEqual([`FIRST arbitrator of complaint ${bad.complaintId}`])
  expect((await caseOf(good.complaintId)).arbitratorId).not.toBeNull()
})

test('an operator has a seat drawn anew, and it is written down', async () => {
  const { complaintId } = await anEscalatedCase()
  const first = await seat(complaintId, 'FIRST')
  const reassign = async (role: Seat) =>
    run((tx) => reassignCase(tx, { complaintId, role, reason: '休假' }, OPERATOR, NOW))
  await expect(reassign('FIRST')).rejects.toEqual(new Refusal('complaint/no-arbitrator'))
  await expect(reassign('SECOND')).rejects.toEqual(new Refusal('complaint/not-now'))
  await expect(reassign('APPEAL')).rejects.toEqual(new Refusal('complaint/not-now'))
  const other = await anArbitrator()
  await reassign('FIRST')
  expect((await caseOf(complaintId)).arbitratorId).toBe(other.id)
  const action = await db.operatorAction.findFirstOrThrow({ where: { subjectId: complaintId } })
  expect(action).toMatchObject({ verb: 'reassign-case', userId: OPERATOR.id })
  expect(action.note).toContain(first.id)
  const entry = await db.caseEntry.findFirstOrThrow({ where: { complaintId, type: 'assigned' } })
  expect(entry.body).toEqual({ role: 'FIRST', reassigned: true })
  // The first one is free again, but was taken off this case: no other seat of it either.
  await expect(reassign('FIRST')).rejects.toEqual(new Refusal('complaint/no-arbitrator'))
})

test('an operator opens the account of an arbitrator, lets them rest and come back', async () => {
  const input = { email: 'Ruler@Example.com', passwordHash: 'not a real hash', displayName: '周仲裁' }
  const employerNumber = ' 91330106ma2kq4xj0t '
  const userId = await run((tx) => openArbitrator(tx, { ...input, employerNumber }, OPERATOR, NOW))
  const user = async () => db.user.findUniqueOrThrow({ where: { id: userId } })
  expect(await user()).toMatchObject({ role: 'ARBITRATOR', email: 'ruler@example.com', employerNumber: LEGAL_NUMBER })
  const rest = async (resting: boolean, of = userId) =>
    run((tx) => restArbitrator(tx, { userId: of, resting }, OPERATOR, NOW))
  await rest(true)
  await rest(true)
  expect((await user()).restingSince).toEqual(NOW)
  await rest(false)
  expect((await user()).restingSince).toBeNull()
  await expect(rest(true, (await aBuyer()).buyerId)).rejects.toEqual(new Refusal('access/not-found'))
  await run((tx) => setEmployer(tx, { userId, number: ' ' }, OPERATOR, NOW))
  expect((await user()).employerNumber).toBeNull()
  await expect(run((tx) => setEmployer(tx, { userId: newId(), number: null }, OPERATOR, NOW))).rejects.toEqual(
    new Refusal('access/not-found'),
  )
  const done = await db.operatorAction.findMany({ where: { subjectId: userId }, orderBy: { id: 'asc' } })
  expect(done.map(({ verb }) => verb)).toEqual([
    'open-arbitrator',
    'set-employer',
    'rest-arbitrator',
    'wake-arbitrator',
    'set-employer',
  ])
})
