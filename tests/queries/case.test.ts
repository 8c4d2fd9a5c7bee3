import { expect, test } from 'vitest'
import { appendEntry } from '@/lib/domain/complaints'
import { toHex } from '@/lib/domain/provenance'
import { newId } from '@/lib/kernel/ids'
import { HOUR_MS, after } from '@/lib/kernel/time'
import { findCase, findCaseOfMerchant, findCaseOfOrder } from '@/lib/queries/case'
import { anOpenCase } from '@/tests/support/complaints'
import { db } from '@/tests/support/database'
import { BUYER, NOW, run } from '@/tests/support/factories'

const ARBITRATOR = { kind: 'ARBITRATOR', id: newId() } as const

async function scopeOf(orderId: string) {
  const { number, checkoutId } = await db.order.findUniqueOrThrow({ where: { id: orderId } })
  return { order: number, scope: { userId: null, checkoutIds: [checkoutId] } }
}

test('shows a case with its clock, its CDKs by their number in the order, and no code', async () => {
  const opened = await anOpenCase({ quantity: 3, units: 2 })
  const found = await findCase(db, opened.complaintId, 'BUYER')
  const stored = await db.complaint.findUniqueOrThrow({ where: { id: opened.complaintId } })
  expect(found).toMatchObject({
    number: opened.number,
    state: 'OPEN',
    ball: { who: 'MERCHANT', onSilence: 'GRANT', dueAt: after(NOW, 24 * HOUR_MS) },
    head: { seq: 0, hash: toHex(stored.entryHash) },
    entries: [{ seq: 0, type: 'opened', by: 'BUYER', body: { statement: '激活时提示已被使用。' } }],
    order: { complainedAt: NOW, status: 'DELIVERED' },
  })
  expect(found?.units.map(({ cdkId, position }) => [cdkId, position])).toEqual([
    [opened.cdkIds[0], 1],
    [opened.cdkIds[1], 2],
  ])
  expect(found?.money.heldMinor).toBe(found?.order.totalMinor)
  expect(JSON.stringify(found)).not.toMatch(/ciphertext|fingerprint|@example/u)
})

test('is there for its buyer and its merchant, and for no other', async () => {
  const { complaintId, number, orderId, merchantId } = await anOpenCase()
  const { order, scope } = await scopeOf(orderId)
  expect(await findCaseOfOrder(db, scope, { order, number })).toMatchObject({ id: complaintId, side: 'BUYER' })
  expect(await findCaseOfOrder(db, { userId: newId(), checkoutIds: [] }, { order, number })).toBeNull()
  const other = await anOpenCase()
  expect(await findCaseOfOrder(db, scope, { order, number: other.number })).toBeNull()
  expect(await findCaseOfMerchant(db, merchantId, complaintId)).toMatchObject({ side: 'MERCHANT' })
  expect(await findCaseOfMerchant(db, newId(), complaintId)).toBeNull()
})

test('keeps a proposed ruling and the people behind it from the parties', async () => {
  const { complaintId } = await anOpenCase()
  const body = { reasons: '双方都没说清', by: ARBITRATOR.id }
  await run((tx) => appendEntry(tx, complaintId, { type: 'proposed', actor: ARBITRATOR, body }, NOW))
  await run((tx) => appendEntry(tx, complaintId, { type: 'message', actor: ARBITRATOR, body: { text: '请补充' } }, NOW))
  for (const side of ['BUYER', 'MERCHANT'] as const) {
    const found = await findCase(db, complaintId, side)
    expect(found?.entries.map(({ type, by }) => [type, by])).toEqual([
      ['opened', 'BUYER'],
      ['message', 'STAFF'],
    ])
    expect(JSON.stringify(found)).not.toContain(ARBITRATOR.id)
  }
  expect((await findCase(db, complaintId, 'STAFF'))?.entries.map(({ type }) => type)).toContain('proposed')
})

test('a message that was withdrawn from view leaves its hash and nothing of its text', async () => {
  const { complaintId } = await anOpenCase()
  const said = { type: 'message', actor: BUYER, body: { text: '私人内容' } } as const
  const seq = await run((tx) => appendEntry(tx, complaintId, said, NOW))
  const { hash } = await db.caseEntry.update({
    where: { complaintId_seq: { complaintId, seq } },
    data: { hiddenAt: NOW },
  })
  const found = await findCase(db, complaintId, 'STAFF')
  expect(found?.entries.find((entry) => entry.seq === seq)).toMatchObject({
    body: null,
    hash: toHex(hash),
  })
  expect(JSON.stringify(found)).not.toContain('私人内容')
})
