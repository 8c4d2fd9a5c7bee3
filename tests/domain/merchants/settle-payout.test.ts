import { beforeEach, describe, expect, test } from 'vitest'
import { payoutInTransit, providerClearing } from '@/lib/domain/ledger'
import { settlePayout, syncPayout } from '@/lib/domain/merchants'
import { type PaymentProvider, ProviderRefused, ProviderUnavailable } from '@/lib/domain/payments'
import { MINUTE_MS, SECOND_MS, after } from '@/lib/kernel/time'
import { balanceOf } from '@/tests/support/books'
import { db } from '@/tests/support/database'
import { NOW, aMerchant, run } from '@/tests/support/factories'
import { aDebt, aRequestedPayout, anAvailable, merchantBooks } from '@/tests/support/merchant-money'
import { PocketProvider } from '@/tests/support/pocket-provider'

type ToTransfer = Parameters<PaymentProvider['transfer']>[0]

/** A provider whose line can break after the work is done, and that keeps what it was asked. */
class LossyProvider extends PocketProvider {
  readonly asked: ToTransfer[] = []
  after: () => void = () => undefined
  before: () => void = () => undefined

  override async transfer(input: ToTransfer) {
    this.asked.push(input)
    this.before()
    const made = await super.transfer(input)
    this.after()
    return made
  }
}

let provider: LossyProvider
let merchantId: string
let payoutId: string
let clearing: number
let transit: number

const fail = (error: Error) => () => {
  throw error
}
const settle = (now = NOW) => settlePayout(run, (name) => (name === provider.name ? provider : null), payoutId, now)
const payout = () => db.payout.findUniqueOrThrow({ where: { id: payoutId } })
const sync = async (now = NOW) => syncPayout(run, provider, (await payout()).transferRef ?? 'none', now)
/** What clearing and transit gained since the payout began. */
const gained = async () => ({
  clearing: (await balanceOf(providerClearing('sandbox', 'CNY'))) - clearing,
  transit: (await balanceOf(payoutInTransit('sandbox', 'CNY'))) - transit,
})
/** Ledger transactions of the payout that touch the provider, by what reconciliation looks for. */
const matched = async () => {
  const { transferRef } = await payout()
  const rows = await db.ledgerTransfer.findMany({ where: { merchantId, externalRef: { not: null } } })
  expect(new Set(rows.map((row) => row.transactionId)).size).toBe(rows.length)
  return rows.map((row) => (row.externalRef ?? '').replace(transferRef ?? 'none', 'REF')).toSorted()
}

beforeEach(async () => {
  provider = new LossyProvider()
  merchantId = await aMerchant()
  payoutId = await aRequestedPayout(merchantId, provider, 500)
  clearing = await balanceOf(providerClearing('sandbox', 'CNY'))
  transit = (await balanceOf(payoutInTransit('sandbox', 'CNY'))) - 500
})

describe('sending', () => {
  test('a transfer that succeeds takes the money out of transit into clearing, once', async () => {
    expect(await settle()).toBe(true)
    expect(await settle()).toBe(true)
    const [transferRef] = provider.transfers.keys()
    expect(await payout()).toMatchObject({ status: 'PAID', transferRef, settledAt: NOW, dueAt: null, attempts: 1 })
    expect(await gained()).toEqual({ clearing: 500, transit: 0 })
    expect(await matched()).toEqual(['sandbox:transfer:REF'])
    expect(provider.asked).toMatchObject([{ payoutId, amountMinor: 500, currency: 'CNY', retry: false }])
  })

  test('a transfer that is pending has left, and is looked up until it arrives', async () => {
    provider.transfersBecome = 'pending'
    expect(await settle()).toBe(false)
    expect(await payout()).toMatchObject({ status: 'SENT', settledAt: null })
    expect(await gained()).toEqual({ clearing: 500, transit: 0 })
    expect(await settle()).toBe(false)
    provider.endTransfer((await payout()).transferRef ?? '', 'succeeded')
    expect(await settle(after(NOW, MINUTE_MS))).toBe(true)
    expect(await payout()).toMatchObject({ status: 'PAID', settledAt: after(NOW, MINUTE_MS) })
    expect(await matched()).toEqual(['sandbox:transfer:REF'])
    expect(provider.asked).toHaveLength(1)
  })

  test('a transfer that is declined makes the money available again', async () => {
    provider.transfersBecome = 'failed'
    expect(await settle()).toBe(true)
    expect(await payout()).toMatchObject({ status: 'FAILED', lastError: 'declined', dueAt: null, settledAt: NOW })
    expect(await gained()).toEqual({ clearing: 0, transit: 0 })
    expect(await merchantBooks(merchantId)).toMatchObject({ available: 500 })
    expect(await matched()).toEqual([])
  })

  test('so does a provider that will never do it, and what the merchant owes is collected of it', async () => {
    provider.before = fail(new ProviderRefused('no such account'))
    await aDebt(merchantId, 120)
    expect(await settle()).toBe(true)
    expect(await payout()).toMatchObject({ status: 'FAILED', lastError: 'no such account', transferRef: null })
    expect(await merchantBooks(merchantId)).toMatchObject({ available: 380, owed: 0 })
  })

  test('a provider that is down is asked again later, less and less often', async () => {
    provider.down = true
    expect(await settle()).toBe(false)
    expect(await payout()).toMatchObject({
      status: 'PENDING',
      attempts: 1,
      lastError: 'no answer',
      dueAt: after(NOW, 10 * SECOND_MS),
    })
    expect(await settle()).toBe(false)
    expect(await payout()).toMatchObject({ attempts: 2, dueAt: after(NOW, 20 * SECOND_MS) })
    expect(await gained()).toEqual({ clearing: 0, transit: 500 })
    provider.down = false
    expect(await settle()).toBe(true)
    expect(provider.asked.map(({ retry }) => retry)).toEqual([false, true, true])
  })

  test('a provider that is not configured any more leaves it waiting', async () => {
    expect(await settlePayout(run, () => null, payoutId, NOW)).toBe(false)
    expect(await payout()).toMatchObject({ status: 'PENDING', attempts: 1 })
  })

  test('an unexpected failure is thrown and leaves it due later', async () => {
    provider.before = fail(new TypeError('broken adapter'))
    await expect(settle()).rejects.toThrow('broken adapter')
    expect(await payout()).toMatchObject({ status: 'PENDING', lastError: 'broken adapter' })
  })

  test('knows no payout that is not there', async () => {
    payoutId = merchantId
    expect(await settle()).toBe(false)
  })
})

describe('a crash between the answer and the booking', () => {
  test('sends no second transfer and books the first', async () => {
    provider.after = fail(new Error('killed'))
    await expect(settle()).rejects.toThrow('killed')
    expect(await payout()).toMatchObject({ status: 'PENDING', transferRef: null })
    provider.after = () => undefined
    expect(await settle()).toBe(true)
    expect(provider.transfers.size).toBe(1)
    expect(provider.asked.map(({ retry }) => retry)).toEqual([false, true])
    expect(await gained()).toEqual({ clearing: 500, transit: 0 })
  })

  test('books both ways when the money has come back meanwhile', async () => {
    provider.after = fail(new ProviderUnavailable('answer lost'))
    expect(await settle()).toBe(false)
    const [transferRef = ''] = provider.transfers.keys()
    provider.endTransfer(transferRef, 'failed')
    provider.after = () => undefined
    // The provider's own list is longer than a page, and ours is not its first line.
    provider.movements.unshift(aLine('of another'))
    provider.pageSize = 1
    expect(await settle()).toBe(true)
    expect(await payout()).toMatchObject({ status: 'FAILED', transferRef })
    expect(await merchantBooks(merchantId)).toMatchObject({ available: 500 })
    expect(await gained()).toEqual({ clearing: 0, transit: 0 })
    expect(await matched()).toEqual(['sandbox:transfer-returned:REF', 'sandbox:transfer:REF'])
  })

  test('books no way out when it was declined', async () => {
    provider.transfersBecome = 'failed'
    provider.pageSize = 1
    await db.payout.update({ where: { id: payoutId }, data: { attempts: 1 } })
    provider.movements.push(...['a', 'b'].map((ref) => aLine(ref)))
    expect(await settle()).toBe(true)
    expect(await matched()).toEqual([])
    expect(await merchantBooks(merchantId)).toMatchObject({ available: 500 })
  })
})

const aLine = (ref: string) => ({
  movementRef: ref,
  kind: 'transfer' as const,
  sourceRef: ref,
  providerRef: null,
  amountMinor: -1,
  feeMinor: 0,
  currency: 'CNY',
  at: NOW,
})

describe('news of a transfer', () => {
  test('a payout that was paid comes back: available again, whatever the order and number of the callbacks', async () => {
    await settle()
    expect(await sync()).toBe(true)
    expect(await payout()).toMatchObject({ status: 'PAID' })
    provider.endTransfer((await payout()).transferRef ?? '', 'failed')
    await aDebt(merchantId, 200)
    const later = after(NOW, MINUTE_MS)
    await Promise.all([sync(later), sync(later)])
    await settle(later)
    expect(await payout()).toMatchObject({ status: 'FAILED', lastError: 'returned', settledAt: later })
    expect(await merchantBooks(merchantId)).toMatchObject({ available: 300, owed: 0 })
    expect(await gained()).toEqual({ clearing: 0, transit: 0 })
    expect(await matched()).toEqual(['sandbox:transfer-returned:REF', 'sandbox:transfer:REF'])
    provider.endTransfer((await payout()).transferRef ?? '', 'succeeded')
    await sync(later)
    expect(await payout()).toMatchObject({ status: 'FAILED' })
  })

  test('an old answer does not make a payout that was paid uncertain again', async () => {
    await settle()
    const { transferRef } = await payout()
    provider.transfers.set(transferRef ?? '', { transferRef: transferRef ?? '', status: 'pending', failure: null })
    await sync()
    expect(await payout()).toMatchObject({ status: 'PAID' })
  })

  test('a pending transfer that fails makes the money available again', async () => {
    provider.transfersBecome = 'pending'
    await settle()
    provider.endTransfer((await payout()).transferRef ?? '', 'failed')
    await sync()
    expect(await payout()).toMatchObject({ status: 'FAILED' })
    expect(await merchantBooks(merchantId)).toMatchObject({ available: 500 })
  })

  test('what the provider does not know (any more) is asked again, and a stranger is ignored', async () => {
    expect(await syncPayout(run, provider, 'tr_of_somebody', NOW)).toBe(false)
    provider.transfersBecome = 'pending'
    await settle()
    provider.transfers.clear()
    expect(await sync()).toBe(true)
    expect(await settle()).toBe(false)
    expect(await payout()).toMatchObject({ status: 'SENT' })
    expect((await payout()).lastError).toContain('does not know')
  })

  test('the money that came back can be paid out again', async () => {
    provider.transfersBecome = 'failed'
    await settle()
    provider.transfersBecome = 'succeeded'
    await anAvailable(merchantId, 1)
    const first = payoutId
    payoutId = await aRequestedPayout(merchantId, provider, 400)
    expect(payoutId).not.toBe(first)
    expect(await settle()).toBe(true)
    expect(await payout()).toMatchObject({ status: 'PAID' })
    expect(await merchantBooks(merchantId)).toMatchObject({ available: 501 })
  })
})
