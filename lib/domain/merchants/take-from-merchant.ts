import {
  type Share,
  lockBalances,
  merchantAvailable,
  merchantDeposit,
  merchantPending,
  merchantReceivable,
  protectionFund,
} from '@/lib/domain/ledger'
import { type Tx, join, sql } from '@/lib/domain/tx'
import { invariant } from '@/lib/kernel/invariant'
import type { Minor } from '@/lib/kernel/money'
import { type LockedEarning, lockOtherEarnings, lockOwnEarning } from './lock-earnings'

export interface TakeInput {
  readonly merchantId: string
  readonly orderId: string
  readonly currency: string
  readonly needMinor: Minor
}

/** Who bears it. `sources` are the same amounts by account, empty ones left out, to be routed and posted. */
export interface Taken {
  readonly sources: Share[]
  readonly fromPendingMinor: Minor
  readonly fromAvailableMinor: Minor
  readonly fromDepositMinor: Minor
  /** Also becomes the merchant's debt: post `receivablePosting` for it. */
  readonly fromFundMinor: Minor
}

/**
 * Decides who bears `needMinor` of an order after its release: the order's own unmatured earning, the available balance,
 * other unmatured earnings (the soonest to mature first, none that a dispute holds), the deposit, the protection fund.
 * Takes it out of the earnings and leaves the balances locked until the caller has posted `sources` in the same
 * transaction. A second taking, a payout or a maturing at the same moment comes wholly before or wholly after.
 */
export async function takeFromMerchant(tx: Tx, input: TakeInput, _now: Date): Promise<Taken> {
  const { merchantId, currency, needMinor } = input
  // Lock order: merchant, earnings, balances. The first keeps two takings from waiting for each other's own earning.
  await tx.$executeRaw(sql`SELECT 1 FROM merchant WHERE id = ${merchantId}::uuid FOR NO KEY UPDATE`)
  const own = await lockOwnEarning(tx, input)
  const others = await lockOtherEarnings(tx, input, needMinor - own.pendingMinor)
  const [pending, available, deposit] = [
    merchantPending(merchantId, currency),
    merchantAvailable(merchantId, currency),
    merchantDeposit(merchantId, currency),
  ]
  const held = await lockBalances(tx, [pending, available, deposit, merchantReceivable(merchantId, currency)])

  const fromOwn = takeUpTo(needMinor, [own])
  const fromAvailableMinor = Math.min(held(available), needMinor - fromOwn.sum)
  const fromOthers = takeUpTo(needMinor - fromOwn.sum - fromAvailableMinor, others)
  const fromPendingMinor = fromOwn.sum + fromOthers.sum
  const fromDepositMinor = Math.min(held(deposit), needMinor - fromPendingMinor - fromAvailableMinor)
  const fromFundMinor = needMinor - fromPendingMinor - fromAvailableMinor - fromDepositMinor
  invariant(held(pending) >= fromPendingMinor, `merchant ${merchantId} has less pending than its earnings say`)
  await reduceEarnings(tx, [...fromOwn.parts, ...fromOthers.parts])
  const sources = [
    { account: pending, amountMinor: fromPendingMinor },
    { account: available, amountMinor: fromAvailableMinor },
    { account: deposit, amountMinor: fromDepositMinor },
    { account: protectionFund(currency), amountMinor: fromFundMinor },
  ].filter(({ amountMinor }) => amountMinor > 0)
  return { sources, fromPendingMinor, fromAvailableMinor, fromDepositMinor, fromFundMinor }
}

interface Part {
  readonly orderId: string
  readonly amountMinor: Minor
}

function takeUpTo(need: Minor, earnings: readonly LockedEarning[]): { sum: Minor; parts: Part[] } {
  let sum = 0
  const parts = []
  for (const { orderId, pendingMinor } of earnings) {
    const amountMinor = Math.min(pendingMinor, need - sum)
    if (amountMinor <= 0) continue
    parts.push({ orderId, amountMinor })
    sum += amountMinor
  }
  return { sum, parts }
}

async function reduceEarnings(tx: Tx, parts: readonly Part[]): Promise<void> {
  if (parts.length === 0) return
  const rows = parts.map(({ orderId, amountMinor }) => sql`(${orderId}::uuid, ${amountMinor}::int)`)
  const count = await tx.$executeRaw(sql`
    UPDATE earning e SET "pendingMinor" = e."pendingMinor" - part.amount
    FROM (VALUES ${join(rows)}) AS part (id, amount) WHERE e."orderId" = part.id AND e."maturedAt" IS NULL`)
  invariant(count === parts.length, `${count} of ${parts.length} earnings were taken from`)
}
