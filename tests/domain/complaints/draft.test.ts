import { expect, test } from 'vitest'
import { findDraft, saveDraft } from '@/lib/domain/complaints'
import { newId } from '@/lib/kernel/ids'
import { HOUR_MS, after } from '@/lib/kernel/time'
import { db } from '@/tests/support/database'
import { NOW, aDeliveredOrder, run } from '@/tests/support/factories'
import { anOpenCase } from '@/tests/support/complaints'

test('keeps the last answers of an order, whoever saved before', async () => {
  const { orderId, merchantId } = await aDeliveredOrder()
  expect(await run((tx) => findDraft(tx, orderId))).toBeNull()
  await save(orderId, merchantId, { failure: 'INVALID' })
  const answers = { failure: 'REVOKED', cdkIds: [newId()], demand: 'REFUND', statement: '第二天就失效了。' } as const
  await run((tx) => saveDraft(tx, { orderId, merchantId, answers: { ...answers, cdkIds: [...answers.cdkIds] } }, LATER))
  expect(await run((tx) => findDraft(tx, orderId))).toEqual(answers)
  expect(await db.complaintDraft.findMany({ where: { orderId } })).toMatchObject([{ updatedAt: LATER }])
})

test('is gone once the complaint is open', async () => {
  const { orderId, merchantId } = await aDeliveredOrder()
  await save(orderId, merchantId, { statement: '打不开' })
  await anOpenCase({ orderId })
  expect(await db.complaintDraft.count({ where: { orderId } })).toBe(0)
})

test('takes no more than the form may ask, and nothing under another merchant', async () => {
  const { orderId, merchantId } = await aDeliveredOrder()
  await expect(save(orderId, merchantId, { statement: '长'.repeat(2_001) })).rejects.toThrow('too_big')
  await save(orderId, merchantId, { statement: '长'.repeat(2_000) })
  await expect(save(orderId, (await aDeliveredOrder()).merchantId, { failure: 'INVALID' })).rejects.toThrow()
  expect(await run((tx) => findDraft(tx, orderId))).toEqual({ statement: '长'.repeat(2_000) })
})

test('one that this version cannot read counts as none', async () => {
  const { orderId, merchantId } = await aDeliveredOrder()
  await save(orderId, merchantId, {})
  await db.complaintDraft.update({ where: { orderId }, data: { answers: { failure: 'NO_SUCH_THING' } } })
  expect(await run((tx) => findDraft(tx, orderId))).toBeNull()
})

const LATER = after(NOW, HOUR_MS)

function save(orderId: string, merchantId: string, answers: Parameters<typeof saveDraft>[1]['answers']) {
  return run((tx) => saveDraft(tx, { orderId, merchantId, answers }, NOW))
}
