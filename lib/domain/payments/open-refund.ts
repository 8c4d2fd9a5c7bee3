import type { Tx } from '@/lib/domain/tx'
import { newId } from '@/lib/kernel/ids'
import type { Currency, Minor } from '@/lib/kernel/money'

export interface RefundInput {
  readonly paymentId: string
  /** The order whose money it is; null when no order ever took it. */
  readonly order: { readonly id: string; readonly merchantId: string } | null
  readonly amountMinor: Minor
  readonly currency: Currency
  readonly reason: string
}

/**
 * Writes the intent to give money back, due at once. The caller posts it in the same transaction; the provider is asked
 * by `settleRefund` with the returned id as idempotency key, as often as it takes.
 */
export async function openRefund(tx: Tx, { order, ...facts }: RefundInput, now: Date): Promise<string> {
  const id = newId()
  await tx.refund.create({
    data: {
      id,
      ...facts,
      orderId: order?.id ?? null,
      merchantId: order?.merchantId ?? null,
      status: 'PENDING',
      dueAt: now,
      createdAt: now,
    },
  })
  return id
}
