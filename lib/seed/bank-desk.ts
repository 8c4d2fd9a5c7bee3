import { answerApi } from '@/lib/bank/api'
import type { Bank } from '@/lib/bank/bank'
import { capturePayment } from '@/lib/bank/capture-payment'
import { NO_FAULTS } from '@/lib/bank/faults'
import { pumpCallbacks } from '@/lib/bank/pump-callbacks'
import { receivePaymentEvent } from '@/lib/domain/orders'
import type { PaymentProvider } from '@/lib/domain/payments'
import { callbackSignature } from '@/lib/infra/payments'
import { createSandboxProvider } from '@/lib/infra/payments/sandbox'
import { invariant } from '@/lib/kernel/invariant'
import { MINUTE_MS, SECOND_MS, after } from '@/lib/kernel/time'
import type { Mall } from './mall'

/** The sandbox bank at one moment of a story. */
export interface BankDesk {
  readonly provider: PaymentProvider
  /** The payer pays (twice, if so), and the bank calls back. Paying what is paid already captures nothing more. */
  pay(providerRef: string, twice: boolean): Promise<void>
}

/**
 * Opens the bank inside this process at the moment `at`: its real API, its real signatures and its real callbacks, with
 * function calls where otherwise HTTP would be, so that its books are what they would be had people paid there.
 */
export function bankDesk(mall: Mall, at: Date): BankDesk {
  const provider = providerAt(mall, at)
  return {
    provider,
    async pay(providerRef, twice) {
      await capturePayment(bankAt(mall, at), providerRef, { ...NO_FAULTS, duplicate: twice })
      const told = await pumpCallbacks(bankAt(mall, after(at, SECOND_MS)), providerRef)
      // Nothing to tell: told before, or a killed run took the callback with it, and the bank tries again after its lease.
      if (told === 0) await pumpCallbacks(bankAt(mall, after(at, MINUTE_MS)), providerRef)
    },
  }
}

/** The provider as the application has it, its requests answered by the bank here. */
function providerAt(mall: Mall, at: Date): PaymentProvider {
  const { bankKey: key, innerOrigin } = mall
  const ask: typeof fetch = (input, init) => {
    const request = new Request(input, init)
    const [, , , ...segments] = new URL(request.url).pathname.split('/')
    return answerApi(bankAt(mall, at), request, segments)
  }
  return createSandboxProvider({ bankUrl: innerOrigin, appUrl: innerOrigin, key, fetch: ask, clock: () => at })
}

/** The bank, its callbacks received here. */
function bankAt(mall: Mall, at: Date): Bank {
  const { db, run, bankKey: key, origin, innerOrigin } = mall
  const tell: typeof fetch = async (input, init) => {
    const request = new Request(input, init)
    const { verdict, reason } = await receivePaymentEvent(
      run,
      providerAt(mall, at),
      await request.text(),
      callbackSignature(request.headers),
      at,
    )
    invariant(verdict !== 'REJECTED', `the shop did not believe its own bank: ${reason}`)
    return Response.json({ verdict })
  }
  return { db, key, shopOrigins: [origin, innerOrigin], fetch: tell, clock: () => at }
}
