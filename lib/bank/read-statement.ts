import { z } from 'zod'
import type { Bank } from './bank'
import { CallbackBody } from './protocol'

/** What the payment page shows of one payment. */
export interface Statement {
  readonly id: string
  readonly reference: string
  readonly description: string
  readonly amountMinor: number
  readonly currency: string
  readonly locale: string
  readonly returnUrl: string
  readonly paidAt: Date | null
  readonly lines: readonly {
    readonly kind: 'captured' | 'refunded'
    readonly amountMinor: number
    readonly moment: Date
  }[]
  readonly callbacks: readonly {
    readonly type: string
    readonly state: 'sent' | 'waiting' | 'lost' | 'givenUp'
    readonly attempts: number
    readonly lastStatus: number | null
  }[]
}

/** Everything about one payment for the payer's eyes; null for an id that is none. */
export async function readStatement({ db }: Bank, id: string): Promise<Statement | null> {
  if (!z.uuid().safeParse(id).success) return null
  const payment = await db.bankPayment.findUnique({
    where: { id },
    include: {
      captures: { orderBy: { seq: 'asc' }, include: { refunds: true } },
      callbacks: { orderBy: { id: 'asc' } },
    },
  })
  if (!payment) return null
  const lines = payment.captures.flatMap(({ amountMinor, capturedAt, refunds }) => [
    { kind: 'captured' as const, amountMinor, moment: capturedAt },
    ...refunds.map((refund) => ({
      kind: 'refunded' as const,
      amountMinor: refund.amountMinor,
      moment: refund.createdAt,
    })),
  ])
  const callbacks = payment.callbacks.map(({ body, sentAt, dueAt, attempts, lastStatus }) => ({
    type: CallbackBody.parse(JSON.parse(body)).type,
    state: stateOf(sentAt, dueAt, attempts),
    attempts,
    lastStatus,
  }))
  return { ...payment, lines, callbacks }
}

function stateOf(sentAt: Date | null, dueAt: Date | null, attempts: number): Statement['callbacks'][number]['state'] {
  if (sentAt) return 'sent'
  if (dueAt) return 'waiting'
  return attempts === 0 ? 'lost' : 'givenUp'
}
