import type { Currency, Minor } from '@/lib/kernel/money'

/** One capture as the provider's own books have it. */
export interface ProviderCapture {
  readonly captureRef: string
  readonly amountMinor: Minor
  /** ISO 4217, upper case; not always one that the mall trades in. */
  readonly currency: string
  readonly capturedAt: Date
}

/** One payment as the provider's own books have it. */
export interface ProviderPayment {
  readonly providerRef: string
  /** What we called it: the checkout's id. Null for a payment that the mall never opened. */
  readonly reference: string | null
  readonly captures: readonly ProviderCapture[]
}

/** Where money on its way out stands at the provider. */
export type Progress = 'pending' | 'succeeded' | 'failed'

/** A refund as the provider's own books have it. `failed` means that the money is back at the mall's account there. */
export interface ProviderRefund {
  readonly refundRef: string
  readonly status: Progress
  /** The provider's words for a failure, never shown to buyers. */
  readonly failure: string | null
}

/** A transfer to a merchant as the provider's own books have it. `failed` means the money never left or came back. */
export interface ProviderTransfer {
  readonly transferRef: string
  readonly status: Progress
  readonly failure: string | null
}

/** A merchant's account to be paid out to. */
export interface ProviderAccount {
  readonly accountRef: string
  /** Whether transfers to it are possible now. */
  readonly ready: boolean
  /** What the merchant is told is missing, in the provider's words; empty when ready. */
  readonly missing: readonly string[]
}

export type DisputeStatus = 'needs-response' | 'under-review' | 'won' | 'lost'

/** A payer's dispute (chargeback) as the provider's own books have it. */
export interface ProviderDispute {
  readonly disputeRef: string
  readonly captureRef: string
  readonly amountMinor: Minor
  readonly currency: string
  /** The card scheme's reason, in the provider's words. */
  readonly reason: string
  readonly status: DisputeStatus
  /** False for an inquiry: the provider asks, and has not taken the money (yet). Taken unless said otherwise. */
  readonly withdrawn?: boolean
  readonly openedAt: Date
  /** Until when evidence is taken; null when the provider takes none. */
  readonly evidenceDueAt: Date | null
}

/** What the mall answers a dispute with: plain texts and the files behind them. */
export interface DisputeEvidence {
  readonly productDescription: string
  readonly customerEmail: string
  /** When the CDKs were delivered, YYYY-MM-DD in UTC. */
  readonly serviceDate: string
  /** Delivery and reveal log, one line a fact. */
  readonly accessLog: string
  /** Order, snapshot hash, rules and conversation: everything else that speaks. */
  readonly statement: string
}

/** What a line of the provider's own list says that happened to the mall's money there. */
export type MovementKind =
  | 'capture'
  | 'refund'
  | 'refund-failed'
  | 'transfer'
  | 'transfer-returned'
  | 'dispute'
  | 'dispute-won'
  | 'other'

/** One line of the provider's own list of everything that moved the mall's balance there. */
export interface ProviderMovement {
  /** The line's own id, unique at the provider. */
  readonly movementRef: string
  readonly kind: MovementKind
  /** Ref of the capture, refund, transfer or dispute that the line is about; of the line itself for `other`. */
  readonly sourceRef: string
  /** Ref of the payment behind a capture, so that an unknown one can be looked up; null otherwise. */
  readonly providerRef: string | null
  /** Positive: came in. Negative: went out. Before the provider's own fee. */
  readonly amountMinor: number
  /** What the provider kept of this line for itself; 0 or positive. */
  readonly feeMinor: Minor
  readonly currency: string
  readonly at: Date
}

/** One page of the list, oldest first; `next` null at its (present) end. */
export interface MovementPage {
  readonly movements: readonly ProviderMovement[]
  readonly next: string | null
}

/** What a callback is about. It is only a hint: the thing is looked up at the provider, and what stands there counts. */
export type EventSubject =
  | { readonly kind: 'payment'; readonly providerRef: string; readonly reference: string | null }
  | { readonly kind: 'refund'; readonly refundRef: string }
  | { readonly kind: 'transfer'; readonly transferRef: string }
  | { readonly kind: 'dispute'; readonly disputeRef: string }
  | { readonly kind: 'account'; readonly accountRef: string }

/** What a verified callback says. `subject` is null for types that nothing is done about. */
export interface ProviderEvent {
  readonly eventRef: string
  readonly type: string
  readonly subject: EventSubject | null
}

/** Why a callback is not believed. */
export type Disbelief = 'forged' | 'stale' | 'malformed'

export type ParsedEvent =
  | { readonly ok: true; readonly event: ProviderEvent }
  | { readonly ok: false; readonly why: Disbelief }

/**
 * A payment provider. Every writing call is idempotent under its deterministic key (also after the provider has forgotten
 * the key: the adapter looks up first when `retry` is true), is made outside any transaction, and throws
 * `ProviderUnavailable` when the provider did not answer or answered with a fault of its own, `ProviderRefused` when it
 * answered that this will never be done.
 */
export interface PaymentProvider {
  readonly name: string
  /** Types of callback that something is done about, with what; every other type is stored and ignored. */
  readonly eventTypes: Readonly<Record<string, EventSubject['kind']>>
  /** Key `checkout:<id>`. Throws `ProviderRefused` e.g. below the provider's smallest amount. */
  openPayment(input: {
    readonly checkoutId: string
    readonly amountMinor: Minor
    readonly currency: Currency
    /** One line for the payer: the order number, or the first of them. */
    readonly description: string
    readonly locale: string
    readonly returnUrl: string
    /** Until when the page should take money; a provider may stay payable longer. */
    readonly expiresAt: Date
  }): Promise<{ readonly providerRef: string; readonly payUrl: string }>
  fetchPayment(providerRef: string): Promise<ProviderPayment | null>
  /** Key `refund:<refundId>:<attempt>`; `attempt` grows only after a refund that failed at the provider. */
  refund(input: {
    readonly refundId: string
    readonly attempt: number
    readonly captureRef: string
    readonly amountMinor: Minor
    readonly retry: boolean
  }): Promise<ProviderRefund>
  fetchRefund(refundRef: string): Promise<ProviderRefund | null>
  /** Opens the merchant's account to be paid out to, key `account:<merchantId>`; `url` is where he completes it. */
  openAccount(input: {
    readonly merchantId: string
    readonly name: string
    readonly email: string
    readonly locale: string
  }): Promise<ProviderAccount>
  /** A fresh page, good for one visit, where the merchant completes (or looks at) his account. */
  accountLink(input: {
    readonly accountRef: string
    readonly returnUrl: string
    readonly locale: string
  }): Promise<string>
  fetchAccount(accountRef: string): Promise<ProviderAccount | null>
  /** Key `payout:<payoutId>`. A transfer that the provider declines is an answer (`failed`), not an error. */
  transfer(input: {
    readonly payoutId: string
    readonly accountRef: string
    readonly amountMinor: Minor
    readonly currency: Currency
    readonly retry: boolean
  }): Promise<ProviderTransfer>
  fetchTransfer(transferRef: string): Promise<ProviderTransfer | null>
  fetchDispute(disputeRef: string): Promise<ProviderDispute | null>
  /** Key `dispute:<disputeRef>`. Hands the evidence in, for good. */
  answerDispute(input: { readonly disputeRef: string; readonly evidence: DisputeEvidence }): Promise<ProviderDispute>
  /** Everything that moved the mall's balance at the provider since `since`, or behind `cursor` of the page before. */
  listMovements(input: { readonly since: Date; readonly cursor: string | null }): Promise<MovementPage>
  /** Verifies the signature over the raw body; `now` bounds the age of the signature. */
  parseEvent(rawBody: string, signature: string | null, now: Date): ParsedEvent
}

/** The provider cannot be reached or is broken; the same call may be made again. */
export class ProviderUnavailable extends Error {
  override readonly name = 'ProviderUnavailable'
}

/** The provider will not do this, however often it is asked. */
export class ProviderRefused extends Error {
  override readonly name = 'ProviderRefused'
}

/** Any configured provider by its name: old payments go back through the one that took them. */
export type ProviderNamed = (name: string) => PaymentProvider | null

/** The provider of that name; `ProviderUnavailable` when it is not configured (any more): what needs it waits. */
export function requireProvider(providers: ProviderNamed, name: string): PaymentProvider {
  const provider = providers(name)
  if (!provider) throw new ProviderUnavailable(`payment provider ${name} is not configured`)
  return provider
}
