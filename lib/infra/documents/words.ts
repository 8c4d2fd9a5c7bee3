import { createTranslator } from 'next-intl'
import type { Locale } from '@/i18n/routing'
import { messagesOf } from '@/messages'

/** The documents' own texts. */
export function wordsOf(locale: Locale) {
  return createTranslator({ locale, messages: messagesOf(locale), namespace: 'documents' })
}

export type Words = ReturnType<typeof wordsOf>
