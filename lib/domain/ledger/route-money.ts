import { invariant } from '@/lib/kernel/invariant'
import type { Minor } from '@/lib/kernel/money'
import type { AccountRef } from './accounts'

export interface Share {
  readonly account: AccountRef
  readonly amountMinor: Minor
}

/**
 * Pairs what is taken with where it goes, in the order given, so that each source is emptied into the next sink that is
 * not full. Both sides must add up to the same. Pure.
 */
export function routeMoney(
  sources: readonly Share[],
  sinks: readonly Share[],
): { readonly from: AccountRef; readonly to: AccountRef; readonly amountMinor: Minor }[] {
  const pairs = []
  const left = sinks.map(({ amountMinor }) => amountMinor)
  let at = 0
  for (const { account: from, amountMinor } of sources) {
    let rest = amountMinor
    while (rest > 0) {
      const sink = sinks[at]
      invariant(sink, 'more is taken than goes anywhere')
      const part = Math.min(rest, left[at] ?? 0)
      if (part > 0) pairs.push({ from, to: sink.account, amountMinor: part })
      rest -= part
      left[at] = (left[at] ?? 0) - part
      if (left[at] === 0) at += 1
    }
  }
  invariant(
    left.every((amount) => amount === 0),
    'more goes somewhere than was taken',
  )
  return pairs
}
