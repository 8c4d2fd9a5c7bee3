import { expect, test } from 'vitest'
import { MOST_CANNED_ANSWERS, deleteCannedAnswer, saveCannedAnswer } from '@/lib/domain/complaints'
import { newId } from '@/lib/kernel/ids'
import { db } from '@/tests/support/database'
import { NOW, aMerchant, run } from '@/tests/support/factories'
import { raceTwice } from '@/tests/support/race'

const text = { title: '请补充截图', body: '请补充一张看得到时间的截图。' }

async function kept(merchantId: string) {
  return db.cannedAnswer.findMany({ where: { merchantId }, select: { title: true, body: true } })
}

test('keeps a prepared answer and changes it; the title of another is refused', async () => {
  const merchantId = await aMerchant()
  const id = await run((tx) => saveCannedAnswer(tx, { merchantId, id: null, ...text }, NOW))
  const changed = { ...text, body: '请补充录屏。' }
  await run((tx) => saveCannedAnswer(tx, { merchantId, id, ...changed }, NOW))
  expect(await kept(merchantId)).toEqual([changed])
  const again = run((tx) => saveCannedAnswer(tx, { merchantId, id: null, ...text }, NOW))
  await expect(again).rejects.toMatchObject({ code: 'canned-answer/title-taken' })
  const elsewhere = await aMerchant()
  await run((tx) => saveCannedAnswer(tx, { merchantId: elsewhere, id: null, ...text }, NOW))
  expect(await kept(elsewhere)).toEqual([text])
})

test("another merchant's answer is not there to be changed or deleted; an own one is deleted once", async () => {
  const [merchantId, other] = [await aMerchant(), await aMerchant()]
  const id = await run((tx) => saveCannedAnswer(tx, { merchantId, id: null, ...text }, NOW))
  const notThere = { code: 'access/not-found' }
  const change = run((tx) => saveCannedAnswer(tx, { merchantId: other, id, ...text, title: 'x' }, NOW))
  await expect(change).rejects.toMatchObject(notThere)
  await expect(run((tx) => deleteCannedAnswer(tx, { merchantId: other, id }))).rejects.toMatchObject(notThere)
  expect(await kept(merchantId)).toEqual([text])
  await run((tx) => deleteCannedAnswer(tx, { merchantId, id }))
  await expect(run((tx) => deleteCannedAnswer(tx, { merchantId, id }))).rejects.toMatchObject(notThere)
  expect(await kept(merchantId)).toEqual([])
})

test('of two saves at once, one short of the most, one is kept', async () => {
  const merchantId = await aMerchant()
  const rows = Array.from({ length: MOST_CANNED_ANSWERS - 1 }, (_, at) => ({ ...text, title: `回复 ${at}` }))
  await db.cannedAnswer.createMany({ data: rows.map((row) => ({ id: newId(), merchantId, createdAt: NOW, ...row })) })
  let title = 0
  const answers = await raceTwice((tx) =>
    saveCannedAnswer(tx, { merchantId, id: null, body: 'x', title: `新 ${title++}` }, NOW),
  )
  expect(answers.map(({ status }) => status)).toEqual(['fulfilled', 'rejected'])
  expect(answers[1]).toMatchObject({ reason: { code: 'canned-answer/too-many' } })
  expect(await db.cannedAnswer.count({ where: { merchantId } })).toBe(MOST_CANNED_ANSWERS)
})
