import { createTranslator } from 'next-intl'
import type { z } from 'zod'
import type { Locale } from '@/i18n/routing'
import { messagesOf, type Messages } from '@/messages'

type FieldKey = keyof Messages['refusals']['field']

/**
 * One translated sentence per field that does not fit, under the field's name (`tiers.0.minQuantity` for nested ones).
 * A schema may name its own sentence: `.regex(..., 'passcode')` is read as `refusals.field.passcode`.
 */
export function fieldMessages(error: z.ZodError, locale: Locale): Record<string, string> {
  const texts = messagesOf(locale).refusals.field
  const t = createTranslator({ locale, messages: messagesOf(locale), namespace: 'refusals.field' })
  const fields: Record<string, string> = {}
  for (const issue of error.issues) {
    const [key, values] = Object.hasOwn(texts, issue.message) ? [issue.message as FieldKey, {}] : saidAs(issue)
    fields[issue.path.join('.')] ??= t(key, values)
  }
  return fields
}

function saidAs(issue: z.core.$ZodIssue): [FieldKey, Record<string, number>] {
  switch (issue.code) {
    case 'invalid_type':
      return [issue.expected === 'number' || issue.expected === 'int' ? 'number' : 'required', {}]
    case 'too_small': {
      const least = Number(issue.minimum)
      if (issue.origin !== 'string') return [issue.origin === 'array' ? 'required' : 'too-small', { least }]
      return least <= 1 ? ['required', {}] : ['too-short', { least }]
    }
    case 'too_big':
      return [issue.origin === 'string' ? 'too-long' : 'too-big', { most: Number(issue.maximum) }]
    case 'invalid_format':
      return [issue.format === 'email' ? 'email' : issue.format === 'url' ? 'url' : 'invalid', {}]
    case 'invalid_value':
      return ['choice', {}]
    default:
      return ['invalid', {}]
  }
}
