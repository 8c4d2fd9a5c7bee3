import type { Minor } from '@/lib/kernel/money'

export interface Tier {
  readonly minQuantity: number
  readonly unitPriceMinor: Minor
}

/** The price of one unit when `quantity` are bought: that of the highest wholesale tier reached. Pure. */
export function unitPriceFor(priceMinor: Minor, tiers: readonly Tier[], quantity: number): Minor {
  const reached = tiers
    .filter(({ minQuantity }) => minQuantity <= quantity)
    .toSorted((a, b) => b.minQuantity - a.minQuantity)
  return reached[0]?.unitPriceMinor ?? priceMinor
}
