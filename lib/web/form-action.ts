import type { z } from 'zod'
import type { Locale } from '@/i18n/routing'
import { Refusal } from '@/lib/kernel/refusal'
import type { ActionState } from './action-state'
import { fieldMessages } from './field-messages'
import { refusalMessage } from './refusal-message'

/** Fields that are never sent back to fill the form in again. */
const SECRET = /pass|secret|cdk|codes|text$|key$/iu
const LONGEST_ECHO = 2_000

/**
 * The edge of every action: authorise, form -> schema -> work -> state. What the schema or the business refuses becomes a
 * translated state; everything else (a bug, Next's redirect) is thrown on.
 */
export async function settleForm<Input, Context, T>(
  form: FormData,
  schema: z.ZodType<Input>,
  locale: Locale,
  authorise: () => Promise<Context>,
  work: (input: Input, context: Context) => Promise<T>,
): Promise<ActionState<T>> {
  try {
    // First, so that a stranger learns nothing from what the schema says.
    const context = await authorise()
    const parsed = schema.safeParse(formObject(form))
    if (!parsed.success) {
      const refused = refusedState(new Refusal('input/invalid'), form, locale)
      return { ...refused, fields: fieldMessages(parsed.error, locale) }
    }
    return { status: 'done', data: await work(parsed.data, context) }
  } catch (error) {
    if (error instanceof Refusal) return refusedState(error, form, locale)
    throw error
  }
}

function refusedState(refusal: Refusal, form: FormData, locale: Locale) {
  const { code, params } = refusal
  return { status: 'refused', code, params, message: refusalMessage(refusal, locale), values: echo(form) } as const
}

/** Fields by name; a name that comes more than once is a list. React's own fields are left out, and so is NUL: PostgreSQL has none. */
export function formObject(form: FormData): Record<string, FormDataEntryValue | FormDataEntryValue[]> {
  const names = [...new Set(form.keys())].filter((name) => !name.startsWith('$ACTION'))
  return Object.fromEntries(
    names.map((name) => {
      const values = form
        .getAll(name)
        .map((value) => (typeof value === 'string' ? value.replaceAll('\u0000', '') : value))
      const [only] = values
      return [name, values.length === 1 && only !== undefined ? only : values]
    }),
  )
}

function echo(form: FormData): Record<string, string> {
  const kept: Record<string, string> = {}
  for (const [name, value] of form) {
    if (typeof value === 'string' && value.length <= LONGEST_ECHO && !name.startsWith('$ACTION') && !SECRET.test(name))
      kept[name] = value
  }
  return kept
}
