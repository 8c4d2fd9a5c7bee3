import { freezeOrder } from '@/lib/domain/orders'
import type { ProviderDispute } from '@/lib/domain/payments'
import type { Tx } from '@/lib/domain/tx'
import { newId } from '@/lib/kernel/ids'
import { invariant } from '@/lib/kernel/invariant'
import { buildEvidence } from './build-evidence'
import { holdTopUp } from './hold-top-up'
import { handsInAt, nextStepAt } from './next-step'
import { lockOrdersPaidBy } from './lock-orders-paid-by'

/**
 * Writes a dispute down the first time it is seen, its evidence staged, and freezes every order that its payment paid, or
 * holds what is left of the top-up that it was.
 * Refunds of the payment that are not sent yet wait for the verdict (`settleRefund` passes over them). Of two that see it
 * first at the same moment the second waits and changes nothing.
 */
export async function openDispute(
  tx: Tx,
  provider: string,
  paymentId: string,
  found: ProviderDispute,
  now: Date,
): Promise<void> {
  const { disputeRef, amountMinor, currency, reason, openedAt, evidenceDueAt } = found
  const known = await tx.dispute.count({ where: { provider, disputeRef } })
  if (known > 0) return
  const orders = await lockOrdersPaidBy(tx, paymentId)
  // Taken before the dispute is written: whoever decides about the payment's money (`refundSuspense`) sees it or comes first.
  const payment = await lockPayment(tx, paymentId)
  invariant(payment === currency, `dispute ${disputeRef} is in ${currency}, its payment in ${payment}`)
  const id = newId()
  const reviewed = found.status === 'under-review'
  const tooLate = (handsInAt(evidenceDueAt) ?? now) < now
  const { count } = await tx.dispute.createMany({
    data: [
      {
        id,
        provider,
        disputeRef,
        paymentId,
        amountMinor,
        currency,
        reason,
        openedAt,
        evidenceDueAt,
        state: reviewed ? 'UNDER_REVIEW' : 'NEEDS_RESPONSE',
        evidence: { ...(await buildEvidence(tx, paymentId, now)) },
        submittedAt: reviewed ? now : null,
        dueAt: tooLate && !reviewed ? now : nextStepAt(reviewed ? null : evidenceDueAt, now),
      },
    ],
    skipDuplicates: true,
  })
  if (count === 0) return
  for (const orderId of orders) await freezeOrder(tx, orderId, { disputeId: id }, now)
  await holdTopUp(tx, { id, paymentId, amountMinor, currency }, now)
}

async function lockPayment(tx: Tx, id: string): Promise<string> {
  await tx.$executeRaw`SELECT 1 FROM payment WHERE id = ${id}::uuid FOR UPDATE`
  return (await tx.payment.findUniqueOrThrow({ where: { id }, select: { currency: true } })).currency
}
