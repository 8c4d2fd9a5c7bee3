import { lockBalances, merchantAvailable, payoutStartPosting, postTransfers } from '@/lib/domain/ledger'
import type { Tx } from '@/lib/domain/tx'
import { newId } from '@/lib/kernel/ids'
import { type Currency, MAX_ORDER_MINOR, type Minor } from '@/lib/kernel/money'
import { Refusal } from '@/lib/kernel/refusal'

/** The smallest payout: below it the provider's own price outweighs the amount. */
export const MIN_PAYOUT_MINOR: Minor = 100
/** The largest; fits PostgreSQL's integer. */
export const MAX_PAYOUT_MINOR: Minor = MAX_ORDER_MINOR

export interface PayoutInput {
  readonly merchantId: string
  readonly amountMinor: Minor
  readonly currency: Currency
  /** Name of the provider that pays it out. */
  readonly provider: string
  /** Null when the schedule asks. */
  readonly requestedById: string | null
  /** Made by the form, once per submit; becomes the payout's id, so that a double click is one payout. */
  readonly idempotencyKey?: string | undefined
}

/**
 * Begins a payout: merchant available -> payouts in transit; `settlePayout` sends it afterwards. The available balance is
 * locked before it is looked at, so payouts and refunds at the same moment cannot overdraw it. Returns the payout's id.
 * Refuses `payout/held` (merchant not active), `payout/no-account`, `payout/too-small`, `payout/too-large`,
 * `payout/insufficient`, `payout/key-reused`.
 */
export async function requestPayout(tx: Tx, input: PayoutInput, now: Date): Promise<string> {
  const { merchantId, amountMinor, currency, provider, requestedById } = input
  const available = merchantAvailable(merchantId, currency)
  const availableMinor = (await lockBalances(tx, [available]))(available)
  if (input.idempotencyKey !== undefined && (await isReplay(tx, input.idempotencyKey, input))) {
    return input.idempotencyKey
  }
  const accountRef = await requireReadyAccount(tx, merchantId, provider)
  if (!(amountMinor >= MIN_PAYOUT_MINOR)) throw new Refusal('payout/too-small', { leastMinor: MIN_PAYOUT_MINOR })
  if (amountMinor > availableMinor) throw new Refusal('payout/insufficient', { availableMinor })
  if (amountMinor > MAX_PAYOUT_MINOR) throw new Refusal('payout/too-large', { mostMinor: MAX_PAYOUT_MINOR })
  const payout = { id: input.idempotencyKey ?? newId(), merchantId, provider, amountMinor, currency }
  await tx.payout.create({
    data: { ...payout, accountRef, status: 'PENDING', requestedById, dueAt: now, createdAt: now },
  })
  await postTransfers(tx, [payoutStartPosting(payout)], now)
  return payout.id
}

/** Asked after the balance is locked: the first of two submits has ended by then. */
async function isReplay(tx: Tx, id: string, { merchantId, amountMinor, currency }: PayoutInput): Promise<boolean> {
  const known = await tx.payout.findUnique({ where: { id } })
  if (!known) return false
  const same = known.merchantId === merchantId && known.amountMinor === amountMinor && known.currency === currency
  if (!same) throw new Refusal('payout/key-reused')
  return true
}

async function requireReadyAccount(tx: Tx, merchantId: string, provider: string): Promise<string> {
  const merchant = await tx.merchant.findUnique({
    where: { id: merchantId },
    select: { status: true, payoutAccounts: { where: { provider, ready: true }, select: { accountRef: true } } },
  })
  if (merchant?.status !== 'ACTIVE') throw new Refusal('payout/held')
  const [account] = merchant.payoutAccounts
  if (!account) throw new Refusal('payout/no-account')
  return account.accountRef
}
