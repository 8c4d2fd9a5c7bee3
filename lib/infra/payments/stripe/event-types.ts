import type { EventSubject } from '@/lib/domain/payments/provider'
import type Stripe from 'stripe'

/**
 * Every type of event that something is done about, and what it is about. The webhook endpoints at Stripe listen to these
 * (docs/going-live-with-stripe.md); whatever else comes is stored and ignored. `charge.refunded` and
 * `payment_intent.succeeded` are left out on purpose: the refund's and the session's own events say the same.
 */
export const STRIPE_EVENT_TYPES = {
  'checkout.session.completed': 'payment',
  'checkout.session.async_payment_succeeded': 'payment',
  'checkout.session.async_payment_failed': 'payment',
  'checkout.session.expired': 'payment',
  'refund.created': 'refund',
  'refund.updated': 'refund',
  'refund.failed': 'refund',
  'transfer.created': 'transfer',
  'transfer.updated': 'transfer',
  'transfer.reversed': 'transfer',
  'charge.dispute.created': 'dispute',
  'charge.dispute.updated': 'dispute',
  'charge.dispute.closed': 'dispute',
  'charge.dispute.funds_withdrawn': 'dispute',
  'charge.dispute.funds_reinstated': 'dispute',
  'account.updated': 'account',
  'capability.updated': 'account',
} as const satisfies Partial<Record<Stripe.Event['type'], EventSubject['kind']>>
