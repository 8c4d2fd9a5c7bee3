import { randomBytes } from 'node:crypto'
import type { Account, Charge, Dispute, Intent, Line, Refund, Reversal, Session, Transfer } from './objects'

/** What the double is told to do differently, until told otherwise. */
export interface Settings {
  /** Captures this much, whatever the page asks for. */
  captureMinor: number | null
  /** Paying ends with `pending`, and the money is settled by `settlePayment`. */
  delayedPayments: boolean
  /** How refunds begin; `pending` ones are settled by `settleRefund`. */
  refunds: 'succeeded' | 'pending'
  /** The words that every transfer is declined with. */
  declineTransfers: string | null
  /** Declines transfers beyond what the platform's balance holds. */
  watchBalance: boolean
  feePerMille: number
  feeFixedMinor: number
  disputeFeeMinor: number
  /** Whether winning a dispute brings its fee back. */
  returnDisputeFee: boolean
  events: 'deliver' | 'twice' | 'lose' | 'hold'
}

export const USUAL: Settings = {
  captureMinor: null,
  delayedPayments: false,
  refunds: 'succeeded',
  declineTransfers: null,
  watchBalance: false,
  feePerMille: 34,
  feeFixedMinor: 235,
  disputeFeeMinor: 1_500,
  returnDisputeFee: false,
  events: 'deliver',
}

/** Stripe's memory: everything in the order in which it was made. */
export class Books {
  readonly sessions = new Map<string, Session>()
  readonly intents = new Map<string, Intent>()
  readonly charges = new Map<string, Charge>()
  readonly refunds = new Map<string, Refund>()
  readonly accounts = new Map<string, Account>()
  readonly transfers = new Map<string, Transfer>()
  readonly reversals = new Map<string, Reversal>()
  readonly disputes = new Map<string, Dispute>()
  readonly lines = new Map<string, Line>()
  readonly settings: Settings = { ...USUAL }
  /** Milliseconds that this Stripe's clock is ahead of the machine's. */
  ahead = 0
  origin = ''

  constructor(
    private readonly clock: () => Date,
    /** Tells the mall what happened; the thing as it is at this moment. */
    readonly tell: (type: string, thing: object, account?: string) => void,
  ) {}

  now(): Date {
    return new Date(this.clock().getTime() + this.ahead)
  }

  seconds(): number {
    return Math.floor(this.now().getTime() / 1_000)
  }

  id(prefix: string): string {
    return `${prefix}_${randomBytes(12).toString('hex')}`
  }

  /** A new line of the platform's balance. */
  book(
    type: string,
    category: string,
    source: string | null,
    money: { amount: number; fee?: number; currency: string },
  ): Line {
    const { amount, fee = 0, currency } = money
    const id = this.id('txn')
    const line: Line = {
      id,
      object: 'balance_transaction',
      amount,
      created: this.seconds(),
      currency,
      fee,
      net: amount - fee,
      reporting_category: category,
      source,
      type,
    }
    this.lines.set(id, line)
    return line
  }

  balance(currency: string): number {
    return [...this.lines.values()].filter((line) => line.currency === currency).reduce((sum, { net }) => sum + net, 0)
  }

  /** The thing behind a balance line's source. */
  source(id: string): object | undefined {
    const shelves = [this.charges, this.refunds, this.transfers, this.reversals, this.disputes]
    return shelves.map((shelf: ReadonlyMap<string, object>) => shelf.get(id)).find((thing) => thing !== undefined)
  }
}
