import { getTranslations } from 'next-intl/server'
import type { EditedVariant } from '@/lib/queries/merchant'

/** One variant as the form holds it: text, because that is what is typed. */
export interface VariantRow {
  readonly id: string
  readonly nameZh: string
  readonly nameEn: string
  readonly price: string
  readonly max: string
  readonly active: boolean
  readonly tiers: readonly { readonly from: string; readonly price: string }[]
}

export type VariantTexts = Readonly<
  Record<
    | 'variant'
    | 'nameZh'
    | 'nameEn'
    | 'price'
    | 'max'
    | 'maxHint'
    | 'active'
    | 'activeHint'
    | 'tiers'
    | 'tiersHint'
    | 'from'
    | 'tierPrice'
    | 'add'
    | 'fresh',
    string
  >
>

/** The product's variants as rows of the form. */
export function variantRows(variants: readonly EditedVariant[]): VariantRow[] {
  return variants.map(({ id, nameZh, nameEn, priceMinor, maxPerOrder, active, tiers }) => ({
    id,
    nameZh,
    nameEn: nameEn ?? '',
    price: yuan(priceMinor),
    max: String(maxPerOrder),
    active,
    tiers: tiers.map(({ minQuantity, unitPriceMinor }) => ({ from: String(minQuantity), price: yuan(unitPriceMinor) })),
  }))
}

/** What the rows say; handed in, so that the browser gets these words only. */
export async function variantTexts(): Promise<VariantTexts> {
  const t = await getTranslations('merchant.variant')
  return {
    variant: t('variant'),
    nameZh: t('nameZh'),
    nameEn: t('nameEn'),
    price: t('price'),
    max: t('max'),
    maxHint: t('maxHint'),
    active: t('active'),
    activeHint: t('activeHint'),
    tiers: t('tiers'),
    tiersHint: t('tiersHint'),
    from: t('from'),
    tierPrice: t('tierPrice'),
    add: t('add'),
    fresh: t('fresh'),
  }
}

function yuan(minor: number): string {
  return (minor / 100).toFixed(2)
}
