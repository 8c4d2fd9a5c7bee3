import type { PaymentProvider, ProviderAccount } from '@/lib/domain/payments/provider'
import type Stripe from 'stripe'
import type { Desk } from './client'
import { asked, askedFor } from './errors'

type ToOpen = Parameters<PaymentProvider['openAccount']>[0]
type ToLink = Parameters<PaymentProvider['accountLink']>[0]

/**
 * Opens a connected account that is only paid to. The platform bears fees and losses, as it must with separate charges and
 * transfers; Stripe asks the merchant for his documents and shows him its small dashboard. A call that is repeated after
 * Stripe has forgotten the key opens a second, empty account, which harms nobody.
 */
export async function openAccount({ stripe }: Desk, { merchantId, name, email }: ToOpen): Promise<ProviderAccount> {
  const account = await asked(() =>
    stripe.accounts.create(
      {
        email,
        business_profile: { name },
        metadata: { merchantId },
        capabilities: { transfers: { requested: true } },
        controller: {
          fees: { payer: 'application' },
          losses: { payments: 'application' },
          requirement_collection: 'stripe',
          stripe_dashboard: { type: 'express' },
        },
      },
      { idempotencyKey: `account:${merchantId}` },
    ),
  )
  return accountOf(account)
}

/**
 * The page where he completes his account or, when nothing is left to hand in, his dashboard. A link that was used or ran
 * out leads back to `returnUrl`, where he finds the button that makes a fresh one. Stripe picks the language.
 */
export async function accountLink({ stripe }: Desk, { accountRef, returnUrl }: ToLink): Promise<string> {
  return asked(async () => {
    const { details_submitted: submitted, requirements } = await stripe.accounts.retrieve(accountRef)
    const owed = [...(requirements?.currently_due ?? []), ...(requirements?.past_due ?? [])]
    if (submitted && owed.length === 0) return (await stripe.accounts.createLoginLink(accountRef)).url
    const link = await stripe.accountLinks.create({
      account: accountRef,
      type: 'account_onboarding',
      refresh_url: returnUrl,
      return_url: returnUrl,
    })
    return link.url
  })
}

export async function fetchAccount({ stripe }: Desk, accountRef: string): Promise<ProviderAccount | null> {
  return askedFor(async () => accountOf(await stripe.accounts.retrieve(accountRef)))
}

/** Ready when money can be transferred to it and can leave it for his bank. */
function accountOf(account: Stripe.Account): ProviderAccount {
  const { id, capabilities, payouts_enabled: paysOut, requirements } = account
  const transfers = capabilities?.transfers ?? 'inactive'
  if (transfers === 'active' && paysOut) return { accountRef: id, ready: true, missing: [] }
  const missing = new Set([
    ...(requirements?.past_due ?? []),
    ...(requirements?.currently_due ?? []),
    ...(requirements?.pending_verification ?? []),
  ])
  if (missing.size === 0) missing.add(requirements?.disabled_reason ?? `transfers: ${transfers}`)
  return { accountRef: id, ready: false, missing: [...missing] }
}
