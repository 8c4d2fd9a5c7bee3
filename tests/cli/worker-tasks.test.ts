import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import type { PgBoss } from 'pg-boss'
import { type Loop, type Tools, workerJobs, workerLoops } from '@/lib/cli/worker-tasks'
import { openJobs, workOn } from '@/lib/infra/jobs'
import { createLog } from '@/lib/infra/log'
import { decideDispute } from '@/lib/bank/decide-dispute'
import { openDispute } from '@/lib/bank/open-dispute'
import { setPayoutSchedule } from '@/lib/domain/merchants'
import { newId } from '@/lib/kernel/ids'
import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS, after } from '@/lib/kernel/time'
import { aReadyAccount } from '@/tests/support/bank'
import { statusOf } from '@/tests/support/books'
import { databaseUrl, db } from '@/tests/support/database'
import { NOW, aConfirmedOrder, aListing, aMerchant, run } from '@/tests/support/factories'
import { evidenceLab } from '@/tests/support/evidence'
import { LOG_KEYS } from '@/tests/support/log-keys'
import { aMailer, aMerchantUser } from '@/tests/support/notes'
import { anOpenedOrder, bank, bankSwitches, clock, pressPay, provider, settled } from '@/tests/support/sandbox'

const log = createLog('test', 'silent')
const provenance = { keys: LOG_KEYS, witnesses: [], ask: () => Promise.reject(new Error('there is no witness')) }
const mailer = aMailer()
const tools: Tools = {
  run,
  provider,
  providers: [provider],
  bank,
  provenance,
  evidence: evidenceLab().tools,
  mailer,
  log,
}
const SOON = { timeout: 15_000, interval: 50 }
let boss: PgBoss
let loops: readonly Loop[] = []

beforeAll(async () => {
  boss = await openJobs(databaseUrl, log)
  await workOn(boss, workerJobs(tools), log)
  loops = workerLoops(tools, boss)
})

afterAll(() => boss.stop({ graceful: true, timeout: 5_000 }))

async function turn(name: string, now: Date): Promise<Record<string, number>> {
  const loop = loops.find((each) => each.name === name)
  if (!loop) throw new Error(`no loop ${name}`)
  return loop.run(now)
}

test('a double charge goes back to the payer by itself, once', async () => {
  const order = await anOpenedOrder()
  await pressPay(order.providerRef, { duplicate: 'on' })
  expect(await turn('refunds', NOW)).toEqual({ enqueued: 1 })
  const refunds = () => db.refund.findMany({ where: { orderId: order.orderId } })
  await vi.waitFor(async () => expect(await refunds()).toMatchObject([{ status: 'SUCCEEDED' }]), SOON)
  expect(await turn('refunds', NOW)).toEqual({ enqueued: 0 })
  expect(await db.bankRefund.count({ where: { capture: { paymentId: order.providerRef } } })).toBe(1)
})

test('a refund that waits in the queue is not put there again', async () => {
  const order = await anOpenedOrder()
  await pressPay(order.providerRef, { duplicate: 'on' })
  await boss.offWork('settle-refund')
  expect(await turn('refunds', NOW)).toEqual({ enqueued: 1 })
  expect(await turn('refunds', NOW)).toEqual({ enqueued: 0 })
  await workOn(boss, workerJobs(tools), log)
  await vi.waitFor(
    async () =>
      expect(await db.refund.findMany({ where: { orderId: order.orderId } })).toMatchObject([{ status: 'SUCCEEDED' }]),
    SOON,
  )
})

test('a lost callback is found at the end of the pay window, a late one is sent by the worker', async () => {
  const [lost, late, unpaid] = [await anOpenedOrder(), await anOpenedOrder(), await anOpenedOrder()]
  await pressPay(lost.providerRef, { lose: 'on' })
  await pressPay(late.providerRef, { delaySeconds: '3' })
  clock.now = after(NOW, 3 * SECOND_MS)
  expect(await turn('bank-callbacks', clock.now)).toEqual({ sent: 1 })
  expect(await statusOf(late.orderId)).toBe('DELIVERED')
  clock.now = after(NOW, 15 * MINUTE_MS)
  expect(await turn('orders', clock.now)).toEqual({ expired: 1, confirmed: 0, failed: 0, paid: 1 })
  expect(await statusOf(lost.orderId)).toBe('DELIVERED')
  expect(await statusOf(unpaid.orderId)).toBe('EXPIRED')
})

test('an event that could not be handled is taken up again by the worker', async () => {
  const order = await anOpenedOrder()
  await pressPay(order.providerRef, { delaySeconds: '3' })
  clock.now = after(NOW, 3 * SECOND_MS)
  bankSwitches.down = true
  expect(await turn('bank-callbacks', clock.now)).toEqual({ sent: 1 })
  expect(await statusOf(order.orderId)).toBe('AWAITING_PAYMENT')
  bankSwitches.down = false
  clock.now = after(NOW, MINUTE_MS)
  expect(await turn('events', clock.now)).toEqual({ handled: 1, failed: 0, dead: 0 })
  expect(await statusOf(order.orderId)).toBe('DELIVERED')
})

test('what a merchant earned matures, and his schedule has it paid out, once', async () => {
  const merchantId = await aMerchant({ tier: 'PRIME' })
  await aConfirmedOrder({ listing: await aListing({ merchantId }) })
  const accountRef = await aReadyAccount()
  const account = { merchantId, provider: provider.name, accountRef, ready: true, missing: [] }
  await db.payoutAccount.create({ data: { ...account, checkedAt: NOW, createdAt: NOW } })
  await run((tx) => setPayoutSchedule(tx, merchantId, 'DAILY', NOW))
  expect(await turn('maturity', NOW)).toEqual({ matured: 1 })
  expect(await turn('payouts', NOW)).toEqual({ scheduled: 0, enqueued: 0 })
  const tomorrow = after(NOW, DAY_MS)
  expect(await turn('payouts', tomorrow)).toEqual({ scheduled: 1, enqueued: 1 })
  const payouts = () => db.payout.findMany({ where: { merchantId } })
  await vi.waitFor(async () => expect(await payouts()).toMatchObject([{ status: 'PAID', amountMinor: 970 }]), SOON)
  expect(await turn('payouts', tomorrow)).toEqual({ scheduled: 0, enqueued: 0 })
  expect(await db.bankTransfer.count({ where: { accountId: accountRef } })).toBe(1)
})

test('a verdict whose callback was lost is found by the daily look', async () => {
  const order = await anOpenedOrder()
  await pressPay(order.providerRef)
  await settled()
  const { captureRef } = await db.payment.findFirstOrThrow({ where: { checkoutId: order.checkoutId } })
  await openDispute(bank, captureRef, 'fraudulent')
  await turn('bank-callbacks', clock.now)
  const { id, disputeRef } = await db.dispute.findFirstOrThrow({ where: { payment: { captureRef } } })
  await decideDispute(bank, disputeRef, 'shop')
  await db.bankCallback.updateMany({ where: { sentAt: null }, data: { dueAt: null } })
  expect(await turn('disputes', after(NOW, HOUR_MS))).toEqual({ looked: 0, submitted: 0 })
  clock.now = after(NOW, DAY_MS)
  expect(await turn('disputes', clock.now)).toEqual({ looked: 1, submitted: 0 })
  expect(await db.dispute.findUnique({ where: { id } })).toMatchObject({ state: 'WON' })
})

test("the bank's list is pulled and matched, and old carts are dropped", async () => {
  const [sound] = [await anOpenedOrder()]
  await pressPay(sound.providerRef)
  await settled()
  const { pulled, matched } = await turn('reconciliation', NOW)
  expect(pulled).toBeGreaterThan(0)
  expect(matched).toBeGreaterThan(0)
  expect(await turn('reconciliation', NOW)).toEqual({ pulled: 0, matched: 0 })
  await db.cart.create({ data: { id: newId(), updatedAt: after(NOW, -40 * DAY_MS) } })
  expect(await turn('carts', NOW)).toEqual({ dropped: 1 })
})

test('what happened to CDKs is in the signed log after a turn, and shown to no witness when there is none', async () => {
  await turn('seal', NOW)
  await aListing({ stock: 3 })
  expect(await turn('seal', NOW)).toEqual({ sealed: 3 })
  expect(await turn('seal', NOW)).toEqual({ sealed: 0 })
  expect(await turn('witness', NOW)).toEqual({ cosigned: 0 })
})

test('a merchant whose stock runs low is told by e-mail; where no e-mail is sent nothing tries to', async () => {
  const { merchantId, variantId } = await aListing({ stock: 2 })
  await db.variant.update({ where: { id: variantId }, data: { lowStockAt: 5 } })
  const userId = await aMerchantUser(merchantId)
  const { email } = await db.user.findUniqueOrThrow({ where: { id: userId } })
  expect((await turn('stock-alerts', NOW)).low).toBeGreaterThan(0)
  await turn('notifications', NOW)
  expect(mailer.sent.filter((mail) => mail.email === email)).toMatchObject([{ note: { kind: 'low-stock' } }])
  const silent = workerLoops({ ...tools, mailer: null }, boss)
  expect(silent.map(({ name }) => name)).not.toContain('notifications')
})
