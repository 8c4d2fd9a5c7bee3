import { known, refused } from './api-error'
import type { Books } from './books'
import type { Charge, Intent, Session } from './objects'

/** The payer presses the button: intent, charge, balance line with its fee, and the events. */
export function paySession(books: Books, sessionId: string, method: string): Session {
  closeIfOver(books, sessionId)
  const session = known(books.sessions, sessionId, 'checkout.session')
  if (session.status !== 'open') throw refused(`This Checkout Session is ${session.status}.`)
  const intent = openIntent(books, session)
  const charge = chargeFor(books, intent, method)
  Object.assign(session, { status: 'complete', payment_intent: intent.id, url: null })
  if (books.settings.delayedPayments) {
    Object.assign(intent, { status: 'processing' })
    books.tell('checkout.session.completed', session)
    return session
  }
  settle(books, session, intent, charge)
  books.tell('payment_intent.succeeded', intent)
  books.tell('checkout.session.completed', session)
  return session
}

/** A delayed payment arrives, or does not. */
export function settlePayment(books: Books, sessionId: string, arrives: boolean): void {
  const session = known(books.sessions, sessionId, 'checkout.session')
  const intent = known(books.intents, session.payment_intent ?? '', 'payment_intent')
  const charge = known(books.charges, intent.latest_charge ?? '', 'charge')
  if (arrives) {
    settle(books, session, intent, charge)
  } else {
    Object.assign(charge, { status: 'failed', paid: false, captured: false })
    Object.assign(intent, { status: 'requires_payment_method' })
  }
  books.tell(`checkout.session.async_payment_${arrives ? 'succeeded' : 'failed'}`, session)
}

/** Money at this Stripe account that the mall never asked for. */
export function strayCharge(books: Books, amount: number, currency: string): Charge {
  const intent = newIntent(books, { amount, currency, description: 'Something else', metadata: {}, group: null })
  const charge = chargeFor(books, intent, 'card')
  receive(books, intent, charge)
  books.tell('charge.succeeded', charge)
  return charge
}

/** Pages run out by themselves, whenever somebody looks. */
export function closeIfOver(books: Books, sessionId: string, now = books.seconds()): void {
  const session = books.sessions.get(sessionId)
  if (session?.status !== 'open' || session.expires_at > now) return
  Object.assign(session, { status: 'expired', url: null })
  books.tell('checkout.session.expired', session)
}

function openIntent(
  books: Books,
  { amount_total: amount, currency, metadata, client_reference_id: group }: Session,
): Intent {
  return newIntent(books, {
    amount: amount ?? 0,
    currency: currency ?? 'cny',
    description: null,
    metadata: metadata ?? {},
    group,
  })
}

function newIntent(
  books: Books,
  facts: {
    amount: number
    currency: string
    description: string | null
    metadata: Intent['metadata']
    group: string | null
  },
): Intent {
  const { amount, currency, description, metadata, group } = facts
  const intent: Intent = {
    id: books.id('pi'),
    object: 'payment_intent',
    amount,
    amount_received: 0,
    created: books.seconds(),
    currency,
    description,
    latest_charge: null,
    metadata,
    status: 'requires_payment_method',
    transfer_group: group,
  }
  books.intents.set(intent.id, intent)
  return intent
}

/** Not paid yet. Cards make charges, wallets make payments: two prefixes, one object. */
function chargeFor(books: Books, intent: Intent, method: string): Charge {
  const amount = books.settings.captureMinor ?? intent.amount
  const charge: Charge = {
    id: books.id(method === 'card' ? 'ch' : 'py'),
    object: 'charge',
    amount,
    amount_captured: 0,
    amount_refunded: 0,
    balance_transaction: null,
    captured: false,
    created: books.seconds(),
    currency: intent.currency,
    disputed: false,
    metadata: intent.metadata,
    paid: false,
    payment_intent: intent.id,
    payment_method_details: { type: method },
    refunded: false,
    status: 'pending',
    transfer_group: intent.transfer_group,
  }
  books.charges.set(charge.id, charge)
  intent.latest_charge = charge.id
  return charge
}

function settle(books: Books, session: Session, intent: Intent, charge: Charge): void {
  receive(books, intent, charge)
  session.payment_status = 'paid'
}

function receive(books: Books, intent: Intent, charge: Charge): void {
  const { amount, currency, id } = charge
  const { feePerMille, feeFixedMinor } = books.settings
  const fee = Math.round((amount * feePerMille) / 1_000) + feeFixedMinor
  const type = id.startsWith('ch_') ? 'charge' : 'payment'
  const { id: line } = books.book(type, 'charge', id, { amount, fee, currency })
  Object.assign(charge, {
    amount_captured: amount,
    balance_transaction: line,
    captured: true,
    paid: true,
    status: 'succeeded',
  })
  Object.assign(intent, { amount_received: amount, status: 'succeeded' })
}
