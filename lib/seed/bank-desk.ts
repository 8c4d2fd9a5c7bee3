import { answerApi } from '@/lib/bank/api'
import type { Bank } from '@/lib/bank/bank'
import { capturePayment } from '@/lib/bank/capture-payment'
import { type Faults, NO_FAULTS } from '@/lib/bank/faults'
import { pumpCallbacks } from '@/lib/bank/pump-callbacks'
import { receivePaymentEvent } from '@/lib/domain/inbox'
import type { PaymentProvider, ProviderNamed } from '@/lib/domain/payments'
import { callbackSignature } from '@/lib/infra/payments'
import { createSandboxProvider } from '@/lib/infra/payments/sandbox'
import { invariant } from '@/lib/kernel/invariant'
import { MINUTE_MS, SECOND_MS, after } from '@/lib/kernel/time'
import type { Mall } from './mall'

/** The sandbox bank at one moment of a story. */
export interface BankDesk {
  readonly provider: PaymentProvider
  readonly providers: ProviderNamed
  readonly bank: Bank
  /** The payer pays, with what goes wrong, and the bank calls back. Paying what is paid already captures nothing more. */
  pay(providerRef: string, faults?: Partial<Faults>): Promise<void>
  /** The bank calls back about one payment or account. */
  tell(pageId: string): Promise<void>
}

/**
 * Opens the bank inside this process at the moment `at`: its real API, its real signatures and its real callbacks, with
 * function calls where otherwise HTTP would be, so that its books are what they would be had people paid there. `cutOff`:
 * it answers nobody, though its callbacks get through.
 */
export function bankDesk(mall: Mall, at: Date, { cutOff = false } = {}): BankDesk {
  const provider = providerAt(mall, at, cutOff)
  const bankNow = (now: Date) => bankAt(mall, now, cutOff)
  const tell = async (pageId: string) => {
    const told = await pumpCallbacks(bankNow(after(at, SECOND_MS)), pageId)
    // Nothing to tell: told before, or a killed run took the callback with it, and the bank tries again after its lease.
    if (told === 0) await pumpCallbacks(bankNow(after(at, MINUTE_MS)), pageId)
  }
  return {
    provider,
    bank: bankNow(at),
    tell,
    providers: (name) => (name === provider.name ? provider : null),
    async pay(providerRef, faults = {}) {
      await capturePayment(bankNow(at), providerRef, { ...NO_FAULTS, ...faults })
      await tell(providerRef)
    },
  }
}

/** The provider as the application has it, its requests answered by the bank here. */
function providerAt(mall: Mall, at: Date, cutOff: boolean): PaymentProvider {
  const { bankKey: key, innerOrigin } = mall
  const ask: typeof fetch = async (input, init) => {
    if (cutOff) return new Response(null, { status: 503 })
    const request = new Request(input, init)
    const [, , , ...segments] = new URL(request.url).pathname.split('/')
    return answerApi(bankAt(mall, at, cutOff), request, segments)
  }
  return createSandboxProvider({ bankUrl: innerOrigin, appUrl: innerOrigin, key, fetch: ask, clock: () => at })
}

/** The bank, its callbacks received here. */
function bankAt(mall: Mall, at: Date, cutOff: boolean): Bank {
  const { db, run, bankKey: key, origin, innerOrigin } = mall
  const tell: typeof fetch = async (input, init) => {
    const request = new Request(input, init)
    const { verdict, reason } = await receivePaymentEvent(
      run,
      providerAt(mall, at, cutOff),
      await request.text(),
      callbackSignature('sandbox', request.headers),
      at,
    )
    invariant(verdict !== 'REJECTED', `the shop did not believe its own bank: ${reason}`)
    return Response.json({ verdict })
  }
  return { db, key, shopOrigins: [origin, innerOrigin], fetch: tell, clock: () => at }
}
