import { randomUUID } from 'node:crypto'
import {
  type AccountRef,
  merchantAvailable,
  merchantDeposit,
  merchantPending,
  merchantReceivable,
  postTransfers,
  providerClearing,
  receivablePosting,
} from '@/lib/domain/ledger'
import { openPayoutAccount, recordDeposit, requestPayout, syncPayoutAccount } from '@/lib/domain/merchants'
import { newId } from '@/lib/kernel/ids'
import { DAY_MS, after } from '@/lib/kernel/time'
import { balanceOf } from './books'
import { db } from './database'
import { type Listing, NOW, run } from './factories'
import type { PocketProvider } from './pocket-provider'

/** Money that stands in a merchant's balance, however it got there. */
async function fill(to: AccountRef, amountMinor: number, key: string): Promise<void> {
  const from = providerClearing('sandbox', 'CNY')
  await run((tx) => postTransfers(tx, [{ key, code: 'test', from, to, amountMinor }], NOW))
}

export async function anAvailable(merchantId: string, amountMinor: number): Promise<void> {
  await fill(merchantAvailable(merchantId, 'CNY'), amountMinor, `test:${randomUUID()}`)
}

export async function aDeposit(merchantId: string, amountMinor: number): Promise<void> {
  const deposit = { merchantId, reference: randomUUID(), amountMinor, currency: 'CNY' } as const
  await run((tx) => recordDeposit(tx, deposit, NOW))
}

/** The protection fund paid for the merchant, who owes it. */
export async function aDebt(merchantId: string, amountMinor: number): Promise<void> {
  const debt = { merchantId, currency: 'CNY', amountMinor, key: `test:${randomUUID()}` }
  await run((tx) => postTransfers(tx, [receivablePosting(debt)], NOW))
}

/** A confirmed order of one piece that earned its merchant `earnedMinor`, due to mature 14 days after NOW. */
export async function anEarning(
  { merchantId, productId, variantId }: Listing,
  changes: { readonly earnedMinor?: number; readonly matureAt?: Date; readonly heldAt?: Date } = {},
): Promise<string> {
  const earnedMinor = changes.earnedMinor ?? 970
  const [id, checkoutId] = [newId(), newId()]
  const money = { currency: 'CNY', totalMinor: earnedMinor }
  await db.checkout.create({
    data: {
      ...money,
      id: checkoutId,
      idempotencyKey: randomUUID(),
      email: 'guest@example.com',
      locale: 'zh-CN',
      passcodeHash: 'not a real hash',
      provider: 'sandbox',
      expiresAt: NOW,
      createdAt: NOW,
    },
  })
  const times = { placedAt: NOW, paidAt: NOW, deliveredAt: NOW, closedAt: NOW }
  await db.order.create({
    data: {
      ...money,
      ...times,
      id,
      merchantId,
      checkoutId,
      productId,
      variantId,
      number: `KB-${id}`,
      quantity: 1,
      unitPriceMinor: earnedMinor,
      feeMinor: 0,
      status: 'CONFIRMED',
      snapshot: {},
      snapshotHash: '0'.repeat(64),
    },
  })
  const { matureAt = after(NOW, 14 * DAY_MS), heldAt = null } = changes
  const earning = { orderId: id, merchantId, currency: 'CNY', earnedMinor, pendingMinor: earnedMinor }
  await db.earning.create({ data: { ...earning, releasedAt: NOW, matureAt, heldAt } })
  await fill(merchantPending(merchantId, 'CNY'), earnedMinor, `order:${id}:release:merchant`)
  return id
}

/** What the earning of an order still has in pending. */
export async function pendingOf(orderId: string): Promise<number> {
  return (await db.earning.findUniqueOrThrow({ where: { orderId } })).pendingMinor
}

/** A merchant's balances, summed from the transfers; `owed` is what it owes the protection fund. */
export async function merchantBooks(merchantId: string) {
  const of = [merchantPending, merchantAvailable, merchantDeposit, merchantReceivable]
  const [pending, available, deposit, owed] = await Promise.all(of.map((kind) => balanceOf(kind(merchantId, 'CNY'))))
  return { pending, available, deposit, owed: -(owed ?? 0) + 0 }
}

/** A merchant's complete account at the provider. */
export async function aReadyAccount(merchantId: string, provider: PocketProvider): Promise<string> {
  const facts = { merchantId, locale: 'zh-CN', returnUrl: 'https://mall.example.com/merchant/payouts' }
  await openPayoutAccount(run, provider, facts, NOW)
  const { accountRef } = await db.payoutAccount.findFirstOrThrow({ where: { merchantId, provider: provider.name } })
  provider.completeAccount(accountRef)
  await syncPayoutAccount(run, provider, accountRef, NOW)
  return accountRef
}

/** A payout that was asked for and not sent yet, out of just as much available money. */
export async function aRequestedPayout(
  merchantId: string,
  provider: PocketProvider,
  amountMinor = 500,
): Promise<string> {
  await aReadyAccount(merchantId, provider)
  await anAvailable(merchantId, amountMinor)
  const wanted = { merchantId, amountMinor, currency: 'CNY', provider: provider.name, requestedById: null } as const
  return run((tx) => requestPayout(tx, wanted, NOW))
}
