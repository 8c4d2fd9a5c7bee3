import { newId } from '@/lib/kernel/ids'
import { SECOND_MS, after } from '@/lib/kernel/time'
import type { Faults } from './faults'
import type { CallbackBody } from './protocol'

const REORDER_MS = 2 * SECOND_MS

export interface PayableAtBank {
  readonly id: string
  readonly reference: string
  readonly amountMinor: number
  readonly currency: string
  readonly notifyUrl: string
  readonly createdAt: Date
}

/** The captures and callbacks that one press of "pay" leads to under the payer's switches. Touches nothing. */
export function planCapture(payment: PayableAtBank, faults: Faults, now: Date) {
  const { currency } = payment
  const amountMinor = taken(payment.amountMinor, faults)
  const seqs = faults.duplicate ? [1, 2] : [1]
  const captures = seqs.map((seq) => ({
    id: newId(),
    paymentId: payment.id,
    seq,
    amountMinor,
    currency,
    capturedAt: now,
  }))
  const news = captures.map(() => ({ event: eventOf(payment, 'payment.captured', amountMinor, now), wait: 0 }))
  const events = faults.reorder
    ? [
        ...news,
        { event: eventOf(payment, 'payment.pending', payment.amountMinor, payment.createdAt), wait: REORDER_MS },
      ]
    : news
  const copies = faults.repeat ? 2 : 1
  const callbacks = events.flatMap(({ event, wait }) =>
    Array.from({ length: copies }, () => ({
      id: newId(),
      paymentId: payment.id,
      eventId: event.id,
      body: JSON.stringify(event),
      notifyUrl: payment.notifyUrl,
      dueAt: faults.lose ? null : after(now, faults.delaySeconds * SECOND_MS + wait),
      createdAt: now,
    })),
  )
  return { captures, callbacks }
}

function taken(amountMinor: number, { underpay }: Faults): number {
  if (underpay === 'to-one') return 1
  return underpay === 'by-one' ? Math.max(1, amountMinor - 1) : amountMinor
}

function eventOf(payment: PayableAtBank, type: CallbackBody['type'], amountMinor: number, at: Date): CallbackBody {
  const { id: paymentId, reference, currency } = payment
  return { id: newId(), type, createdAt: at.toISOString(), data: { paymentId, reference, amountMinor, currency } }
}
