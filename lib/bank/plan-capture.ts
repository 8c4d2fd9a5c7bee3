import { newId } from '@/lib/kernel/ids'
import { SECOND_MS, after } from '@/lib/kernel/time'
import type { Faults } from './faults'
import { noticeOf } from './notice'
import type { Movement } from './post-movements'

const REORDER_MS = 2 * SECOND_MS

export interface PayableAtBank {
  readonly id: string
  readonly reference: string | null
  readonly amountMinor: number
  readonly currency: string
  readonly notifyUrl: string
  readonly createdAt: Date
}

/** The captures, movements and callbacks that one press of "pay" leads to under the payer's switches. Touches nothing. */
export function planCapture(payment: PayableAtBank, faults: Faults, now: Date) {
  const { id: paymentId, reference, notifyUrl } = payment
  const money = {
    amountMinor: taken(payment.amountMinor, faults),
    currency: faults.currency === 'same' ? payment.currency : faults.currency,
  }
  const seqs = faults.duplicate ? [1, 2] : [1]
  const captures = seqs.map((seq) => ({ id: newId(), paymentId, seq, ...money, capturedAt: now }))
  const movements = captures.map(({ id: sourceId }): Movement => ({
    kind: 'capture',
    sourceId,
    paymentId,
    ...money,
    at: now,
  }))

  const dueAt = (wait = 0) => (faults.lose ? null : after(now, faults.delaySeconds * SECOND_MS + wait))
  const captured = { type: 'payment.captured', data: { paymentId, reference, ...money }, at: now } as const
  const notices = captures.map(() => noticeOf({ paymentId }, notifyUrl, captured, dueAt()))
  if (faults.reorder) {
    const { amountMinor, currency, createdAt: at } = payment
    const pending = { type: 'payment.pending', data: { paymentId, reference, amountMinor, currency }, at } as const
    notices.push({ ...noticeOf({ paymentId }, notifyUrl, pending, dueAt(REORDER_MS)), createdAt: now })
  }
  if (faults.newsletter) {
    const news = { type: 'bank.newsletter', data: { headline: 'New counters are open' }, at: now } as const
    notices.push(noticeOf({ paymentId }, notifyUrl, news, dueAt()))
  }
  const callbacks = notices.flatMap((notice) => (faults.repeat ? [notice, { ...notice, id: newId() }] : [notice]))
  return { captures, movements, callbacks }
}

function taken(amountMinor: number, { underpay }: Faults): number {
  if (underpay === 'to-one') return 1
  return underpay === 'by-one' ? Math.max(1, amountMinor - 1) : amountMinor
}
