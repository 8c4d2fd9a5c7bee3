import { z } from 'zod'
import { known, refused } from './api-error'
import type { Books } from './books'
import type { Account, Dispute, Refund, Session, Transfer } from './objects'
import type { Understood } from './validate'

const Metadata = z.record(z.string(), z.string()).default({})
const HALF_HOUR_S = 1_800
const DAY_S = 86_400
/** About half a US dollar, below which Stripe takes no payment. */
const SMALLEST: Readonly<Record<string, number>> = { cny: 400, usd: 50 }

const SessionBody = z.object({
  mode: z.literal('payment'),
  line_items: z.array(
    z.object({ quantity: z.number(), price_data: z.object({ currency: z.string(), unit_amount: z.number() }) }),
  ),
  allowed_payment_method_types: z.array(z.string()).default(['card']),
  payment_method_options: z.object({ wechat_pay: z.object({ client: z.string() }).optional() }).optional(),
  client_reference_id: z.string().nullable().default(null),
  metadata: Metadata,
  payment_intent_data: z.object({ metadata: Metadata, transfer_group: z.string().optional() }).optional(),
  locale: z.string().default('auto'),
  success_url: z.string(),
  cancel_url: z.string().nullable().default(null),
  expires_at: z.number().optional(),
})

export function createSession(books: Books, { body }: Understood): Session {
  const asked = SessionBody.parse(body)
  const [item] = asked.line_items
  const { currency = 'cny' } = item?.price_data ?? {}
  const total = asked.line_items.reduce((sum, { quantity, price_data: price }) => sum + quantity * price.unit_amount, 0)
  if (total < (SMALLEST[currency] ?? 50))
    throw refused('The Checkout Session’s total amount is too small.', 'amount_too_small')
  if (asked.allowed_payment_method_types.includes('wechat_pay') && !asked.payment_method_options?.wechat_pay) {
    throw refused('wechat_pay needs payment_method_options[wechat_pay][client].')
  }
  const now = books.seconds()
  const expiresAt = asked.expires_at ?? now + DAY_S
  if (expiresAt < now + HALF_HOUR_S || expiresAt > now + DAY_S) {
    throw refused('The `expires_at` timestamp must be between 30 minutes and 24 hours from now.')
  }
  const id = books.id('cs_test')
  const session: Session = {
    id,
    object: 'checkout.session',
    allowed_payment_method_types: asked.allowed_payment_method_types,
    amount_total: total,
    cancel_url: asked.cancel_url,
    client_reference_id: asked.client_reference_id,
    created: now,
    currency,
    expires_at: expiresAt,
    livemode: false,
    locale: asked.locale,
    // The intent that payment makes takes over what was given for it.
    metadata: { ...asked.metadata, ...asked.payment_intent_data?.metadata },
    mode: asked.mode,
    payment_intent: null,
    payment_status: 'unpaid',
    status: 'open',
    success_url: asked.success_url,
    url: `${books.origin}/c/pay/${id}`,
  }
  books.sessions.set(id, session)
  return session
}

const RefundBody = z.object({ charge: z.string(), amount: z.number(), metadata: Metadata })

export function createRefund(books: Books, { body }: Understood): Refund {
  const { charge: chargeId, amount, metadata } = RefundBody.parse(body)
  const charge = known(books.charges, chargeId, 'charge')
  const left = charge.amount_captured - charge.amount_refunded
  if (charge.disputed)
    throw refused(`Charge ${chargeId} has been charged back; cannot issue a refund.`, 'charge_disputed')
  if (left === 0) throw refused(`Charge ${chargeId} has already been refunded.`, 'charge_already_refunded')
  if (amount < 1 || amount > left)
    throw refused(`Refund amount (${amount}) is greater than unrefunded amount (${left})`)
  const refund: Refund = {
    id: books.id(chargeId.startsWith('ch_') ? 're' : 'pyr'),
    object: 'refund',
    amount,
    charge: chargeId,
    created: books.seconds(),
    currency: charge.currency,
    metadata,
    payment_intent: charge.payment_intent,
    status: books.settings.refunds,
  }
  books.refunds.set(refund.id, refund)
  charge.amount_refunded += amount
  charge.refunded = charge.amount_refunded === charge.amount_captured
  const type = chargeId.startsWith('ch_') ? 'refund' : 'payment_refund'
  books.book(type, 'refund', refund.id, { amount: -amount, currency: charge.currency })
  books.tell('refund.created', refund)
  books.tell('charge.refunded', charge)
  return refund
}

const TransferBody = z.object({
  amount: z.number(),
  currency: z.string(),
  destination: z.string(),
  transfer_group: z.string().nullable().default(null),
  metadata: Metadata,
})

export function createTransfer(books: Books, { body }: Understood): Transfer {
  const { amount, currency, destination, transfer_group, metadata } = TransferBody.parse(body)
  const { declineTransfers, watchBalance } = books.settings
  const account = books.accounts.get(destination)
  if (!account) throw refused(`No such destination: '${destination}'`, 'resource_missing')
  if (declineTransfers !== null) throw refused(declineTransfers)
  if (account.capabilities?.transfers !== 'active') {
    const words = 'Your destination account needs to have at least one of the following capabilities enabled: transfers'
    throw refused(words, 'insufficient_capabilities_for_transfer')
  }
  if (watchBalance && books.balance(currency) < amount) {
    throw refused('You have insufficient available funds in your Stripe account.', 'balance_insufficient')
  }
  const transfer: Transfer = {
    id: books.id('tr'),
    object: 'transfer',
    amount,
    amount_reversed: 0,
    created: books.seconds(),
    currency,
    destination,
    metadata,
    reversed: false,
    transfer_group,
  }
  books.transfers.set(transfer.id, transfer)
  books.book('transfer', 'transfer', transfer.id, { amount: -amount, currency })
  books.tell('transfer.created', transfer)
  return transfer
}

const AccountBody = z.object({
  email: z.string(),
  business_profile: z.object({ name: z.string() }),
  metadata: Metadata,
  capabilities: z.object({ transfers: z.object({ requested: z.literal(true) }) }),
  controller: z.object({
    // What Stripe demands of platforms that charge and transfer separately.
    losses: z.object({ payments: z.literal('application') }),
    fees: z.object({ payer: z.literal('application') }),
  }),
})

export function createAccount(books: Books, { body }: Understood): Account {
  const { email, business_profile: profile, metadata } = AccountBody.parse(body)
  const account: Account = {
    id: books.id('acct'),
    object: 'account',
    business_profile: { name: profile.name },
    capabilities: { transfers: 'inactive' },
    charges_enabled: false,
    created: books.seconds(),
    details_submitted: false,
    email,
    metadata,
    payouts_enabled: false,
    requirements: {
      currently_due: ['business_type', 'external_account', 'tos_acceptance.date'],
      past_due: [],
      pending_verification: [],
      disabled_reason: 'requirements.past_due',
    },
    type: 'none',
  }
  books.accounts.set(account.id, account)
  return account
}

const LinkBody = z.object({ account: z.string(), return_url: z.string() })

export function createLink(books: Books, { body }: Understood): object {
  const { account, return_url: back } = LinkBody.parse(body)
  known(books.accounts, account, 'account')
  const now = books.seconds()
  const url = `${books.origin}/setup/${account}?${new URLSearchParams({ back })}`
  return { object: 'account_link', created: now, expires_at: now + 300, url }
}

export function loginLink(books: Books, { path }: Understood): object {
  const { id, details_submitted: submitted } = known(books.accounts, path['account'] ?? '', 'account')
  if (!submitted) throw refused('Cannot create a login link for an account that has not completed onboarding.')
  return { object: 'login_link', created: books.seconds(), url: `${books.origin}/express/${id}` }
}

const AnswerBody = z.object({ evidence: z.record(z.string(), z.string()), submit: z.boolean().default(true) })

export function answerDispute(books: Books, { path, body }: Understood): Dispute {
  const dispute = known(books.disputes, path['dispute'] ?? '', 'dispute')
  const { evidence, submit } = AnswerBody.parse(body)
  if (!dispute.status.endsWith('needs_response')) throw refused('This dispute no longer takes evidence.')
  dispute.evidence = { ...dispute.evidence, ...evidence }
  dispute.evidence_details.has_evidence = true
  if (submit) {
    dispute.evidence_details.submission_count += 1
    dispute.status = dispute.status === 'needs_response' ? 'under_review' : 'warning_under_review'
  }
  books.tell('charge.dispute.updated', dispute)
  return dispute
}
