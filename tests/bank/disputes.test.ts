import { randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { decideDispute } from '@/lib/bank/decide-dispute'
import { openDispute } from '@/lib/bank/open-dispute'
import { pumpCallbacks } from '@/lib/bank/pump-callbacks'
import { type DisputeEvidence, ProviderRefused, ProviderUnavailable } from '@/lib/domain/payments/provider'
import { DAY_MS, SECOND_MS, after } from '@/lib/kernel/time'
import {
  aPaidPayment,
  bank,
  bankOwes,
  bankSwitches,
  clock,
  expectBankSound,
  look,
  mallEnd,
  press,
  provider,
} from '@/tests/support/bank'
import { db } from '@/tests/support/database'

const EVIDENCE: DisputeEvidence = {
  productDescription: '星海点卡 100 点',
  customerEmail: 'guest@example.com',
  serviceDate: '2026-02-03',
  accessLog: '2026-02-03 06:05:01Z delivered\n2026-02-03 06:06:00Z viewed',
  statement: '订单快照与对话。'.repeat(2_000),
}

async function aDispute(amountMinor = 1_000) {
  const { captureId, paymentId } = await aPaidPayment({}, { amountMinor })
  const disputeRef = (await openDispute(bank, captureId, 'product-not-received')) ?? ''
  return { captureId, paymentId, disputeRef }
}

async function refund(captureRef: string, amountMinor: number) {
  return provider.refund({ refundId: randomUUID(), attempt: 1, captureRef, amountMinor, retry: false })
}

function heardOf(type: string): unknown[] {
  return mallEnd.heard.filter((news) => news.type === type).map(({ data }) => data)
}

describe('a dispute', () => {
  test('is opened on the paid page: the money is withdrawn and the shop is told', async () => {
    const { captureId, paymentId } = await aPaidPayment()
    const owed = await bankOwes()
    expect((await look(`/bank/pay/${paymentId}?lang=en`)).text).toContain('Dispute this charge')
    const answer = await press(`/bank/pay/${paymentId}/dispute`, { captureId, reason: 'fraudulent' })
    expect(answer.status).toBe(303)
    expect(answer.headers.get('location')).toBe(`/bank/pay/${paymentId}?lang=zh-CN`)
    const { id: disputeId } = await db.bankDispute.findUniqueOrThrow({ where: { captureId } })
    expect(heardOf('dispute.opened')).toEqual([{ disputeId, captureId, status: 'needs-response' }])
    expect(await bankOwes()).toBe(owed - 1_000)
    expect(await provider.fetchDispute(disputeId)).toEqual({
      disputeRef: disputeId,
      captureRef: captureId,
      amountMinor: 1_000,
      currency: 'CNY',
      reason: 'fraudulent',
      status: 'needs-response',
      openedAt: clock.now,
      evidenceDueAt: after(clock.now, 7 * DAY_MS),
    })
    const { text } = await look(`/bank/pay/${paymentId}?lang=en`)
    expect(text).not.toContain('Dispute this charge')
    expect(text).toContain('Waiting for the merchant')
    await expectBankSound()
  })

  test('takes what was not refunded yet, once, also when pressed five times at once', async () => {
    const { captureId, paymentId } = await aPaidPayment()
    await refund(captureId, 300)
    const fields = { captureId, reason: 'duplicate' }
    await Promise.all(Array.from({ length: 5 }, () => press(`/bank/pay/${paymentId}/dispute`, fields)))
    expect(await db.bankDispute.findMany({ where: { captureId } })).toMatchObject([{ amountMinor: 700 }])
    await expect(refund(captureId, 1)).rejects.toThrow('422')
    await expectBankSound()
  })

  test('and refunds at the same moment never take more than the capture', async () => {
    const { captureId } = await aPaidPayment()
    await Promise.allSettled([
      refund(captureId, 400),
      openDispute(bank, captureId, 'duplicate'),
      refund(captureId, 400),
    ])
    const capture = await db.bankCapture.findUniqueOrThrow({ where: { id: captureId } })
    expect(capture.refundedMinor + capture.disputedMinor).toBe(1_000)
    await expectBankSound()
  })

  test('is not opened of nothing, of somebody else’s charge, for no reason or from another site', async () => {
    const [mine, other] = [await aPaidPayment(), await aPaidPayment()]
    const path = `/bank/pay/${mine.paymentId}/dispute`
    await press(path, { captureId: other.captureId, reason: 'duplicate' })
    expect(await press(path, { captureId: mine.captureId, reason: 'because' })).toMatchObject({ status: 404 })
    const body = new URLSearchParams({ captureId: mine.captureId, reason: 'duplicate' })
    const headers = { 'sec-fetch-site': 'cross-site' }
    const { response } = await look(path)
    expect(response.status).toBe(404)
    const foreign = await fetch(response.url, { method: 'POST', body, headers })
    expect(foreign.status).toBe(403)
    await refund(mine.captureId, 1_000)
    expect(await openDispute(bank, mine.captureId, 'duplicate')).toBeNull()
    expect(await db.bankDispute.count({ where: { captureId: { in: [mine.captureId, other.captureId] } } })).toBe(0)
  })
})

describe('evidence', () => {
  test('is taken once, and the same again is the same answer, also when the first answer was lost', async () => {
    const { disputeRef } = await aDispute()
    bankSwitches.loseAnswers = 1
    const answering = () => provider.answerDispute({ disputeRef, evidence: EVIDENCE })
    await expect(answering()).rejects.toBeInstanceOf(ProviderUnavailable)
    expect(await answering()).toMatchObject({ disputeRef, status: 'under-review' })
    const other = { ...EVIDENCE, accessLog: 'nothing' }
    await expect(provider.answerDispute({ disputeRef, evidence: other })).rejects.toThrow('409')
    expect(await db.bankDispute.findUnique({ where: { id: disputeRef } })).toMatchObject({ evidence: EVIDENCE })
    await decideDispute(bank, disputeRef, 'payer')
    expect(await answering()).toMatchObject({ status: 'lost' })
  })

  test('is not taken after the deadline; then the payer wins by himself', async () => {
    const { disputeRef, captureId } = await aDispute()
    clock.now = after(clock.now, 7 * DAY_MS)
    await expect(provider.answerDispute({ disputeRef, evidence: EVIDENCE })).rejects.toThrow('422')
    await pumpCallbacks(bank)
    expect(await provider.fetchDispute(disputeRef)).toMatchObject({ status: 'lost' })
    expect(heardOf('dispute.closed')).toContainEqual({ disputeId: disputeRef, captureId, status: 'lost' })
  })

  test('in time keeps the dispute open behind the deadline', async () => {
    const { disputeRef } = await aDispute()
    clock.now = after(clock.now, 7 * DAY_MS - SECOND_MS)
    await provider.answerDispute({ disputeRef, evidence: EVIDENCE })
    clock.now = after(clock.now, DAY_MS)
    await pumpCallbacks(bank)
    expect(await provider.fetchDispute(disputeRef)).toMatchObject({ status: 'under-review' })
  })

  test('about nothing, or too much of it, is refused for good', async () => {
    await expect(provider.answerDispute({ disputeRef: randomUUID(), evidence: EVIDENCE })).rejects.toBeInstanceOf(
      ProviderRefused,
    )
    const { disputeRef } = await aDispute()
    const evidence = { ...EVIDENCE, statement: 'x'.repeat(20_001) }
    await expect(provider.answerDispute({ disputeRef, evidence })).rejects.toThrow('400')
  })
})

describe('the bank decides', () => {
  test('for the shop: the money comes back, and can be refunded', async () => {
    const { disputeRef, captureId, paymentId } = await aDispute()
    const owed = await bankOwes()
    await press(`/bank/pay/${paymentId}/decide`, { disputeId: disputeRef, winner: 'shop' })
    await press(`/bank/pay/${paymentId}/decide`, { disputeId: disputeRef, winner: 'payer' })
    expect(await provider.fetchDispute(disputeRef)).toMatchObject({ status: 'won' })
    expect(heardOf('dispute.closed')).toEqual([{ disputeId: disputeRef, captureId, status: 'won' }])
    expect(await bankOwes()).toBe(owed + 1_000)
    // A charge is disputed once.
    expect(await openDispute(bank, captureId, 'duplicate')).toBeNull()
    expect(await refund(captureId, 1_000)).toMatchObject({ status: 'succeeded' })
    await expectBankSound()
  })

  test('for the payer: nothing moves any more', async () => {
    const { disputeRef, captureId, paymentId } = await aDispute()
    const owed = await bankOwes()
    await press(`/bank/pay/${paymentId}/decide`, { disputeId: disputeRef, winner: 'payer' })
    expect(await provider.fetchDispute(disputeRef)).toMatchObject({ status: 'lost' })
    expect(await bankOwes()).toBe(owed)
    await expect(refund(captureId, 1)).rejects.toThrow('422')
    expect((await look(`/bank/pay/${paymentId}?lang=en`)).text).toContain('Decided for the payer')
    await expectBankSound()
  })

  test('once, when two testers press different buttons at the same moment', async () => {
    const { disputeRef, captureId } = await aDispute()
    const winners = await Promise.all([
      decideDispute(bank, disputeRef, 'shop'),
      decideDispute(bank, disputeRef, 'payer'),
    ])
    expect(winners.filter(Boolean)).toHaveLength(1)
    await pumpCallbacks(bank)
    expect(heardOf('dispute.closed')).toHaveLength(1)
    const capture = await db.bankCapture.findUniqueOrThrow({ where: { id: captureId } })
    expect(capture.disputedMinor).toBe(winners[0] ? 0 : 1_000)
    await expectBankSound()
  })

  test('only of this payment', async () => {
    const [one, other] = [await aDispute(), await aDispute()]
    await press(`/bank/pay/${one.paymentId}/decide`, { disputeId: other.disputeRef, winner: 'shop' })
    expect(await provider.fetchDispute(other.disputeRef)).toMatchObject({ status: 'needs-response' })
  })
})
