import { afterEach, expect, test } from 'vitest'
import { createUser } from '@/lib/domain/accounts'
import {
  contestComplaint,
  escalateComplaint,
  offerRemedy,
  remindComplaints,
  declineOffer,
} from '@/lib/domain/complaints'
import { readNote } from '@/lib/domain/notifications'
import type { Role } from '@/lib/infra/prisma/enums'
import { newId } from '@/lib/kernel/ids'
import { DAY_MS, HOUR_MS, after } from '@/lib/kernel/time'
import { type OpenCase, anOpenCase } from '@/tests/support/complaints'
import { db } from '@/tests/support/database'
import { BUYER, MERCHANT, NOW, run } from '@/tests/support/factories'

const remind = (now: Date) => remindComplaints(run, now)
const SOON = after(NOW, HOUR_MS)

async function aUser(role: Role, merchantId: string | null = null): Promise<string> {
  const facts = { email: `${newId()}@staff.example.com`, passwordHash: 'no real hash', displayName: '小周', role }
  return run((tx) => createUser(tx, { ...facts, merchantId }, NOW))
}

/** What of a case was told to whom, as who, about which clock. */
async function toldOf({ complaintId }: OpenCase) {
  const notes = await db.notification.findMany({ where: { kind: 'case-due' }, orderBy: { createdAt: 'asc' } })
  return notes.flatMap(({ userId, email, data }) => {
    const { what, side, complaintId: of, dueAt } = readDue(data)
    return of === complaintId ? [{ to: userId ?? email, what, side, dueAt }] : []
  })
}

function readDue(data: unknown) {
  const note = readNote('case-due', data)
  if (note.kind !== 'case-due') throw new Error('not a reminder')
  return note.data
}

afterEach(async () => {
  await db.complaint.updateMany({
    where: { dueAt: { not: null } },
    data: { dueAt: after(NOW, 9_000 * DAY_MS), remindedAt: NOW, alarmedAt: NOW },
  })
})

test('the merchant is reminded of his reply once, when less than a quarter of his time is left', async () => {
  const one = await anOpenCase()
  const user = await aUser('MERCHANT', one.merchantId)
  expect(await remind(after(NOW, 18 * HOUR_MS))).toBe(0)
  expect(await remind(after(NOW, 18 * HOUR_MS + 1))).toBe(1)
  expect(await remind(after(NOW, 20 * HOUR_MS))).toBe(0)
  expect(await toldOf(one)).toEqual([
    { to: user, what: 'reply', side: 'MERCHANT', dueAt: after(NOW, 24 * HOUR_MS).toISOString() },
  ])
})

test('nobody is reminded of what has run out', async () => {
  const one = await anOpenCase()
  expect(await remind(after(NOW, 24 * HOUR_MS))).toBe(0)
  expect(await toldOf(one)).toEqual([])
})

test('each clock by itself: the buyer of an offer, and of the next one', async () => {
  const one = await anOpenCase()
  const offer = (now: Date) =>
    run((tx) => offerRemedy(tx, { ...one, remedy: 'COMPENSATION', amountMinor: 5, text: '补偿您。' }, MERCHANT, now))
  await offer(SOON)
  expect(await remind(after(SOON, 36 * HOUR_MS))).toBe(0)
  expect(await remind(after(SOON, 37 * HOUR_MS))).toBe(1)
  await run((tx) => declineOffer(tx, one, BUYER, after(SOON, 37 * HOUR_MS)))
  expect(await remind(after(SOON, 70 * HOUR_MS))).toBe(0)
  // Two hours until escalateAt: an hour before its end.
  const last = after(NOW, 70 * HOUR_MS)
  await offer(last)
  expect(await remind(after(last, HOUR_MS))).toBe(0)
  expect(await remind(after(last, HOUR_MS + 1))).toBe(1)
  expect(await toldOf(one)).toMatchObject([
    { to: 'guest@example.com', what: 'offer', side: 'BUYER' },
    { to: 'guest@example.com', what: 'offer', side: 'BUYER' },
  ])
})

test('arbitrators are reminded of their target; after seven days they and every operator are alarmed, once', async () => {
  const one = await anOpenCase()
  const [arbitrator, operator] = [await aUser('ARBITRATOR'), await aUser('OPERATOR')]
  const { complaintId } = one
  await run((tx) => contestComplaint(tx, { ...one, text: '已核对。' }, MERCHANT, SOON))
  await run((tx) => escalateComplaint(tx, { complaintId }, BUYER, SOON))
  await db.complaint.update({ where: { id: complaintId }, data: { arbitratorId: arbitrator } })
  expect(await remind(after(SOON, 36 * HOUR_MS))).toBe(0)
  expect(await remind(after(SOON, 37 * HOUR_MS))).toBe(1)
  const target = after(SOON, 48 * HOUR_MS).toISOString()
  expect(await toldOf(one)).toEqual([{ to: arbitrator, what: 'ruling', side: 'STAFF', dueAt: target }])
  expect(await remind(after(SOON, 7 * DAY_MS))).toBe(0)
  expect(await remind(after(SOON, 7 * DAY_MS + 1))).toBe(1)
  expect(await remind(after(SOON, 8 * DAY_MS))).toBe(0)
  const alarmed = (await toldOf(one)).slice(1)
  expect(alarmed).toContainEqual({
    to: operator,
    what: 'ruling',
    side: 'OPERATOR',
    dueAt: after(SOON, 30 * DAY_MS).toISOString(),
  })
  expect(alarmed.filter(({ to }) => to === arbitrator)).toHaveLength(1)
})
