import { createHash } from 'node:crypto'
import { invariant } from '@/lib/kernel/invariant'

/** Chance that falls the same way every time: a seed that was interrupted goes on with the plan it began with. */
export interface Dice {
  /** A whole number from `low` to `high`, both included. */
  between(low: number, high: number): number
  pick<T>(from: readonly T[]): T
  symbols(alphabet: string, length: number): string
}

/** Dice of their own for every purpose, so that one more throw here moves nothing there. */
export function diceFor(...purpose: readonly string[]): Dice {
  let state = createHash('sha256').update(purpose.join('\u0000')).digest().readUInt32BE()
  // mulberry32: 32 bits of state are plenty for made-up codes, which guard nothing.
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  const between = (low: number, high: number) => low + Math.floor(next() * (high - low + 1))
  return {
    between,
    pick: (from) => {
      const picked = from[between(0, from.length - 1)]
      invariant(picked !== undefined, 'nothing to pick from')
      return picked
    },
    symbols: (alphabet, length) =>
      Array.from({ length }, () => alphabet.charAt(between(0, alphabet.length - 1))).join(''),
  }
}
