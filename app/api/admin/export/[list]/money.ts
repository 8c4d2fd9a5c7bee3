import { DisputesQuery, disputeFilter } from '@/app/[locale]/admin/disputes/query'
import { EventsQuery, inboxFilter } from '@/app/[locale]/admin/events/query'
import { PaymentsQuery, paymentFilter } from '@/app/[locale]/admin/payments/query'
import { PayoutsQuery, payoutFilter } from '@/app/[locale]/admin/payouts/query'
import { RefundsQuery, refundFilter } from '@/app/[locale]/admin/refunds/query'
import { disputes, inbox, payments, payouts, receivables, refunds } from '@/lib/queries/admin'
import { type Exporter, csvOf, numbersOf, reasonOf } from './exporter'

/** Money on its way in and out. */
export const moneyExports = {
  payments: async (query, { a, c, s }) =>
    csvOf(payments(paymentFilter(PaymentsQuery.parse(query))), [
      { title: c('capturedAt'), at: (row) => row.capturedAt },
      { title: c('recordedAt'), at: (row) => row.recordedAt },
      { title: c('provider'), text: (row) => row.provider },
      { title: c('capture'), text: (row) => row.captureRef },
      { title: c('use'), text: (row) => s(`use.${row.use}`) },
      { title: c('amount'), minor: (row) => row.amountMinor },
      { title: c('refunded'), minor: (row) => row.refundedMinor },
      { title: a('payments.inSuspense'), minor: (row) => row.suspenseMinor },
      { title: c('currency'), text: (row) => row.currency },
      { title: c('order'), text: (row) => numbersOf(row.orders) },
      { title: a('payments.checkout'), text: (row) => row.checkoutId },
    ]),

  refunds: async (query, words) => {
    const { a, c, s } = words
    return csvOf(refunds(refundFilter(RefundsQuery.parse(query))), [
      { title: c('createdAt'), at: (row) => row.createdAt },
      { title: c('refund'), text: (row) => row.id },
      { title: c('status'), text: (row) => s(`refund.${row.status}`) },
      { title: c('method'), text: (row) => s(`method.${row.method}`) },
      { title: c('provider'), text: (row) => row.provider },
      { title: c('amount'), minor: (row) => row.amountMinor },
      { title: c('currency'), text: (row) => row.currency },
      { title: c('reason'), text: (row) => reasonOf(words, row.reason) },
      { title: c('order'), text: (row) => row.orderNumber },
      { title: a('refunds.payment'), text: (row) => row.paymentId },
      { title: c('attempts'), count: (row) => row.attempts },
      { title: c('lastError'), text: (row) => row.lastError },
      { title: c('providerRef'), text: (row) => row.providerRef },
      { title: c('settledAt'), at: (row) => row.settledAt },
    ])
  },

  payouts: async (query, { a, c, s }) =>
    csvOf(payouts(payoutFilter(PayoutsQuery.parse(query))), [
      { title: c('createdAt'), at: (row) => row.createdAt },
      { title: a('payouts.payoutId'), text: (row) => row.id },
      { title: c('merchant'), text: (row) => row.merchant },
      { title: c('status'), text: (row) => s(`payout.${row.status}`) },
      { title: c('amount'), minor: (row) => row.amountMinor },
      { title: c('currency'), text: (row) => row.currency },
      { title: c('provider'), text: (row) => row.provider },
      { title: a('payouts.account'), text: (row) => row.accountRef },
      { title: a('payouts.requestedBy'), text: (row) => row.requestedBy ?? a('payouts.schedule') },
      { title: c('attempts'), count: (row) => row.attempts },
      { title: c('lastError'), text: (row) => row.lastError },
      { title: c('providerRef'), text: (row) => row.transferRef },
      { title: a('payouts.settledAt'), at: (row) => row.settledAt },
    ]),

  receivables: async (_query, { a, c, s }) =>
    csvOf(receivables(), [
      { title: c('merchant'), text: (row) => row.merchant },
      { title: a('fund.owed'), minor: (row) => row.owedMinor },
      { title: s('kind.MERCHANT_PENDING'), minor: (row) => row.pendingMinor },
      { title: s('kind.MERCHANT_DEPOSIT'), minor: (row) => row.depositMinor },
      { title: c('currency'), text: (row) => row.currency },
      { title: a('fund.since'), at: (row) => row.since },
    ]),

  disputes: async (query, { a, c, s }) =>
    csvOf(disputes(disputeFilter(DisputesQuery.parse(query))), [
      { title: a('disputes.openedAt'), at: (row) => row.openedAt },
      { title: c('status'), text: (row) => s(`dispute.${row.state}`) },
      { title: a('disputes.deadlineText'), at: (row) => row.evidenceDueAt },
      { title: c('amount'), minor: (row) => row.amountMinor },
      { title: c('currency'), text: (row) => row.currency },
      { title: c('reason'), text: (row) => row.reason },
      { title: c('provider'), text: (row) => row.provider },
      { title: a('disputes.disputeRef'), text: (row) => row.disputeRef },
      { title: c('order'), text: (row) => numbersOf(row.orders) },
      { title: a('disputes.submittedAt'), at: (row) => row.submittedAt },
      { title: a('disputes.closedAt'), at: (row) => row.closedAt },
      { title: c('lastError'), text: (row) => row.lastError },
    ]),

  events: async (query, words) => {
    const { a, c, s } = words
    return csvOf(inbox(inboxFilter(EventsQuery.parse(query))), [
      { title: c('receivedAt'), at: (row) => row.receivedAt },
      { title: c('provider'), text: (row) => row.provider },
      { title: a('events.eventRef'), text: (row) => row.eventRef },
      { title: c('type'), text: (row) => row.type },
      { title: c('verdict'), text: (row) => s(`verdict.${row.verdict}`) },
      { title: c('reason'), text: (row) => reasonOf(words, row.reason) },
      { title: a('events.subject'), text: (row) => row.subject && Object.values(row.subject).join(' ') },
      { title: c('order'), text: (row) => numbersOf(row.orders) },
      { title: c('attempts'), count: (row) => row.attempts },
      { title: c('lastError'), text: (row) => row.lastError },
      { title: a('events.handledAt'), at: (row) => row.handledAt },
    ])
  },
} satisfies Record<string, Exporter>
