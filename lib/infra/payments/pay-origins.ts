import { type Env, env } from '@/lib/infra/env'

/** Where Stripe's hosted pages live: payment, and a merchant's payout account. */
const STRIPE_PAGES = ['https://checkout.stripe.com', 'https://connect.stripe.com']

/**
 * Origins outside this site that a form here may lead to: the hosted pages of the configured providers (a test
 * double of Stripe serves its own). The sandbox bank lives on this site. Part of the content security policy.
 */
export function payOrigins(settings: Env = env()): string[] {
  const { KEYBOND_STRIPE_SECRET_KEY: key, KEYBOND_STRIPE_API: double } = settings
  if (key === undefined) return []
  return [...STRIPE_PAGES, ...(double === undefined ? [] : [double])]
}
