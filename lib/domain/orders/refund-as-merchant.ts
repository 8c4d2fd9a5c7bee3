import type { Tx } from '@/lib/domain/tx'
import { Refusal } from '@/lib/kernel/refusal'
import type { Actor } from '@/lib/domain/actor'
import { type RefundInput, refundOrder } from './refund-order'

/**
 * A merchant gives the buyer money of his own order back, as far as it is his: only operators spend the protection fund. A
 * merchant who buys from himself, takes his payout and refunds himself would empty it otherwise. Refuses
 * `access/not-found` (another merchant's), `refund/beyond-own-money`, what `refundOrder` refuses. Returns the decision's id.
 */
export async function refundAsMerchant(
  tx: Tx,
  merchantId: string,
  input: RefundInput,
  actor: Actor,
  now: Date,
): Promise<string> {
  const own = await tx.order.count({ where: { id: input.orderId, merchantId } })
  if (own === 0) throw new Refusal('access/not-found')
  const id = await refundOrder(tx, input, actor, now)
  // Known only now that the balances are locked; the refusal takes everything back.
  const { fromFundMinor } = await tx.orderRefund.findUniqueOrThrow({ where: { id }, select: { fromFundMinor: true } })
  if (fromFundMinor > 0) throw new Refusal('refund/beyond-own-money', { lackMinor: fromFundMinor })
  return id
}
