import { type AccountRef, lockBalances, postTransfers, suspenseOf, walletOf } from '@/lib/domain/ledger'
import { thawOrder } from '@/lib/domain/orders'
import type { Tx } from '@/lib/domain/tx'
import { invariant } from '@/lib/kernel/invariant'
import type { Minor } from '@/lib/kernel/money'
import { chargeOrders } from './charge-orders'
import { coverByRefunds } from './cover-by-refunds'
import { releaseTopUp, toppedUp } from './hold-top-up'
import { lockOrdersPaidBy } from './lock-orders-paid-by'
import { type DisputeMoney, bornePosting, fundPosting, reinstatedPosting } from './postings'

export interface OpenDispute extends DisputeMoney {
  readonly paymentId: string
  readonly state: 'NEEDS_RESPONSE' | 'UNDER_REVIEW'
  readonly account: AccountRef
}

/**
 * Books the verdict of a dispute that the caller has locked. Won: the money is back. Lost: it is borne, in this order, by
 * refunds of the payment that can no longer be sent (the payer has that money now), by what lies in suspense of it, by
 * the orders that it paid, by the wallet that it topped up, and in the end by the protection fund. Either way its claim is
 * settled, its orders go on and its refunds are due again, unless another dispute of the payment is open.
 */
export async function closeDispute(
  tx: Tx,
  dispute: OpenDispute,
  verdict: 'WON' | 'LOST',
  withdrawn: boolean,
  now: Date,
): Promise<void> {
  const { id, paymentId, account } = dispute
  if (verdict === 'LOST') await bear(tx, dispute, now)
  else if (withdrawn) await postTransfers(tx, [reinstatedPosting(dispute)], now)
  const claim = (await lockBalances(tx, [account]))(account)
  invariant(claim === 0, `dispute ${id} is decided and leaves a claim of ${claim}`)
  await tx.dispute.update({
    where: { id },
    data: { state: verdict, closedAt: now, dueAt: null, lastError: null },
  })
  const others = await tx.dispute.count({ where: { paymentId, state: { in: ['NEEDS_RESPONSE', 'UNDER_REVIEW'] } } })
  if (others > 0) return
  for (const orderId of await lockOrdersPaidBy(tx, paymentId)) await thawOrder(tx, orderId, now)
  await releaseTopUp(tx, dispute, now)
  // One that the provider refused, because the dispute held the money, can be sent now that the money is back.
  const sendable = verdict === 'WON' ? (['PENDING', 'FAILED'] as const) : (['PENDING'] as const)
  await tx.refund.updateMany({
    where: { paymentId, method: 'PROVIDER', status: { in: [...sendable] } },
    data: { status: 'PENDING', dueAt: now, lastError: null },
  })
}

async function bear(tx: Tx, dispute: OpenDispute, now: Date): Promise<void> {
  let left = dispute.amountMinor
  left -= await coverByRefunds(tx, dispute, left, now)
  left -= await takeFrom(tx, dispute, 'suspense', suspenseOf(dispute.paymentId, dispute.currency), left, now)
  left -= await chargeOrders(tx, dispute, left, now)
  const userId = await toppedUp(tx, dispute.paymentId)
  if (userId !== null) left -= await takeFrom(tx, dispute, 'wallet', walletOf(userId, dispute.currency), left, now)
  await postTransfers(tx, [fundPosting(dispute, left)], now)
}

/** Takes what a guarded account holds, at most `most`. */
async function takeFrom(
  tx: Tx,
  dispute: OpenDispute,
  by: string,
  account: AccountRef,
  most: Minor,
  now: Date,
): Promise<Minor> {
  const held = (await lockBalances(tx, [account]))(account)
  const amountMinor = Math.min(most, held)
  await postTransfers(tx, [bornePosting(dispute, by, account, amountMinor)], now)
  return amountMinor
}
