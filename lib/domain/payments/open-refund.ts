import type { Tx } from '@/lib/domain/tx'
import { newId } from '@/lib/kernel/ids'
import { invariant } from '@/lib/kernel/invariant'
import type { Minor } from '@/lib/kernel/money'

/** The order whose money it is, and the decision that gives it back (none for money that no order ever took). */
export interface RefundedOrder {
  readonly id: string
  readonly merchantId: string
  readonly orderRefundId: string | null
}

interface RefundFacts {
  readonly order: RefundedOrder | null
  readonly amountMinor: Minor
  readonly currency: string
  readonly reason: string
}

/**
 * Writes the intent to send money of a capture back, due at once. The caller posts it in the same transaction; the
 * provider is asked by `settleRefund`, as often as it takes. All refunds of a capture together never exceed it (CHECK
 * `payment_refunded_sound`). Returns the refund's id.
 */
export async function openRefund(tx: Tx, paymentId: string, facts: RefundFacts, now: Date): Promise<string> {
  const { count } = await tx.payment.updateMany({
    where: { id: paymentId },
    data: { refundedMinor: { increment: facts.amountMinor } },
  })
  invariant(count === 1, `payment ${paymentId} is gone`)
  return insert(tx, facts, { method: 'PROVIDER', paymentId, status: 'PENDING', dueAt: now }, now)
}

/** The same to the buyer's wallet: there at once, in the transaction in which the caller posts it. */
export async function recordWalletRefund(tx: Tx, walletUserId: string, facts: RefundFacts, now: Date): Promise<string> {
  return insert(tx, facts, { method: 'WALLET', walletUserId, status: 'SUCCEEDED', settledAt: now }, now)
}

async function insert(
  tx: Tx,
  { order, ...facts }: RefundFacts,
  leg:
    | { method: 'PROVIDER'; paymentId: string; status: 'PENDING'; dueAt: Date }
    | { method: 'WALLET'; walletUserId: string; status: 'SUCCEEDED'; settledAt: Date },
  now: Date,
): Promise<string> {
  const id = newId()
  const of = {
    orderId: order?.id ?? null,
    merchantId: order?.merchantId ?? null,
    orderRefundId: order?.orderRefundId ?? null,
  }
  await tx.refund.create({ data: { id, ...facts, ...of, ...leg, createdAt: now } })
  return id
}
