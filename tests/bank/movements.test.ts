import { randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { decideDispute } from '@/lib/bank/decide-dispute'
import { openDispute } from '@/lib/bank/open-dispute'
import { payStray } from '@/lib/bank/pay-stray'
import { postMovements } from '@/lib/bank/post-movements'
import { pumpCallbacks } from '@/lib/bank/pump-callbacks'
import { returnLastTransfer } from '@/lib/bank/return-last-transfer'
import type { ProviderMovement } from '@/lib/domain/payments/provider'
import { DAY_MS, SECOND_MS, after } from '@/lib/kernel/time'
import {
  aPaidPayment,
  aReadyAccount,
  bank,
  bankOwes,
  clock,
  expectBankSound,
  look,
  mallEnd,
  press,
  provider,
} from '@/tests/support/bank'
import { ask } from '@/tests/support/bank-api'
import { db } from '@/tests/support/database'
import { race } from '@/tests/support/race'

const LONG_AGO = new Date(0)

async function everything(since = LONG_AGO): Promise<ProviderMovement[]> {
  const all: ProviderMovement[] = []
  let cursor: string | null = null
  do {
    const page = await provider.listMovements({ since, cursor })
    all.push(...page.movements)
    expect(page.movements.length).toBeLessThanOrEqual(100)
    cursor = page.next
  } while (cursor !== null)
  return all
}

describe('the list of movements', () => {
  test('has every move of the money, oldest first, and adds up to what the bank owes', async () => {
    const since = (clock.now = after(clock.now, DAY_MS))
    const { captureId, paymentId } = await aPaidPayment({ refunds: 'fail' })
    const other = await aPaidPayment()
    const refund = { refundId: randomUUID(), attempt: 1, captureRef: captureId, amountMinor: 300, retry: false }
    const { refundRef } = await provider.refund(refund)
    clock.now = after(clock.now, 3 * SECOND_MS)
    await pumpCallbacks(bank)
    const accountRef = await aReadyAccount()
    const money = { amountMinor: 500, currency: 'CNY' } as const
    const { transferRef } = await provider.transfer({ payoutId: randomUUID(), accountRef, ...money, retry: false })
    await returnLastTransfer(bank, accountRef)
    const dispute = (await openDispute(bank, captureId, 'fraudulent')) ?? ''
    await decideDispute(bank, dispute, 'shop')

    const lines = await everything(since)
    const facts = lines.map(({ kind, sourceRef, providerRef, amountMinor }) => [
      kind,
      sourceRef,
      providerRef,
      amountMinor,
    ])
    expect(facts).toEqual([
      ['capture', captureId, paymentId, 1_000],
      ['capture', other.captureId, other.paymentId, 1_000],
      ['refund', refundRef, null, -300],
      ['refund-failed', refundRef, null, 300],
      ['transfer', transferRef, null, -500],
      ['transfer-returned', transferRef, null, 500],
      ['dispute', dispute, null, -1_000],
      ['dispute-won', dispute, null, 1_000],
    ])
    expect(lines.map(({ feeMinor, currency }) => [feeMinor, currency])).toEqual(lines.map(() => [0, 'CNY']))
    expect(new Set(lines.map(({ movementRef }) => movementRef)).size).toBe(8)
    expect(lines[2]?.at).toEqual(since)
    const all = await everything()
    expect(all.reduce((sum, { amountMinor }) => sum + amountMinor, 0)).toBe(await bankOwes())
    await expectBankSound()
  })

  test('comes in pages of a hundred that neither repeat nor miss a line', async () => {
    const since = (clock.now = after(clock.now, 2 * DAY_MS))
    for (let at = 0; at < 205; at++) await payStray(bank, { amountMinor: 1, currency: 'CNY', description: `${at}` })
    const sizes: number[] = []
    const refs = new Set<string>()
    let cursor: string | null = null
    do {
      const page = await provider.listMovements({ since, cursor })
      sizes.push(page.movements.length)
      for (const { movementRef } of page.movements) refs.add(movementRef)
      cursor = page.next
      // News between two pages comes behind, not in between.
      if (sizes.length === 1) await payStray(bank, { amountMinor: 1, currency: 'CNY', description: 'news' })
    } while (cursor !== null)
    expect(sizes).toEqual([100, 100, 6])
    expect(refs.size).toBe(206)
  })

  test('shows lines in the order in which they become visible: a slow one is not skipped', async () => {
    const line = () => ({
      kind: 'refund' as const,
      sourceId: randomUUID(),
      amountMinor: -1,
      currency: 'XTS',
      at: clock.now,
    })
    const [slow, quick] = [line(), line()]
    const [, seen] = await race(
      (tx) => postMovements(tx, [slow]),
      async (tx) => {
        await postMovements(tx, [quick])
        // Whoever has a number sees every smaller one: this line waited until the slow one was there.
        return tx.bankMovement.count({ where: { sourceId: slow.sourceId } })
      },
    )
    expect(seen).toEqual({ status: 'fulfilled', value: 1 })
    await db.bankMovement.deleteMany({ where: { currency: 'XTS' } })
  })

  test.each(['', '?since=yesterday', '?since=2026-02-03T00:00:00Z&cursor=x', '?since=2026-02-03T00:00:00Z&cursor=-1'])(
    'asks for a moment and a cursor of its own: %s',
    async (query) => {
      expect(await ask(`/bank/api/movements${query}`, { method: 'GET' })).toMatchObject({ status: 400 })
    },
  )

  test('is held by the database: one line a kind and source, signs by kind', async () => {
    const { captureId, paymentId } = await aPaidPayment()
    const line = {
      kind: 'capture',
      sourceId: captureId,
      paymentId,
      amountMinor: 1,
      currency: 'CNY',
      at: clock.now,
    } as const
    await expect(postMovements(db, [line])).rejects.toThrow('Unique constraint')
    const refund = { ...line, kind: 'refund', paymentId: undefined, sourceId: randomUUID() } as const
    const { paymentId: _none, ...wrong } = refund
    await expect(postMovements(db, [wrong])).rejects.toThrow('bank_movement_sound')
  })
})

describe('money that nobody asked for', () => {
  test('is a payment without a reference, and the shop hears of it', async () => {
    await aPaidPayment()
    mallEnd.heard.length = 0
    const since = (clock.now = after(clock.now, 3 * DAY_MS))
    const answer = await press('/bank/stray?lang=en', { amountMinor: '4321', currency: 'USD', description: 'for KB?' })
    const paymentId = /pay\/([\w-]+)\?lang=en$/u.exec(answer.headers.get('location') ?? '')?.[1] ?? ''
    expect(await provider.fetchPayment(paymentId)).toMatchObject({
      providerRef: paymentId,
      reference: null,
      captures: [{ amountMinor: 4_321, currency: 'USD' }],
    })
    expect(mallEnd.heard).toMatchObject([
      { type: 'payment.captured', data: { paymentId, reference: null, amountMinor: 4_321, currency: 'USD' } },
    ])
    expect(await everything(since)).toMatchObject([{ kind: 'capture', providerRef: paymentId, amountMinor: 4_321 }])
    const { text } = await look(`/bank/pay/${paymentId}?lang=en`)
    expect(text).toContain('$43.21')
    expect(text).toContain('None: the merchant did not ask for it')
    await expectBankSound()
  })

  test('has a form, which takes no nonsense, nothing from other sites, and not too much a minute', async () => {
    clock.now = after(clock.now, 4 * DAY_MS)
    const { response, text } = await look('/bank/stray')
    expect(text).toContain('直接汇款')
    for (const amountMinor of ['0', '-1', '1.5', 'many', '100000001']) {
      expect((await press('/bank/stray', { amountMinor })).status).toBe(400)
    }
    const headers = { 'sec-fetch-site': 'cross-site' }
    expect((await fetch(response.url, { method: 'POST', headers })).status).toBe(403)
    for (let at = 0; at < 20; at++) await payStray(bank, { amountMinor: 1, currency: 'CNY', description: '' })
    expect((await press('/bank/stray', { amountMinor: '1' })).status).toBe(429)
    clock.now = after(clock.now, 60 * SECOND_MS)
    expect((await press('/bank/stray', { amountMinor: '1' })).status).toBe(303)
  })
})
