import { createHmac, timingSafeEqual } from 'node:crypto'
import { MINUTE_MS } from '@/lib/kernel/time'
import { z } from 'zod'

/** What the bank publishes to its customers: how requests and callbacks are signed, and their shapes. */
export const SIGNATURE_HEADER = 'keybond-bank-signature'
export const IDEMPOTENCY_HEADER = 'idempotency-key'

/** How old (or how far ahead) a signature may be. */
const TOLERANCE_MS = 5 * MINUTE_MS

/** `t=<unix seconds>,v1=<hex HMAC-SHA256 of "t.text">`. */
export function sign(key: Uint8Array, text: string, at: Date): string {
  const t = Math.floor(at.getTime() / 1000)
  return `t=${t},v1=${hmac(key, t, text).toString('hex')}`
}

/**
 * Checks a signature in constant time. `stale` is only ever said of a signature that is right: whoever does not know the
 * key learns nothing from the answer.
 */
export function verify(key: Uint8Array, header: string | null, text: string, now: Date): 'good' | 'forged' | 'stale' {
  const found = /^t=(\d{1,12}),v1=([0-9a-f]{64})$/u.exec(header ?? '')
  if (!found?.[1] || !found[2]) return 'forged'
  const t = Number(found[1])
  if (!timingSafeEqual(Buffer.from(found[2], 'hex'), hmac(key, t, text))) return 'forged'
  return Math.abs(now.getTime() - t * 1000) > TOLERANCE_MS ? 'stale' : 'good'
}

/** What a request to the bank's API signs, `path` with its query: nothing of it can be changed or used elsewhere. */
export function requestText(method: string, path: string, idempotencyKey: string, body: string): string {
  return `${method} ${path}\n${idempotencyKey}\n${body}`
}

function hmac(key: Uint8Array, t: number, text: string): Buffer {
  return createHmac('sha256', key).update(`${t}.${text}`).digest()
}

const AmountMinor = z.int().min(1).max(2_000_000_000)
const Currency = z.string().regex(/^[A-Z]{3}$/u)
const IsoDate = z.iso.datetime()
const Money = { amountMinor: AmountMinor, currency: Currency }

export const OpenPaymentInput = z.object({
  reference: z.string().min(1).max(100),
  description: z.string().min(1).max(200),
  ...Money,
  locale: z.string().max(20),
  returnUrl: z.url().max(2_000),
  notifyUrl: z.url().max(2_000),
  /** Until when the shop would like to have it; only shown. */
  payBy: IsoDate.optional(),
})
export type OpenPaymentInput = z.infer<typeof OpenPaymentInput>

export const OpenPaymentAnswer = z.object({ id: z.uuid(), payUrl: z.url() })

export const PaymentAnswer = z.object({
  id: z.uuid(),
  /** Null: money that came without the shop having asked for it. */
  reference: z.string().nullable(),
  status: z.enum(['OPEN', 'PAID']),
  captures: z.array(z.object({ id: z.uuid(), ...Money, capturedAt: IsoDate })),
})
export type PaymentAnswer = z.infer<typeof PaymentAnswer>

export const RefundInput = z.object({ captureId: z.uuid(), amountMinor: AmountMinor })
export type RefundInput = z.infer<typeof RefundInput>

export const RefundStatus = z.enum(['pending', 'succeeded', 'failed'])
export const RefundAnswer = z.object({ id: z.uuid(), status: RefundStatus, failure: z.string().nullable() })
export type RefundAnswer = z.infer<typeof RefundAnswer>

export const OpenAccountInput = z.object({
  name: z.string().min(1).max(200),
  email: z.email().max(320),
  locale: z.string().max(20),
  notifyUrl: z.url().max(2_000),
})
export type OpenAccountInput = z.infer<typeof OpenAccountInput>

export const AccountAnswer = z.object({ id: z.uuid(), ready: z.boolean(), missing: z.array(z.string()) })
export type AccountAnswer = z.infer<typeof AccountAnswer>

export const AccountLinkInput = z.object({ returnUrl: z.url().max(2_000), locale: z.string().max(20) })
export type AccountLinkInput = z.infer<typeof AccountLinkInput>

export const AccountLinkAnswer = z.object({ url: z.url() })

export const TransferInput = z.object({ accountId: z.uuid(), ...Money })
export type TransferInput = z.infer<typeof TransferInput>

export const TransferStatus = z.enum(['succeeded', 'failed'])
export const TransferAnswer = z.object({ id: z.uuid(), status: TransferStatus, failure: z.string().nullable() })
export type TransferAnswer = z.infer<typeof TransferAnswer>

export const DisputeStatus = z.enum(['needs-response', 'under-review', 'won', 'lost'])
export const DisputeAnswer = z.object({
  id: z.uuid(),
  captureId: z.uuid(),
  ...Money,
  reason: z.string(),
  status: DisputeStatus,
  openedAt: IsoDate,
  evidenceDueAt: IsoDate,
})
export type DisputeAnswer = z.infer<typeof DisputeAnswer>

const EvidenceText = z.string().max(20_000)
export const EvidenceInput = z.object({
  productDescription: EvidenceText,
  customerEmail: EvidenceText,
  serviceDate: EvidenceText,
  accessLog: EvidenceText,
  statement: EvidenceText,
})
export type EvidenceInput = z.infer<typeof EvidenceInput>

export const MovementKind = z.enum([
  'capture',
  'refund',
  'refund-failed',
  'transfer',
  'transfer-returned',
  'dispute',
  'dispute-won',
  'other',
])
export type MovementKind = z.infer<typeof MovementKind>

/** One page of everything that moved the shop's money here, in the order of posting; `next` null at its present end. */
export const MovementsAnswer = z.object({
  movements: z.array(
    z.object({
      id: z.uuid(),
      kind: MovementKind,
      sourceId: z.uuid(),
      paymentId: z.uuid().nullable(),
      amountMinor: z.int(),
      currency: Currency,
      at: IsoDate,
    }),
  ),
  next: z.string().nullable(),
})
export type MovementsAnswer = z.infer<typeof MovementsAnswer>

/** The body of a callback; `data` depends on the type. */
export const CallbackBody = z.object({
  id: z.uuid(),
  type: z.string().max(100),
  createdAt: IsoDate,
  data: z.record(z.string(), z.unknown()),
})

/** What `data` holds by type. `payment.pending` is an earlier state of the same payment, sent only when reordering. */
export const PaymentNews = z.object({ paymentId: z.uuid(), reference: z.string().nullable(), ...Money })
export const RefundNews = z.object({ refundId: z.uuid(), captureId: z.uuid(), status: RefundStatus })
export const DisputeNews = z.object({ disputeId: z.uuid(), captureId: z.uuid(), status: DisputeStatus })
export const TransferNews = z.object({ transferId: z.uuid(), accountId: z.uuid(), status: TransferStatus })
export const AccountNews = z.object({ accountId: z.uuid() })

/** Everything that the bank calls back with, by type. */
export interface News {
  readonly 'payment.captured': z.infer<typeof PaymentNews>
  readonly 'payment.pending': z.infer<typeof PaymentNews>
  readonly 'refund.updated': z.infer<typeof RefundNews>
  readonly 'dispute.opened': z.infer<typeof DisputeNews>
  readonly 'dispute.closed': z.infer<typeof DisputeNews>
  readonly 'transfer.updated': z.infer<typeof TransferNews>
  readonly 'account.updated': z.infer<typeof AccountNews>
  /** Of no use to anybody: banks send such things, too. */
  readonly 'bank.newsletter': { readonly headline: string }
}
