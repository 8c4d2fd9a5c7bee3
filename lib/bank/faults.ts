import { z } from 'zod'

const Switch = z
  .string()
  .optional()
  .transform((value) => value === 'on')

const RefundsFault = z.enum(['no', 'pending', 'fail', 'fail-always']).catch('no')

/** The test switches of the payment page, as its form sends them. */
export const Faults = z.object({
  /** Charges the payer twice. */
  duplicate: Switch,
  /** Sends each event twice at the same moment. */
  repeat: Switch,
  /** Sends the newest event first and an older one two seconds later. */
  reorder: Switch,
  /** Sends nothing of the payment. */
  lose: Switch,
  /** Sends something more, of a type that nobody knows. */
  newsletter: Switch,
  /** Sends later. */
  delaySeconds: z.coerce.number().int().min(0).max(3600).catch(0),
  /** Takes less than was asked for: one minor unit less, or one minor unit in all. */
  underpay: z.enum(['no', 'by-one', 'to-one']).catch('no'),
  /** Takes the same number in another currency. */
  currency: z.enum(['same', 'USD']).catch('same'),
  /** What becomes of refunds: pending first, then good; the first fails, later ones go out; all fail. */
  refunds: RefundsFault,
})
export type Faults = z.output<typeof Faults>

export const NO_FAULTS: Faults = Faults.parse({})

/** Reads the switches out of a submitted form; whatever it does not know is off. */
export function readFaults(form: URLSearchParams): Faults {
  return Faults.parse(Object.fromEntries([...form].filter(([, value]) => value !== '')))
}

/** What the payer of this payment wished for its refunds. */
export function refundsFaultOf(faults: unknown): z.output<typeof RefundsFault> {
  return z.object({ refunds: RefundsFault }).catch({ refunds: 'no' }).parse(faults).refunds
}
