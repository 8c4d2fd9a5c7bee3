import { SIGNATURE_HEADER } from '@/lib/bank/protocol'
import type { PaymentProvider } from '@/lib/domain/payments/provider'
import { type Env, env } from '@/lib/infra/env'
import { innerOrigin } from '@/lib/infra/own-origins'
import { secret } from '@/lib/infra/secrets'
import { invariant } from '@/lib/kernel/invariant'
import { createSandboxProvider } from './sandbox'
import { STRIPE_SIGNATURE_HEADER, createStripeProvider } from './stripe'

type Name = Env['KEYBOND_PAYMENT_PROVIDER']

interface Kind {
  readonly signatureHeader: string
  /** Null when the settings do not allow for it. */
  readonly make: (settings: Env) => PaymentProvider | null
}

const KINDS: Readonly<Record<Name, Kind>> = {
  sandbox: {
    signatureHeader: SIGNATURE_HEADER,
    make: ({ KEYBOND_MODE: mode, KEYBOND_ALLOW_SANDBOX_BANK: allowed }) =>
      mode === 'production' && allowed !== 'yes'
        ? null
        : createSandboxProvider({ bankUrl: innerOrigin(), appUrl: innerOrigin(), key: secret('bank') }),
  },
  stripe: {
    signatureHeader: STRIPE_SIGNATURE_HEADER,
    make: ({ KEYBOND_STRIPE_SECRET_KEY: apiKey, KEYBOND_STRIPE_WEBHOOK_SECRET: webhookSecrets, ...settings }) =>
      apiKey === undefined || webhookSecrets === undefined
        ? null
        : createStripeProvider({
            apiKey,
            webhookSecrets,
            methods: settings.KEYBOND_STRIPE_METHODS,
            apiOrigin: settings.KEYBOND_STRIPE_API,
          }),
  },
}

const made = new Map<Name, PaymentProvider | null>()

/** The provider that new payments are opened at. */
export function paymentProvider(): PaymentProvider {
  const provider = providerNamed(env().KEYBOND_PAYMENT_PROVIDER)
  invariant(provider, 'the settings were checked when they were read')
  return provider
}

/** A configured provider by its name, null otherwise: whatever took a payment once is asked when it is refunded. */
export function providerNamed(name: string): PaymentProvider | null {
  if (!isName(name)) return null
  const known = made.get(name)
  if (known !== undefined) return known
  const provider = KINDS[name].make(env())
  made.set(name, provider)
  return provider
}

/** Every configured provider: what is reconciled and listened to. */
export function paymentProviders(): PaymentProvider[] {
  return Object.keys(KINDS).flatMap((name) => providerNamed(name) ?? [])
}

/** The signature that a provider's callback carries, null without one. */
export function callbackSignature(provider: string, headers: Headers): string | null {
  return isName(provider) ? headers.get(KINDS[provider].signatureHeader) : null
}

function isName(name: string): name is Name {
  return Object.hasOwn(KINDS, name)
}
