import type { DisputeEvidence, DisputeStatus, PaymentProvider, ProviderDispute } from '@/lib/domain/payments/provider'
import type Stripe from 'stripe'
import { type Desk, idOf, isoOf, momentOf } from './client'
import { asked, askedFor } from './errors'

type ToAnswer = Parameters<PaymentProvider['answerDispute']>[0]

/** Stripe takes this many characters in each text of the evidence. */
const LONGEST_TEXT = 20_000
const CUT_MARK = '\n[cut: the rest is kept by the mall]'

/**
 * `warning_...` is an inquiry before the dispute, which moves no money; one that was closed was not escalated. `prevented`
 * means that a refund came first. An appeal against a lost dispute is written in Stripe's dashboard: here it only stays open.
 */
const STATUS: Readonly<Record<string, DisputeStatus>> = {
  needs_response: 'needs-response',
  warning_needs_response: 'needs-response',
  under_review: 'under-review',
  warning_under_review: 'under-review',
  appeal_needs_response: 'under-review',
  appeal_under_review: 'under-review',
  won: 'won',
  warning_closed: 'won',
  prevented: 'won',
  lost: 'lost',
}

export async function fetchDispute({ stripe }: Desk, disputeRef: string): Promise<ProviderDispute | null> {
  return askedFor(async () => disputeOf(await stripe.disputes.retrieve(disputeRef)))
}

/** Evidence goes in once: what was handed in already, or is decided, stays as it is and is answered. */
export async function answerDispute({ stripe }: Desk, { disputeRef, evidence }: ToAnswer): Promise<ProviderDispute> {
  return asked(async () => {
    const dispute = await stripe.disputes.retrieve(disputeRef)
    if (STATUS[dispute.status] !== 'needs-response') return disputeOf(dispute)
    const answered = await stripe.disputes.update(
      disputeRef,
      { evidence: evidenceOf(evidence), submit: true },
      { idempotencyKey: `dispute:${disputeRef}` },
    )
    return disputeOf(answered)
  })
}

function evidenceOf(evidence: DisputeEvidence): Stripe.DisputeUpdateParams.Evidence {
  return {
    product_description: cut(evidence.productDescription),
    customer_email_address: evidence.customerEmail,
    service_date: evidence.serviceDate,
    access_activity_log: cut(evidence.accessLog),
    uncategorized_text: cut(evidence.statement),
  }
}

function cut(text: string): string {
  return text.length <= LONGEST_TEXT ? text : `${text.slice(0, LONGEST_TEXT - CUT_MARK.length)}${CUT_MARK}`
}

function disputeOf(dispute: Stripe.Dispute): ProviderDispute {
  const { id, charge, amount, currency, reason, status, created, balance_transactions: lines } = dispute
  const { due_by: dueBy } = dispute.evidence_details
  return {
    disputeRef: id,
    captureRef: idOf(charge),
    amountMinor: amount,
    currency: isoOf(currency),
    reason,
    status: STATUS[status] ?? 'under-review',
    withdrawn: lines.some((line) => line.amount < 0),
    openedAt: momentOf(created),
    evidenceDueAt: dueBy ? momentOf(dueBy) : null,
  }
}
