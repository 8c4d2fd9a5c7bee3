import { expect, test } from 'vitest'
import type { Actor } from '@/lib/domain/actor'
import { type RulingInput, appealComplaint, ruleAppeal, ruleComplaint } from '@/lib/domain/arbitration'
import { escrowOf, merchantAvailable, postTransfers, protectionFund, providerClearing } from '@/lib/domain/ledger'
import { endAppealUndecided } from '@/lib/domain/complaints/end-undecided'
import { matureEarnings } from '@/lib/domain/merchants'
import { refundOrder } from '@/lib/domain/orders'
import type { UnitResult } from '@/lib/infra/prisma/enums'
import { Refusal } from '@/lib/kernel/refusal'
import { DAY_MS, after } from '@/lib/kernel/time'
import { INVARIANTS } from '@/lib/queries/audit'
import { REASON, aCaseToRule, aVerdict, anArbitrator, caseOf, entriesOf, seat } from '@/tests/support/arbitration'
import { balanceOf, statusOf } from '@/tests/support/books'
import { db } from '@/tests/support/database'
import { BUYER, MERCHANT, NOW, aConfirmedOrder, run, vault } from '@/tests/support/factories'
import { LOG_KEYS } from '@/tests/support/log-keys'
import { aDeposit, merchantBooks } from '@/tests/support/merchant-money'

const fund = protectionFund('CNY')
const RULED_AT = after(NOW, 15 * DAY_MS)
const SOON = after(RULED_AT, DAY_MS)

type Ruled = Awaited<ReturnType<typeof aCaseToRule>>

async function rule(one: Ruled, results: UnitResult | UnitResult[], changes: Partial<RulingInput> = {}) {
  await run((tx) => ruleComplaint(tx, aVerdict(one, results, changes), one.first, RULED_AT))
}

async function appeal({ complaintId }: Pick<Ruled, 'complaintId'>, actor: Actor, now = SOON) {
  await run((tx) => appealComplaint(tx, { complaintId, reasons: REASON }, actor, now))
}

/** Appeals, and lets another arbitrator rule on it. */
async function appealed(one: Ruled, by: Actor, results: UnitResult | UnitResult[], changes: Partial<RulingInput> = {}) {
  await appeal(one, by)
  const judge = await seat(one.complaintId, 'APPEAL')
  await run((tx) => ruleAppeal(tx, aVerdict(one, results, changes), judge, SOON))
  return judge
}

/** A complaint about an order whose money has become the merchant's to take out. */
async function aCaseAfterRelease(): Promise<Ruled> {
  const { orderId } = await aConfirmedOrder()
  await matureEarnings(run, after(NOW, 14 * DAY_MS), (error) => {
    throw error
  })
  return aCaseToRule({ orderId, at: after(NOW, 14 * DAY_MS) })
}

async function spend(merchantId: string, amountMinor: number) {
  const [from, to] = [merchantAvailable(merchantId, 'CNY'), providerClearing('sandbox', 'CNY')]
  await run((tx) => postTransfers(tx, [{ key: `spent:${merchantId}`, code: 'test', from, to, amountMinor }], NOW))
}

test('after release a refund comes out of what is available; won on appeal it comes back out of the fund', async () => {
  const one = await aCaseAfterRelease()
  const { merchantId } = one
  expect((await merchantBooks(merchantId)).available).toBe(970)
  const before = await balanceOf(fund)
  await rule(one, 'REFUNDED')
  expect(await merchantBooks(merchantId)).toEqual({ pending: 0, available: 0, deposit: 0, owed: 0 })
  expect(await balanceOf(fund)).toBe(before)
  const judge = await appealed(one, MERCHANT, 'REJECTED')
  expect(await merchantBooks(merchantId)).toEqual({ pending: 0, available: 970, deposit: 0, owed: 0 })
  expect((await balanceOf(fund)) - before).toBe(-970)
  expect(await statusOf(one.orderId)).toBe('REFUNDED')
  const { rulings, ...closed } = await caseOf(one.complaintId)
  expect(closed).toMatchObject({ state: 'CLOSED', outcome: 'RULED', holds: false, units: [{ result: 'REFUNDED' }] })
  expect(rulings.find((ruling) => ruling.appeal)).toMatchObject({
    arbitratorId: judge.id,
    forBuyer: false,
    borneMinor: 0,
  })
  const key = `complaint:${one.complaintId}:appeal-won`
  expect(await db.ledgerTransfer.findMany({ where: { idempotencyKey: key } })).toMatchObject([{ amountMinor: 970n }])
})

test('without money the deposit and the fund bear it; won on appeal the debt is paid and the penalty returns', async () => {
  const one = await aCaseAfterRelease()
  const { merchantId } = one
  await spend(merchantId, 970)
  await aDeposit(merchantId, 2_500)
  const before = await balanceOf(fund)
  await rule(one, 'REFUNDED', { tariffs: ['USED_CDK'] })
  // 20.00 penalty, then 5.00 of the 9.70 out of the deposit, the rest out of the fund, which he owes.
  expect(await merchantBooks(merchantId)).toEqual({ pending: 0, available: 0, deposit: 0, owed: 470 })
  expect((await balanceOf(fund)) - before).toBe(2_000)
  await appealed(one, MERCHANT, 'REJECTED')
  expect(await merchantBooks(merchantId)).toEqual({ pending: 0, available: 500, deposit: 2_000, owed: 0 })
  expect((await balanceOf(fund)) - before).toBe(-970)
  expect(await db.penalty.findMany({ where: { complaintId: one.complaintId } })).toMatchObject([{ returnedAt: SOON }])
  expect(await entriesOf(one.complaintId)).toEqual([
    'opened',
    'escalated',
    'ruled',
    'penalty',
    'remedied',
    'appealed',
    'ruled',
    'penalties-returned',
    'closed',
  ])
})

test("the buyer's appeal is won: refunded out of escrow that was kept, with the penalty that was not taken before", async () => {
  const one = await aCaseToRule()
  await aDeposit(one.merchantId, 5_000)
  await rule(one, 'REJECTED')
  await appeal(one, BUYER)
  expect(await caseOf(one.complaintId)).toMatchObject({
    state: 'APPEALED',
    appealBy: 'BUYER',
    appealedAt: SOON,
    dueAt: after(SOON, 30 * DAY_MS),
    holds: true,
  })
  const judge = await seat(one.complaintId, 'APPEAL')
  const verdict = aVerdict(one, 'REFUNDED', { tariffs: ['USED_CDK'] })
  await run((tx) => ruleAppeal(tx, verdict, judge, SOON))
  expect(await balanceOf(escrowOf(one.orderId, 'CNY'))).toBe(0)
  expect((await merchantBooks(one.merchantId)).deposit).toBe(3_000)
  const { rulings, ...closed } = await caseOf(one.complaintId)
  expect(closed).toMatchObject({ state: 'CLOSED', units: [{ result: 'REFUNDED' }] })
  expect(rulings.find((ruling) => ruling.appeal)).toMatchObject({
    forBuyer: true,
    borneMinor: 970,
    units: [{ cdkId: one.cdkIds[0], result: 'REFUNDED', amountMinor: 1_000 }],
  })
  await expect(run((tx) => ruleAppeal(tx, verdict, judge, SOON))).rejects.toEqual(new Refusal('complaint/not-now'))
})

test('a part: of two that were refunded one is rejected, of two that were rejected one is refunded', async () => {
  const one = await aCaseToRule({ quantity: 4 })
  await aDeposit(one.merchantId, 5_000)
  await rule(one, ['REFUNDED', 'REFUNDED', 'REJECTED', 'REJECTED'], { tariffs: ['USED_CDK'] })
  await appealed(one, MERCHANT, ['REFUNDED', 'REJECTED', 'REFUNDED', 'REJECTED'], { tariffs: ['USED_CDK'] })
  expect(await balanceOf(escrowOf(one.orderId, 'CNY'))).toBe(1_000)
  // One refund of two given back, net of 3 %; the penalty was taken once and stays: the buyer was right in part.
  expect(await merchantBooks(one.merchantId)).toEqual({ pending: 0, available: 970, deposit: 3_000, owed: 0 })
  const order = await db.order.findUniqueOrThrow({ where: { id: one.orderId } })
  expect(order).toMatchObject({ status: 'DELIVERED', complainedAt: null, refundedUnits: 3 })
})

test('a replacement that was not due is paid for at its net price; the buyer keeps the code', async () => {
  const one = await aCaseToRule()
  await rule(one, 'REPLACED')
  await appealed(one, MERCHANT, 'REJECTED')
  expect((await merchantBooks(one.merchantId)).available).toBe(970)
  expect(await db.cdk.count({ where: { orderId: one.orderId, state: 'DELIVERED' } })).toBe(1)
  const { units } = await caseOf(one.complaintId)
  expect(units).toMatchObject([{ result: 'REPLACED' }])
  const last = await db.cdkEvent.findFirst({ where: { cdkId: units[0]?.cdkId ?? '' }, orderBy: { seq: 'desc' } })
  expect(last).toMatchObject({ type: 'ruled', details: { result: 'REJECTED' } })
})

test('a compensation grows by the difference, or shrinks at the cost of the fund', async () => {
  const demand = { demand: 'COMPENSATION', demandMinor: 500 } as const
  const more = await aCaseToRule(demand)
  await rule(more, 'COMPENSATED', { compensationMinor: 300 })
  await appealed(more, BUYER, 'COMPENSATED', { compensationMinor: 500 })
  expect(await balanceOf(escrowOf(more.orderId, 'CNY'))).toBe(500)

  const less = await aCaseToRule(demand)
  await rule(less, 'COMPENSATED', { compensationMinor: 300 })
  await appealed(less, MERCHANT, 'COMPENSATED', { compensationMinor: 100 })
  expect(await balanceOf(escrowOf(less.orderId, 'CNY'))).toBe(700)
  // 2.00 of 3.00, net: two thirds of 2.91.
  expect((await merchantBooks(less.merchantId)).available).toBe(194)
})

test('what the merchant had refunded himself is not paid to him', async () => {
  const one = await aCaseToRule({ quantity: 2 })
  const own = { orderId: one.orderId, wanted: { cdkIds: one.cdkIds.slice(0, 1) }, reason: 'goodwill' }
  await run((tx) => refundOrder(tx, own, MERCHANT, NOW))
  await rule(one, 'REFUNDED')
  expect((await caseOf(one.complaintId)).rulings).toMatchObject([{ borneMinor: 970 }])
  await appealed(one, MERCHANT, 'REJECTED')
  expect((await merchantBooks(one.merchantId)).available).toBe(970)
})

test('refuses whoever lost nothing, whoever is late, a second time, and poor reasons', async () => {
  const one = await aCaseToRule()
  await expect(appeal(one, BUYER)).rejects.toEqual(new Refusal('complaint/not-now'))
  await rule(one, 'REFUNDED')
  await expect(appeal(one, BUYER)).rejects.toEqual(new Refusal('complaint/nothing-to-appeal'))
  const late = after(RULED_AT, 7 * DAY_MS)
  await expect(appeal(one, MERCHANT, late)).rejects.toEqual(new Refusal('complaint/not-now'))
  const poor = { complaintId: one.complaintId, reasons: '不服' }
  await expect(run((tx) => appealComplaint(tx, poor, MERCHANT, SOON))).rejects.toEqual(
    new Refusal('complaint/ruling-incomplete'),
  )
  await appeal(one, MERCHANT)
  await expect(appeal(one, MERCHANT)).rejects.toEqual(new Refusal('complaint/not-now'))

  const other = await aCaseToRule()
  await rule(other, 'REJECTED')
  await expect(appeal(other, MERCHANT)).rejects.toEqual(new Refusal('complaint/nothing-to-appeal'))
})

test('only the arbitrator of the appeal rules it, and does not exchange one remedy for another', async () => {
  const one = await aCaseToRule()
  await rule(one, 'REFUNDED')
  await appeal(one, MERCHANT)
  const judge = await seat(one.complaintId, 'APPEAL')
  const attempt = async (by: Actor, result: UnitResult, changes = {}) =>
    run((tx) => ruleAppeal(tx, aVerdict(one, result, changes), by, SOON))
  await expect(attempt(one.first, 'REJECTED')).rejects.toEqual(new Refusal('access/not-found'))
  await expect(attempt(await anArbitrator(), 'REJECTED')).rejects.toEqual(new Refusal('access/not-found'))
  await expect(attempt(judge, 'REPLACED')).rejects.toEqual(new Refusal('complaint/ruling-incomplete'))
  await attempt(judge, 'REFUNDED')
  expect(await caseOf(one.complaintId)).toMatchObject({ state: 'CLOSED', outcome: 'RULED' })
})

test('what fails at the end of an appeal takes all of it back', async () => {
  const one = await aCaseToRule()
  await aDeposit(one.merchantId, 5_000)
  await rule(one, 'REFUNDED', { tariffs: ['USED_CDK'] })
  await appeal(one, MERCHANT)
  const judge = await seat(one.complaintId, 'APPEAL')
  const broken = run(async (tx) => {
    await ruleAppeal(tx, aVerdict(one, 'REJECTED'), judge, SOON)
    throw new Error('the connection broke')
  })
  await expect(broken).rejects.toThrow('the connection broke')
  expect(await merchantBooks(one.merchantId)).toEqual({ pending: 0, available: 0, deposit: 3_000, owed: 0 })
  const { state, rulings } = await caseOf(one.complaintId)
  expect([state, rulings.length]).toEqual(['APPEALED', 1])
})

test('after all of it the books agree with what happened', async () => {
  const asked = INVARIANTS.filter(({ name }) =>
    /^(ledger|escrow|earnings|fees|penalties|promotions|complaints|rulings)\//u.test(name),
  )
  expect(asked.length).toBeGreaterThan(8)
  const tools = { vault, logKeys: LOG_KEYS, migrations: [], now: SOON }
  const wrong = []
  for (const { name, check } of asked) {
    const { offenders } = await run((tx) => check(tx, tools))
    if (offenders > 0) wrong.push(name)
  }
  expect(wrong).toEqual([])
})

test.each([
  ['an amount', { demand: 'COMPENSATION', demandMinor: 800 } as const, 500],
  ['the price', {}, 700],
])("nobody rules the buyer's appeal against too little of %s: what it lacks is paid", async (_, demanded, lacks) => {
  const one = await aCaseToRule(demanded)
  await rule(one, 'COMPENSATED', { compensationMinor: 300 })
  await appeal(one, BUYER)
  await run((tx) => endAppealUndecided(tx, one.complaintId, after(SOON, 30 * DAY_MS)))
  const refunds = await db.orderRefund.findMany({ where: { orderId: one.orderId }, orderBy: { createdAt: 'asc' } })
  expect(refunds.map(({ amountMinor }) => amountMinor)).toEqual([300, lacks])
  const { rulings, ...closed } = await caseOf(one.complaintId)
  expect(closed).toMatchObject({ state: 'CLOSED', outcome: 'RULED', holds: false })
  expect(rulings.find((ruling) => ruling.appeal)).toMatchObject({
    arbitratorId: null,
    forBuyer: true,
    compensationMinor: lacks,
  })
})
