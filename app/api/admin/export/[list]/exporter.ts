import { getTranslations } from 'next-intl/server'
import type { Locale } from '@/i18n/routing'
import { type CsvColumn, toCsv } from '@/lib/infra/documents'
import { db } from '@/lib/infra/db'
import { type AdminList, type OrderLink, allRows } from '@/lib/queries/admin'

/** Words of one language for the titles of columns and the names of states. */
export type Words = Awaited<ReturnType<typeof wordsFor>>

/** One list under the filters of its page; null when the address names nothing. */
export type Exporter = (
  query: Readonly<Record<string, string>>,
  words: Words,
  now: Date,
) => Promise<ReadableStream<Uint8Array> | null>

export async function wordsFor(locale: Locale) {
  return {
    locale,
    a: await getTranslations({ locale, namespace: 'admin' }),
    c: await getTranslations({ locale, namespace: 'console.column' }),
    s: await getTranslations({ locale, namespace: 'console' }),
  }
}

/** Every row of a list, a thousand a statement, as it is read. */
export function csvOf<Row>(list: AdminList<Row>, columns: readonly CsvColumn<Row>[]): ReadableStream<Uint8Array> {
  return toCsv(columns, allRows(db(), list))
}

/** Orders of one row in one cell. */
export function numbersOf(orders: readonly OrderLink[]): string {
  return orders.map(({ number }) => number).join(' ')
}

/** Words of the machine where there are some, as it said it otherwise. */
export function reasonOf({ s }: Words, reason: string | null): string | null {
  const key = `reason.${reason ?? ''}` as 'reason.forged'
  return reason !== null && s.has(key) ? s(key) : reason
}

export function transferOf({ s }: Words, code: string): string {
  const key = `transfer.${code}` as 'transfer.pay'
  return s.has(key) ? s(key) : code
}
