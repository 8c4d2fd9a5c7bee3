import {
  AccountNews,
  CallbackBody,
  DisputeNews,
  PaymentNews,
  RefundNews,
  TransferNews,
  verify,
} from '@/lib/bank/protocol'
import type { EventSubject, ParsedEvent } from '@/lib/domain/payments/provider'
import { z } from 'zod'

/** What the bank's callbacks are about, by type; of every other type nothing is made. */
export const SANDBOX_EVENTS = {
  'payment.captured': 'payment',
  'payment.pending': 'payment',
  'refund.updated': 'refund',
  'dispute.opened': 'dispute',
  'dispute.closed': 'dispute',
  'transfer.updated': 'transfer',
  'account.updated': 'account',
} as const satisfies Record<string, EventSubject['kind']>

const SUBJECTS: { readonly [Kind in EventSubject['kind']]: z.ZodType<EventSubject & { readonly kind: Kind }> } = {
  payment: PaymentNews.transform(({ paymentId: providerRef, reference }) => ({
    kind: 'payment' as const,
    providerRef,
    reference,
  })),
  refund: RefundNews.transform(({ refundId: refundRef }) => ({ kind: 'refund' as const, refundRef })),
  transfer: TransferNews.transform(({ transferId: transferRef }) => ({ kind: 'transfer' as const, transferRef })),
  dispute: DisputeNews.transform(({ disputeId: disputeRef }) => ({ kind: 'dispute' as const, disputeRef })),
  account: AccountNews.transform(({ accountId: accountRef }) => ({ kind: 'account' as const, accountRef })),
}

const Body = z
  .string()
  .transform((text, context): unknown => {
    try {
      return JSON.parse(text)
    } catch {
      context.addIssue({ code: 'custom', message: 'not JSON' })
      return z.NEVER
    }
  })
  .pipe(CallbackBody)

/** Believes a callback that the bank's key has signed within the last minutes, and reads what it is about. */
export function parseSandboxEvent(key: Uint8Array, rawBody: string, signature: string | null, now: Date): ParsedEvent {
  const verdict = verify(key, signature, rawBody, now)
  if (verdict !== 'good') return { ok: false, why: verdict }
  const body = Body.safeParse(rawBody)
  if (!body.success) return { ok: false, why: 'malformed' }
  const { id: eventRef, type, data } = body.data
  if (!isKnown(type)) return { ok: true, event: { eventRef, type, subject: null } }
  const subject = SUBJECTS[SANDBOX_EVENTS[type]].safeParse(data)
  if (!subject.success) return { ok: false, why: 'malformed' }
  return { ok: true, event: { eventRef, type, subject: subject.data } }
}

function isKnown(type: string): type is keyof typeof SANDBOX_EVENTS {
  return Object.hasOwn(SANDBOX_EVENTS, type)
}
