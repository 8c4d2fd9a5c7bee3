import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import {
  merchantAvailable,
  merchantDeposit,
  merchantPending,
  postTransfers,
  providerClearing,
  receivablePosting,
} from '@/lib/domain/ledger'
import {
  type Taken,
  fundProtection,
  matureEarnings,
  recordDeposit,
  requestPayout,
  schedulePayouts,
  setPayoutSchedule,
  settlePayout,
  takeFromMerchant,
} from '@/lib/domain/merchants'
import type { InTransaction, Tx } from '@/lib/domain/tx'
import { MINUTE_MS, after } from '@/lib/kernel/time'
import { db } from '@/tests/support/database'
import { type Listing, NOW, aListing, aMerchant, run } from '@/tests/support/factories'
import {
  aDebt,
  aDeposit,
  aReadyAccount,
  aRequestedPayout,
  anAvailable,
  anEarning,
  merchantBooks,
  pendingOf,
} from '@/tests/support/merchant-money'
import { PocketProvider } from '@/tests/support/pocket-provider'
import { race, raceTwice } from '@/tests/support/race'

const provider = new PocketProvider()
const due = after(NOW, -MINUTE_MS)

/** An outlet that makes a verb with its own transactions run in the given one. */
const within =
  (tx: Tx): InTransaction =>
  async (work) =>
    work(tx)

const noError = (error: unknown) => {
  throw error
}

/** Takes, and posts it all to the provider as a refund would. */
async function take(tx: Tx, { merchantId }: Listing, orderId: string, needMinor: number): Promise<Taken> {
  const taken = await takeFromMerchant(tx, { merchantId, orderId, currency: 'CNY', needMinor }, NOW)
  const to = providerClearing('sandbox', 'CNY')
  const key = randomUUID()
  const postings = taken.sources.map(({ account: from, amountMinor }, n) => ({
    key: `${key}:${n}`,
    code: 'test',
    from,
    to,
    amountMinor,
  }))
  const debt = { merchantId, currency: 'CNY', amountMinor: taken.fromFundMinor, key: `${key}:owed` }
  await postTransfers(tx, [...postings, receivablePosting(debt)], NOW)
  return taken
}

const payout = (tx: Tx, merchantId: string, amountMinor: number, idempotencyKey?: string) =>
  requestPayout(
    tx,
    { merchantId, amountMinor, currency: 'CNY', provider: 'sandbox', requestedById: null, idempotencyKey },
    NOW,
  )

async function aPayee(available: number): Promise<Listing> {
  const listing = await aListing({ stock: 0 })
  await aReadyAccount(listing.merchantId, provider)
  await anAvailable(listing.merchantId, available)
  return listing
}

test('of two payouts of the last money one is refused', async () => {
  const { merchantId } = await aPayee(500)
  const [first, second] = await raceTwice((tx) => payout(tx, merchantId, 400))
  expect(first.status).toBe('fulfilled')
  expect(second).toMatchObject({ reason: { code: 'payout/insufficient', params: { availableMinor: 100 } } })
  expect(await merchantBooks(merchantId)).toMatchObject({ available: 100 })
})

test('a double click is one payout', async () => {
  const { merchantId } = await aPayee(500)
  const key = randomUUID()
  const both = await raceTwice((tx) => payout(tx, merchantId, 400, key))
  expect(both).toEqual([
    { status: 'fulfilled', value: key },
    { status: 'fulfilled', value: key },
  ])
  expect(await db.payout.count({ where: { merchantId } })).toBe(1)
})

test('a payout before a refund leaves it the deposit', async () => {
  const listing = await aPayee(500)
  await aDeposit(listing.merchantId, 1_000)
  const own = await anEarning(listing, { earnedMinor: 100 })
  const [paid, taken] = await race(
    (tx) => payout(tx, listing.merchantId, 450),
    (tx) => take(tx, listing, own, 300),
  )
  expect(paid.status).toBe('fulfilled')
  expect(taken).toMatchObject({
    value: { fromPendingMinor: 100, fromAvailableMinor: 50, fromDepositMinor: 150, fromFundMinor: 0 },
  })
  expect(await merchantBooks(listing.merchantId)).toMatchObject({ pending: 0, available: 0, deposit: 850 })
})

test('a refund before a payout leaves it the rest', async () => {
  const listing = await aPayee(500)
  const own = await anEarning(listing, { earnedMinor: 100 })
  const [taken, paid] = await race(
    (tx) => take(tx, listing, own, 300),
    (tx) => payout(tx, listing.merchantId, 450),
  )
  expect(taken).toMatchObject({ value: { fromPendingMinor: 100, fromAvailableMinor: 200 } })
  expect(paid).toMatchObject({ reason: { code: 'payout/insufficient', params: { availableMinor: 300 } } })
  expect(await merchantBooks(listing.merchantId)).toMatchObject({ available: 300 })
})

test('an earning that matures before a refund is taken from available', async () => {
  const listing = await aListing({ stock: 0 })
  const own = await anEarning(listing, { earnedMinor: 100, matureAt: due })
  const other = await anEarning(listing, { earnedMinor: 60, matureAt: due })
  const [matured, taken] = await race(
    (tx) => matureEarnings(within(tx), NOW, noError),
    (tx) => take(tx, listing, own, 130),
  )
  expect(matured).toMatchObject({ value: 2 })
  expect(taken).toMatchObject({ value: { fromPendingMinor: 0, fromAvailableMinor: 130, fromFundMinor: 0 } })
  expect(await merchantBooks(listing.merchantId)).toMatchObject({ pending: 0, available: 30, owed: 0 })
  expect([await pendingOf(own), await pendingOf(other)]).toEqual([0, 0])
})

test('another earning that matures before a refund comes to it is taken from available', async () => {
  const listing = await aListing({ stock: 0 })
  const own = await anEarning(listing, { earnedMinor: 100 })
  const other = await anEarning(listing, { earnedMinor: 60, matureAt: due })
  const [matured, taken] = await race(
    (tx) => matureEarnings(within(tx), NOW, noError),
    (tx) => take(tx, listing, own, 130),
  )
  expect(matured).toMatchObject({ value: 1 })
  expect(taken).toMatchObject({ value: { fromPendingMinor: 100, fromAvailableMinor: 30, fromFundMinor: 0 } })
  expect(await merchantBooks(listing.merchantId)).toMatchObject({ pending: 0, available: 30, owed: 0 })
  expect(await pendingOf(other)).toBe(0)
})

test('an earning that a refund has in hand does not mature beside it', async () => {
  const listing = await aListing({ stock: 0 })
  const own = await anEarning(listing, { earnedMinor: 100, matureAt: due })
  const other = await anEarning(listing, { earnedMinor: 60, matureAt: due })
  const [taken, matured] = await race(
    (tx) => take(tx, listing, own, 70),
    (tx) => matureEarnings(within(tx), NOW, noError),
  )
  expect(taken).toMatchObject({ value: { fromPendingMinor: 70 } })
  expect(matured).toMatchObject({ value: 1 })
  expect(await pendingOf(other)).toBe(0)
  expect(await matureEarnings(run, NOW, noError)).toBe(1)
  expect(await merchantBooks(listing.merchantId)).toMatchObject({ pending: 0, available: 90 })
})

test('two workers mature each earning once', async () => {
  const listing = await aListing({ stock: 0 })
  await anEarning(listing, { earnedMinor: 100, matureAt: due })
  await aDebt(listing.merchantId, 30)
  const [first, second] = await raceTwice((tx) => matureEarnings(within(tx), NOW, noError))
  expect([first, second]).toMatchObject([{ value: 1 }, { value: 0 }])
  expect(await merchantBooks(listing.merchantId)).toMatchObject({ pending: 0, available: 70, owed: 0 })
})

test('two refunds that need each other’s earnings do not block each other and take nothing twice', async () => {
  const listing = await aListing({ stock: 0 })
  const [one, two] = [await anEarning(listing, { earnedMinor: 100 }), await anEarning(listing, { earnedMinor: 100 })]
  const [first, second] = await race(
    (tx) => take(tx, listing, one, 150),
    (tx) => take(tx, listing, two, 150),
  )
  expect(first).toMatchObject({ value: { fromPendingMinor: 150, fromFundMinor: 0 } })
  expect(second).toMatchObject({ value: { fromPendingMinor: 50, fromFundMinor: 100 } })
  expect(await merchantBooks(listing.merchantId)).toEqual({ pending: 0, available: 0, deposit: 0, owed: 100 })
})

test('two refunds that begin by their own earnings and go on to the other’s finish without a deadlock', async () => {
  const listing = await aListing({ stock: 0 })
  const [one, two] = [await anEarning(listing, { earnedMinor: 100 }), await anEarning(listing, { earnedMinor: 100 })]
  const [held, release] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
  const holder = run(async (tx) => {
    await tx.$executeRaw`SELECT 1 FROM earning WHERE "orderId" = ${two}::uuid FOR UPDATE`
    held.resolve()
    await release.promise
  })
  await held.promise
  // The one whose own earning is held is in front of it when the other comes to need it.
  const first = run((tx) => take(tx, listing, two, 150))
  await untilWaiting(1)
  const second = run((tx) => take(tx, listing, one, 150))
  await untilWaiting(2)
  release.resolve()
  await holder
  expect(await first).toMatchObject({ fromPendingMinor: 150 })
  expect(await second).toMatchObject({ fromPendingMinor: 50, fromFundMinor: 100 })
})

/** Until so many transactions of this file's database wait for a lock. */
async function untilWaiting(count: number): Promise<void> {
  for (;;) {
    const waiting = await db.$queryRaw<unknown[]>`
      SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`
    if (waiting.length >= count) return
  }
}

test('a merchant that two workers find due is paid out once', async () => {
  const { merchantId } = await aPayee(500)
  await run((tx) => setPayoutSchedule(tx, merchantId, 'DAILY', NOW))
  const { nextPayoutAt } = await db.merchant.findUniqueOrThrow({ where: { id: merchantId } })
  const at = nextPayoutAt ?? NOW
  const more = {
    key: randomUUID(),
    code: 'test',
    from: providerClearing('sandbox', 'CNY'),
    to: merchantAvailable(merchantId, 'CNY'),
    amountMinor: 300,
  }
  const both = await race(
    async (tx) => {
      const begun = await schedulePayouts(within(tx), provider, at, noError)
      await postTransfers(tx, [more], NOW)
      return begun
    },
    (tx) => schedulePayouts(within(tx), provider, at, noError),
  )
  expect(both).toMatchObject([{ value: 1 }, { value: 0 }])
  expect(await db.payout.count({ where: { merchantId } })).toBe(1)
})

test('two workers that send one payout make one transfer and book it once', async () => {
  const merchantId = await aMerchant()
  const id = await aRequestedPayout(merchantId, provider, 500)
  const before = provider.transfers.size
  const settle = () => settlePayout(run, () => provider, id, NOW)
  expect(await Promise.all([settle(), settle(), settle()])).toEqual([true, true, true])
  expect(provider.transfers.size).toBe(before + 1)
  expect(await db.ledgerTransfer.count({ where: { idempotencyKey: { startsWith: `payout:${id}:` } } })).toBe(2)
})

test('one bank transfer is a deposit or a payment into the fund, not both', async () => {
  const merchantId = await aMerchant()
  const money = { reference: 'TX-RACE', amountMinor: 100, currency: 'CNY' } as const
  const [first, second] = await race(
    (tx) => recordDeposit(tx, { ...money, merchantId }, NOW),
    (tx) => fundProtection(tx, money, NOW),
  )
  expect(first.status).toBe('fulfilled')
  expect(second).toMatchObject({ reason: { code: 'merchant/deposit-recorded' } })
})

test('what a taking has counted stays where it is until it is posted', async () => {
  const listing = await aPayee(500)
  const { merchantId } = listing
  await aDeposit(merchantId, 200)
  const own = await anEarning(listing, { earnedMinor: 100 })
  const drain = (kind: typeof merchantAvailable, amountMinor: number) => ({
    key: randomUUID(),
    code: 'test',
    from: kind(merchantId, 'CNY'),
    to: providerClearing('sandbox', 'CNY'),
    amountMinor,
  })
  const all = [drain(merchantPending, 100), drain(merchantAvailable, 500), drain(merchantDeposit, 200)]
  const [taken, drained] = await race(
    (tx) => take(tx, listing, own, 750),
    (tx) => postTransfers(tx, all, NOW),
  )
  expect(taken).toMatchObject({ value: { fromAvailableMinor: 500, fromDepositMinor: 150, fromFundMinor: 0 } })
  expect(drained.status).toBe('rejected')
  expect(await merchantBooks(merchantId)).toEqual({ pending: 0, available: 0, deposit: 50, owed: 0 })
})
