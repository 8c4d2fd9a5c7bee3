import type { EventSubject, ParsedEvent } from '@/lib/domain/payments/provider'
import { invariant } from '@/lib/kernel/invariant'
import Stripe from 'stripe'
import { z } from 'zod'
import { STRIPE_EVENT_TYPES } from './event-types'
import { ownReference } from './reference'

const TOLERANCE_S = 300
const ANY_AGE = 0

const Body = z.object({
  id: z.string().min(1),
  type: z.string().min(1),
  account: z.string().optional(),
  data: z.object({
    object: z.looseObject({
      id: z.string().optional(),
      account: z.string().optional(),
      metadata: z.record(z.string(), z.string()).nullish(),
    }),
  }),
})

const kinds: Readonly<Record<string, EventSubject['kind']>> = STRIPE_EVENT_TYPES

/**
 * Verifies the signature over the raw body with any of the secrets, at most 300 s old at `now`, and takes nothing from the
 * body but what it is about: the version that an endpoint's bodies are written in may be another than ours.
 */
export function parseEvent(
  secrets: readonly string[],
  rawBody: string,
  signature: string | null,
  now: Date,
): ParsedEvent {
  const secret = secrets.find((candidate) => believed(candidate, rawBody, signature, ANY_AGE, now))
  if (secret === undefined) return { ok: false, why: 'forged' }
  if (!believed(secret, rawBody, signature, TOLERANCE_S, now)) return { ok: false, why: 'stale' }
  const parsed = Body.safeParse(jsonOrNull(rawBody))
  if (!parsed.success) return { ok: false, why: 'malformed' }
  const { id: eventRef, type } = parsed.data
  const kind = Object.hasOwn(kinds, type) ? kinds[type] : undefined
  if (kind === undefined) return { ok: true, event: { eventRef, type, subject: null } }
  const subject = subjectOf(kind, parsed.data)
  return subject ? { ok: true, event: { eventRef, type, subject } } : { ok: false, why: 'malformed' }
}

function subjectOf(kind: EventSubject['kind'], { account, data }: z.infer<typeof Body>): EventSubject | null {
  const { id, account: owner, metadata } = data.object
  // A capability's id is its name ("transfers"), the account stands beside it.
  if (kind === 'account') {
    const accountRef = owner ?? account ?? id
    return accountRef === undefined ? null : { kind, accountRef }
  }
  if (id === undefined) return null
  switch (kind) {
    case 'payment':
      return { kind, providerRef: id, reference: ownReference(metadata) }
    case 'refund':
      return { kind, refundRef: id }
    case 'transfer':
      return { kind, transferRef: id }
    case 'dispute':
      return { kind, disputeRef: id }
  }
}

/** The signature alone: the SDK's constructEvent reads the body as well, and tells a bad body from a bad signature badly. */
function believed(secret: string, body: string, signature: string | null, tolerance: number, now: Date): boolean {
  const verifier = Stripe.webhooks.signature
  invariant(verifier, 'the SDK verifies signatures on Node')
  try {
    return verifier.verifyHeader(body, signature ?? '', secret, tolerance, undefined, now.getTime())
  } catch (error) {
    if (error instanceof Stripe.errors.StripeSignatureVerificationError) return false
    throw error
  }
}

function jsonOrNull(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // Not JSON: no shape fits null, so the caller says that the body is malformed.
    return null
  }
}
