import { randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import {
  type AccountRef,
  type TransferInput,
  accountId,
  merchantDeposit,
  merchantPending,
  postTransfers,
  providerClearing,
  suspenseOf,
} from '@/lib/domain/ledger'
import { balanceOf } from '@/tests/support/books'
import { db } from '@/tests/support/database'
import { NOW, run } from '@/tests/support/factories'
import { raceTwice } from '@/tests/support/race'

const clearing = providerClearing('sandbox', 'CNY')
const move = (from: AccountRef, to: AccountRef, amountMinor: number, key: string = randomUUID()): TransferInput => ({
  key,
  code: 'test',
  from,
  to,
  amountMinor,
})
const post = (...transfers: TransferInput[]) => run((tx) => postTransfers(tx, transfers, NOW))

describe('postTransfers', () => {
  test('keeps the running balance of a guarded account, none of a shared one', async () => {
    const pending = merchantPending(randomUUID(), 'CNY')
    await post(move(clearing, pending, 700))
    await post(move(pending, clearing, 200), move(clearing, pending, 50))
    expect(await balanceOf(pending)).toBe(550)
    expect(await db.ledgerBalance.findUnique({ where: { accountId: accountId(pending) } })).toMatchObject({
      creditsMinor: 750n,
      debitsMinor: 200n,
    })
    expect(await db.ledgerBalance.findUnique({ where: { accountId: accountId(clearing) } })).toBeNull()
  })

  test('money may pass through an account within one posting', async () => {
    const suspense = suspenseOf(randomUUID(), 'CNY')
    await post(move(clearing, suspense, 300), move(suspense, clearing, 300))
    expect(await balanceOf(suspense)).toBe(0)
  })

  test('a guarded account never goes below zero', async () => {
    const pending = merchantPending(randomUUID(), 'CNY')
    await post(move(clearing, pending, 100))
    await expect(post(move(pending, clearing, 101))).rejects.toThrow('ledger_balance_not_negative')
    const unknown = merchantDeposit(randomUUID(), 'CNY')
    await expect(post(move(unknown, clearing, 1))).rejects.toThrow('before it ever held money')
    expect(await balanceOf(pending)).toBe(100)
    expect(await balanceOf(unknown)).toBe(0)
  })

  test('two withdrawals of the last money: one is refused', async () => {
    const pending = merchantPending(randomUUID(), 'CNY')
    await post(move(clearing, pending, 100))
    const [first, second] = await raceTwice((tx) => postTransfers(tx, [move(pending, clearing, 80)], NOW))
    expect([first.status, second.status]).toEqual(['fulfilled', 'rejected'])
    expect(await balanceOf(pending)).toBe(20)
  })

  test('one fact is posted once', async () => {
    const pending = merchantPending(randomUUID(), 'CNY')
    const fact = move(clearing, pending, 100)
    await post(fact)
    await expect(post(fact)).rejects.toThrow('idempotencyKey')
    const other = move(clearing, pending, 100)
    const [first, second] = await raceTwice((tx) => postTransfers(tx, [other], NOW))
    expect([first.status, second.status]).toEqual(['fulfilled', 'rejected'])
    expect(await balanceOf(pending)).toBe(200)
  })

  test.each([-1, 1.5, Number.NaN])('moves no amount of %s', async (amount) => {
    await expect(post(move(clearing, merchantPending(randomUUID(), 'CNY'), amount))).rejects.toThrow('moves')
  })
})

describe('the books cannot be rewritten', () => {
  test.each([
    ['ledger_transfer', 'id'],
    ['order_event', 'id'],
    ['order_refund', 'id'],
    ['refund_unit', 'cdkId'],
    ['operator_action', 'id'],
  ])('%s refuses UPDATE, DELETE and TRUNCATE', async (table, column) => {
    await post(move(clearing, merchantPending(randomUUID(), 'CNY'), 1))
    for (const statement of [
      `UPDATE ${table} SET "${column}" = "${column}"`,
      `DELETE FROM ${table}`,
      `TRUNCATE ${table}`,
    ]) {
      await expect(db.$executeRawUnsafe(statement)).rejects.toThrow(/permission denied/u)
    }
  })
})
