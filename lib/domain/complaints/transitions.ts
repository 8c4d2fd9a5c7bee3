import type { ActorKind, ComplaintState } from '@/lib/infra/prisma/enums'

export interface CaseTransition {
  readonly from: readonly ComplaintState[]
  readonly to: ComplaintState
  /** Who may cause it. */
  readonly by: readonly ActorKind[]
  /** `due`: only once the case's dueAt is reached; the sweeper is the usual caller. Any time when absent. */
  readonly when?: 'due'
  /** What it does besides the state, for people who read this table. */
  readonly effect: string
}

/**
 * The state machine of a complaint, after it was opened (source of the clocks: product.md, "After-sale rules"; their lengths are the
 * rules frozen on the order). A verb names its transition; the guard goes into the UPDATE (`moveCase`).
 */
export const CASE_TRANSITIONS = {
  accept: {
    from: ['OPEN', 'OFFERED', 'ASKED', 'CONTESTED'],
    to: 'CLOSED',
    by: ['MERCHANT'],
    effect: 'each CDK is refunded or replaced from stock as the merchant chose, at least what was demanded',
  },
  'grant-silence': {
    from: ['OPEN'],
    to: 'CLOSED',
    by: ['SYSTEM'],
    when: 'due',
    effect:
      'no first reply in time: what was demanded is granted (a refund where stock has no replacement), penalty SILENCE',
  },
  'escalate-silence': {
    from: ['OPEN'],
    to: 'ESCALATED',
    by: ['SYSTEM'],
    when: 'due',
    effect: 'no first reply in time to a buyer whose rights are limited: people look',
  },
  offer: {
    from: ['OPEN', 'ASKED', 'CONTESTED'],
    to: 'OFFERED',
    by: ['MERCHANT'],
    effect: 'the buyer is to answer within buyerEvidenceHours, never beyond escalateAt',
  },
  'take-offer': {
    from: ['OFFERED'],
    to: 'CLOSED',
    by: ['BUYER'],
    effect: 'what was offered is carried out',
  },
  'decline-offer': {
    from: ['OFFERED'],
    to: 'CONTESTED',
    by: ['BUYER'],
    effect: 'on to escalateAt; either side may escalate',
  },
  'lapse-offer': {
    from: ['OFFERED'],
    to: 'CONTESTED',
    by: ['SYSTEM'],
    when: 'due',
    effect: 'the buyer said nothing: as decline-offer, silence takes nothing from anybody',
  },
  contest: {
    from: ['OPEN', 'OFFERED'],
    to: 'CONTESTED',
    by: ['MERCHANT'],
    effect: 'with the reasons; on to escalateAt',
  },
  ask: {
    from: ['OPEN', 'CONTESTED'],
    to: 'ASKED',
    by: ['MERCHANT'],
    effect: 'once: the buyer is to bring evidence within buyerEvidenceHours',
  },
  'ask-as-arbitrator': {
    from: ['ESCALATED', 'APPEALED'],
    to: 'ASKED',
    by: ['ARBITRATOR'],
    effect: 'the buyer is to bring evidence within buyerEvidenceHours; not once a ruling was proposed',
  },
  answer: {
    from: ['ASKED'],
    to: 'CONTESTED',
    by: ['BUYER'],
    effect: 'the merchant had asked: on to escalateAt',
  },
  'answer-arbitrator': {
    from: ['ASKED'],
    to: 'ESCALATED',
    by: ['BUYER'],
    effect: 'the arbitrator had asked: back to him',
  },
  'answer-appeal': {
    from: ['ASKED'],
    to: 'APPEALED',
    by: ['BUYER'],
    effect: 'whoever rules the appeal had asked: back to him',
  },
  'resume-appeal': {
    from: ['ASKED'],
    to: 'APPEALED',
    by: ['SYSTEM'],
    when: 'due',
    effect: 'the buyer brought nothing after a ruling: the appeal is ruled on what there is',
  },
  'close-unanswered': {
    from: ['ASKED'],
    to: 'CLOSED',
    by: ['SYSTEM'],
    when: 'due',
    effect: 'the buyer brought nothing; may be reopened once within 7 days',
  },
  escalate: {
    from: ['OFFERED', 'ASKED', 'CONTESTED'],
    to: 'ESCALATED',
    by: ['BUYER', 'MERCHANT'],
    effect: 'after the first reply, either side; arbitrators are assigned',
  },
  'escalate-by-clock': {
    from: ['CONTESTED'],
    to: 'ESCALATED',
    by: ['SYSTEM'],
    when: 'due',
    effect: 'escalateAt was reached',
  },
  'escalate-at-once': {
    from: ['OPEN'],
    to: 'ESCALATED',
    by: ['SYSTEM'],
    effect: 'what only the platform can know and its records do not decide: people look without the merchant',
  },
  withdraw: {
    from: ['OPEN', 'OFFERED', 'ASKED', 'CONTESTED', 'ESCALATED'],
    to: 'CLOSED',
    by: ['BUYER'],
    effect: 'nothing is granted; the clock of the order goes on',
  },
  'rule-for-buyer': {
    from: ['ESCALATED'],
    to: 'RULED',
    by: ['ARBITRATOR'],
    effect: 'wholly or in part: carried out at once, with penalties; the losing side may appeal within appealDays',
  },
  'rule-for-merchant': {
    from: ['ESCALATED'],
    to: 'RULED',
    by: ['ARBITRATOR'],
    effect: 'the money is kept until the time for an appeal is over',
  },
  'refund-undecided': {
    from: ['ESCALATED'],
    to: 'CLOSED',
    by: ['SYSTEM'],
    when: 'due',
    effect: 'nobody ruled within arbitrationRefundDays: what was demanded is granted',
  },
  appeal: {
    from: ['RULED'],
    to: 'APPEALED',
    by: ['BUYER', 'MERCHANT'],
    effect: 'once, by whoever lost something; another arbitrator is assigned',
  },
  'rule-appeal': {
    from: ['APPEALED'],
    to: 'CLOSED',
    by: ['ARBITRATOR'],
    effect:
      'final: what the buyer gets more is carried out; what he got too much the protection fund pays the merchant, penalties return',
  },
  'end-appeal-undecided': {
    from: ['APPEALED'],
    to: 'CLOSED',
    by: ['SYSTEM'],
    when: 'due',
    effect: "nobody ruled in time: a buyer's appeal is granted, on a merchant's the first ruling stands",
  },
  'end-ruled': {
    from: ['RULED'],
    to: 'CLOSED',
    by: ['SYSTEM'],
    when: 'due',
    effect: 'nobody appealed: final',
  },
  reopen: {
    from: ['CLOSED'],
    to: 'CONTESTED',
    by: ['BUYER'],
    effect: 'after close-unanswered, once within 7 days',
  },
  moot: {
    from: ['OPEN', 'OFFERED', 'ASKED', 'CONTESTED', 'ESCALATED', 'RULED', 'APPEALED'],
    to: 'CLOSED',
    by: ['SYSTEM'],
    effect: 'everything it is about was refunded another way meanwhile',
  },
  'rule-by-records': {
    from: ['OPEN'],
    to: 'CLOSED',
    by: ['SYSTEM'],
    effect: 'the records alone decide for every CDK: granted in the transaction that opened it',
  },
} as const satisfies Record<string, CaseTransition>

export type CaseMove = keyof typeof CASE_TRANSITIONS
