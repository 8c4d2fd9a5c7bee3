import { expect, test } from 'vitest'
import { confirmOrder } from '@/lib/domain/orders'
import { escrowOf, protectionFund } from '@/lib/domain/ledger'
import { REASONS, ruleComplaint } from '@/lib/domain/arbitration'
import { Refusal } from '@/lib/kernel/refusal'
import { DAY_MS, HOUR_MS, after } from '@/lib/kernel/time'
import { REASON, aCaseToRule, aVerdict, anArbitrator, caseOf, entriesOf } from '@/tests/support/arbitration'
import { balanceOf, statusOf } from '@/tests/support/books'
import { db } from '@/tests/support/database'
import { BUYER, NOW, aDeliveredOrder, aListing, run } from '@/tests/support/factories'
import { aDeposit, merchantBooks } from '@/tests/support/merchant-money'

const fund = protectionFund('CNY')

test('a ruling for the buyer before release: money out of escrow, penalty out of the deposit, record, the order goes on', async () => {
  const { orderId, merchantId, first, ...one } = await aCaseToRule()
  await aDeposit(merchantId, 5_000)
  const before = await balanceOf(fund)
  await run((tx) => ruleComplaint(tx, aVerdict(one, 'REFUNDED', { tariffs: ['USED_CDK'] }), first, NOW))
  expect(await statusOf(orderId)).toBe('REFUNDED')
  expect(await balanceOf(escrowOf(orderId, 'CNY'))).toBe(0)
  expect(await merchantBooks(merchantId)).toEqual({ pending: 0, available: 0, deposit: 3_000, owed: 0 })
  expect((await balanceOf(fund)) - before).toBe(2_000)
  expect(await entriesOf(one.complaintId)).toEqual(['opened', 'escalated', 'ruled', 'penalty', 'remedied'])
  const ruled = await caseOf(one.complaintId)
  expect(ruled).toMatchObject({
    state: 'RULED',
    outcome: null,
    holds: false,
    ruledAt: NOW,
    dueAt: after(NOW, 7 * DAY_MS),
  })
  expect(ruled.rulings).toMatchObject([
    { appeal: false, arbitratorId: first.id, secondId: null, forBuyer: true, reasons: REASON, borneMinor: 970 },
  ])
  expect(ruled.rulings[0]?.units).toEqual([{ cdkId: one.cdkIds[0], result: 'REFUNDED', amountMinor: 1_000 }])
  expect(await db.orderRefund.findMany({ where: { orderId } })).toMatchObject([
    { reason: 'complaint-ruling', actorKind: 'ARBITRATOR', actorId: first.id, fromEscrowMinor: 1_000 },
  ])
})

test('a ruling for the merchant pays nothing and keeps the order until the time for an appeal is over', async () => {
  const { orderId, first, ...one } = await aCaseToRule()
  await run((tx) => ruleComplaint(tx, aVerdict(one, 'REJECTED', { tariffs: ['USED_CDK'] }), first, NOW))
  expect(await caseOf(one.complaintId)).toMatchObject({
    state: 'RULED',
    holds: true,
    rulings: [{ forBuyer: false, borneMinor: 0 }],
  })
  expect(await db.penalty.count({ where: { complaintId: one.complaintId } })).toBe(0)
  expect(await balanceOf(escrowOf(orderId, 'CNY'))).toBe(1_000)
  await expect(run((tx) => confirmOrder(tx, orderId, BUYER, NOW))).rejects.toEqual(new Refusal('order/complained'))
})

test('each CDK gets its own: refunded, replaced, rejected; the rejected one keeps the order', async () => {
  const { orderId, first, ...one } = await aCaseToRule({ quantity: 3 })
  const results = ['REFUNDED', 'REPLACED', 'REJECTED'] as const
  await run((tx) => ruleComplaint(tx, aVerdict(one, results), first, NOW))
  const { units, rulings, holds } = await caseOf(one.complaintId)
  expect(holds).toBe(true)
  const result = (at: number) => units.find(({ cdkId }) => cdkId === one.cdkIds[at])
  expect([0, 1, 2].map((at) => result(at)?.result)).toEqual([...results])
  expect(result(1)?.replacementId).toBeTruthy()
  // 10.00 back and another code worth 10.00, each net of 3 %.
  expect(rulings).toMatchObject([{ borneMinor: 1_940, forBuyer: true }])
  expect(await balanceOf(escrowOf(orderId, 'CNY'))).toBe(2_000)
  const events = await db.cdkEvent.findMany({ where: { cdkId: { in: [...one.cdkIds] }, type: 'ruled' } })
  expect(events).toHaveLength(3)
})

test('a replacement that stock has not is a refund; one that it has gives a whole inspection window', async () => {
  const short = await aDeliveredOrder({ listing: await aListing({ stock: 1 }) })
  const { first, ...one } = await aCaseToRule({ orderId: short.orderId })
  await run((tx) => ruleComplaint(tx, aVerdict(one, 'REPLACED'), first, NOW))
  expect((await caseOf(one.complaintId)).units).toMatchObject([{ result: 'REFUNDED', replacementId: null }])

  const { first: second, ...other } = await aCaseToRule({ at: after(NOW, 40 * HOUR_MS) })
  const later = after(NOW, 50 * HOUR_MS)
  await run((tx) => ruleComplaint(tx, aVerdict(other, 'REPLACED'), second, later))
  expect(await db.order.findUniqueOrThrow({ where: { id: other.orderId } })).toMatchObject({
    status: 'DELIVERED',
    complainedAt: null,
    dueAt: after(later, 72 * HOUR_MS),
  })
})

test('a compensation keeps the code with the buyer; less than demanded keeps the order', async () => {
  const { orderId, first, ...one } = await aCaseToRule({ demand: 'COMPENSATION', demandMinor: 500 })
  await run((tx) => ruleComplaint(tx, aVerdict(one, 'COMPENSATED', { compensationMinor: 300 }), first, NOW))
  expect(await balanceOf(escrowOf(orderId, 'CNY'))).toBe(700)
  expect(await caseOf(one.complaintId)).toMatchObject({
    holds: true,
    units: [{ result: 'COMPENSATED' }],
    rulings: [{ compensationMinor: 300, borneMinor: 291 }],
  })
})

test('a charge is ruled on without CDKs', async () => {
  const { orderId, first, ...one } = await aCaseToRule({
    failure: 'OVERCHARGED',
    units: 0,
    demand: 'COMPENSATION',
    demandMinor: 200,
  })
  await run((tx) => ruleComplaint(tx, aVerdict(one, [], { compensationMinor: 200 }), first, NOW))
  expect(await balanceOf(escrowOf(orderId, 'CNY'))).toBe(800)
  expect(await caseOf(one.complaintId)).toMatchObject({
    holds: false,
    rulings: [{ forBuyer: true, compensationMinor: 200 }],
  })
})

test('refuses strangers, cases that are elsewhere, and verdicts that are not whole', async () => {
  const { first, ...one } = await aCaseToRule({ quantity: 2 })
  const good = aVerdict(one, 'REFUNDED')
  const attempt = async (input: typeof good, by = first) => run((tx) => ruleComplaint(tx, input, by, NOW))
  await expect(attempt(good, await anArbitrator())).rejects.toEqual(new Refusal('access/not-found'))
  const [unit] = good.units
  const incomplete = [
    { ...good, units: good.units.slice(1) },
    { ...good, units: unit ? [unit, unit] : [] },
    { ...good, compensationMinor: 100 },
    { ...good, compensationMinor: -1 },
    aVerdict(one, 'COMPENSATED'),
    { ...good, tariffs: ['SILENCE'] as const },
    { ...good, tariffs: ['USED_CDK', 'USED_CDK'] as const },
    { ...good, reasons: ` ${'好'.repeat(REASONS.least - 1)} ` },
    { ...good, reasons: '好'.repeat(REASONS.most + 1) },
  ]
  for (const input of incomplete) {
    await expect(attempt(input)).rejects.toEqual(new Refusal('complaint/ruling-incomplete'))
  }
  const tooMuch = aVerdict(one, ['COMPENSATED', 'REJECTED'], { compensationMinor: 1_001 })
  await expect(attempt(tooMuch)).rejects.toEqual(new Refusal('complaint/amount', { mostMinor: 1_000 }))
  await attempt(good)
  await expect(attempt(good)).rejects.toEqual(new Refusal('complaint/not-now'))
})

test('a dispute with the provider takes everything back: no record, no penalty', async () => {
  const { orderId, merchantId, first, ...one } = await aCaseToRule()
  await aDeposit(merchantId, 5_000)
  await db.order.update({ where: { id: orderId }, data: { frozenAt: NOW } })
  await expect(
    run((tx) => ruleComplaint(tx, aVerdict(one, 'REFUNDED', { tariffs: ['USED_CDK'] }), first, NOW)),
  ).rejects.toEqual(new Refusal('order/frozen'))
  expect(await entriesOf(one.complaintId)).toEqual(['opened', 'escalated'])
  expect(await db.ruling.count({ where: { complaintId: one.complaintId } })).toBe(0)
  expect((await merchantBooks(merchantId)).deposit).toBe(5_000)
})

test('what fails after the money moved takes all of it back', async () => {
  const { orderId, merchantId, first, ...one } = await aCaseToRule()
  await aDeposit(merchantId, 5_000)
  const broken = run(async (tx) => {
    await ruleComplaint(tx, aVerdict(one, 'REFUNDED', { tariffs: ['USED_CDK'] }), first, NOW)
    throw new Error('the connection broke')
  })
  await expect(broken).rejects.toThrow('the connection broke')
  expect(await caseOf(one.complaintId)).toMatchObject({ state: 'ESCALATED', rulings: [], units: [{ result: null }] })
  expect(await balanceOf(escrowOf(orderId, 'CNY'))).toBe(1_000)
  expect((await merchantBooks(merchantId)).deposit).toBe(5_000)
})
