import type { InTransaction, Tx } from '@/lib/domain/tx'
import { invariant } from '@/lib/kernel/invariant'
import { HOUR_MS, after } from '@/lib/kernel/time'
import { backoff } from './backoff'
import { bookRefund } from './book-refund'
import {
  type PaymentProvider,
  type ProviderNamed,
  ProviderRefused,
  ProviderUnavailable,
  requireProvider,
} from './provider'

/** How long a refund waits when its capture is disputed: the dispute may take the same money back. */
const DISPUTE_WAIT_MS = 6 * HOUR_MS

/**
 * Asks the provider that took the money to send one refund, or what became of it, and books the answer. Safe to call from
 * several workers at once: the provider knows the refund's id, and each answer is booked once. The row is put off (10 s,
 * doubling up to 1 h) before the provider is asked, so a provider that is down, or we, killed, only make it later and it
 * never stands in the way of the refunds behind it. A refund whose capture is disputed waits for the verdict. Returns
 * whether the buyer has the money; throws what is no `ProviderUnavailable`.
 */
export async function settleRefund(
  run: InTransaction,
  providers: ProviderNamed,
  refundId: string,
  now: Date,
): Promise<boolean> {
  const refund = await run((tx) => leaseRefund(tx, refundId, now))
  if (!refund) return run(async (tx) => (await tx.refund.count({ where: { id: refundId, status: 'SUCCEEDED' } })) > 0)
  try {
    const answer = await ask(requireProvider(providers, refund.payment.provider), refund)
    return await run((tx) => bookRefund(tx, { refundId, attempt: refund.attempt }, answer, now))
  } catch (error) {
    if (error instanceof ProviderRefused) {
      await run((tx) => giveUp(tx, refund, error.message))
      return false
    }
    await run((tx) =>
      tx.refund.updateMany({
        where: { id: refundId, status: { in: ['PENDING', 'SENT'] } },
        data: { lastError: reasonOf(error).slice(0, 200) },
      }),
    )
    if (!(error instanceof ProviderUnavailable)) throw error
    return false
  }
}

/** A callback says that something became of a refund: looks it up. False when it is none of ours. */
export async function syncRefund(
  run: InTransaction,
  provider: PaymentProvider,
  refundRef: string,
  now: Date,
): Promise<boolean> {
  const refund = await run((tx) =>
    tx.refund.findFirst({
      where: { providerRef: refundRef, payment: { provider: provider.name } },
      select: { id: true, attempt: true },
    }),
  )
  if (!refund) return false
  const answer = await provider.fetchRefund(refundRef)
  if (!answer) return false
  await run((tx) => bookRefund(tx, { refundId: refund.id, attempt: refund.attempt }, answer, now))
  return true
}

type Leased = NonNullable<Awaited<ReturnType<typeof leaseRefund>>>

async function ask(provider: PaymentProvider, { id, attempt, amountMinor, ...refund }: Leased) {
  if (refund.status === 'SENT' && refund.providerRef !== null) {
    const found = await provider.fetchRefund(refund.providerRef)
    invariant(found, `${provider.name} does not know its refund ${refund.providerRef}`)
    return found
  }
  const { captureRef } = refund.payment
  return provider.refund({ refundId: id, attempt, captureRef, amountMinor, retry: refund.attempts > 1 })
}

/** Counts the call that is about to be made and puts the row off; null when there is nothing to ask (any more). */
async function leaseRefund(tx: Tx, id: string, now: Date) {
  const open = { id, status: { in: ['PENDING' as const, 'SENT' as const] } }
  const found = await tx.refund.findFirst({
    where: open,
    select: {
      attempts: true,
      payment: {
        select: { disputes: { where: { state: { in: ['NEEDS_RESPONSE', 'UNDER_REVIEW'] } }, select: { id: true } } },
      },
    },
  })
  if (!found) return null
  if (found.payment && found.payment.disputes.length > 0) {
    await tx.refund.updateMany({
      where: open,
      data: { dueAt: after(now, DISPUTE_WAIT_MS), lastError: 'disputed by the payer' },
    })
    return null
  }
  const [leased] = await tx.refund.updateManyAndReturn({
    where: open,
    data: { attempts: { increment: 1 }, dueAt: after(now, backoff(found.attempts)) },
    include: { payment: true },
  })
  if (!leased?.payment) return null
  return { ...leased, payment: leased.payment }
}

/** Never to be done by the provider: the money stays in transit until an operator sends it some other way. */
async function giveUp(tx: Tx, { id, attempt }: Pick<Leased, 'id' | 'attempt'>, why: string): Promise<void> {
  await tx.refund.updateMany({
    where: { id, attempt, status: 'PENDING' },
    data: { status: 'FAILED', dueAt: null, lastError: why.slice(0, 200) },
  })
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
