import type { PaymentProvider } from '@/lib/domain/payments/provider'
import { accountLink, fetchAccount, openAccount } from './accounts'
import { type StripeOptions, openDesk } from './client'
import { answerDispute, fetchDispute } from './disputes'
import { STRIPE_EVENT_TYPES } from './event-types'
import { listMovements } from './movements'
import { openSession } from './open-session'
import { parseEvent } from './parse-event'
import { fetchPayment } from './payments'
import { fetchRefund, refund } from './refunds'
import { fetchTransfer, transfer } from './transfers'

/** The header in which Stripe's callbacks carry their signature. */
export const STRIPE_SIGNATURE_HEADER = 'stripe-signature'

/**
 * Stripe as a payment provider: Checkout Sessions on the platform's own account, captured at once, and one transfer to the
 * merchant's connected account per payout (separate charges and transfers). Nothing is captured by hand: Alipay and WeChat
 * Pay cannot, and a card's authorisation lapses before an order is confirmed.
 */
export function createStripeProvider(options: StripeOptions): PaymentProvider {
  const desk = openDesk(options)
  return {
    name: 'stripe',
    eventTypes: STRIPE_EVENT_TYPES,
    openPayment: (input) => openSession(desk, input),
    fetchPayment: (ref) => fetchPayment(desk, ref),
    refund: (input) => refund(desk, input),
    fetchRefund: (ref) => fetchRefund(desk, ref),
    openAccount: (input) => openAccount(desk, input),
    accountLink: (input) => accountLink(desk, input),
    fetchAccount: (ref) => fetchAccount(desk, ref),
    transfer: (input) => transfer(desk, input),
    fetchTransfer: (ref) => fetchTransfer(desk, ref),
    fetchDispute: (ref) => fetchDispute(desk, ref),
    answerDispute: (input) => answerDispute(desk, input),
    listMovements: (input) => listMovements(desk, input),
    parseEvent: (rawBody, signature, now) => parseEvent(options.webhookSecrets, rawBody, signature, now),
  }
}
