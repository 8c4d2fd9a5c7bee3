/** A coupon of the demo mall; dates in days before the seed's present. */
export interface SeedCoupon {
  readonly code: string
  /** Slug of the merchant that pays it; null for the platform. */
  readonly merchant: string | null
  readonly off: { readonly amountMinor: number } | { readonly percentBps: number; readonly mostMinor: number }
  readonly minimumMinor: number
  readonly perBuyerLimit: number | null
  readonly totalLimit: number | null
  readonly fromDaysAgo: number
  /** Ended so many days ago; null for no end. */
  readonly endedDaysAgo: number | null
}

export const COUPONS: readonly SeedCoupon[] = [
  platform('WELCOME', { amountMinor: 500 }, { minimumMinor: 2_000, perBuyerLimit: 1 }),
  platform('SPRING10', { percentBps: 1_000, mostMinor: 3_000 }, { minimumMinor: 5_000, endedDaysAgo: 8 }),
  { ...platform('XINGQIAO12', { percentBps: 1_200, mostMinor: 5_000 }, {}), merchant: 'xingqiao' },
  { ...platform('LVYIN20', { amountMinor: 2_000 }, { minimumMinor: 15_000, totalLimit: 50 }), merchant: 'lvyin' },
]

function platform(code: string, off: SeedCoupon['off'], terms: Partial<SeedCoupon>): SeedCoupon {
  const none = { minimumMinor: 0, perBuyerLimit: null, totalLimit: null, fromDaysAgo: 40, endedDaysAgo: null }
  return { code, merchant: null, off, ...none, ...terms }
}
