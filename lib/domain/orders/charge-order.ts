import type { AccountRef } from '@/lib/domain/ledger'
import type { Tx } from '@/lib/domain/tx'
import { newId } from '@/lib/kernel/ids'
import type { Minor } from '@/lib/kernel/money'
import { Refusal } from '@/lib/kernel/refusal'
import { SYSTEM } from '@/lib/domain/actor'
import { closeRefunded } from './close-refunded'
import { giveBack } from './give-back'
import { lockPaidOrder } from './lock-order'
import { partToRefund } from './part-to-refund'

export interface OrderCharge {
  /** At most this; less when less of the order is left. */
  readonly amountMinor: Minor
  /** Where the money goes that the buyer has got elsewhere. */
  readonly to: AccountRef
  readonly key: string
  readonly reason: string
}

/**
 * The provider has given the payer money of this order back (a lost dispute): the order bears it as it bears a refund,
 * frozen or not. Returns how much it could bear: 0 when nothing of it is left.
 */
export async function chargeOrder(tx: Tx, orderId: string, charge: OrderCharge, now: Date): Promise<Minor> {
  const order = await lockPaidOrder(tx, orderId).catch((error: unknown) => {
    if (error instanceof Refusal && error.code === 'order/not-refundable') return null
    throw error
  })
  if (!order) return 0
  const amountMinor = Math.min(charge.amountMinor, order.totalMinor - order.refundedMinor)
  const part = await partToRefund(tx, order, { amountMinor })
  const { to, key, reason } = charge
  const sinks = [{ account: to, amountMinor }]
  const released = order.status === 'CONFIRMED'
  const borne = await giveBack(tx, { order, released, sinks, key, code: 'chargeback' }, now)
  const { id, merchantId, currency } = order
  await tx.orderRefund.create({
    data: {
      ...borne,
      id: newId(),
      orderId: id,
      merchantId,
      currency,
      amountMinor,
      reason,
      actorKind: SYSTEM.kind,
      createdAt: now,
    },
  })
  await closeRefunded(tx, order, part, { name: 'chargeback', actor: SYSTEM, data: { reason } }, now)
  return amountMinor
}
