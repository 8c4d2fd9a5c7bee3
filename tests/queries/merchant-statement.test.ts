import { expect, test } from 'vitest'
import { merchantDeposit, postTransfers } from '@/lib/domain/ledger'
import { matureEarnings, settlePayout } from '@/lib/domain/merchants'
import { refundOrder } from '@/lib/domain/orders'
import { inSnapshot } from '@/lib/infra/snapshot'
import { DAY_MS, after } from '@/lib/kernel/time'
import { findStatement, listStatementMonths, payoutNumber, selectBalances } from '@/lib/queries/merchant'
import { db } from '@/tests/support/database'
import { NOW, aConfirmedOrder, aListing, aMerchant, run } from '@/tests/support/factories'
import { aDeposit, aRequestedPayout } from '@/tests/support/merchant-money'
import { PocketProvider } from '@/tests/support/pocket-provider'

const MARCH = new Date('2026-03-20T00:00:00.000Z')
const CLEARING = { kind: 'PROVIDER_CLEARING', ownerKey: 'sandbox', currency: 'CNY' } as const
const OPERATOR = { kind: 'OPERATOR', id: null } as const

/** The whole statement, its lines read, with what they add up to. */
async function statementOf(merchantId: string, month: string, now = MARCH) {
  return inSnapshot(db, async (tx) => {
    const statement = await findStatement(tx, merchantId, month, { now, nameOf: (code) => `<${code}>` })
    if (!statement) return null
    const accounts = []
    for (const { lines, ...account } of statement.accounts) {
      const read = []
      for await (const line of lines) read.push(line)
      accounts.push({ ...account, lines: read, sum: read.reduce((sum, { amountMinor }) => sum + amountMinor, 0) })
    }
    return { ...statement, accounts }
  })
}

test('holds every movement of the month; opening and movements make the closing balance, which the next month opens with', async () => {
  const listing = await aListing({ stock: 5 })
  const { merchantId } = listing
  const order = await aConfirmedOrder({ listing, quantity: 2 })
  await aDeposit(merchantId, 700)
  const wanted = { amountMinor: 500 }
  await run((tx) => refundOrder(tx, { orderId: order.orderId, wanted, reason: '补偿' }, OPERATOR, after(NOW, DAY_MS)))
  await matureEarnings(run, new Date('2026-03-05T00:00:00.000Z'), (error) => {
    throw error
  })
  const [february, march] = [await statementOf(merchantId, '2026-02'), await statementOf(merchantId, '2026-03')]
  expect(february?.accounts).toMatchObject([
    {
      account: 'pending',
      openingMinor: 0,
      closingMinor: 1_455,
      lines: [
        { kind: '<release>', reference: order.number, amountMinor: 1_940 },
        { kind: '<refund>', reference: order.number, amountMinor: -485 },
      ],
    },
    { account: 'available', openingMinor: 0, closingMinor: 0, lines: [] },
    { account: 'deposit', openingMinor: 0, closingMinor: 700, lines: [{ kind: '<deposit>', amountMinor: 700 }] },
  ])
  expect(march?.accounts.map(({ lines }) => lines.map(({ kind }) => kind))).toEqual([['<mature>'], ['<mature>'], []])
  for (const month of [february, march]) {
    for (const { openingMinor, sum, closingMinor } of month?.accounts ?? [])
      expect(openingMinor + sum).toBe(closingMinor)
  }
  expect(march?.accounts.map(({ openingMinor }) => openingMinor)).toEqual(
    february?.accounts.map(({ closingMinor }) => closingMinor),
  )
  const { pendingMinor, availableMinor, depositMinor } = await selectBalances(db, merchantId)
  expect(march?.accounts.map(({ closingMinor }) => closingMinor)).toEqual([pendingMinor, availableMinor, depositMinor])
})

test('names payouts and deposits by what people know them by', async () => {
  const merchantId = await aMerchant()
  const provider = new PocketProvider()
  provider.transfersBecome = 'failed'
  const payoutId = await aRequestedPayout(merchantId, provider)
  await settlePayout(run, () => provider, payoutId, NOW)
  const available = (await statementOf(merchantId, '2026-02'))?.accounts[1]
  expect(available?.lines.map(({ kind, reference, amountMinor }) => [kind, reference, amountMinor])).toEqual([
    ['<test>', null, 500],
    ['<payout>', payoutNumber(payoutId), -500],
    ['<payout-declined>', payoutNumber(payoutId), 500],
  ])
})

test('a month begins and ends at midnight in Shanghai', async () => {
  const merchantId = await aMerchant()
  const at = async (moment: string, amountMinor: number) => {
    const posting = { key: `test:${merchantId}:${moment}`, code: 'test', from: CLEARING, amountMinor }
    const to = merchantDeposit(merchantId, 'CNY')
    await run((tx) => postTransfers(tx, [{ ...posting, to }], new Date(moment)))
  }
  await at('2026-01-31T15:59:59.999Z', 1)
  await at('2026-01-31T16:00:00.000Z', 10)
  await at('2026-02-28T15:59:59.999Z', 100)
  await at('2026-02-28T16:00:00.000Z', 1_000)
  const deposit = (await statementOf(merchantId, '2026-02'))?.accounts[2]
  expect(deposit).toMatchObject({ openingMinor: 1, sum: 110, closingMinor: 111 })
  expect((await listStatementMonths(db, merchantId, MARCH)).map(({ name, running }) => [name, running])).toEqual([
    ['2026-03', true],
    ['2026-02', false],
    ['2026-01', false],
  ])
})

test('reads on where a batch ended, movements of one moment included', async () => {
  const merchantId = await aMerchant()
  const to = merchantDeposit(merchantId, 'CNY')
  const postings = Array.from({ length: 1_203 }, (_, n) => ({
    key: `test:${merchantId}:${n}`,
    code: 'test',
    from: CLEARING,
    to,
    amountMinor: n + 1,
  }))
  await run((tx) => postTransfers(tx, postings, NOW))
  const deposit = (await statementOf(merchantId, '2026-02'))?.accounts[2]
  expect(deposit?.lines).toHaveLength(1_203)
  expect(deposit?.sum).toBe((1_203 * 1_204) / 2)
})

test('says nothing of another merchant, nor of months that are none', async () => {
  const order = await aConfirmedOrder()
  const stranger = await aMerchant()
  const accounts = (await statementOf(stranger, '2026-02'))?.accounts
  expect(accounts?.map(({ openingMinor, closingMinor, lines }) => [openingMinor, closingMinor, lines.length])).toEqual([
    [0, 0, 0],
    [0, 0, 0],
    [0, 0, 0],
  ])
  expect(await listStatementMonths(db, stranger, MARCH)).toEqual([])
  for (const month of ['2026-13', '2026-2', '1999-01', '2026-04', "2026-02'", ''])
    expect(await statementOf(order.merchantId, month)).toBeNull()
})
