import { z } from 'zod'
import { BATCH_SOURCES, BatchFacts, MAX_SEATS } from '@/lib/domain/stock-imports'
import { ImportChoices, SEPARATORS, STOCK_ENCODINGS, STOCK_FIELDS, STOCK_FORMATS } from '@/lib/stock-files'
import {
  moneyInput,
  optionalText,
  orEmpty,
  passIssues,
  refuseField,
  tickInput,
  wholeInput,
} from '../../../_console/form-schema'
import type { ImportDraft } from './import-draft'
import { NO_SEPARATOR, SEPARATOR_KEYS } from './separator-keys'

/** What the form showed when it was made: a choice that differs from it is a change. */
export const ShownImport = z.object({
  choices: ImportChoices,
  names: z.array(z.string().nullable()),
  /** The merchant himself has set what the columns mean. */
  mapped: z.boolean(),
  certain: z.boolean(),
})
export type ShownImport = z.infer<typeof ShownImport>

const Form = z.object({
  importId: z.uuid(),
  intent: z.enum(['look', 'check', 'run']).default('look'),
  shown: z.string().transform((text, ctx) => {
    try {
      return ShownImport.parse(JSON.parse(text))
    } catch {
      ctx.addIssue({ code: 'custom', message: 'invalid' })
      return z.NEVER
    }
  }),
  format: z.enum(STOCK_FORMATS).optional(),
  encoding: z.enum(STOCK_ENCODINGS).optional(),
  separator: z.string().optional(),
  header: z.enum(['yes', 'no']).optional(),
  source: z.enum(BATCH_SOURCES).default('UNSTATED'),
  sourceNote: optionalText(500),
  cost: orEmpty(moneyInput),
  validityDays: orEmpty(wholeInput(1, 3_650)),
  seats: orEmpty(wholeInput(1, MAX_SEATS)),
  allOrNothing: tickInput,
  checked: tickInput,
})
type Form = z.infer<typeof Form>

export interface ImportDecision {
  readonly importId: string
  /** `look` when the reading itself changed: nobody imports what he has not seen. */
  readonly intent: 'look' | 'check' | 'run'
  readonly draft: ImportDraft
  /** What is shown, with the meanings of the columns as they were set. */
  readonly choices: ImportChoices
  readonly facts: BatchFacts
  readonly allOrNothing: boolean
}

/** The form of an import that waits. Names are flat (`c0-field`), so that it works without JavaScript. */
export const ImportDecision: z.ZodType<ImportDecision> = z.record(z.string(), z.unknown()).transform((fields, ctx) => {
  const read = Form.safeParse(fields)
  if (!read.success) {
    passIssues(ctx, read.error, ([field]) => String(field))
    return z.NEVER
  }
  const form = read.data
  const { importId, shown, allOrNothing } = form
  const shape = changedShape(form)
  const columns = columnsOf(fields, shown)
  const choices = { shape: shown.choices.shape, mapping: { columns } }
  const mapped = shown.mapped || JSON.stringify(columns) !== JSON.stringify(shown.choices.mapping.columns)
  const intent = shape === null ? form.intent : 'look'
  if (intent !== 'look' && !shown.certain && !mapped && !form.checked) refuseField(ctx, 'checked', 'must-check')
  const draft = shape === null ? { shape: choices.shape, ...(mapped && { mapping: choices.mapping }) } : { shape }
  return { importId, intent, draft, choices, facts: factsOf(form), allOrNothing }
})

/** The first part of the reading that was changed, with what stands before it; what follows is guessed anew. Null when none was. */
function changedShape(form: Form): ImportDraft['shape'] | null {
  const { shape } = form.shown.choices
  const { format = shape.format, encoding = shape.encoding } = form
  if (format !== shape.format) return { format }
  if (encoding !== shape.encoding) return { format, encoding }
  const separator = SEPARATORS.find((each) => SEPARATOR_KEYS[each] === form.separator) ?? null
  const isNamed = separator !== null || form.separator === NO_SEPARATOR
  if (isNamed && separator !== shape.separator) return { format, encoding, separator }
  const header = form.header === undefined ? shape.header : form.header === 'yes'
  if (header !== shape.header) return { format, encoding, separator: shape.separator, header }
  return null
}

function columnsOf(fields: Readonly<Record<string, unknown>>, { choices, names }: ShownImport) {
  const { columns } = choices.mapping
  return columns.map((column, at) => {
    const field = STOCK_FIELDS.find((each) => each === fields[`c${at}-field`]) ?? column.field
    const label = field === column.field ? column.label : (names[at]?.slice(0, 20) ?? null)
    const optional = fields[`c${at}-optional`] !== undefined
    return { field, label, optional }
  })
}

function factsOf({ source, sourceNote, cost, validityDays, seats }: Form): BatchFacts {
  return BatchFacts.parse({ source, sourceNote, costMinor: cost, validityDays, seats: seats ?? 1 })
}
