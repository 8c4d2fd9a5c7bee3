import {
  type OrderMoney,
  type Share,
  type TransferInput,
  escrowOf,
  feeLeft,
  netLeft,
  platformFee,
  postTransfers,
  promoBack,
  promoExpense,
  receivablePosting,
  routeMoney,
  routedPostings,
} from '@/lib/domain/ledger'
import { takeFromMerchant } from '@/lib/domain/merchants'
import type { Tx } from '@/lib/domain/tx'
import type { Minor } from '@/lib/kernel/money'

/** Who bore what goes back, as `order_refund` keeps it. */
export interface Borne {
  readonly promoMinor: Minor
  readonly feeMinor: Minor
  readonly fromEscrowMinor: Minor
  readonly fromPendingMinor: Minor
  readonly fromAvailableMinor: Minor
  readonly fromDepositMinor: Minor
  readonly fromFundMinor: Minor
}

export interface GiveBack {
  /** The order, locked by the caller, as it was before. */
  readonly order: OrderMoney
  /** Whether its escrow was released to the merchant. */
  readonly released: boolean
  /** Where the buyer's money goes, in sum what goes back of the total. */
  readonly sinks: readonly Share[]
  /** Key and code of the postings. */
  readonly key: string
  readonly code: string
}

/**
 * Posts money of an order on its way back. Before release it comes out of escrow, the platform's promotion with it. After
 * release the platform gives its fee on it back and the merchant bears the rest: his own earning of the order, then what
 * is available, other pending money, his deposit, and in the end the protection fund, which he then owes.
 */
export async function giveBack(tx: Tx, { order, released, sinks, key, code }: GiveBack, now: Date): Promise<Borne> {
  const { merchantId, currency, refundedMinor: before } = order
  const amountMinor = sinks.reduce((sum, share) => sum + share.amountMinor, 0)
  const then = before + amountMinor
  const promoMinor = promoBack(order, then) - promoBack(order, before)
  const allSinks = [...sinks, { account: promoExpense(currency), amountMinor: promoMinor }]
  const fact = { key, code, merchantId, orderId: order.id }
  const none = { fromEscrowMinor: 0, fromPendingMinor: 0, fromAvailableMinor: 0, fromDepositMinor: 0, fromFundMinor: 0 }
  if (!released) {
    const fromEscrowMinor = amountMinor + promoMinor
    const sources = [{ account: escrowOf(order.id, currency), amountMinor: fromEscrowMinor }]
    await postTransfers(tx, routedPostings(routeMoney(sources, allSinks), fact), now)
    return { ...none, promoMinor, feeMinor: 0, fromEscrowMinor }
  }
  const feeMinor = feeLeft(order, before) - feeLeft(order, then)
  const needMinor = netLeft(order, before) - netLeft(order, then)
  const { sources, ...borne } = await takeFromMerchant(tx, { merchantId, orderId: order.id, currency, needMinor }, now)
  const allSources = [{ account: platformFee(currency), amountMinor: feeMinor }, ...sources]
  const postings: TransferInput[] = routedPostings(routeMoney(allSources, allSinks), fact)
  if (borne.fromFundMinor > 0) {
    const debt = { merchantId, currency, amountMinor: borne.fromFundMinor, key: `${key}:owed` }
    postings.push(receivablePosting(debt))
  }
  await postTransfers(tx, postings, now)
  return { ...none, ...borne, promoMinor, feeMinor }
}
