import type { ActorKind, OrderStatus } from '@/lib/infra/prisma/enums'

export interface Transition {
  readonly from: readonly OrderStatus[]
  readonly to: OrderStatus
  /** Who may cause it. */
  readonly by: readonly ActorKind[]
  /** `due`: only once the order's dueAt is reached; the sweeper is the usual caller. */
  readonly when: 'any-time' | 'due'
  /** Not while a complaint keeps the money. */
  readonly unlessComplained?: true
  /** Also while a dispute keeps the order as it is. */
  readonly evenFrozen?: true
  /** What it does besides the status, for people who read this table. */
  readonly effect: string
}

/** The state machine of an order. A verb names its transition; the guard goes into the UPDATE (`moveOrder`). */
export const ORDER_TRANSITIONS = {
  deliver: {
    from: ['AWAITING_PAYMENT'],
    to: 'DELIVERED',
    by: ['SYSTEM'],
    when: 'any-time',
    effect: 'paid: money to escrow, reserved CDKs delivered, inspection clock starts',
  },
  'deliver-late': {
    from: ['EXPIRED'],
    to: 'DELIVERED',
    by: ['SYSTEM'],
    when: 'any-time',
    effect: 'paid after expiry: CDKs claimed anew, then as deliver',
  },
  'await-delivery': {
    from: ['AWAITING_PAYMENT'],
    to: 'AWAITING_DELIVERY',
    by: ['SYSTEM'],
    when: 'any-time',
    effect: 'paid, delivered by hand: money to escrow, the clock of the promise starts',
  },
  'await-delivery-late': {
    from: ['EXPIRED'],
    to: 'AWAITING_DELIVERY',
    by: ['SYSTEM'],
    when: 'any-time',
    effect: 'paid after expiry, and the merchant still takes such orders: as await-delivery',
  },
  'deliver-by-hand': {
    from: ['AWAITING_DELIVERY'],
    to: 'DELIVERED',
    by: ['MERCHANT'],
    when: 'any-time',
    effect:
      'CDKs that the merchant brought are stored and delivered, what is missing is refunded, inspection clock starts',
  },
  'decline-delivery': {
    from: ['AWAITING_DELIVERY'],
    to: 'REFUNDED',
    by: ['MERCHANT'],
    when: 'any-time',
    effect: 'all of it goes back; in the second half of the promised time with the penalty of fail-delivery',
  },
  'fail-delivery': {
    from: ['AWAITING_DELIVERY'],
    to: 'REFUNDED',
    by: ['SYSTEM'],
    when: 'due',
    effect: 'not delivered in time: all of it goes back, a penalty goes from the deposit to the protection fund',
  },
  expire: {
    from: ['AWAITING_PAYMENT'],
    to: 'EXPIRED',
    by: ['SYSTEM'],
    when: 'due',
    effect: 'reserved CDKs, money of the wallet and the coupon return',
  },
  cancel: {
    from: ['AWAITING_PAYMENT'],
    to: 'CANCELLED',
    by: ['BUYER'],
    when: 'any-time',
    effect: 'as expire; a later payment is refunded',
  },
  undeliverable: {
    from: ['AWAITING_PAYMENT'],
    to: 'CANCELLED',
    by: ['SYSTEM'],
    when: 'any-time',
    effect:
      'paid, but its CDKs may not be delivered any more and there are no others: as cancel, and the payment is refunded',
  },
  confirm: {
    from: ['DELIVERED'],
    to: 'CONFIRMED',
    by: ['BUYER'],
    when: 'any-time',
    unlessComplained: true,
    effect: 'what is left in escrow to merchant pending and platform fee; maturity begins',
  },
  'auto-confirm': {
    from: ['DELIVERED'],
    to: 'CONFIRMED',
    by: ['SYSTEM'],
    when: 'due',
    unlessComplained: true,
    effect: 'as confirm, when the inspection window ran out',
  },
  refund: {
    from: ['AWAITING_DELIVERY', 'DELIVERED', 'CONFIRMED'],
    to: 'REFUNDED',
    by: ['MERCHANT', 'OPERATOR', 'ARBITRATOR', 'SYSTEM'],
    when: 'any-time',
    effect:
      "the last of the total goes back: out of escrow, after release out of the merchant's money; CDKs never revealed return to stock, others retire",
  },
  chargeback: {
    from: ['AWAITING_DELIVERY', 'DELIVERED', 'CONFIRMED'],
    to: 'REFUNDED',
    by: ['SYSTEM'],
    when: 'any-time',
    evenFrozen: true,
    effect: 'as refund, to the provider that gave the payer the money back',
  },
} as const satisfies Record<string, Transition>

export type TransitionName = keyof typeof ORDER_TRANSITIONS
