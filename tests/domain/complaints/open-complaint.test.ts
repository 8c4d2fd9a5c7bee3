import { expect, test } from 'vitest'
import { Refusal } from '@/lib/kernel/refusal'
import { HOUR_MS, after } from '@/lib/kernel/time'
import { confirmOrder, sweepOrders } from '@/lib/domain/orders'
import { carryOut, closeCase, lockCase } from '@/lib/domain/complaints'
import { SYSTEM } from '@/lib/domain/actor'
import { db } from '@/tests/support/database'
import { BUYER, NOW, run } from '@/tests/support/factories'
import { anOpenCase } from '@/tests/support/complaints'

test('holds the release and stops the inspection clock', async () => {
  const { orderId, complaintId } = await anOpenCase({ at: after(NOW, HOUR_MS) })
  const order = await db.order.findUniqueOrThrow({ where: { id: orderId } })
  expect(order).toMatchObject({ dueAt: null, complainedAt: after(NOW, HOUR_MS), pausedSeconds: 71 * 3600 })
  await expect(run((tx) => confirmOrder(tx, orderId, BUYER, NOW))).rejects.toEqual(new Refusal('order/complained'))
  const late = after(NOW, 1000 * HOUR_MS)
  await sweepOrders(
    run,
    () => null,
    late,
    (error) => {
      throw error
    },
  )
  expect(await db.order.findUniqueOrThrow({ where: { id: orderId } })).toMatchObject({ status: 'DELIVERED' })
  expect(await db.complaint.findUniqueOrThrow({ where: { id: complaintId } })).toMatchObject({
    state: 'OPEN',
    holds: true,
    entrySeq: 0,
  })
})

test('one of five is refunded, the clock goes on with what was left for the others', async () => {
  const { orderId, complaintId, cdkIds } = await anOpenCase({ quantity: 5, units: 1, at: after(NOW, HOUR_MS) })
  const later = after(NOW, 10 * HOUR_MS)
  await run(async (tx) => {
    const locked = await lockCase(tx, complaintId)
    const units = cdkIds.map((cdkId) => ({ cdkId, result: 'REFUNDED' as const }))
    const why = { actor: SYSTEM, reason: 'complaint-silence', orRefund: true, ownMoneyOnly: false }
    await carryOut(tx, locked, { ...why, decision: { units, compensationMinor: 0 } }, later)
    await closeCase(tx, locked, { name: 'moot', outcome: 'SILENCE', actor: SYSTEM }, later)
  })
  expect(await db.order.findUniqueOrThrow({ where: { id: orderId } })).toMatchObject({
    complainedAt: null,
    refundedUnits: 1,
    dueAt: after(later, 71 * HOUR_MS),
  })
  expect(await db.cdk.count({ where: { id: { in: [...cdkIds] }, state: 'RETIRED' } })).toBe(1)
})
