import { type Minor, shareOf } from '@/lib/kernel/money'

/** What a merchant pays from his deposit into the protection fund, and for what; published at /penalties. */
export const PENALTY_TARIFF = {
  /** An order of manual delivery ran out, or was declined late. The category's rule has its own share. */
  LATE_DELIVERY: { bps: 500, leastMinor: 100 },
  /** Codes that never were valid, or not complete, or expired before they were delivered. */
  FALSE_STOCK: { bps: 2000, leastMinor: 1000 },
  /** Codes that were sold or used before, or withdrawn by the issuer. */
  USED_CDK: { bps: 3000, leastMinor: 2000 },
  /** Region, edition, download or description were not as listed. */
  MISDESCRIBED: { bps: 1000, leastMinor: 500 },
  /** No reply to a complaint within the time that the order promised. */
  SILENCE: { bps: 500, leastMinor: 200 },
} as const satisfies Record<string, { readonly bps: number; readonly leastMinor: Minor }>

export type Tariff = keyof typeof PENALTY_TARIFF
export const TARIFFS = Object.keys(PENALTY_TARIFF).filter(isTariff)

export function isTariff(name: string): name is Tariff {
  return Object.hasOwn(PENALTY_TARIFF, name)
}

/** What a tariff asks for on a value at stake; `bps` where an order's own rules say otherwise, 0 for nothing. Pure: pages say it beforehand. */
export function penaltyOf(tariff: Tariff, stakeMinor: Minor, bps: number = PENALTY_TARIFF[tariff].bps): Minor {
  return bps === 0 ? 0 : Math.max(PENALTY_TARIFF[tariff].leastMinor, shareOf(stakeMinor, bps))
}
