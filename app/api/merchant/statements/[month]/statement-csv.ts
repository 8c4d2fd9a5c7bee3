import { createTranslator } from 'next-intl'
import type { Locale } from '@/i18n/routing'
import { type CsvColumn, type Statement, toCsv } from '@/lib/infra/documents'
import type { Minor } from '@/lib/kernel/money'
import { messagesOf } from '@/messages'

interface Row {
  readonly account: string
  readonly at: Date
  readonly kind: string
  readonly reference: string | null
  /** Null for an opening or closing balance. */
  readonly changeMinor: Minor | null
  readonly balanceMinor: Minor
}

/** The statement as one table: each account's opening balance, every movement with the balance after it, the closing one. */
export function statementCsv(statement: Statement, locale: Locale): ReadableStream<Uint8Array> {
  const words = createTranslator({ locale, messages: messagesOf(locale), namespace: 'documents.statement' })
  const change = createTranslator({ locale, messages: messagesOf(locale), namespace: 'console.column' })('change')
  const columns: CsvColumn<Row>[] = [
    { title: words('account'), text: ({ account }) => account },
    { title: words('at', { zone: 'UTC' }), at: ({ at }) => at },
    { title: words('kind'), text: ({ kind }) => kind },
    { title: words('reference'), text: ({ reference }) => reference },
    { title: change, minor: ({ changeMinor }) => changeMinor },
    { title: words('balance'), minor: ({ balanceMinor }) => balanceMinor },
  ]
  const { from, to, issuedAt } = statement
  const closingAt = issuedAt < to ? issuedAt : to
  async function* rows(): AsyncGenerator<Row, void> {
    for (const { account: name, openingMinor, closingMinor, lines } of statement.accounts) {
      const account = words(`accounts.${name}`)
      const end = { account, reference: null, changeMinor: null }
      yield { ...end, at: from, kind: words('opening'), balanceMinor: openingMinor }
      let balanceMinor = openingMinor
      for await (const { at, kind, reference, amountMinor } of lines) {
        balanceMinor += amountMinor
        yield { account, at, kind, reference, changeMinor: amountMinor, balanceMinor }
      }
      yield { ...end, at: closingAt, kind: words('closing'), balanceMinor: closingMinor }
    }
  }
  return toCsv(columns, rows())
}
