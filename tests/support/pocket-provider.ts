import { randomUUID } from 'node:crypto'
import {
  type ParsedEvent,
  type PaymentProvider,
  type Progress,
  type ProviderAccount,
  type ProviderCapture,
  type ProviderDispute,
  type ProviderEvent,
  type ProviderMovement,
  type ProviderRefund,
  ProviderRefused,
  type ProviderTransfer,
  ProviderUnavailable,
} from '@/lib/domain/payments/provider'
import { DAY_MS, after } from '@/lib/kernel/time'

type Input<Call extends keyof PaymentProvider> = PaymentProvider[Call] extends (input: infer One) => unknown
  ? One
  : never

/** A provider that holds its books in memory, can be switched off, and does with money what a test tells it to. */
export class PocketProvider implements PaymentProvider {
  readonly name = 'sandbox'
  readonly eventTypes = {
    'payment.captured': 'payment',
    'refund.updated': 'refund',
    'transfer.updated': 'transfer',
    'dispute.updated': 'dispute',
    'account.updated': 'account',
  } as const
  readonly payments = new Map<string, { reference: string | null; captures: ProviderCapture[] }>()
  /** Our refund's id -> the provider's ref of its last attempt. */
  readonly refunds = new Map<string, string>()
  readonly accounts = new Map<string, ProviderAccount>()
  readonly transfers = new Map<string, ProviderTransfer>()
  readonly disputes = new Map<string, ProviderDispute>()
  /** Everything that moved but captures, which are listed from `payments`. Push to it what a test wants to be found. */
  readonly movements: ProviderMovement[] = []
  /** Nobody answers. */
  down = false
  /** What new refunds and transfers become. */
  refundsBecome: Progress = 'succeeded'
  transfersBecome: Progress = 'succeeded'
  /** What the provider's clock says. */
  now = new Date('2026-02-03T06:05:00.000Z')
  pageSize = 100

  readonly #refundBooks = new Map<
    string,
    ProviderRefund & { readonly amountMinor: number; readonly currency: string }
  >()
  readonly #transferMoney = new Map<string, { readonly amountMinor: number; readonly currency: string }>()
  readonly #keys = new Map<string, string>()

  async openPayment({ checkoutId }: Pick<Input<'openPayment'>, 'checkoutId'>) {
    const providerRef = this.#once(`checkout:${checkoutId}`, (ref) => {
      this.payments.set(ref, { reference: checkoutId, captures: [] })
    })
    return Promise.resolve({ providerRef, payUrl: `https://bank.example.com/${providerRef}` })
  }

  async fetchPayment(providerRef: string) {
    this.#answer()
    const payment = this.payments.get(providerRef)
    return Promise.resolve(payment ? { providerRef, ...payment } : null)
  }

  async refund({ refundId, attempt, captureRef, amountMinor }: Omit<Input<'refund'>, 'retry'>) {
    const refundRef = this.#once(`refund:${refundId}:${attempt}`, (ref) => {
      const currency = this.#captures().find((capture) => capture.sourceRef === captureRef)?.currency ?? 'CNY'
      this.#refundBooks.set(ref, { refundRef: ref, status: 'pending', failure: null, amountMinor, currency })
      this.#post('refund', ref, -amountMinor, currency)
      if (this.refundsBecome !== 'pending') this.endRefund(ref, this.refundsBecome)
    })
    this.refunds.set(refundId, refundRef)
    return Promise.resolve(this.#refund(refundRef))
  }

  async fetchRefund(refundRef: string) {
    this.#answer()
    return Promise.resolve(this.#refundBooks.has(refundRef) ? this.#refund(refundRef) : null)
  }

  /** A pending refund ends; when it failed, the money is back. */
  endRefund(refundRef: string, status: Exclude<Progress, 'pending'>): void {
    const refund = known(this.#refundBooks.get(refundRef))
    const failure = status === 'failed' ? 'account closed' : null
    this.#refundBooks.set(refundRef, { ...refund, status, failure })
    if (status === 'failed') this.#post('refund-failed', refundRef, refund.amountMinor, refund.currency)
  }

  async openAccount({ merchantId }: Pick<Input<'openAccount'>, 'merchantId'>) {
    const accountRef = this.#once(`account:${merchantId}`, (ref) => {
      this.accounts.set(ref, { accountRef: ref, ready: false, missing: ['account details'] })
    })
    return Promise.resolve(known(this.accounts.get(accountRef)))
  }

  async accountLink({ accountRef }: Pick<Input<'accountLink'>, 'accountRef'>) {
    this.#answer()
    return Promise.resolve(`https://bank.example.com/accounts/${accountRef}`)
  }

  async fetchAccount(accountRef: string) {
    this.#answer()
    return Promise.resolve(this.accounts.get(accountRef) ?? null)
  }

  /** The merchant has filled everything in. */
  completeAccount(accountRef: string): void {
    this.accounts.set(accountRef, { accountRef, ready: true, missing: [] })
  }

  async transfer({ payoutId, accountRef, amountMinor, currency }: Omit<Input<'transfer'>, 'retry'>) {
    const transferRef = this.#once(`payout:${payoutId}`, (ref) => {
      const declined = this.transfersBecome === 'failed' || !known(this.accounts.get(accountRef)).ready
      const status = declined ? 'failed' : this.transfersBecome
      this.transfers.set(ref, { transferRef: ref, status, failure: declined ? 'declined' : null })
      this.#transferMoney.set(ref, { amountMinor, currency })
      if (!declined) this.#post('transfer', ref, -amountMinor, currency)
    })
    return Promise.resolve(known(this.transfers.get(transferRef)))
  }

  async fetchTransfer(transferRef: string) {
    this.#answer()
    return Promise.resolve(this.transfers.get(transferRef) ?? null)
  }

  /** A transfer that went out arrives, or comes back. */
  endTransfer(transferRef: string, status: Exclude<Progress, 'pending'>): void {
    const { amountMinor, currency } = known(this.#transferMoney.get(transferRef))
    this.transfers.set(transferRef, { transferRef, status, failure: status === 'failed' ? 'returned' : null })
    if (status === 'failed') this.#post('transfer-returned', transferRef, amountMinor, currency)
  }

  /** The payer takes a charge back; returns the dispute's ref. */
  openDispute(captureRef: string, amountMinor: number, currency = 'CNY'): string {
    const disputeRef = randomUUID()
    const due = { openedAt: this.now, evidenceDueAt: after(this.now, 7 * DAY_MS) }
    const facts = { disputeRef, captureRef, amountMinor, currency, reason: 'fraudulent', ...due }
    this.disputes.set(disputeRef, { ...facts, status: 'needs-response' })
    this.#post('dispute', disputeRef, -amountMinor, currency)
    return disputeRef
  }

  async fetchDispute(disputeRef: string) {
    this.#answer()
    return Promise.resolve(this.disputes.get(disputeRef) ?? null)
  }

  async answerDispute({ disputeRef }: Pick<Input<'answerDispute'>, 'disputeRef'>) {
    this.#answer()
    const dispute = known(this.disputes.get(disputeRef))
    const answered = dispute.status === 'needs-response' ? { ...dispute, status: 'under-review' as const } : dispute
    this.disputes.set(disputeRef, answered)
    return Promise.resolve(answered)
  }

  /** The card scheme decides. */
  closeDispute(disputeRef: string, status: 'won' | 'lost'): void {
    const dispute = known(this.disputes.get(disputeRef))
    this.disputes.set(disputeRef, { ...dispute, status })
    if (status === 'won') this.#post('dispute-won', disputeRef, dispute.amountMinor, dispute.currency)
  }

  async listMovements({ since, cursor }: Input<'listMovements'>) {
    this.#answer()
    const all = [...this.#captures(), ...this.movements].filter(({ at }) => at >= since)
    all.sort((a, b) => a.at.getTime() - b.at.getTime())
    const end = Number(cursor ?? 0) + this.pageSize
    return Promise.resolve({
      movements: all.slice(end - this.pageSize, end),
      next: end < all.length ? String(end) : null,
    })
  }

  /** Believes what carries the signature `good`; the body is a `ProviderEvent` as JSON. */
  parseEvent(rawBody: string, signature: string | null): ParsedEvent {
    if (signature !== 'good') return { ok: false, why: 'forged' }
    const event = JSON.parse(rawBody) as ProviderEvent
    return { ok: true, event }
  }

  #captures(): ProviderMovement[] {
    return [...this.payments].flatMap(([providerRef, { captures }]) =>
      captures.map(({ captureRef: sourceRef, amountMinor, currency, capturedAt: at }) => {
        const line = { movementRef: `line:${sourceRef}`, kind: 'capture', sourceRef, providerRef } as const
        return { ...line, amountMinor, feeMinor: 0, currency, at }
      }),
    )
  }

  #post(kind: ProviderMovement['kind'], sourceRef: string, amountMinor: number, currency: string): void {
    const line = { movementRef: randomUUID(), kind, sourceRef, providerRef: null, amountMinor, feeMinor: 0, currency }
    this.movements.push({ ...line, at: this.now })
  }

  #refund(refundRef: string): ProviderRefund {
    const { status, failure } = known(this.#refundBooks.get(refundRef))
    return { refundRef, status, failure }
  }

  /** Does it the first time that it is asked under the key; returns the ref of what was made then. */
  #once(key: string, make: (ref: string) => void): string {
    this.#answer()
    const made = this.#keys.get(key)
    if (made !== undefined) return made
    const ref = randomUUID()
    make(ref)
    this.#keys.set(key, ref)
    return ref
  }

  #answer(): void {
    if (this.down) throw new ProviderUnavailable('no answer')
  }
}

function known<T>(found: T | undefined): T {
  if (found === undefined) throw new ProviderRefused('unknown at the provider')
  return found
}
