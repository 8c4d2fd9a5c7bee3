import {
  type CaptureMoney,
  type TransferInput,
  postTransfers,
  strayPosting,
  suspenseBackPosting,
} from '@/lib/domain/ledger'
import { openRefund } from '@/lib/domain/payments'
import type { Tx } from '@/lib/domain/tx'
import type { Minor } from '@/lib/kernel/money'
import { recordOrderEvent } from './record-order-event'
import { SYSTEM } from '@/lib/domain/actor'

export interface UntakenPart {
  /** The order that could not take it, to be told in its history; null for a top-up. */
  readonly order: { readonly id: string; readonly merchantId: string } | null
  readonly amountMinor: Minor
}

/**
 * Parts of a capture that no order takes: clearing -> suspense -> refunds in transit, at once, one refund a part. `taken` is
 * what the other parts post: one capture is one ledger transaction, as it is one line in the provider's list.
 */
export async function sendBack(
  tx: Tx,
  capture: CaptureMoney,
  reason: string,
  parts: readonly UntakenPart[],
  now: Date,
  taken: readonly TransferInput[] = [],
): Promise<void> {
  const whole = parts.reduce((sum, { amountMinor }) => sum + amountMinor, 0)
  const postings = [...taken, strayPosting(capture, whole)]
  for (const { order, amountMinor } of parts) {
    const of = order && { id: order.id, merchantId: order.merchantId, orderRefundId: null }
    const facts = { order: of, amountMinor, currency: capture.currency, reason }
    const id = await openRefund(tx, capture.paymentId, facts, now)
    const told = order ? { orderId: order.id, merchantId: order.merchantId } : {}
    postings.push(suspenseBackPosting(capture, { id, amountMinor, ...told }))
    if (order) await recordOrderEvent(tx, order, reason, SYSTEM, { amountMinor, refundId: id }, now)
  }
  await postTransfers(tx, postings, now)
}
