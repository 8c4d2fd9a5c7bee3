import { describe, expect, test } from 'vitest'
import { LONGEST_WORDS, ballOf, hideEntry, markCaseRead, sayInCase, withdrawComplaint } from '@/lib/domain/complaints'
import type { Actor } from '@/lib/domain/actor'
import { DEFAULT_RULES } from '@/lib/domain/catalog'
import { newId } from '@/lib/kernel/ids'
import { HOUR_MS, after } from '@/lib/kernel/time'
import { type OpenCase, anOpenCase, chainFaults, entriesOf } from '@/tests/support/complaints'
import { db } from '@/tests/support/database'
import { BUYER, MERCHANT, NOW, run } from '@/tests/support/factories'

const SOON = after(NOW, HOUR_MS)
const say = ({ complaintId }: OpenCase, text: string, actor: Actor = BUYER, now = SOON) =>
  run((tx) => sayInCase(tx, { complaintId, text }, actor, now))
const hide = ({ complaintId }: OpenCase, seq: number, actor: Actor = BUYER) =>
  run((tx) => hideEntry(tx, { complaintId, seq }, actor, SOON))

describe('what is said in a case', () => {
  test('stands in its chain, of every side, trimmed', async () => {
    const one = await anOpenCase()
    expect(await say(one, '  激活页面显示已使用。 ')).toBe(1)
    expect(await say(one, '请发完整录像。', MERCHANT)).toBe(2)
    expect(await say(one, '请双方补充。', { kind: 'ARBITRATOR', id: newId() })).toBe(3)
    const { body } = await db.caseEntry.findFirstOrThrow({ where: { complaintId: one.complaintId, seq: 1 } })
    expect(body).toEqual({ text: '激活页面显示已使用。' })
    expect(await chainFaults(one.complaintId)).toEqual([])
  })

  test('cannot be nothing, nor endless, nor come after the end', async () => {
    const one = await anOpenCase()
    await expect(say(one, ' \n ')).rejects.toMatchObject({ code: 'input/invalid' })
    await expect(say(one, 'a'.repeat(LONGEST_WORDS + 1))).rejects.toMatchObject({ code: 'input/invalid' })
    expect(await say(one, 'a'.repeat(LONGEST_WORDS))).toBe(1)
    await run((tx) => withdrawComplaint(tx, one, BUYER, SOON))
    await expect(say(one, '还在吗')).rejects.toMatchObject({ code: 'complaint/not-now' })
    const unknown = run((tx) => sayInCase(tx, { complaintId: newId(), text: 'x' }, BUYER, SOON))
    await expect(unknown).rejects.toMatchObject({ code: 'access/not-found' })
  })

  test('time never runs backwards in it', async () => {
    const one = await anOpenCase()
    await say(one, '一', BUYER, after(SOON, HOUR_MS))
    await say(one, '二', MERCHANT, SOON)
    expect(await chainFaults(one.complaintId)).toEqual([])
  })

  test('is changed by nobody: a changed text breaks the chain, and the database refuses it', async () => {
    const one = await anOpenCase()
    await say(one, '原话')
    const where = { complaintId_seq: { complaintId: one.complaintId, seq: 1 } }
    await expect(db.caseEntry.update({ where, data: { body: { text: '改过' } } })).rejects.toThrow()
    await expect(db.caseEntry.delete({ where })).rejects.toThrow()
  })
})

describe('a hidden message', () => {
  test('keeps its hash, and that it was hidden is told', async () => {
    const one = await anOpenCase()
    const seq = await say(one, '发错了')
    await hide(one, seq)
    const where = { complaintId_seq: { complaintId: one.complaintId, seq } }
    expect(await db.caseEntry.findUniqueOrThrow({ where })).toMatchObject({ hiddenAt: SOON })
    expect(await entriesOf(one.complaintId)).toEqual(['opened', 'message', 'hidden'])
    expect(await chainFaults(one.complaintId)).toEqual([])
    await expect(hide(one, seq)).rejects.toMatchObject({ code: 'access/not-found' })
  })

  test("is one's own: not the other side's, not a colleague's, not another kind of entry", async () => {
    const one = await anOpenCase()
    const seq = await say(one, '我的话', MERCHANT)
    const unknown = { code: 'access/not-found' }
    await expect(hide(one, seq, BUYER)).rejects.toMatchObject(unknown)
    await expect(hide(one, seq, { kind: 'MERCHANT', id: newId() })).rejects.toMatchObject(unknown)
    await expect(hide(one, 0, BUYER)).rejects.toMatchObject(unknown)
    expect(await entriesOf(one.complaintId)).toEqual(['opened', 'message'])
  })
})

test('what a side has read never goes back', async () => {
  const one = await anOpenCase()
  const { complaintId } = one
  const read = (now: Date) => run((tx) => markCaseRead(tx, { complaintId, side: 'MERCHANT' }, now))
  const mark = () => db.caseRead.findMany({ where: { complaintId }, select: { side: true, seq: true, at: true } })
  await read(SOON)
  await say(one, '新消息')
  await read(after(SOON, 2))
  await read(after(SOON, 3))
  expect(await mark()).toEqual([{ side: 'MERCHANT', seq: 1, at: after(SOON, 2) }])
})

test('whose turn it is, until when, and what silence does', () => {
  const facts = { dueAt: SOON, limited: false, escalatedAt: null, appealedAt: null, appealBy: null }
  const ball = (changes: Partial<Parameters<typeof ballOf>[0]> & Pick<Parameters<typeof ballOf>[0], 'state'>) => {
    const { who, onSilence } = ballOf({ ...facts, ...changes }, DEFAULT_RULES)
    return [who, onSilence]
  }
  expect(ball({ state: 'OPEN' })).toEqual(['MERCHANT', 'GRANT'])
  expect(ball({ state: 'OPEN', limited: true })).toEqual(['MERCHANT', 'ESCALATE'])
  expect(ball({ state: 'OFFERED' })).toEqual(['BUYER', 'LAPSE'])
  expect(ball({ state: 'ASKED' })).toEqual(['BUYER', 'CLOSE'])
  expect(ball({ state: 'ASKED', appealedAt: NOW })).toEqual(['BUYER', 'RESUME'])
  expect(ball({ state: 'CONTESTED' })).toEqual(['NOBODY', 'ESCALATE'])
  expect(ball({ state: 'RULED' })).toEqual(['NOBODY', 'FINAL'])
  expect(ball({ state: 'APPEALED', appealedAt: NOW, appealBy: 'BUYER' })).toEqual(['ARBITRATOR', 'GRANT_APPEAL'])
  expect(ball({ state: 'APPEALED', appealedAt: NOW, appealBy: 'MERCHANT' })).toEqual(['ARBITRATOR', 'FIRST_STANDS'])
  expect(ball({ state: 'CLOSED', dueAt: null })).toEqual(['NOBODY', null])
  expect(ballOf({ ...facts, state: 'ESCALATED', escalatedAt: NOW }, DEFAULT_RULES)).toEqual({
    who: 'ARBITRATOR',
    onSilence: 'REFUND',
    clock: 'ruling',
    dueAt: SOON,
    target: after(NOW, 48 * HOUR_MS),
  })
})
