import { z } from 'zod'
import { spanOf } from '@/app/[locale]/admin/_components/list-query'
import { AccountsQuery, TransfersQuery, accountFilter } from '@/app/[locale]/admin/ledger/query'
import { LogQuery, logFilter } from '@/app/[locale]/admin/log/query'
import { DifferencesQuery, LinesQuery, lineFilter } from '@/app/[locale]/admin/reconciliation/query'
import { toCsv } from '@/lib/infra/documents'
import { db } from '@/lib/infra/db'
import {
  accountTransfers,
  accounts,
  balanceOn,
  findAccountFacts,
  allDifferences,
  operatorActions,
  providerLines,
} from '@/lib/queries/admin'
import { type Exporter, type Words, csvOf, transferOf } from './exporter'

const SECOND_PER_HOUR = 3_600

/** The ledger, the providers' own lists, and what operators did. */
export const bookExports = {
  accounts: async (query, { c, s }) =>
    csvOf(accounts(accountFilter(AccountsQuery.parse(query))), [
      { title: c('account'), text: (row) => row.id },
      { title: c('kind'), text: (row) => s(`kind.${row.kind}`) },
      { title: c('owner'), text: (row) => row.owner ?? row.ownerKey },
      { title: c('currency'), text: (row) => row.currency },
      { title: c('debits'), minor: (row) => row.debitsMinor },
      { title: c('credits'), minor: (row) => row.creditsMinor },
      { title: c('balance'), minor: (row) => balanceOn(row.kind, row) },
      { title: c('createdAt'), at: (row) => row.createdAt },
    ]),

  transfers: async (query, words) => {
    const { c, s } = words
    const id = z.uuid().safeParse(query.account).data
    const account = id === undefined ? null : await findAccountFacts(db(), id)
    if (!account) return null
    return csvOf(accountTransfers(account, spanOf(TransfersQuery.parse(query))), [
      { title: c('at'), at: (row) => row.at },
      { title: c('transaction'), text: (row) => row.transactionId },
      { title: c('what'), text: (row) => transferOf(words, row.code) },
      { title: c('otherAccount'), text: (row) => s(`kind.${row.otherKind}`) },
      { title: c('order'), text: (row) => row.orderNumber },
      { title: c('debit'), minor: (row) => row.debitMinor },
      { title: c('credit'), minor: (row) => row.creditMinor },
      { title: c('balance'), minor: (row) => row.balanceMinor },
      { title: c('currency'), text: () => account.currency },
      { title: c('fact'), text: (row) => row.idempotencyKey },
      { title: c('externalRef'), text: (row) => row.externalRef },
    ])
  },

  lines: async (query, words) => {
    const { a, c } = words
    return csvOf(providerLines(lineFilter(LinesQuery.parse(query))), [
      { title: c('at'), at: (row) => row.at },
      { title: c('provider'), text: (row) => row.provider },
      { title: a('reconciliation.movementRef'), text: (row) => row.movementRef },
      { title: c('what'), text: (row) => movementOf(words, row.kind) },
      { title: a('reconciliation.sourceRef'), text: (row) => row.sourceRef },
      { title: c('amount'), minor: (row) => row.amountMinor },
      { title: a('reconciliation.fee'), minor: (row) => row.feeMinor },
      { title: c('currency'), text: (row) => row.currency },
      { title: c('status'), text: (row) => a(`reconciliation.state.${row.state}`) },
      { title: c('transaction'), text: (row) => row.transactionId },
      { title: a('reconciliation.explanation'), text: (row) => row.explanation },
      { title: a('log.operator'), text: (row) => row.explainedBy },
    ])
  },

  differences: async (query, words, now) => {
    const { a, c } = words
    const found = allDifferences(db(), DifferencesQuery.parse(query).provider ?? null, now)
    return toCsv(
      [
        { title: a('reconciliation.side'), text: (row) => a(`reconciliation.sideOf.${row.side}`) },
        { title: c('provider'), text: (row) => row.provider },
        { title: c('what'), text: (row) => movementOf(words, row.kind) },
        { title: a('reconciliation.sourceRef'), text: (row) => row.sourceRef },
        { title: c('amount'), minor: (row) => row.amountMinor },
        { title: c('currency'), text: (row) => row.currency },
        { title: c('at'), at: (row) => row.at },
        { title: a('reconciliation.ageHours'), count: (row) => Math.floor(row.ageSeconds / SECOND_PER_HOUR) },
        { title: a('reconciliation.id'), text: (row) => row.id },
      ],
      found,
    )
  },

  log: async (query, { a, c }) =>
    csvOf(operatorActions(logFilter(LogQuery.parse(query))), [
      { title: c('at'), at: (row) => row.at },
      { title: a('log.operator'), text: (row) => row.operator },
      { title: c('what'), text: (row) => verbOf(a, row.verb) },
      { title: a('log.subject'), text: (row) => row.subject },
      { title: a('log.subjectId'), text: (row) => row.subjectId },
      { title: a('log.note'), text: (row) => row.note },
    ]),
} satisfies Record<string, Exporter>

function movementOf({ a }: Words, kind: string): string {
  const key = `reconciliation.kind.${kind}` as 'reconciliation.kind.capture'
  return a.has(key) ? a(key) : kind
}

function verbOf(a: Words['a'], verb: string): string {
  const key = `log.verb.${verb}` as 'log.verb.retry-refund'
  return a.has(key) ? a(key) : verb
}
