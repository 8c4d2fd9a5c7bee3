import { SIGNATURE_HEADER } from '@/lib/bank/protocol'
import type { PaymentProvider } from '@/lib/domain/payments/provider'
import { innerOrigin } from '@/lib/infra/own-origins'
import { secret } from '@/lib/infra/secrets'
import { createSandboxProvider } from './sandbox'

let configured: PaymentProvider | undefined

/** The payment provider of this installation: the sandbox bank until others exist. */
export function paymentProvider(): PaymentProvider {
  configured ??= createSandboxProvider({ bankUrl: innerOrigin(), appUrl: innerOrigin(), key: secret('bank') })
  return configured
}

/** The header in which a provider's callbacks carry their signature. */
export function callbackSignature(headers: Headers): string | null {
  return headers.get(SIGNATURE_HEADER)
}
