import { z } from 'zod'
import { LONGEST_WORDS } from '@/lib/domain/complaints'
import { Remedy } from '@/lib/infra/prisma/enums'
import { moneyInput, orEmpty, requiredText } from '../../_console/form-schema'

/** CDKs that one complaint may be about: as many as an order may hold. */
const MOST_UNITS = 200

/** What becomes of one CDK, as one word: `REPLACED.<id>`. The page's address carries the same. */
export const UnitChoice = z
  .string()
  .regex(/^(?:REFUNDED|REPLACED)\.[0-9a-f-]{36}$/u)
  .transform((text) => {
    const [result, cdkId = ''] = text.split('.')
    return { cdkId, result: result === 'REPLACED' ? ('REPLACED' as const) : ('REFUNDED' as const) }
  })
export type UnitChoice = z.infer<typeof UnitChoice>

const Case = z.object({ complaintId: z.uuid() })

export const AcceptForm = Case.extend({
  unit: z
    .union([UnitChoice.transform((one) => [one]), z.array(UnitChoice).max(MOST_UNITS)])
    .optional()
    .transform((units = []) => units),
})

/** Words under the name that the shared form of a case uses. */
export const WordsForm = Case.extend({ message: requiredText(LONGEST_WORDS) })

export const OfferForm = WordsForm.extend({ remedy: z.enum(Remedy), amount: orEmpty(moneyInput) })

export const EscalateForm = Case

export const HideForm = Case.extend({ seq: z.coerce.number().int().min(0) })

export const CannedForm = z.object({
  id: z
    .literal('')
    .transform(() => null)
    .or(z.uuid()),
  title: requiredText(60),
  body: requiredText(2_000),
})

export const CannedDelete = z.object({ id: z.uuid() })
