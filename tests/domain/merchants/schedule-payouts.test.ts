import { beforeEach, describe, expect, test, vi } from 'vitest'
import { nextPayoutTime, schedulePayouts, setMerchantStatus, setPayoutSchedule } from '@/lib/domain/merchants'
import type { PayoutSchedule } from '@/lib/infra/prisma/enums'
import { newId } from '@/lib/kernel/ids'
import { DAY_MS, after } from '@/lib/kernel/time'
import { db } from '@/tests/support/database'
import { NOW, aMerchant, run } from '@/tests/support/factories'
import { aReadyAccount, anAvailable, merchantBooks } from '@/tests/support/merchant-money'
import { PocketProvider } from '@/tests/support/pocket-provider'

describe('the next time is 02:00 in Shanghai', () => {
  test.each<[schedule: PayoutSchedule, now: string, next: string]>([
    ['DAILY', '2026-02-03T06:05:00.000Z', '2026-02-03T18:00:00.000Z'],
    ['DAILY', '2026-02-03T17:59:59.999Z', '2026-02-03T18:00:00.000Z'],
    ['DAILY', '2026-02-03T18:00:00.000Z', '2026-02-04T18:00:00.000Z'],
    ['DAILY', '2026-12-31T20:00:00.000Z', '2027-01-01T18:00:00.000Z'],
    // 18:00 on a Sunday in UTC is Monday 02:00 there.
    ['WEEKLY', '2026-02-03T06:05:00.000Z', '2026-02-08T18:00:00.000Z'],
    ['WEEKLY', '2026-02-08T17:59:00.000Z', '2026-02-08T18:00:00.000Z'],
    ['WEEKLY', '2026-02-08T18:00:00.000Z', '2026-02-15T18:00:00.000Z'],
    ['MONTHLY', '2026-02-03T06:05:00.000Z', '2026-02-28T18:00:00.000Z'],
    ['MONTHLY', '2026-02-28T18:00:00.000Z', '2026-03-31T18:00:00.000Z'],
    ['MONTHLY', '2028-02-29T17:00:00.000Z', '2028-02-29T18:00:00.000Z'],
    ['MONTHLY', '2026-12-31T19:00:00.000Z', '2027-01-31T18:00:00.000Z'],
  ])('%s after %s: %s', (schedule, now, next) => {
    expect(nextPayoutTime(schedule, new Date(now))?.toISOString()).toBe(next)
  })

  test('and never for who asks himself', () => {
    expect(nextPayoutTime('MANUAL', NOW)).toBeNull()
  })
})

describe('the schedule', () => {
  const provider = new PocketProvider()
  const due = new Date('2026-02-03T18:00:00.000Z')
  const throwOn = (error: unknown) => {
    throw error
  }
  const pump = (now = due) => schedulePayouts(run, provider, now, throwOn)
  const nextOf = async (id: string) => (await db.merchant.findUniqueOrThrow({ where: { id } })).nextPayoutAt
  let merchantId: string

  beforeEach(async () => {
    merchantId = await aMerchant()
    await aReadyAccount(merchantId, provider)
    await run((tx) => setPayoutSchedule(tx, merchantId, 'DAILY', NOW))
    return async () => {
      await db.merchant.updateMany({ data: { payoutSchedule: 'MANUAL', nextPayoutAt: null } })
    }
  })

  test('pays out all that is available, once, and moves on', async () => {
    await anAvailable(merchantId, 1_234)
    expect(await pump(after(due, -1))).toBe(0)
    expect(await pump()).toBe(1)
    expect(await pump()).toBe(0)
    expect(await merchantBooks(merchantId)).toMatchObject({ available: 0 })
    expect(await db.payout.findMany({ where: { merchantId } })).toMatchObject([
      { amountMinor: 1_234, status: 'PENDING', requestedById: null, provider: 'sandbox' },
    ])
    expect(await nextOf(merchantId)).toEqual(after(due, DAY_MS))
  })

  test('makes up once for the times that were slept through', async () => {
    await anAvailable(merchantId, 500)
    expect(await pump(after(due, 9.5 * DAY_MS))).toBe(1)
    expect(await nextOf(merchantId)).toEqual(after(due, 10 * DAY_MS))
  })

  test.each<[what: string, prepare: () => Promise<unknown>]>([
    ['too little', async () => Promise.resolve()],
    [
      'an account that is not ready',
      () => db.payoutAccount.updateMany({ where: { merchantId }, data: { ready: false } }),
    ],
    ['a suspended merchant', () => run((tx) => setMerchantStatus(tx, merchantId, 'SUSPENDED'))],
  ])('with %s it only moves on', async (what, prepare) => {
    await anAvailable(merchantId, what === 'too little' ? 99 : 500)
    await prepare()
    expect(await pump()).toBe(0)
    expect(await db.payout.count({ where: { merchantId } })).toBe(0)
    expect(await nextOf(merchantId)).toEqual(after(due, DAY_MS))
  })

  test('ends when the merchant asks himself again', async () => {
    await anAvailable(merchantId, 500)
    await run((tx) => setPayoutSchedule(tx, merchantId, 'MANUAL', NOW))
    expect(await nextOf(merchantId)).toBeNull()
    expect(await pump()).toBe(0)
  })

  test('of one merchant that fails is told, and the others are paid', async () => {
    const broken = await aMerchant()
    await aReadyAccount(broken, provider)
    await run((tx) => setPayoutSchedule(tx, broken, 'WEEKLY', after(NOW, -30 * DAY_MS)))
    await anAvailable(broken, 500)
    await anAvailable(merchantId, 500)
    const failing: typeof run = async (work) =>
      run(async (tx) => {
        const done = await work(tx)
        if ((await tx.payout.count({ where: { merchantId: broken } })) > 0) throw new Error('killed')
        return done
      })
    const errors = vi.fn<(error: unknown, what: string) => void>()
    expect(await schedulePayouts(failing, provider, due, errors)).toBe(1)
    expect(errors).toHaveBeenCalledWith(expect.any(Error), `scheduled payout of merchant ${broken}`)
    expect(await db.payout.count({ where: { merchantId } })).toBe(1)
    expect(await pump()).toBe(1)
  })

  test('is refused for a merchant that is not there', async () => {
    await expect(run((tx) => setPayoutSchedule(tx, newId(), 'DAILY', NOW))).rejects.toMatchObject({
      code: 'access/not-found',
    })
  })
})
