import { known, refused } from './api-error'
import type { Books } from './books'
import {
  answerDispute,
  createAccount,
  createLink,
  createRefund,
  createSession,
  createTransfer,
  loginLink,
} from './create'
import { closeIfOver } from './pay'
import type { Understood } from './validate'

type Thing = { readonly id: string; readonly created?: number | undefined }
type Answer = (books: Books, request: Understood) => object

/** The operations that this double carries out, by the document's own names. */
export const OPERATIONS: Readonly<Record<string, Answer>> = {
  'post /v1/checkout/sessions': createSession,
  'get /v1/checkout/sessions': (books, { query }) => {
    for (const id of books.sessions.keys()) closeIfOver(books, id)
    const { status, payment_intent: intent } = query
    const wanted = [...books.sessions.values()].filter(
      (session) =>
        (status === undefined || session.status === status) &&
        (intent === undefined || session.payment_intent === intent),
    )
    return listOf(wanted, query, '/v1/checkout/sessions')
  },
  'get /v1/checkout/sessions/{session}': (books, { path }) => {
    closeIfOver(books, path['session'] ?? '')
    return known(books.sessions, path['session'] ?? '', 'checkout.session')
  },
  'get /v1/payment_intents/{intent}': (books, { path }) => known(books.intents, path['intent'] ?? '', 'payment_intent'),
  'get /v1/charges': (books, { query }) => {
    const wanted = [...books.charges.values()].filter((charge) => charge.payment_intent === query['payment_intent'])
    return listOf(wanted, query, '/v1/charges')
  },
  'get /v1/charges/{charge}': (books, { path }) => known(books.charges, path['charge'] ?? '', 'charge'),
  'post /v1/refunds': createRefund,
  'get /v1/refunds': (books, { query }) => {
    const wanted = [...books.refunds.values()].filter(({ charge }) => charge === query['charge'])
    return listOf(wanted, query, '/v1/refunds')
  },
  'get /v1/refunds/{refund}': (books, { path }) => known(books.refunds, path['refund'] ?? '', 'refund'),
  'post /v1/accounts': createAccount,
  'get /v1/accounts/{account}': (books, { path }) => known(books.accounts, path['account'] ?? '', 'account'),
  'post /v1/accounts/{account}/login_links': loginLink,
  'post /v1/account_links': createLink,
  'post /v1/transfers': createTransfer,
  'get /v1/transfers': (books, { query }) => {
    const group = query['transfer_group']
    const wanted = [...books.transfers.values()].filter(
      ({ transfer_group: own }) => group === undefined || own === group,
    )
    return listOf(wanted, query, '/v1/transfers')
  },
  'get /v1/transfers/{transfer}': (books, { path }) => known(books.transfers, path['transfer'] ?? '', 'transfer'),
  'get /v1/disputes/{dispute}': (books, { path }) => known(books.disputes, path['dispute'] ?? '', 'dispute'),
  'post /v1/disputes/{dispute}': answerDispute,
  'get /v1/balance_transactions': (books, { query }) => {
    const { data, ...list } = listOf([...books.lines.values()], query, '/v1/balance_transactions')
    if (!expands(query['expand'], 'data.source')) return { ...list, data }
    const expanded = data.map((line) => ({
      ...line,
      source: (line.source && books.source(line.source)) ?? line.source,
    }))
    return { ...list, data: expanded }
  },
}

function expands(expand: unknown, path: string): boolean {
  if (expand === undefined) return false
  if (!Array.isArray(expand) || expand.some((wanted) => wanted !== path))
    throw refused('This property cannot be expanded.')
  return true
}

/** A page of a list, newest first like Stripe's, within `created` and around a cursor. */
function listOf<T extends Thing>(made: readonly T[], query: Understood['query'], url: string) {
  const limit = Number(query['limit'] ?? 10)
  if (limit < 1 || limit > 100) throw refused('limit must be between 1 and 100')
  const all = made.filter((thing) => isCreatedIn(thing, query['created'])).toReversed()
  const { starting_after: after, ending_before: before } = query
  if (before !== undefined) {
    // The cursor need not fit the filter: what counts is what was made after it.
    const at = made.findIndex(({ id }) => id === before)
    if (at === -1) throw refused('No such object: the cursor', 'resource_missing')
    const newer = new Set(made.slice(at + 1))
    const found = all.filter((thing) => newer.has(thing))
    return { object: 'list', url, has_more: found.length > limit, data: found.slice(-limit) }
  }
  const from = after === undefined ? 0 : all.findIndex(({ id }) => id === after) + 1
  return { object: 'list', url, has_more: all.length > from + limit, data: all.slice(from, from + limit) }
}

function isCreatedIn({ created = 0 }: Thing, range: unknown): boolean {
  if (range === undefined || range === null || typeof range !== 'object') return true
  const bound = (name: string, none: number) => {
    const value: unknown = Reflect.get(range, name)
    return typeof value === 'number' ? value : none
  }
  return (
    created >= bound('gte', 0) &&
    created > bound('gt', -1) &&
    created <= bound('lte', Infinity) &&
    created < bound('lt', Infinity)
  )
}
