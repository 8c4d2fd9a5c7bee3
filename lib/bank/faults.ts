import { z } from 'zod'

const Switch = z
  .string()
  .optional()
  .transform((value) => value === 'on')

/** The test switches of the payment page, as its form sends them. */
export const Faults = z.object({
  /** Charges the payer twice. */
  duplicate: Switch,
  /** Sends each event twice at the same moment. */
  repeat: Switch,
  /** Sends the newest event first and an older one two seconds later. */
  reorder: Switch,
  /** Sends nothing. */
  lose: Switch,
  /** Sends later. */
  delaySeconds: z.coerce.number().int().min(0).max(3600).catch(0),
  /** Takes less than was asked for: one minor unit less, or one minor unit in all. */
  underpay: z.enum(['no', 'by-one', 'to-one']).catch('no'),
})
export type Faults = z.output<typeof Faults>

export const NO_FAULTS: Faults = Faults.parse({})

/** Reads the switches out of a submitted form; whatever it does not know is off. */
export function readFaults(form: URLSearchParams): Faults {
  return Faults.parse(Object.fromEntries([...form].filter(([, value]) => value !== '')))
}
