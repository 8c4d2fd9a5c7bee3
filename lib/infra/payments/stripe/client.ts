import Stripe from 'stripe'

export interface StripeOptions {
  readonly apiKey: string
  /** Signing secrets of the webhook endpoints; Stripe gives every endpoint its own, and two while one is rolled. */
  readonly webhookSecrets: readonly string[]
  /** Ways to pay that may be offered; Stripe shows those of them that the account, the currency and the payer have. */
  readonly methods: readonly string[]
  /** Where Stripe's API is; tests and proxies name another origin. */
  readonly apiOrigin?: string | undefined
  readonly timeoutMs?: number
  /** How often the SDK repeats a call that got no answer, under the same idempotency key. */
  readonly maxNetworkRetries?: number
  readonly clock?: () => Date
}

/** What the parts of the adapter share. */
export interface Desk {
  readonly stripe: Stripe
  readonly methods: readonly string[]
  readonly clock: () => Date
}

/** The SDK with our limits. Telemetry is off: how fast Stripe answers us is nobody's business. */
export function openDesk(options: StripeOptions): Desk {
  const { apiKey, methods, apiOrigin, timeoutMs = 10_000, maxNetworkRetries = 2, clock = () => new Date() } = options
  const stripe = new Stripe(apiKey, {
    timeout: timeoutMs,
    maxNetworkRetries,
    telemetry: false,
    appInfo: { name: 'Keybond' },
    ...(apiOrigin === undefined ? {} : address(apiOrigin)),
  })
  return { stripe, methods, clock }
}

function address(origin: string): { host: string; port: string; protocol: 'http' | 'https' } {
  const { protocol, hostname, port } = new URL(origin)
  const plain = protocol === 'http:'
  return { host: hostname, port: port === '' ? (plain ? '80' : '443') : port, protocol: plain ? 'http' : 'https' }
}

/** Stripe counts in whole seconds since 1970. */
export function momentOf(seconds: number): Date {
  return new Date(seconds * 1_000)
}

export function secondsOf(at: Date): number {
  return Math.floor(at.getTime() / 1_000)
}

/** Stripe writes currencies in lower case, the mall as ISO 4217 does. */
export function isoOf(currency: string): string {
  return currency.toUpperCase()
}

/** The id of a thing that Stripe gives as an id or, expanded, as the thing. */
export function idOf(reference: string | { readonly id: string }): string {
  return typeof reference === 'string' ? reference : reference.id
}
