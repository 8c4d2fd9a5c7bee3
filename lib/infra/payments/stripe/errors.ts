import { ProviderRefused, ProviderUnavailable } from '@/lib/domain/payments/provider'
import Stripe from 'stripe'

/**
 * Runs a call to Stripe and tells its failures the port's way. `ProviderUnavailable`: no answer, an answer that is
 * Stripe's own fault, too many calls, the same call still under way, a key that the operator must mend. `ProviderRefused`:
 * Stripe understood and will not. Anything else is a bug of ours and passes through.
 */
export async function asked<T>(call: () => Promise<T>): Promise<T> {
  try {
    return await call()
  } catch (error) {
    throw told(error)
  }
}

/** The same for look-ups: null when Stripe knows no such thing. */
export async function askedFor<T>(call: () => Promise<T>): Promise<T | null> {
  return asked(async () => {
    try {
      return await call()
    } catch (error) {
      if (error instanceof Stripe.errors.StripeError && error.statusCode === 404) return null
      throw error
    }
  })
}

/** A key was used before with other parameters: what it stands for exists, but not what is asked for now. */
export function isKeyTaken(error: unknown): boolean {
  return error instanceof Stripe.errors.StripeIdempotencyError && error.statusCode === 400
}

/** The answer that Stripe once gave under this key and now gives again, also when it was a fault. */
export function isReplay(headers: Readonly<Record<string, unknown>> | undefined): boolean {
  return headers?.['idempotent-replayed'] === 'true'
}

function told(error: unknown): unknown {
  if (!(error instanceof Stripe.errors.StripeError)) return error
  return isRefusal(error) ? new ProviderRefused(error.message) : new ProviderUnavailable(sentence(error))
}

// By status: 400, 402 and 404. A key in use (409) and a key with other parameters (400, another class) say that an earlier call
// got through: asking again finds what it did.
function isRefusal(error: Stripe.errors.StripeError): boolean {
  return error instanceof Stripe.errors.StripeInvalidRequestError || error instanceof Stripe.errors.StripeCardError
}

// Stripe's own words are left out: about a bad key they quote it in part, and none of them helps a buyer.
function sentence({ type, code, statusCode, requestId }: Stripe.errors.StripeError): string {
  const facts = [statusCode, code, requestId].filter((fact) => fact !== undefined && fact !== '')
  return `Stripe: ${[type, ...facts].join(' ')}`
}
