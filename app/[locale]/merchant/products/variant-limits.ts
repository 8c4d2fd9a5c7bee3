/** Rows of the product form. */
export const MOST_VARIANTS = 30
export const TIER_ROWS = 3
