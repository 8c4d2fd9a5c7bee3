import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { EVENT_EFFECTS } from '@/lib/domain/inbox'
import { SANDBOX_EVENTS } from '@/lib/infra/payments/sandbox-events'
import { STRIPE_EVENT_TYPES } from '@/lib/infra/payments/stripe/event-types'

const page = readFileSync('docs/payment-events.md', 'utf8')

/** Cells of the rows of one section's table. */
function rowsOf(section: string): string[][] {
  const [, text = ''] = page.split(`\n## ${section}\n`)
  const [table = ''] = text.split('\n## ')
  return table
    .split('\n')
    .filter((line) => line.startsWith('|'))
    .slice(2)
    .map((line) => line.slice(2, -2).split(' | '))
}

test('docs/payment-events.md lists every effect as the table has it', () => {
  expect(Object.fromEntries(rowsOf('Effects'))).toEqual(
    Object.fromEntries(Object.entries(EVENT_EFFECTS).map(([kind, { effect }]) => [kind, effect])),
  )
})

test('docs/payment-events.md lists every type that an adapter acts on, and no other', () => {
  const listed = rowsOf('Types').map(([provider, type, kind]) => `${provider} ${type?.replaceAll('`', '')} ${kind}`)
  const supported = Object.entries({ sandbox: SANDBOX_EVENTS, stripe: STRIPE_EVENT_TYPES }).flatMap(
    ([provider, types]) => Object.entries(types).map(([type, kind]) => `${provider} ${type} ${kind}`),
  )
  expect(listed.toSorted()).toEqual(supported.toSorted())
})
