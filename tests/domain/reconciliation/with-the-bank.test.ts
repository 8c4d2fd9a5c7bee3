import { expect, test } from 'vitest'
import { decideDispute } from '@/lib/bank/decide-dispute'
import { openDispute } from '@/lib/bank/open-dispute'
import { payStray } from '@/lib/bank/pay-stray'
import { pumpCallbacks } from '@/lib/bank/pump-callbacks'
import { sweepDisputes } from '@/lib/domain/disputes'
import { sweepEvents } from '@/lib/domain/inbox'
import { providerClearing } from '@/lib/domain/ledger'
import { dueRefunds, refundOrder } from '@/lib/domain/orders'
import { settleRefund } from '@/lib/domain/payments'
import { reconcile } from '@/lib/domain/reconciliation'
import { refundSuspense } from '@/lib/domain/suspense'
import { DAY_MS, HOUR_MS, MINUTE_MS, after } from '@/lib/kernel/time'
import { openDifferences } from '@/lib/queries/admin'
import { INVARIANTS } from '@/lib/queries/audit'
import { bankOwes, expectBankSound } from '@/tests/support/bank'
import { balanceOf, statusOf } from '@/tests/support/books'
import { db } from '@/tests/support/database'
import { NOW, run, vault } from '@/tests/support/factories'
import { LOG_KEYS } from '@/tests/support/log-keys'
import { only } from '@/tests/support/providers'
import {
  anOpenedOrder,
  bank,
  bankSwitches,
  clock,
  mallSwitches,
  pressPay,
  provider,
  settled,
} from '@/tests/support/sandbox'
import { operator } from '../disputes/support'

const named = only(provider)
const failures: string[] = []
const onError = (_error: unknown, what: string) => failures.push(what)

async function settleRefunds(): Promise<void> {
  for (const id of await dueRefunds(run, clock.now)) await settleRefund(run, named, id, clock.now)
}

async function captureOf(paymentId: string): Promise<string> {
  return (await db.bankCapture.findFirstOrThrow({ where: { paymentId }, orderBy: { seq: 'asc' } })).id
}

/** The money's part of the audit; the schema and the installation have tests of their own. */
async function expectSoundBooks(): Promise<void> {
  const tools = { vault, logKeys: LOG_KEYS, migrations: [], now: clock.now }
  for (const invariant of INVARIANTS.filter(({ name }) =>
    /^(ledger|escrow|payments|refunds|suspense|disputes|bank|reconciliation)\//u.test(name),
  )) {
    const { offenders, examples } = await invariant.check(db, tools)
    expect({ [invariant.name]: examples, offenders }).toEqual({ [invariant.name]: [], offenders: 0 })
  }
}

test('every kind of trouble with a real bank, most callbacks lost, ends with books that agree to the cent', async () => {
  const [kept, twice, short, returned, contested, forgiven] = [
    await anOpenedOrder(),
    await anOpenedOrder(),
    await anOpenedOrder(),
    await anOpenedOrder(),
    await anOpenedOrder(),
    await anOpenedOrder(),
  ]
  await pressPay(kept.providerRef, { lose: 'on' })
  await pressPay(twice.providerRef, { duplicate: 'on', lose: 'on' })
  await pressPay(short.providerRef, { underpay: 'by-one' })
  for (const order of [returned, contested, forgiven]) await pressPay(order.providerRef, { repeat: 'on' })
  const strayId = await payStray(bank, { amountMinor: 4_321, currency: 'CNY', description: 'rent' })
  mallSwitches.down = true
  await pumpCallbacks(bank)
  await settled()
  mallSwitches.down = false

  // The answer to a refund is lost, and then the payer of another order goes to the card scheme.
  await run((tx) => refundOrder(tx, { orderId: returned.orderId, wanted: { all: true }, reason: 'x' }, operator, NOW))
  bankSwitches.loseAnswers = 1
  await settleRefunds()
  const lostCase = await openDispute(bank, await captureOf(contested.providerRef), 'fraudulent')
  const wonCase = await openDispute(bank, await captureOf(forgiven.providerRef), 'fraudulent')
  expect(await decideDispute(bank, lostCase ?? '', 'payer')).toBe(true)

  clock.now = after(NOW, MINUTE_MS)
  await reconcile(run, provider, clock.now, onError)
  await settleRefunds()
  await reconcile(run, provider, clock.now, onError)
  expect(failures).toEqual([])
  expect(
    await Promise.all([kept, twice, returned, contested, forgiven].map(({ orderId }) => statusOf(orderId))),
  ).toEqual(['DELIVERED', 'DELIVERED', 'REFUNDED', 'REFUNDED', 'DELIVERED'])
  expect(await openDifferences(db, null, after(clock.now, DAY_MS))).toEqual([])

  // Evidence goes in by itself, the mall wins; somebody sends the stray money back.
  clock.now = after(NOW, 7 * DAY_MS - 12 * HOUR_MS)
  expect(await sweepDisputes(run, named, clock.now, onError)).toEqual({ looked: 1, submitted: 1 })
  expect(await decideDispute(bank, wonCase ?? '', 'shop')).toBe(true)
  await pumpCallbacks(bank)
  await settled()
  expect((await db.dispute.findFirstOrThrow({ where: { disputeRef: wonCase ?? '' } })).state).toBe('WON')
  const stray = await db.payment.findFirstOrThrow({ where: { captureRef: await captureOf(strayId) } })
  await run((tx) => refundSuspense(tx, stray.id, operator, null, clock.now))
  await settleRefunds()
  await sweepEvents(run, named, clock.now, onError)
  await reconcile(run, provider, clock.now, onError)

  clock.now = after(clock.now, HOUR_MS)
  expect(await openDifferences(db, null, clock.now)).toEqual([])
  expect(await bankOwes()).toBe(3_000)
  expect(0 - (await balanceOf(providerClearing('sandbox', 'CNY')))).toBe(3_000)
  expect(failures).toEqual([])
  await expectBankSound()
  await expectSoundBooks()
})
