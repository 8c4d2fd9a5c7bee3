import type { PaymentProvider, ProviderNamed } from '@/lib/domain/payments'

/** A mall that has this provider and no other. */
export function only(provider: PaymentProvider): ProviderNamed {
  return (name) => (name === provider.name ? provider : null)
}
