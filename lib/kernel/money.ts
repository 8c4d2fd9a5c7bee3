import { invariant } from './invariant'

/** Money is an integer of the currency's minor unit (fen for CNY). Never a float, never from the browser. */
export type Minor = number

export const CURRENCIES = ['CNY'] as const
export type Currency = (typeof CURRENCIES)[number]

/** The largest amount one order or payment may have; fits PostgreSQL's integer. */
export const MAX_ORDER_MINOR: Minor = 2_000_000_000

const BASIS_POINTS = 10_000

/** `bps` hundredths of a percent of `amount`, rounded half up to a whole minor unit. */
export function shareOf(amount: Minor, bps: number): Minor {
  return Number((BigInt(amount) * BigInt(bps) + BigInt(BASIS_POINTS / 2)) / BigInt(BASIS_POINTS))
}

/** `part` / `whole` of `amount`, rounded down to a whole minor unit: shares of a growing part never take back what they gave. */
export function portionOf(amount: Minor, part: number, whole: number): Minor {
  return Number((BigInt(amount) * BigInt(part)) / BigInt(whole))
}

/** A database bigint as a safe number of minor units; sums beyond 2^53 are a bug, not a rounding. */
export function toMinor(value: bigint | number): Minor {
  const minor = Number(value)
  invariant(Number.isSafeInteger(minor), 'amount of money is beyond what a number holds')
  return minor
}

/** Text for people: `¥12.30` / `CN¥12.30`, always with two decimals, by Intl. */
export function formatMoney(minor: Minor, currency: string, locale: string): string {
  return new Intl.NumberFormat(locale, { style: 'currency', currency }).format(minor / 100)
}

/** Hundredths of a percent as people write them, by Intl: 500 is `5%`. */
export function percentOf(bps: number, locale: string): string {
  return new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 2 }).format(bps / BASIS_POINTS)
}
