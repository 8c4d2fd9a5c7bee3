import { z } from 'zod'
import { STOCK_FIELDS } from '@/lib/stock-files/header-names'
import { MAX_COLUMNS, SEPARATORS, STOCK_ENCODINGS, STOCK_FORMATS } from '@/lib/stock-files/stock-shape'

const Column = z.object({
  field: z.enum(STOCK_FIELDS),
  label: z.string().max(40).nullable(),
  optional: z.boolean(),
})

/** How a merchant wants his upload read; what is missing is guessed. */
export const UploadChoices = z.object({
  format: z.enum(STOCK_FORMATS).exactOptional(),
  encoding: z.enum(STOCK_ENCODINGS).exactOptional(),
  separator: z.enum(SEPARATORS).nullable().exactOptional(),
  header: z.boolean().exactOptional(),
  columns: z.array(Column).max(MAX_COLUMNS).exactOptional(),
})
export type UploadChoices = z.infer<typeof UploadChoices>
export type ChosenColumn = z.infer<typeof Column>

/** The choices as the preview's form sends them. Absent without JavaScript, when there was no preview. */
export const choicesField = z
  .string()
  .optional()
  .transform((text, ctx): unknown => {
    if (text === undefined) return null
    try {
      return JSON.parse(text)
    } catch {
      ctx.addIssue({ code: 'custom', message: 'invalid' })
      return z.NEVER
    }
  })
  .pipe(UploadChoices.nullable())
