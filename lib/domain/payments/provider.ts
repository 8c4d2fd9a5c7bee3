import type { Currency, Minor } from '@/lib/kernel/money'

/** One capture as the provider's own books have it. */
export interface ProviderCapture {
  readonly captureRef: string
  readonly amountMinor: Minor
  readonly currency: string
  readonly capturedAt: Date
}

/** One payment as the provider's own books have it. */
export interface ProviderPayment {
  readonly providerRef: string
  /** What we called it: the checkout's id. */
  readonly reference: string
  readonly captures: readonly ProviderCapture[]
}

/** What a verified callback says; only a hint to look the payment up. */
export interface ProviderEvent {
  readonly eventRef: string
  readonly type: string
  readonly providerRef: string
  readonly reference: string
  /** What the event claims was captured; compared with the checkout before anything else happens. */
  readonly amountMinor: Minor
  readonly currency: string
}

/** Why a callback is not believed. */
export type Disbelief = 'forged' | 'stale' | 'malformed'

export type ParsedEvent =
  | { readonly ok: true; readonly event: ProviderEvent }
  | { readonly ok: false; readonly why: Disbelief }

/**
 * A payment provider. Every call is idempotent under its deterministic key, is made outside any transaction, and throws
 * `ProviderUnavailable` when the provider did not answer or answered with a fault of its own.
 */
export interface PaymentProvider {
  readonly name: string
  openPayment(input: {
    readonly checkoutId: string
    readonly amountMinor: Minor
    readonly currency: Currency
    readonly description: string
    readonly locale: string
    readonly returnUrl: string
  }): Promise<{ readonly providerRef: string; readonly payUrl: string }>
  fetchPayment(providerRef: string): Promise<ProviderPayment | null>
  refund(input: {
    readonly refundId: string
    readonly captureRef: string
    readonly amountMinor: Minor
  }): Promise<{ readonly refundRef: string }>
  /** Verifies the signature over the raw body; `now` bounds the age of the signature. */
  parseEvent(rawBody: string, signature: string | null, now: Date): ParsedEvent
}

/** The provider cannot be reached or is broken; the same call may be made again. */
export class ProviderUnavailable extends Error {
  override readonly name = 'ProviderUnavailable'
}
