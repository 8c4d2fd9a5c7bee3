import type { ActorKind, OrderStatus } from '@/lib/infra/prisma/enums'

export interface Transition {
  readonly from: readonly OrderStatus[]
  readonly to: OrderStatus
  /** Who may cause it. */
  readonly by: readonly ActorKind[]
  /** `due`: only once the order's dueAt is reached; the sweeper is the usual caller. */
  readonly when: 'any-time' | 'due'
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
  expire: {
    from: ['AWAITING_PAYMENT'],
    to: 'EXPIRED',
    by: ['SYSTEM'],
    when: 'due',
    effect: 'reserved CDKs return to stock',
  },
  cancel: {
    from: ['AWAITING_PAYMENT'],
    to: 'CANCELLED',
    by: ['BUYER'],
    when: 'any-time',
    effect: 'reserved CDKs return to stock; a later payment is refunded',
  },
  confirm: {
    from: ['DELIVERED'],
    to: 'CONFIRMED',
    by: ['BUYER'],
    when: 'any-time',
    effect: 'escrow to merchant pending and platform fee',
  },
  'auto-confirm': {
    from: ['DELIVERED'],
    to: 'CONFIRMED',
    by: ['SYSTEM'],
    when: 'due',
    effect: 'as confirm, when the inspection window ran out',
  },
  refund: {
    from: ['DELIVERED'],
    to: 'REFUNDED',
    by: ['MERCHANT', 'OPERATOR'],
    when: 'any-time',
    effect: 'escrow back to the buyer in full; CDKs never revealed return to stock, others retire',
  },
} as const satisfies Record<string, Transition>

export type TransitionName = keyof typeof ORDER_TRANSITIONS
