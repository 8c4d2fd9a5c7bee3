import { z } from 'zod'
import { type Books, USUAL } from './books'
import { FaultInput, type Faults } from './faults'
import { closeDispute, openDispute, platformPayout, reverseTransfer, setAccountReady, settleRefund } from './happenings'
import type { Keys } from './keys'
import { closeIfOver, paySession, settlePayment, strayCharge } from './pay'
import type { PostOffice } from './post-office'

const SettingsInput = z
  .object({
    captureMinor: z.number().int().nullable(),
    delayedPayments: z.boolean(),
    refunds: z.enum(['succeeded', 'pending']),
    declineTransfers: z.string().nullable(),
    watchBalance: z.boolean(),
    feePerMille: z.number(),
    feeFixedMinor: z.number().int(),
    disputeFeeMinor: z.number().int(),
    returnDisputeFee: z.boolean(),
    events: z.enum(['deliver', 'twice', 'lose', 'hold']),
  })
  .partial()

const PaymentInput = z.object({ session: z.string(), method: z.string().default('card') })

const RefundInput = z.object({
  refund: z.string(),
  status: z.enum(['succeeded', 'failed']),
  reason: z.string().optional(),
})

const DisputeInput = z.object({
  charge: z.string(),
  reason: z.string().default('product_not_received'),
  amountMinor: z.number().int().optional(),
  inquiry: z.boolean().default(false),
})

const MoneyInput = z.object({ amountMinor: z.number().int(), currency: z.string().default('cny') })
const Nothing = z.object({})

export interface Parts {
  readonly books: Books
  readonly faults: Faults
  readonly keys: Keys
  readonly post: PostOffice
}

/** The switches. Each answers with what it made or changed, when it made anything. */
export function controlOf({ books, faults, keys, post }: Parts) {
  return {
    set: wire(SettingsInput, (changes) => Object.assign(books.settings, changes)),
    fault: wire(FaultInput, (fault) => faults.add(fault)),
    clearFaults: wire(Nothing, () => faults.clear()),
    pay: wire(PaymentInput, ({ session, method }) => paySession(books, session, method)),
    expire: wire(z.object({ session: z.string() }), ({ session }) => closeIfOver(books, session, Infinity)),
    settlePayment: wire(z.object({ session: z.string(), arrives: z.boolean() }), ({ session, arrives }) =>
      settlePayment(books, session, arrives),
    ),
    settleRefund: wire(RefundInput, ({ refund, status, reason }) => settleRefund(books, refund, status, reason)),
    openDispute: wire(DisputeInput, ({ charge, ...facts }) => openDispute(books, charge, facts)),
    closeDispute: wire(z.object({ dispute: z.string(), outcome: z.enum(['won', 'lost']) }), ({ dispute, outcome }) =>
      closeDispute(books, dispute, outcome),
    ),
    reverseTransfer: wire(z.object({ transfer: z.string() }), ({ transfer }) => reverseTransfer(books, transfer)),
    onboard: wire(z.object({ account: z.string(), ready: z.boolean().default(true) }), ({ account, ready }) =>
      setAccountReady(books, account, ready),
    ),
    strayCharge: wire(MoneyInput, ({ amountMinor, currency }) => strayCharge(books, amountMinor, currency)),
    platformPayout: wire(MoneyInput, ({ amountMinor, currency }) => platformPayout(books, amountMinor, currency)),
    advance: wire(z.object({ ms: z.number().int() }), ({ ms }) => {
      books.ahead += ms
    }),
    forgetKeys: wire(Nothing, () => keys.forget()),
    release: wire(z.object({ order: z.enum(['as-made', 'backwards']).default('as-made') }), async ({ order }) =>
      post.release(order),
    ),
    again: wire(z.object({ event: z.string().nullable().default(null) }), async ({ event }) => post.again(event)),
    settled: wire(Nothing, async () => post.settled()),
    /** Usual settings and no faults; what is in the books stays. */
    calm: wire(Nothing, () => {
      faults.clear()
      Object.assign(books.settings, USUAL)
    }),
  }
}

export type Control = ReturnType<typeof controlOf>

/** One switch: typed for tests in this process, and taking whatever another process sends over HTTP. */
function wire<S extends z.ZodType, R>(input: S, run: (given: z.output<S>) => R) {
  const flip = async (given: unknown): Promise<Awaited<R>> => await run(input.parse(given))
  return Object.assign(async (given: z.input<S>) => flip(given), { flip })
}

/** The switch of this name, for another process. */
export function switchOf(control: Control, name: string): ((given: unknown) => Promise<unknown>) | undefined {
  return Object.entries(control).find(([known]) => known === name)?.[1].flip
}
