import type { ProviderCapture, ProviderPayment } from '@/lib/domain/payments/provider'
import type Stripe from 'stripe'
import { type Desk, idOf, isoOf, momentOf } from './client'
import { askedFor } from './errors'
import { ownReference } from './reference'

/**
 * Looks a payment up by its session. A line of Stripe's list of movements names no session: there the ref is the payment
 * intent (or, without one, the charge), and the answer names the session when the payment had one.
 */
export async function fetchPayment(desk: Desk, ref: string): Promise<ProviderPayment | null> {
  return askedFor(async () => {
    if (ref.startsWith('cs_')) return ofSession(desk, await desk.stripe.checkout.sessions.retrieve(ref))
    if (ref.startsWith('pi_')) return ofIntent(desk, ref)
    const charge = await desk.stripe.charges.retrieve(ref)
    if (charge.payment_intent !== null) return ofIntent(desk, idOf(charge.payment_intent))
    return { providerRef: ref, reference: ownReference(charge.metadata), captures: capturesIn([charge]) }
  })
}

async function ofIntent(desk: Desk, intentRef: string): Promise<ProviderPayment> {
  const { data } = await desk.stripe.checkout.sessions.list({ payment_intent: intentRef, limit: 1 })
  const [session] = data
  if (session) return ofSession(desk, session)
  const { metadata } = await desk.stripe.paymentIntents.retrieve(intentRef)
  return { providerRef: intentRef, reference: ownReference(metadata), captures: await capturesOf(desk, intentRef) }
}

/** A session that nobody has tried to pay has no payment intent. */
async function ofSession(desk: Desk, session: Stripe.Checkout.Session): Promise<ProviderPayment> {
  const { id: providerRef, metadata, payment_intent: intent } = session
  const captures = intent === null ? [] : await capturesOf(desk, idOf(intent))
  return { providerRef, reference: ownReference(metadata), captures }
}

async function capturesOf({ stripe }: Desk, intentRef: string): Promise<ProviderCapture[]> {
  const charges: Stripe.Charge[] = []
  for await (const charge of stripe.charges.list({ payment_intent: intentRef, limit: 100 })) charges.push(charge)
  return capturesIn(charges)
}

/** Declined tries are charges too, and so is money that is still on its way. */
function capturesIn(charges: readonly Stripe.Charge[]): ProviderCapture[] {
  return charges
    .filter(({ paid, captured, status }) => paid && captured && status === 'succeeded')
    .map(({ id, amount_captured: amountMinor, currency, created }) => ({
      captureRef: id,
      amountMinor,
      currency: isoOf(currency),
      capturedAt: momentOf(created),
    }))
}
