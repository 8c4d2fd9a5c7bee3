import { randomUUID } from 'node:crypto'
import { type PaymentProvider, type ProviderCapture, ProviderUnavailable } from '@/lib/domain/payments'

/** A provider that holds its books in memory and can be switched off. */
export class PocketProvider implements PaymentProvider {
  readonly name = 'sandbox'
  readonly payments = new Map<string, { reference: string; captures: ProviderCapture[] }>()
  readonly refunds = new Map<string, string>()
  down = false

  async openPayment({ checkoutId }: { readonly checkoutId: string }) {
    const providerRef = randomUUID()
    this.payments.set(providerRef, { reference: checkoutId, captures: [] })
    return Promise.resolve({ providerRef, payUrl: `https://bank.example.com/${providerRef}` })
  }

  async fetchPayment(providerRef: string) {
    if (this.down) throw new ProviderUnavailable('no answer')
    const payment = this.payments.get(providerRef)
    return Promise.resolve(payment ? { providerRef, ...payment } : null)
  }

  async refund({ refundId }: { readonly refundId: string }) {
    if (this.down) throw new ProviderUnavailable('no answer')
    const refundRef = this.refunds.get(refundId) ?? randomUUID()
    this.refunds.set(refundId, refundRef)
    return Promise.resolve({ refundRef })
  }

  parseEvent() {
    return { ok: false, why: 'forged' } as const
  }
}
