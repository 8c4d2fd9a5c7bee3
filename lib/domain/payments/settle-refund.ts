import { postTransfers, refundSettledPosting } from '@/lib/domain/ledger'
import type { InTransaction, Tx } from '@/lib/domain/tx'
import { CURRENCIES } from '@/lib/kernel/money'
import { MINUTE_MS, SECOND_MS, after } from '@/lib/kernel/time'
import { z } from 'zod'
import { type PaymentProvider, ProviderUnavailable } from './provider'

const FIRST_RETRY_MS = 10 * SECOND_MS
const LONGEST_RETRY_MS = 60 * MINUTE_MS

/**
 * Asks the provider to send one pending refund and books the answer. Safe to call from several workers at once: the
 * provider knows the refund's id, and only the first answer is booked. When the provider is down the refund stays
 * pending with a later dueAt (10 s, doubling up to 1 h) and the error's words; any other failure is put off in the same
 * way, so that it does not stand in the way of the refunds behind it, and thrown. Returns whether it is settled.
 */
export async function settleRefund(
  run: InTransaction,
  provider: PaymentProvider,
  refundId: string,
  now: Date,
): Promise<boolean> {
  const refund = await run((tx) => tx.refund.findUnique({ where: { id: refundId }, include: { payment: true } }))
  if (!refund || refund.status === 'SUCCEEDED') return refund !== null
  const { captureRef } = refund.payment
  try {
    const { refundRef } = await provider.refund({ refundId, captureRef, amountMinor: refund.amountMinor })
    await run((tx) => bookRefund(tx, refundId, refundRef, provider.name, now))
    return true
  } catch (error) {
    const wait = Math.min(FIRST_RETRY_MS * 2 ** refund.attempts, LONGEST_RETRY_MS)
    await run((tx) =>
      tx.refund.updateMany({
        where: { id: refundId, status: 'PENDING' },
        data: { attempts: { increment: 1 }, dueAt: after(now, wait), lastError: reasonOf(error).slice(0, 200) },
      }),
    )
    if (!(error instanceof ProviderUnavailable)) throw error
    return false
  }
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

async function bookRefund(tx: Tx, refundId: string, providerRef: string, provider: string, now: Date): Promise<void> {
  const [booked] = await tx.refund.updateManyAndReturn({
    where: { id: refundId, status: 'PENDING' },
    data: {
      status: 'SUCCEEDED',
      providerRef,
      settledAt: now,
      dueAt: null,
      lastError: null,
      attempts: { increment: 1 },
    },
    select: { amountMinor: true, currency: true },
  })
  if (!booked) return
  const currency = z.enum(CURRENCIES).parse(booked.currency)
  await postTransfers(
    tx,
    [refundSettledPosting({ id: refundId, provider, amountMinor: booked.amountMinor, currency })],
    now,
  )
}
