import type { ProductVariant } from '@/lib/queries/storefront'

/** What the address asks for (no-script recount, shared link), as far as it can be bought; else the first in stock. */
export function initialChoice(
  variants: readonly ProductVariant[],
  asked: Readonly<Record<string, string | string[] | undefined>>,
): { variantId: string; quantity: number } {
  const buyable = variants.filter(({ stock }) => stock > 0)
  const variant = buyable.find(({ id }) => id === asked.variant) ?? buyable[0]
  const quantity = typeof asked.quantity === 'string' && /^\d{1,4}$/.test(asked.quantity) ? Number(asked.quantity) : 1
  const most = Math.min(variant?.maxPerOrder ?? 1, variant?.stock ?? 1)
  return { variantId: variant?.id ?? '', quantity: Math.min(Math.max(quantity, 1), most) }
}
