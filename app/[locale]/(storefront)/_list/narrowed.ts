import type { ListFilters } from '@/lib/queries/storefront'

/** Whether anything besides the words and the order was chosen. */
export function isNarrowed({
  category,
  region,
  platform,
  delivery,
  inStock,
  minMinor,
  maxMinor,
}: ListFilters): boolean {
  return inStock || [category, region, platform, delivery, minMinor, maxMinor].some((choice) => choice !== null)
}

/** The same words in the same order, nothing else. */
export function cleared({ q, sort }: ListFilters): ListFilters {
  return {
    q,
    sort,
    category: null,
    region: null,
    platform: null,
    delivery: null,
    inStock: false,
    minMinor: null,
    maxMinor: null,
    page: 1,
  }
}
