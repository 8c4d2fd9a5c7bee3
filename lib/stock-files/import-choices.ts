import { z } from 'zod'
import { STOCK_FIELDS } from './header-names'
import { MAX_COLUMNS, SEPARATORS, STOCK_ENCODINGS, STOCK_FORMATS } from './stock-shape'

const LABEL_CHARS = 40

/** How an upload is to be read, as a merchant settled it: the column `choices` of an import. Nothing in it is left to guess. */
export const ImportChoices = z.object({
  shape: z.object({
    format: z.enum(STOCK_FORMATS),
    encoding: z.enum(STOCK_ENCODINGS),
    separator: z.enum(SEPARATORS).nullable(),
    header: z.union([z.boolean(), z.literal('auto')]),
  }),
  mapping: z.object({
    columns: z
      .array(
        z.object({
          field: z.enum(STOCK_FIELDS),
          label: z
            .string()
            .max(LABEL_CHARS)
            .regex(/^[^\p{Cc}\p{Cs}]*$/u)
            .nullable(),
          optional: z.boolean().exactOptional(),
        }),
      )
      .min(1)
      .max(MAX_COLUMNS),
  }),
})
export type ImportChoices = z.infer<typeof ImportChoices>
