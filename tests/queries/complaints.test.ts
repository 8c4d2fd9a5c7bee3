import { expect, test } from 'vitest'
import { DAY_MS, HOUR_MS, after } from '@/lib/kernel/time'
import { newId } from '@/lib/kernel/ids'
import {
  buyerLimits,
  allRows,
  findAdminComplaintStatistics,
  listAdminComplaints,
  listArbitrators,
  listBuyerLimits,
  listOverdueComplaints,
} from '@/lib/queries/admin'
import {
  findArbitrationFile,
  findDeliveredFile,
  findPrecedents,
  listMyCases,
  listMyClosedCases,
} from '@/lib/queries/arbitration'
import { findStoredProof } from '@/lib/queries/stored-proof'
import { findTransparency } from '@/lib/queries/storefront'
import { allOf } from '@/tests/support/all-of'
import { anOpenCase } from '@/tests/support/complaints'
import { db } from '@/tests/support/database'
import { NOW } from '@/tests/support/factories'

async function anArbitrator(displayName = '周正'): Promise<string> {
  const id = newId()
  const facts = { email: `${id}@example.com`, passwordHash: 'x', displayName, createdAt: NOW }
  await db.user.create({ data: { id, role: 'ARBITRATOR', ...facts } })
  return id
}

/** As the verbs leave a case that came before an arbitrator. */
async function escalated(arbitratorId: string | null, at = NOW) {
  const opened = await anOpenCase({ at: after(at, -DAY_MS) })
  const dueAt = after(at, 30 * DAY_MS)
  await db.complaint.update({
    where: { id: opened.complaintId },
    data: { state: 'ESCALATED', escalatedAt: at, repliedAt: after(at, -HOUR_MS), arbitratorId, dueAt },
  })
  return opened
}

test('a case is found by its number, by its order, by the buyer’s address, by merchant and by what became of it', async () => {
  const one = await anOpenCase()
  const other = await anOpenCase({ failure: 'INVALID' })
  const order = await db.order.findUniqueOrThrow({ where: { id: one.orderId }, include: { checkout: true } })
  const found = async (filter: Parameters<typeof listAdminComplaints>[1]) =>
    (await listAdminComplaints(db, filter, 1)).rows.map(({ id }) => id)
  expect(await found({ q: one.number.toLowerCase() })).toEqual([one.complaintId])
  expect(await found({ q: order.number })).toEqual([one.complaintId])
  expect(await found({ q: order.checkout.email.toUpperCase() })).toContain(one.complaintId)
  expect(await found({ merchantId: one.merchantId, failure: 'ALREADY_USED', state: 'OPEN' })).toEqual([one.complaintId])
  expect(await found({ merchantId: other.merchantId, outcome: 'RULED' })).toEqual([])
  expect(await found({ merchantId: other.merchantId, from: after(NOW, 1) })).toEqual([])
})

test('overdue is what nobody rules, what is beyond its target or its alarm, and a clock that was missed', async () => {
  const arbitrator = await anArbitrator()
  const [nobody, late, alarm, fresh] = [
    await escalated(null),
    await escalated(arbitrator, after(NOW, -49 * HOUR_MS)),
    await escalated(arbitrator, after(NOW, -8 * DAY_MS)),
    await escalated(arbitrator, after(NOW, -47 * HOUR_MS)),
  ]
  const missed = await anOpenCase({ at: after(NOW, -25 * HOUR_MS) })
  const running = await anOpenCase({ at: after(NOW, -23 * HOUR_MS) })
  const { rows } = await listOverdueComplaints(db, NOW, NOW, 1)
  const why = (of: { complaintId: string }) => rows.find(({ id }) => id === of.complaintId)?.why
  expect([nobody, alarm, late, missed, fresh, running].map(why)).toEqual([
    'UNASSIGNED',
    'ALARM',
    'LATE',
    'MISSED',
    undefined,
    undefined,
  ])
})

test('an arbitrator sees the cases that were given to him, by their target, and no others', async () => {
  const [first, second, stranger] = [await anArbitrator(), await anArbitrator(), await anArbitrator()]
  const young = await escalated(first)
  const old = await escalated(first, after(NOW, -3 * DAY_MS))
  const verdict = { forBuyer: false, units: [], compensationMinor: 0, reasons: '证据不足', tariffs: [] }
  const proposal = { id: newId(), by: first, at: NOW.toISOString(), ...verdict }
  await db.complaint.update({ where: { id: old.complaintId }, data: { secondId: second, proposal } })
  const mine = await listMyCases(db, first)
  expect(mine.map(({ id, role, waits }) => [id, role, waits])).toEqual([
    [old.complaintId, 'FIRST', 'SECOND'],
    [young.complaintId, 'FIRST', 'RULE'],
  ])
  expect(mine[0]?.targetAt).toEqual(after(NOW, -DAY_MS))
  expect((await listMyCases(db, second)).map(({ waits }) => waits)).toEqual(['SIGN'])
  expect(await listMyCases(db, stranger)).toEqual([])
  expect((await listMyClosedCases(db, first, 1)).rows).toEqual([])
  expect(await findArbitrationFile(db, stranger, old.complaintId)).toBeNull()
  const file = await findArbitrationFile(db, second, old.complaintId)
  expect(file?.cdks.map(({ cdkId }) => cdkId)).toEqual(old.cdkIds)
  expect(file?.cdks[0]?.chain.map(({ type }) => type)).toContain('complained')
  expect(file?.batches).toHaveLength(1)
  expect((await findDeliveredFile(db, old.complaintId))?.batches[0]?.id).toBe(file?.batches[0]?.id)
})

test('precedents are final rulings about the same failure, the appeal’s where there was one', async () => {
  const arbitratorId = await anArbitrator()
  const [before, now] = [await escalated(arbitratorId), await escalated(arbitratorId)]
  const { merchantId, complaintId } = before
  const units = [{ cdkId: before.cdkIds[0] ?? '', result: 'REJECTED', amountMinor: 0 }]
  const facts = { merchantId, complaintId, arbitratorId, units, at: NOW }
  await db.ruling.create({ data: { id: newId(), ...facts, appeal: false, forBuyer: false, reasons: '证据不足' } })
  expect(await findPrecedents(db, 'ALREADY_USED', now.complaintId)).toEqual([])
  await db.ruling.create({ data: { id: newId(), ...facts, appeal: true, forBuyer: true, reasons: '补交了录屏' } })
  const closed = { state: 'CLOSED', outcome: 'RULED', closedAt: NOW, holds: false, dueAt: null } as const
  await db.complaint.update({
    where: { id: complaintId },
    data: { ...closed, ruledAt: NOW, appealedAt: NOW, appealBy: 'BUYER' },
  })
  expect(await findPrecedents(db, 'ALREADY_USED', now.complaintId)).toMatchObject([
    { appeal: true, forBuyer: true, reasons: '补交了录屏', results: [{ result: 'REJECTED', count: 1 }] },
  ])
  expect(await findPrecedents(db, 'ALREADY_USED', complaintId)).toEqual([])
  expect(await findPrecedents(db, 'INVALID', now.complaintId)).toEqual([])
  const row = (await listArbitrators(db)).find(({ id }) => id === arbitratorId)
  expect(row).toMatchObject({ open: 1, ruled: 2, medianSeconds: 0, changed: 0 })
})

test('a proposed limit comes with the complaints that led to it', async () => {
  const one = await anOpenCase()
  const { buyerKey } = await db.complaint.findUniqueOrThrow({ where: { id: one.complaintId } })
  const id = newId()
  await db.buyerLimit.create({
    data: { id, buyerKey, state: 'PROPOSED', complaints: [one.complaintId], proposedAt: NOW },
  })
  const proposed = await listBuyerLimits(db, 'PROPOSED', 1)
  const row = proposed.rows.find((limit) => limit.id === id)
  expect(row?.complaints.map(({ number }) => number)).toEqual([one.number])
  expect(row?.paidOrders).toBeGreaterThan(0)
  expect((await listBuyerLimits(db, 'LIFTED', 1)).rows.some((limit) => limit.id === id)).toBe(false)
  expect(await allOf(allRows(db, buyerLimits('PROPOSED'), 1))).toHaveLength(proposed.total)
})

test('shares count what was decided; the public report tells no kind with fewer than five complaints', async () => {
  const at = new Date('2031-05-01T00:00:00Z')
  const cases = []
  for (let made = 0; made < 5; made++) cases.push(await anOpenCase())
  cases.push(await anOpenCase({ failure: 'REVOKED' }))
  const ids = cases.map(({ complaintId }) => complaintId)
  await db.complaint.updateMany({ where: { id: { in: ids } }, data: { openedAt: at } })
  const end = (id: string | undefined, outcome: 'ACCEPTED' | 'UNANSWERED' | 'WITHDRAWN') => ({
    where: { id: id ?? '' },
    data: {
      state: 'CLOSED' as const,
      outcome,
      holds: false,
      dueAt: null,
      repliedAt: after(at, HOUR_MS),
      closedAt: after(at, 2 * HOUR_MS),
    },
  })
  await db.complaint.update(end(ids[0], 'ACCEPTED'))
  await db.complaint.update(end(ids[1], 'UNANSWERED'))
  await db.complaint.update(end(ids[2], 'WITHDRAWN'))
  const until = after(at, DAY_MS)
  const all = { opened: 6, decided: 2, upheld: 1, replySeconds: 3600 }
  const statistics = await findAdminComplaintStatistics(db, { from: at, until })
  expect(statistics.all).toMatchObject(all)
  expect(statistics.failures.map(({ failure, opened }) => [failure, opened])).toEqual([
    ['ALREADY_USED', 5],
    ['REVOKED', 1],
  ])
  expect(statistics.merchants.reduce((sum, { opened }) => sum + opened, 0)).toBe(6)
  const report = await findTransparency(db, 30, until)
  expect(report.all).toMatchObject(all)
  expect(report.open).toBe(3)
  expect(report.failures.told.map(({ failure }) => failure)).toEqual(['ALREADY_USED'])
  expect(report.failures.others).toBeNull()
  expect(JSON.parse(JSON.stringify(report))).toEqual(report)
})

test('a proof of source opens for the arbitrator of a case about its codes, and for no other', async () => {
  const [his, other] = [await anArbitrator(), await anArbitrator()]
  const { cdkIds, merchantId } = await escalated(his)
  const { batchId } = await db.cdk.findFirstOrThrow({ where: { id: { in: [...cdkIds] } } })
  const id = newId()
  const file = { fileKey: `proofs/${id}`, fileName: '发票.pdf', contentType: 'application/pdf', byteCount: 3 }
  const facts = { merchantId, batchId, sha256: new Uint8Array(32), uploadedById: newId(), createdAt: NOW }
  await db.batchProof.create({ data: { id, ...file, ...facts } })
  expect((await findStoredProof(db, id, { arbitratorId: his }))?.fileName).toBe('发票.pdf')
  expect(await findStoredProof(db, id, { arbitratorId: other })).toBeNull()
  expect(await findStoredProof(db, id, { merchantId: newId() })).toBeNull()
  expect(await findStoredProof(db, id, 'EVERYBODY')).not.toBeNull()
})
