import { known, refused } from './api-error'
import type { Books } from './books'
import type { Dispute, Reversal } from './objects'

const DAY_S = 86_400

/** A refund that Stripe took on ends well, or the money comes back to the platform. */
export function settleRefund(
  books: Books,
  refundId: string,
  status: 'succeeded' | 'failed',
  reason = 'declined',
): void {
  const refund = known(books.refunds, refundId, 'refund')
  refund.status = status
  if (status === 'failed') {
    const { amount, currency, charge: chargeId } = refund
    const charge = known(books.charges, chargeId, 'charge')
    refund.failure_reason = reason
    charge.amount_refunded -= amount
    charge.refunded = false
    books.book('refund_failure', 'refund_failure', refundId, { amount, currency })
    books.tell('refund.failed', refund)
  }
  books.tell('refund.updated', refund)
}

/** The payer's bank disputes a charge; an inquiry only asks and moves nothing. */
export function openDispute(
  books: Books,
  chargeId: string,
  facts: { readonly reason: string; readonly amountMinor?: number | undefined; readonly inquiry: boolean },
): Dispute {
  const charge = known(books.charges, chargeId, 'charge')
  const { reason, inquiry } = facts
  const amount = facts.amountMinor ?? charge.amount_captured
  const dispute: Dispute = {
    id: books.id('du'),
    object: 'dispute',
    amount,
    balance_transactions: [],
    charge: chargeId,
    created: books.seconds(),
    currency: charge.currency,
    evidence: {},
    evidence_details: {
      due_by: books.seconds() + 9 * DAY_S,
      has_evidence: false,
      past_due: false,
      submission_count: 0,
    },
    metadata: {},
    reason,
    status: inquiry ? 'warning_needs_response' : 'needs_response',
  }
  books.disputes.set(dispute.id, dispute)
  charge.disputed = true
  books.tell('charge.dispute.created', dispute)
  if (!inquiry) withdraw(books, dispute)
  return dispute
}

function withdraw(books: Books, dispute: Dispute): void {
  const { id, amount, currency } = dispute
  const money = { amount: -amount, fee: books.settings.disputeFeeMinor, currency }
  dispute.balance_transactions.push(books.book('adjustment', 'dispute', id, money))
  books.tell('charge.dispute.funds_withdrawn', dispute)
}

export function closeDispute(books: Books, disputeId: string, outcome: 'won' | 'lost'): void {
  const dispute = known(books.disputes, disputeId, 'dispute')
  const { amount, currency, status } = dispute
  if (status === 'won' || status === 'lost' || status === 'warning_closed') throw refused('This dispute is closed.')
  const inquiry = status.startsWith('warning')
  dispute.status = inquiry && outcome === 'won' ? 'warning_closed' : outcome
  if (inquiry && outcome === 'lost') withdraw(books, dispute)
  books.tell('charge.dispute.closed', dispute)
  if (outcome === 'lost' || inquiry) return
  const { returnDisputeFee, disputeFeeMinor } = books.settings
  const fee = returnDisputeFee ? -disputeFeeMinor : 0
  dispute.balance_transactions.push(books.book('adjustment', 'dispute_reversal', disputeId, { amount, fee, currency }))
  books.tell('charge.dispute.funds_reinstated', dispute)
}

/** All of a transfer comes back, as when Stripe or an operator takes it back. */
export function reverseTransfer(books: Books, transferId: string): void {
  const transfer = known(books.transfers, transferId, 'transfer')
  if (transfer.reversed) throw refused(`Transfer ${transferId} is already fully reversed.`)
  const { amount, currency } = transfer
  const reversal: Reversal = {
    id: books.id('trr'),
    object: 'transfer_reversal',
    amount,
    created: books.seconds(),
    currency,
    transfer: transferId,
  }
  books.reversals.set(reversal.id, reversal)
  Object.assign(transfer, { reversed: true, amount_reversed: amount })
  books.book('transfer_refund', 'transfer_reversal', reversal.id, { amount, currency })
  books.tell('transfer.reversed', transfer)
}

/** The merchant hands in everything, or Stripe asks for more. */
export function setAccountReady(books: Books, accountId: string, ready: boolean): void {
  const account = known(books.accounts, accountId, 'account')
  Object.assign(account, {
    capabilities: { transfers: ready ? 'active' : 'inactive' },
    details_submitted: ready || account.details_submitted,
    payouts_enabled: ready,
    requirements: {
      currently_due: ready ? [] : ['individual.verification.document'],
      past_due: [],
      pending_verification: [],
      disabled_reason: ready ? null : 'requirements.past_due',
    },
  })
  books.tell('account.updated', account, accountId)
}

/** The platform takes money out to its own bank: nothing that the mall knows of. */
export function platformPayout(books: Books, amount: number, currency: string): void {
  books.book('payout', 'payout', null, { amount: -amount, currency })
}
