const NAMED = ['sandbox', 'stripe', 'wallet'] as const

/** Key of a payment provider's name under `order.provider`. */
export function providerKey(name: string): (typeof NAMED)[number] | 'other' {
  return NAMED.find((known) => known === name) ?? 'other'
}
