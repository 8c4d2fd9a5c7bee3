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

/** What a request to the bank's API signs: nothing of it can be changed or used for another address. */
export function requestText(method: string, path: string, idempotencyKey: string, body: string): string {
  return `${method} ${path}\n${idempotencyKey}\n${body}`
}

function hmac(key: Uint8Array, t: number, text: string): Buffer {
  return createHmac('sha256', key).update(`${t}.${text}`).digest()
}

const AmountMinor = z.int().min(1).max(2_000_000_000)
const Currency = z.string().regex(/^[A-Z]{3}$/u)
const IsoDate = z.iso.datetime()

export const OpenPaymentInput = z.object({
  reference: z.string().min(1).max(100),
  description: z.string().min(1).max(200),
  amountMinor: AmountMinor,
  currency: Currency,
  locale: z.string().max(20),
  returnUrl: z.url().max(2_000),
  notifyUrl: z.url().max(2_000),
})
export type OpenPaymentInput = z.infer<typeof OpenPaymentInput>

export const OpenPaymentAnswer = z.object({ id: z.uuid(), payUrl: z.url() })

export const PaymentAnswer = z.object({
  id: z.uuid(),
  reference: z.string(),
  status: z.enum(['OPEN', 'PAID']),
  captures: z.array(z.object({ id: z.uuid(), amountMinor: AmountMinor, currency: Currency, capturedAt: IsoDate })),
})
export type PaymentAnswer = z.infer<typeof PaymentAnswer>

export const RefundInput = z.object({ captureId: z.uuid(), amountMinor: AmountMinor })
export type RefundInput = z.infer<typeof RefundInput>

export const RefundAnswer = z.object({ id: z.uuid() })

/** The body of a callback. `payment.pending` is an earlier state of the same payment, sent only when reordering. */
export const CallbackBody = z.object({
  id: z.uuid(),
  type: z.enum(['payment.captured', 'payment.pending']),
  createdAt: IsoDate,
  data: z.object({ paymentId: z.uuid(), reference: z.string(), amountMinor: AmountMinor, currency: Currency }),
})
export type CallbackBody = z.infer<typeof CallbackBody>
