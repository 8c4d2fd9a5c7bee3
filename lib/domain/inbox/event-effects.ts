import type { EventSubject } from '@/lib/domain/payments'

/**
 * What is done about a callback, by what it is about; which types are about what stands in each adapter's `eventTypes`.
 * docs/payment-events.md lists both for people.
 */
export const EVENT_EFFECTS: Readonly<Record<EventSubject['kind'], { readonly effect: string }>> = {
  payment: {
    effect:
      'the payment is looked up: its captures pay their checkout, or go back (second, late, of another amount); one of no checkout of ours is parked in suspense',
  },
  refund: { effect: 'the refund is looked up: sent, arrived or failed is booked, a failed one is begun anew' },
  transfer: {
    effect: "the payout's transfer is looked up: paid is booked, a returned one is available to the merchant again",
  },
  account: { effect: "the merchant's payout account is looked up: ready or what is missing is noted" },
  dispute: {
    effect:
      'the dispute is looked up: opened freezes the orders and stages evidence, won thaws them, lost is charged to them',
  },
}
