import type { Prisma } from '@/lib/infra/prisma/client'
import { z } from 'zod'
import type { Bank } from './bank'
import { type DisputeReason, DisputeReason as Reason } from './open-dispute'
import { DisputeStatus } from './protocol'
import { type SentNotice, readNotices } from './read-notices'

type LineKind = 'captured' | 'refunded' | 'refundPending' | 'refundFailed' | 'disputed' | 'disputeLost'

/** One line of the payer's statement; positive came to the payer. A failed refund came to nobody. */
export interface StatementLine {
  readonly kind: LineKind
  readonly amountMinor: number
  readonly currency: string
  readonly moment: Date
}

export interface StatementDispute {
  readonly id: string
  readonly amountMinor: number
  readonly currency: string
  readonly reason: DisputeReason
  readonly status: z.infer<typeof DisputeStatus>
  readonly evidenceDueAt: Date
}

/** What the payment page shows of one payment. */
export interface Statement {
  readonly id: string
  readonly reference: string | null
  readonly description: string
  readonly amountMinor: number
  readonly currency: string
  readonly locale: string
  readonly returnUrl: string
  readonly payBy: Date | null
  readonly paidAt: Date | null
  readonly lines: readonly StatementLine[]
  /** Charges that can be disputed, with how much. */
  readonly disputable: readonly {
    readonly captureId: string
    readonly amountMinor: number
    readonly currency: string
  }[]
  readonly disputes: readonly StatementDispute[]
  readonly notices: readonly SentNotice[]
}

const include = {
  captures: { orderBy: { seq: 'asc' }, include: { refunds: { orderBy: { id: 'asc' } }, dispute: true } },
  callbacks: { orderBy: { id: 'asc' } },
} satisfies Prisma.BankPaymentInclude
type Capture = Prisma.BankPaymentGetPayload<{ include: typeof include }>['captures'][number]

/** Everything about one payment for the payer's eyes; null for an id that is none. */
export async function readStatement({ db }: Bank, id: string): Promise<Statement | null> {
  if (!z.uuid().safeParse(id).success) return null
  const payment = await db.bankPayment.findUnique({ where: { id }, include })
  if (!payment) return null
  const { captures, callbacks, ...facts } = payment
  const lines = captures.flatMap(linesOf)
  const disputable = captures
    .filter(({ amountMinor, refundedMinor, dispute }) => dispute === null && refundedMinor < amountMinor)
    .map(({ id: captureId, amountMinor, refundedMinor, currency }) => ({
      captureId,
      amountMinor: amountMinor - refundedMinor,
      currency,
    }))
  const disputes = captures.flatMap(({ dispute }) =>
    dispute ? [{ ...dispute, reason: Reason.parse(dispute.reason), status: DisputeStatus.parse(dispute.status) }] : [],
  )
  return { ...facts, lines, disputable, disputes, notices: readNotices(callbacks) }
}

function linesOf({ amountMinor, currency, capturedAt, refunds, dispute }: Capture): StatementLine[] {
  const refundKinds = { succeeded: 'refunded', pending: 'refundPending', failed: 'refundFailed' } as const
  const lines: StatementLine[] = [{ kind: 'captured', amountMinor: -amountMinor, currency, moment: capturedAt }]
  for (const { amountMinor, status, createdAt: moment } of refunds) {
    const kind = status === 'failed' || status === 'pending' ? refundKinds[status] : refundKinds.succeeded
    lines.push({ kind, amountMinor, currency, moment })
  }
  if (dispute) {
    lines.push({ kind: 'disputed', amountMinor: dispute.amountMinor, currency, moment: dispute.openedAt })
    if (dispute.status === 'won' && dispute.closedAt) {
      lines.push({ kind: 'disputeLost', amountMinor: -dispute.amountMinor, currency, moment: dispute.closedAt })
    }
  }
  return lines
}
