import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import type { PgBoss } from 'pg-boss'
import { type Loop, type Tools, workerJobs, workerLoops } from '@/lib/cli/worker-tasks'
import { openJobs, workOn } from '@/lib/infra/jobs'
import { createLog } from '@/lib/infra/log'
import { MINUTE_MS, SECOND_MS, after } from '@/lib/kernel/time'
import { statusOf } from '@/tests/support/books'
import { databaseUrl, db } from '@/tests/support/database'
import { NOW, run } from '@/tests/support/factories'
import { anOpenedOrder, bank, clock, pressPay, provider } from '@/tests/support/sandbox'

const log = createLog('test', 'silent')
const tools: Tools = { run, provider, bank, log }
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
  expect(await turn('orders', clock.now)).toEqual({ expired: 1, confirmed: 0, paid: 1 })
  expect(await statusOf(lost.orderId)).toBe('DELIVERED')
  expect(await statusOf(unpaid.orderId)).toBe('EXPIRED')
})
