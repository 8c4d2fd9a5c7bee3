import { z } from 'zod'
import { MAX_CDK_LENGTH } from '@/lib/domain/stock'
import { optionalText } from '../../_console/form-schema'

/** Of what is typed or of the file: an order has a thousand CDKs at most. */
export const MOST_CODES_BYTES = 1_024 * 1_024

/** The delivery of one order by hand, as its form sends it. */
export const DeliverForm = z.object({
  orderId: z.uuid(),
  codes: z.string().max(MOST_CODES_BYTES).default(''),
  /** An empty one when none was chosen. */
  file: z.instanceof(File).optional(),
  rest: z
    .literal('yes')
    .optional()
    .transform((ticked) => ticked === 'yes'),
})

export const DeclineForm = z.object({ orderId: z.uuid(), note: optionalText(MAX_CDK_LENGTH) })
