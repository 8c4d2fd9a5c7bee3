import { randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { payoutInTransit } from '@/lib/domain/ledger'
import {
  MAX_PAYOUT_MINOR,
  MIN_PAYOUT_MINOR,
  duePayouts,
  requestPayout,
  setMerchantStatus,
} from '@/lib/domain/merchants'
import { newId } from '@/lib/kernel/ids'
import { MINUTE_MS, after } from '@/lib/kernel/time'
import { balanceOf } from '@/tests/support/books'
import { db } from '@/tests/support/database'
import { NOW, aMerchant, run } from '@/tests/support/factories'
import { aReadyAccount, anAvailable, merchantBooks } from '@/tests/support/merchant-money'
import { PocketProvider } from '@/tests/support/pocket-provider'

const provider = new PocketProvider()

async function aPayee(available: number): Promise<string> {
  const merchantId = await aMerchant()
  await aReadyAccount(merchantId, provider)
  await anAvailable(merchantId, available)
  return merchantId
}

const ask = (merchantId: string, amountMinor: number, idempotencyKey?: string) =>
  run((tx) =>
    requestPayout(
      tx,
      { merchantId, amountMinor, currency: 'CNY', provider: 'sandbox', requestedById: null, idempotencyKey },
      NOW,
    ),
  )

test('moves the money out of available and waits to be sent', async () => {
  const merchantId = await aPayee(1_000)
  const transit = await balanceOf(payoutInTransit('sandbox', 'CNY'))
  const id = await ask(merchantId, 600)
  expect(await merchantBooks(merchantId)).toMatchObject({ available: 400 })
  expect(await balanceOf(payoutInTransit('sandbox', 'CNY'))).toBe(transit + 600)
  expect(await db.payout.findUniqueOrThrow({ where: { id } })).toMatchObject({
    status: 'PENDING',
    amountMinor: 600,
    dueAt: NOW,
    attempts: 0,
    transferRef: null,
    provider: 'sandbox',
  })
  const posted = await db.ledgerTransfer.findUniqueOrThrow({ where: { idempotencyKey: `payout:${id}:start` } })
  expect(posted).toMatchObject({ merchantId, amountMinor: 600n, externalRef: null })
  expect(await duePayouts(run, NOW)).toContain(id)
  expect(await duePayouts(run, after(NOW, -MINUTE_MS))).not.toContain(id)
})

describe('refuses', () => {
  test('more than is available, to the cent', async () => {
    const merchantId = await aPayee(500)
    await expect(ask(merchantId, 501)).rejects.toMatchObject({
      code: 'payout/insufficient',
      params: { availableMinor: 500 },
    })
    await ask(merchantId, 500)
    await expect(ask(merchantId, 100)).rejects.toMatchObject({ code: 'payout/insufficient' })
    expect(await merchantBooks(merchantId)).toMatchObject({ available: 0 })
  })

  test.each([MIN_PAYOUT_MINOR - 1, 0, -200, Number.NaN])('an amount of %s', async (amount) => {
    await expect(ask(await aPayee(500), amount)).rejects.toMatchObject({ code: 'payout/too-small' })
  })

  test('more than one payout can carry', async () => {
    const merchantId = await aPayee(MAX_PAYOUT_MINOR + 1)
    await expect(ask(merchantId, MAX_PAYOUT_MINOR + 1)).rejects.toMatchObject({ code: 'payout/too-large' })
  })

  test('a merchant without an account that is ready', async () => {
    const merchantId = await aMerchant()
    await anAvailable(merchantId, 500)
    await expect(ask(merchantId, 500)).rejects.toMatchObject({ code: 'payout/no-account' })
    await aReadyAccount(merchantId, provider)
    await db.payoutAccount.updateMany({ where: { merchantId }, data: { ready: false } })
    await expect(ask(merchantId, 500)).rejects.toMatchObject({ code: 'payout/no-account' })
  })

  test('a suspended or unknown merchant', async () => {
    const merchantId = await aPayee(500)
    await run((tx) => setMerchantStatus(tx, merchantId, 'SUSPENDED'))
    await expect(ask(merchantId, 500)).rejects.toMatchObject({ code: 'payout/held' })
    await expect(ask(newId(), 500)).rejects.toMatchObject({ code: 'payout/held' })
    expect(await merchantBooks(merchantId)).toMatchObject({ available: 500 })
  })
})

test('the same form is one payout, also after the money has gone; with another amount it is refused', async () => {
  const [merchantId, key] = [await aPayee(700), randomUUID()]
  expect(await ask(merchantId, 600, key)).toBe(key)
  expect(await ask(merchantId, 600, key)).toBe(key)
  expect(await merchantBooks(merchantId)).toMatchObject({ available: 100 })
  await expect(ask(merchantId, 100, key)).rejects.toMatchObject({ code: 'payout/key-reused' })
  await expect(ask(await aPayee(700), 600, key)).rejects.toMatchObject({ code: 'payout/key-reused' })
})

test('a payout that was never sent waits while its merchant is suspended; one under way is followed', async () => {
  const merchantId = await aPayee(700)
  const id = await ask(merchantId, 600)
  await run((tx) => setMerchantStatus(tx, merchantId, 'SUSPENDED'))
  expect(await duePayouts(run, NOW)).not.toContain(id)
  await db.payout.update({ where: { id }, data: { attempts: 1 } })
  expect(await duePayouts(run, NOW)).toContain(id)
})

test('a request that is rolled back moved nothing', async () => {
  const merchantId = await aPayee(700)
  const input = { merchantId, amountMinor: 600, currency: 'CNY', provider: 'sandbox', requestedById: null } as const
  const failing = run(async (tx) => {
    await requestPayout(tx, input, NOW)
    throw new Error('crash')
  })
  await expect(failing).rejects.toThrow('crash')
  expect(await merchantBooks(merchantId)).toMatchObject({ available: 700 })
  expect(await db.payout.count({ where: { merchantId } })).toBe(0)
})
