import { createTranslator } from 'next-intl'
import { type Locale, routing } from '@/i18n/routing'
import type { ReadNote } from '@/lib/domain/notifications'
import { formatMoney } from '@/lib/kernel/money'
import { messagesOf } from '@/messages'
import { z } from 'zod'

/** What a notification says, in e-mails and in the app: one wording for both. */
export interface NoteWords {
  readonly subject: string
  readonly body: string
  /** What its link does. */
  readonly action: string
}

/** Where the mall's clocks stand; e-mail knows no zone of its reader. */
const ZONE = 'Asia/Shanghai'

const Said = z.object({ zh: z.string(), en: z.string().nullable() })

export function localeOf(name: string): Locale {
  return routing.locales.find((locale) => locale === name) ?? routing.defaultLocale
}

/** The texts of one notification in one language. */
export function noteWords({ kind, data }: ReadNote, locale: Locale): NoteWords {
  const t = mailWords(locale)
  const facts = Object.fromEntries(
    Object.entries(data).flatMap(([name, value]) => spoken(name, value, locale, t('join'))),
  )
  return {
    subject: t(`kind.${kind}.subject`, facts),
    body: t(`kind.${kind}.body`, facts),
    action: t(`kind.${kind}.action`),
  }
}

export function mailWords(locale: Locale) {
  return createTranslator({ locale, messages: messagesOf(locale), namespace: 'mail' })
}

/** `dueAt` is said as `due`, `amountMinor` as `amount`, a list also as its `count`. */
function spoken(name: string, value: unknown, locale: Locale, comma: string): [name: string, value: string | number][] {
  if (typeof value === 'boolean') return [[name, value ? 'yes' : 'no']]
  if (Array.isArray(value)) {
    return [
      [name, value.map(String).join(comma)],
      ['count', value.length],
    ]
  }
  if (typeof value === 'number') {
    return name.endsWith('Minor')
      ? [[name.slice(0, -'Minor'.length), formatMoney(value, 'CNY', locale)]]
      : [[name, value]]
  }
  if (typeof value === 'string') {
    return name.endsWith('At') ? [[name.slice(0, -'At'.length), moment(value, locale)]] : [[name, value]]
  }
  const { zh, en } = Said.parse(value)
  return [[name, locale === 'en' ? (en ?? zh) : zh]]
}

function moment(iso: string, locale: Locale): string {
  return new Intl.DateTimeFormat(locale, { timeZone: ZONE, dateStyle: 'medium', timeStyle: 'short' }).format(
    new Date(iso),
  )
}
