import { createTranslator } from 'next-intl'
import type { Locale } from '@/i18n/routing'
import { formatMoney } from '@/lib/kernel/money'
import { messagesOf } from '@/messages'
import type { CaseDocument } from './case-types'
import { momentsIn } from './moments'

/** What the documents of a case are written with, in one language. */
export function caseDesk(document: CaseDocument, locale: Locale) {
  const messages = messagesOf(locale)
  const moments = momentsIn(document.timeZone)
  return {
    document,
    locale,
    t: createTranslator({ locale, messages, namespace: 'bundle' }),
    words: createTranslator({ locale, messages, namespace: 'case' }),
    failure: messages.failures.name[document.failure],
    money: (minor: number) => formatMoney(minor, document.currency, locale),
    at: (moment: Date) => moments.full(moment),
    /** The text of one language, or the Chinese one where there is none. */
    said: (zh: string, en: string | null) => (locale === 'en' ? (en ?? zh) : zh),
    /** `evidence` of the failure standard; a kind of a later version as it is. */
    kind: (kind: string) => Object.entries(messages.failures.evidence).find(([name]) => name === kind)?.[1] ?? kind,
    side: (side: string) => Object.entries(messages.case.side).find(([name]) => name === side)?.[1] ?? side,
    cause: (cause: string) => Object.entries(messages.case.cause).find(([name]) => name === cause)?.[1] ?? cause,
    provider: (name: string) =>
      Object.entries(messages.order.provider).find(([known]) => known === name)?.[1] ?? messages.order.provider.other,
  }
}

export type CaseDesk = ReturnType<typeof caseDesk>
