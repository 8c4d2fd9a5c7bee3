'use client'

import { type ReactNode, createContext, use, useMemo, useState } from 'react'
import { unitPriceFor } from '@/lib/domain/catalog/price'
import type { ProductVariant } from '@/lib/queries/storefront'

export interface Choice {
  readonly variants: readonly ProductVariant[]
  readonly variant: ProductVariant
  /** As typed. */
  readonly quantity: string
  /** The quantity when it can be bought, else null. */
  readonly count: number | null
  /** The most that can be bought at once now. */
  readonly most: number
  readonly choose: (variantId: string) => void
  readonly setQuantity: (text: string) => void
}

const ChoiceContext = createContext<Choice | null>(null)

interface Props {
  variants: readonly ProductVariant[]
  /** What the server's page shows, from the address or the first variant in stock. */
  initial: { variantId: string; quantity: number }
  children: ReactNode
}

/** Which variant and how many: shared by the panel and the bar on phones. */
export function ChoiceProvider({ variants, initial, children }: Props) {
  const [variantId, choose] = useState(initial.variantId)
  const [quantity, setQuantity] = useState(String(initial.quantity))
  const choice = useMemo<Choice | null>(() => {
    const variant = variants.find(({ id }) => id === variantId) ?? variants[0]
    if (!variant) return null
    const most = Math.max(1, Math.min(variant.maxPerOrder, variant.stock))
    const typed = /^\d{1,4}$/.test(quantity.trim()) ? Number(quantity) : 0
    return { variants, variant, quantity, count: typed >= 1 && typed <= most ? typed : null, most, choose, setQuantity }
  }, [variants, variantId, quantity])
  return <ChoiceContext value={choice}>{children}</ChoiceContext>
}

export function useChoice(): Choice {
  const choice = use(ChoiceContext)
  if (!choice) throw new Error('useChoice needs a ChoiceProvider with at least one variant around it')
  return choice
}

export interface Total {
  /** False while the quantity cannot be bought: the parts are then those of one piece, and no total is shown. */
  readonly known: boolean
  readonly goodsMinor: number
  readonly discountMinor: number
  readonly totalMinor: number
  readonly unitMinor: number
  readonly count: number
}

/** The price of a choice, part by part. The server works it out again before anything is charged. */
export function totalOf({ variant, count }: Pick<Choice, 'variant' | 'count'>): Total {
  const pieces = count ?? 1
  const unitMinor = unitPriceFor(variant.priceMinor, variant.tiers, pieces)
  const goodsMinor = variant.priceMinor * pieces
  return {
    goodsMinor,
    discountMinor: goodsMinor - unitMinor * pieces,
    totalMinor: unitMinor * pieces,
    unitMinor,
    count: pieces,
    known: count !== null,
  }
}
