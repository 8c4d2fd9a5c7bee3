import { z } from 'zod'
import { CdkState } from '@/lib/infra/prisma/enums'
import { type CdkFilter, type ChosenCdks, EXPIRIES } from '@/lib/domain/stock'
import { Refusal } from '@/lib/kernel/refusal'
import type { DeskCursor } from '@/lib/queries/merchant'
import { idParam, wordsParam } from '../../../_console/params'

export const DESK = '/merchant/stock/desk'

/** The desk's filters, in its address and in the forms that act on all that they find. */
const filters = {
  product: idParam,
  variant: idParam,
  batch: idParam,
  state: z.enum(CdkState).optional().catch(undefined),
  expiry: z.enum(EXPIRIES).optional().catch(undefined),
  note: wordsParam,
}

const CURSOR = /^([0-9a-f-]{36})(?:\.(\d{1,15}))?$/u

const cursorParam = z
  .string()
  .regex(CURSOR)
  .transform((text): DeskCursor | null => {
    const [, id = '', at] = CURSOR.exec(text) ?? []
    const expiresAt = at === undefined ? null : new Date(Number(at))
    return z.uuid().safeParse(id).success && !Number.isNaN(expiresAt?.getTime() ?? 0) ? { id, expiresAt } : null
  })
  .optional()
  .catch(undefined)

export const DeskQuery = z.object({ ...filters, after: cursorParam })
export type DeskFilters = Omit<z.infer<typeof DeskQuery>, 'after'>

const blank = z.literal('').transform(() => undefined)

/** The same in a form that acts on what they find. Strict: a filter that cannot be read must not become none. */
const Filters = z.object({
  product: blank.or(z.uuid()).optional(),
  variant: blank.or(z.uuid()).optional(),
  batch: blank.or(z.uuid()).optional(),
  state: blank.or(z.enum(CdkState)).optional(),
  expiry: blank.or(z.enum(EXPIRIES)).optional(),
  note: blank.or(z.string().trim().min(1).max(100)).optional(),
})

export function filterOf({ product, variant, batch, state, expiry, note }: DeskFilters): CdkFilter {
  return { productId: product, variantId: variant, batchId: batch, state, expiry, note }
}

export function cursorText({ id, expiresAt }: DeskCursor): string {
  return expiresAt ? `${id}.${expiresAt.getTime()}` : id
}

/** CDKs that one form may name one by one. */
const MOST_IDS = 200

/** What the desk's form is about: the CDKs that are ticked, or all that the filters find. */
const Chosen = Filters.extend({
  scope: z.enum(['ticked', 'all']).default('ticked'),
  id: z.union([z.uuid(), z.array(z.uuid()).max(MOST_IDS)]).optional(),
})

export const DeskForm = Chosen.extend({ act: z.enum(['retire', 'restore', 'move']), to: z.uuid().optional() })

/** Refuses `stock/nothing-chosen`. */
export function chosenOf({ scope, id = [], ...filter }: z.infer<typeof Chosen>): ChosenCdks {
  if (scope === 'all') return { filter: filterOf(filter) }
  const ids = Array.isArray(id) ? id : [id]
  if (ids.length === 0) throw new Refusal('stock/nothing-chosen')
  return { ids }
}

export const ExportForm = Chosen.extend({
  password: z.string().min(1).max(200),
  /** An export that was made before, to be read again. */
  exportId: z.uuid().optional(),
})
