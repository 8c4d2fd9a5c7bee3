import type { Minor } from '@/lib/kernel/money'

export interface Tier {
  readonly minQuantity: number
  readonly unitPriceMinor: Minor
}

/** The highest wholesale tier that `quantity` reaches; null below the first. Pure. */
export function tierFor(tiers: readonly Tier[], quantity: number): Tier | null {
  const reached = tiers.filter(({ minQuantity }) => minQuantity <= quantity)
  return reached.toSorted((a, b) => b.minQuantity - a.minQuantity)[0] ?? null
}

/** The price of one unit when `quantity` are bought: that of the highest wholesale tier reached. Pure. */
export function unitPriceFor(priceMinor: Minor, tiers: readonly Tier[], quantity: number): Minor {
  return tierFor(tiers, quantity)?.unitPriceMinor ?? priceMinor
}
