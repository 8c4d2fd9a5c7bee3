import { randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { pumpCallbacks } from '@/lib/bank/pump-callbacks'
import { ProviderRefused, ProviderUnavailable } from '@/lib/domain/payments/provider'
import { SECOND_MS, after } from '@/lib/kernel/time'
import {
  aPaidPayment,
  bank,
  bankOwes,
  bankSwitches,
  clock,
  expectBankSound,
  mallEnd,
  provider,
} from '@/tests/support/bank'
import { ask } from '@/tests/support/bank-api'
import { db } from '@/tests/support/database'

async function refund(captureRef: string, amountMinor: number, refundId: string = randomUUID(), attempt = 1) {
  return provider.refund({ refundId, attempt, captureRef, amountMinor, retry: false })
}

async function refundedOf(captureId: string): Promise<number> {
  const { refundedMinor } = await db.bankCapture.findUniqueOrThrow({ where: { id: captureId } })
  return refundedMinor
}

function heardOf(type: string): unknown[] {
  return mallEnd.heard.filter((news) => news.type === type).map(({ data }) => data)
}

describe('a refund', () => {
  test('goes out at once, and once per key', async () => {
    const { captureId } = await aPaidPayment()
    const [owed, refundId] = [await bankOwes(), randomUUID()]
    const answers = await Promise.all(Array.from({ length: 5 }, () => refund(captureId, 400, refundId)))
    expect(new Set(answers.map(({ refundRef }) => refundRef)).size).toBe(1)
    expect(answers[0]).toMatchObject({ status: 'succeeded', failure: null })
    expect(await provider.fetchRefund(answers[0]?.refundRef ?? '')).toEqual(answers[0])
    expect(await refundedOf(captureId)).toBe(400)
    expect(await bankOwes()).toBe(owed - 400)
    await expect(refund(captureId, 401, refundId)).rejects.toThrow('409')
    await expectBankSound()
  })

  test('is not doubled when its answer was lost after the bank had done it', async () => {
    const { captureId } = await aPaidPayment()
    const refundId = randomUUID()
    bankSwitches.loseAnswers = 1
    await expect(refund(captureId, 700, refundId)).rejects.toBeInstanceOf(ProviderUnavailable)
    expect(await refundedOf(captureId)).toBe(700)
    expect(await refund(captureId, 700, refundId)).toMatchObject({ status: 'succeeded' })
    expect(await refundedOf(captureId)).toBe(700)
    expect(await db.bankRefund.count({ where: { captureId } })).toBe(1)
  })

  test('never exceeds the capture, however many are asked for at once', async () => {
    const { captureId } = await aPaidPayment()
    const answers = await Promise.allSettled(Array.from({ length: 8 }, () => refund(captureId, 300)))
    expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(3)
    const refusals = answers.flatMap((answer) => (answer.status === 'rejected' ? [answer.reason as unknown] : []))
    expect(refusals.every((reason) => reason instanceof ProviderRefused)).toBe(true)
    expect(await refundedOf(captureId)).toBe(900)
    expect(await db.bankRefund.count({ where: { captureId } })).toBe(3)
    await expect(refund(captureId, 101)).rejects.toThrow('422')
    await expect(db.bankCapture.update({ where: { id: captureId }, data: { refundedMinor: 1_001 } })).rejects.toThrow(
      'bank_capture_sound',
    )
    await expectBankSound()
  })

  test('of an unknown capture is refused for good', async () => {
    const body = { captureId: randomUUID(), amountMinor: 1 }
    expect(await ask('/bank/api/refunds', { key: randomUUID(), body })).toEqual({
      status: 404,
      answer: { error: 'unknown-capture' },
    })
    await expect(refund(randomUUID(), 1)).rejects.toBeInstanceOf(ProviderRefused)
    expect(await provider.fetchRefund(randomUUID())).toBeNull()
  })
})

describe("the payer's switch", () => {
  test('pending: on its way first, good three seconds later, and the shop is told', async () => {
    const { captureId, paymentId } = await aPaidPayment({ refunds: 'pending' })
    const owed = await bankOwes()
    const { refundRef, status } = await refund(captureId, 1_000)
    expect(status).toBe('pending')
    expect(await bankOwes()).toBe(owed - 1_000)
    await pumpCallbacks(bank)
    expect(heardOf('refund.updated')).toEqual([])
    clock.now = after(clock.now, 3 * SECOND_MS)
    // Two workers at once end it once.
    await Promise.all([pumpCallbacks(bank), pumpCallbacks(bank)])
    await pumpCallbacks(bank)
    expect(heardOf('refund.updated')).toEqual([{ refundId: refundRef, captureId, status: 'succeeded' }])
    expect(await provider.fetchRefund(refundRef)).toEqual({ refundRef, status: 'succeeded', failure: null })
    expect(await bankOwes()).toBe(owed - 1_000)
    expect(await db.bankCallback.count({ where: { paymentId } })).toBe(2)
    await expectBankSound()
  })

  test('fail: the money comes back to the shop, and the next attempt goes out', async () => {
    const { captureId } = await aPaidPayment({ refunds: 'fail' })
    const [owed, refundId] = [await bankOwes(), randomUUID()]
    const first = await refund(captureId, 600, refundId, 1)
    expect(first).toMatchObject({ status: 'pending', failure: null })
    clock.now = after(clock.now, 3 * SECOND_MS)
    await Promise.all([pumpCallbacks(bank), pumpCallbacks(bank)])
    await pumpCallbacks(bank)
    const failed = { refundRef: first.refundRef, status: 'failed', failure: 'the account that it goes to is closed' }
    expect(await provider.fetchRefund(first.refundRef)).toEqual(failed)
    // The same key is the same refund, whatever became of it.
    expect(await refund(captureId, 600, refundId, 1)).toEqual(failed)
    expect(heardOf('refund.updated')).toEqual([{ refundId: first.refundRef, captureId, status: 'failed' }])
    expect(await refundedOf(captureId)).toBe(0)
    expect(await bankOwes()).toBe(owed)
    const second = await refund(captureId, 600, refundId, 2)
    expect(second).toMatchObject({ status: 'succeeded' })
    expect(second.refundRef).not.toBe(first.refundRef)
    expect(await bankOwes()).toBe(owed - 600)
    await expectBankSound()
  })

  test('fail: of two refunds at once only one is the first', async () => {
    const { captureId } = await aPaidPayment({ refunds: 'fail' })
    const answers = await Promise.all([refund(captureId, 100), refund(captureId, 100)])
    expect(answers.map(({ status }) => status).sort()).toEqual(['pending', 'succeeded'])
  })

  test('fail-always: each attempt fails', async () => {
    const { captureId } = await aPaidPayment({ refunds: 'fail-always' })
    const refundId = randomUUID()
    for (const attempt of [1, 2, 3]) {
      const { refundRef } = await refund(captureId, 1_000, refundId, attempt)
      clock.now = after(clock.now, 3 * SECOND_MS)
      await pumpCallbacks(bank)
      expect(await provider.fetchRefund(refundRef)).toMatchObject({ status: 'failed' })
    }
    expect(await refundedOf(captureId)).toBe(0)
    await expectBankSound()
  })

  test('a pending refund holds its share of the capture until it failed', async () => {
    const { captureId } = await aPaidPayment({ refunds: 'fail' })
    await refund(captureId, 1_000)
    await expect(refund(captureId, 1)).rejects.toThrow('422')
    clock.now = after(clock.now, 3 * SECOND_MS)
    await pumpCallbacks(bank)
    expect(await refund(captureId, 1_000)).toMatchObject({ status: 'succeeded' })
  })
})
