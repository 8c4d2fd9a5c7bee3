import { z } from 'zod'

/** Spans of the report, in days; the first is what the plain address shows. */
export const PERIODS = [30, 90, 365] as const

export const periodParam = z.coerce
  .number()
  .pipe(z.literal([...PERIODS]))
  .catch(PERIODS[0])
