import { beforeEach, expect, test } from 'vitest'
import { recordDispute } from '@/lib/domain/disputes/record-dispute'
import type { ProviderDispute } from '@/lib/domain/payments'
import type { Tx } from '@/lib/domain/tx'
import { db } from '@/tests/support/database'
import { NOW, run } from '@/tests/support/factories'
import { PocketProvider } from '@/tests/support/pocket-provider'
import { race } from '@/tests/support/race'
import { captured } from './support'

let provider = new PocketProvider()

beforeEach(() => {
  provider = new PocketProvider()
})

/** A paid order of 10.00 whose payer disputes two parts of the capture. */
async function twoDisputes() {
  const { orderId, capture, sync } = await captured(provider)
  await sync()
  const { id: paymentId } = await db.payment.findFirstOrThrow({ where: { captureRef: capture.captureRef } })
  const refs = [provider.openDispute(capture.captureRef, 300), provider.openDispute(capture.captureRef, 400)] as const
  const record = (at: 0 | 1, status: ProviderDispute['status']) => async (tx: Tx) => {
    const found = await provider.fetchDispute(refs[at])
    if (found) await recordDispute(tx, 'sandbox', paymentId, { ...found, status }, NOW)
  }
  const isFrozen = async () => (await db.order.findUniqueOrThrow({ where: { id: orderId } })).frozenAt !== null
  return { record, isFrozen }
}

test('two disputes of one payment that are won at the same moment: the order goes on', async () => {
  const { record, isFrozen } = await twoDisputes()
  await run(record(0, 'needs-response'))
  await run(record(1, 'needs-response'))
  const both = await race(record(0, 'won'), record(1, 'won'))
  expect(both.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled'])
  expect(await isFrozen()).toBe(false)
})

test.each([true, false])(
  'one is won while another is opened (verdict first: %s): the order stays frozen',
  async (first) => {
    const { record, isFrozen } = await twoDisputes()
    await run(record(0, 'needs-response'))
    const [won, opened] = [record(0, 'won'), record(1, 'needs-response')]
    const both = first ? await race(won, opened) : await race(opened, won)
    expect(both.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled'])
    expect(await isFrozen()).toBe(true)
  },
)
