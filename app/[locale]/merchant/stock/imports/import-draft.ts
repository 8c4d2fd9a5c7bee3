import { z } from 'zod'
import { ImportChoices } from '@/lib/stock-files'

const { format, encoding, separator, header } = ImportChoices.shape.shape.shape

/** How a merchant wants his upload read, so far: the column `choices` of an import that waits. What is missing is guessed. */
export const ImportDraft = z.object({
  shape: z
    .object({
      format: format.exactOptional(),
      encoding: encoding.exactOptional(),
      separator: separator.exactOptional(),
      header: header.exactOptional(),
    })
    .default({}),
  mapping: ImportChoices.shape.mapping.exactOptional(),
})
export type ImportDraft = z.infer<typeof ImportDraft>
