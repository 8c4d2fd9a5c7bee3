import { expect, test } from 'vitest'
import { appealComplaint, ruleAppeal, ruleComplaint } from '@/lib/domain/arbitration'
import type { UnitResult } from '@/lib/infra/prisma/enums'
import { DAY_MS, after } from '@/lib/kernel/time'
import { type Chosen, findArbitrationFile, rulingEffect } from '@/lib/queries/arbitration'
import { findCase } from '@/lib/queries/case'
import { REASON, aCaseToRule, aVerdict, seat } from '@/tests/support/arbitration'
import { db } from '@/tests/support/database'
import { MERCHANT, NOW, aConfirmedOrder, aDeliveredOrder, aListing, run } from '@/tests/support/factories'
import { aDeposit } from '@/tests/support/merchant-money'

const LATER = after(NOW, DAY_MS)

async function shown(complaintId: string, userId: string, chosen: Chosen) {
  const [view, file] = [await findCase(db, complaintId, 'STAFF'), await findArbitrationFile(db, userId, complaintId)]
  if (!view || !file) throw new Error('an assigned arbitrator sees the case')
  return { view, effect: rulingEffect(view, file, chosen) }
}

type Case = Awaited<ReturnType<typeof aCaseToRule>>

/** What was announced, beside what then happened. */
async function announcedAndDone(one: Case, results: readonly UnitResult[], changes: Partial<Chosen> = {}) {
  const verdict = aVerdict(one, results, changes)
  const { effect } = await shown(one.complaintId, one.first.id, verdict)
  await run((tx) => ruleComplaint(tx, verdict, one.first, NOW))
  const done = await findCase(db, one.complaintId, 'STAFF')
  return { effect, done }
}

test('the strip says beforehand what a ruling on single CDKs leaves in escrow, and what the penalty is', async () => {
  const listing = await aListing({ stock: 6 })
  await aDeposit(listing.merchantId, 50_000)
  const { orderId } = await aDeliveredOrder({ listing, quantity: 3 })
  const one = await aCaseToRule({ orderId, units: 2 })
  const tariffs = ['USED_CDK'] as const
  const { effect, done } = await announcedAndDone(one, ['REFUNDED', 'REPLACED'], { tariffs })
  expect(effect.replaced).toBe(1)
  expect(done?.money).toEqual(effect.after)
  expect(done?.order.refundedMinor).toBe(effect.refundedMinor)
  expect(done?.penalties.map(({ amountMinor }) => amountMinor)).toEqual([effect.penaltyMinor])
  expect(done?.units.map(({ result }) => result)).toEqual(['REFUNDED', 'REPLACED'])
})

test('the same after release, when the merchant and the fee bear it, and where stock has no replacement', async () => {
  const listing = await aListing({ stock: 1 })
  const { orderId } = await aConfirmedOrder({ listing })
  const one = await aCaseToRule({ orderId })
  const { effect, done } = await announcedAndDone(one, ['REPLACED'])
  expect([effect.replaced, effect.short]).toEqual([0, 1])
  expect(done?.money).toEqual(effect.after)
  expect(done?.order.refundedMinor).toBe(effect.refundedMinor)
})

test('a compensation and a ruling for the merchant move what they say', async () => {
  const paid = await announcedAndDone(await aCaseToRule(), ['COMPENSATED'], { compensationMinor: 300 })
  expect(paid.effect.compensationMinor).toBe(300)
  expect(paid.done?.money).toEqual(paid.effect.after)
  const none = await announcedAndDone(await aCaseToRule(), ['REJECTED'], { tariffs: ['USED_CDK'] })
  expect(none.effect).toMatchObject({ refundedMinor: 0, penaltyMinor: 0 })
  expect(none.done?.money).toEqual(none.effect.after)
})

test('an appeal announces what the fund pays back and which penalties return; what it may not change is refused', async () => {
  const listing = await aListing({ stock: 2 })
  await aDeposit(listing.merchantId, 50_000)
  const { orderId } = await aDeliveredOrder({ listing })
  const one = await aCaseToRule({ orderId })
  await run((tx) => ruleComplaint(tx, aVerdict(one, 'REFUNDED', { tariffs: ['USED_CDK'] }), one.first, NOW))
  await run((tx) => appealComplaint(tx, { complaintId: one.complaintId, reasons: REASON }, MERCHANT, LATER))
  const judge = await seat(one.complaintId, 'APPEAL')
  const verdict = aVerdict(one, 'REJECTED')
  const { effect } = await shown(one.complaintId, judge.id, verdict)
  const [penalty] = await db.penalty.findMany({ where: { complaintId: one.complaintId } })
  expect(effect.returnedMinor).toBe(penalty?.takenMinor)
  await expect(shown(one.complaintId, judge.id, aVerdict(one, 'COMPENSATED'))).rejects.toMatchObject({
    code: 'complaint/ruling-incomplete',
  })
  await run((tx) => ruleAppeal(tx, verdict, judge, LATER))
  const repaid = await db.ledgerTransfer.findMany({
    where: { idempotencyKey: { startsWith: `complaint:${one.complaintId}:appeal-won` } },
  })
  expect(repaid[0]?.amountMinor).toBe(BigInt(effect.repaidMinor))
})
