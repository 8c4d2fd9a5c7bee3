import { getLocale, getTranslations } from 'next-intl/server'
import type { AfterSaleRules } from '@/lib/domain/catalog'
import { latePenaltyOf } from '@/lib/domain/orders'
import type { DeliveryKind } from '@/lib/infra/prisma/enums'
import { formatMoney, percentOf } from '@/lib/kernel/money'
import { type EditedVariant, LOW_STOCK } from '@/lib/queries/merchant'

/** One variant as the form holds it: text, because that is what is typed. */
export interface VariantRow {
  readonly id: string
  readonly nameZh: string
  readonly nameEn: string
  readonly price: string
  readonly max: string
  readonly delivery: DeliveryKind
  readonly hours: string
  readonly seats: string
  readonly low: string
  readonly validity: string
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
    | 'fresh'
    | 'low'
    | 'lowHint'
    | 'validity'
    | 'validityHint'
    | 'kind'
    | 'kindHint'
    | 'hours'
    | 'hoursHint'
    | 'seats'
    | 'seatsHint'
    | DeliveryKind,
    string
  >
>

/** The product's variants as rows of the form. */
export function variantRows(variants: readonly EditedVariant[]): VariantRow[] {
  return variants.map(({ id, nameZh, nameEn, priceMinor, maxPerOrder, active, tiers, ...how }) => ({
    id,
    nameZh,
    nameEn: nameEn ?? '',
    price: yuan(priceMinor),
    max: String(maxPerOrder),
    delivery: how.delivery,
    hours: how.deliveryHours === null ? '' : String(how.deliveryHours),
    seats: how.sharedSeats === null ? '' : String(how.sharedSeats),
    low: how.lowStockAt === null ? '' : String(how.lowStockAt),
    validity: how.validityDays === null ? '' : String(how.validityDays),
    active,
    tiers: tiers.map(({ minQuantity, unitPriceMinor }) => ({ from: String(minQuantity), price: yuan(unitPriceMinor) })),
  }))
}

/** What the rows say; handed in, so that the browser gets these words only. `rules` say what being late costs. */
export async function variantTexts({ lateDeliveryPenaltyBps: bps }: AfterSaleRules): Promise<VariantTexts> {
  const t = await getTranslations('merchant.variant')
  const d = await getTranslations('delivery.merchant')
  const locale = await getLocale()
  const percent = percentOf(bps, locale)
  const least = formatMoney(latePenaltyOf(1, bps), 'CNY', locale)
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
    low: t('low'),
    lowHint: t('lowHint', { count: LOW_STOCK }),
    validity: t('validity'),
    validityHint: t('validityHint'),
    kind: d('kind'),
    kindHint: d('kindHint'),
    hours: d('hours'),
    hoursHint: d('hoursHint', { percent, least }),
    seats: d('seats'),
    seatsHint: d('seatsHint'),
    AUTOMATIC: d('choice.AUTOMATIC'),
    MANUAL: d('choice.MANUAL'),
    SHARED: d('choice.SHARED'),
  }
}

function yuan(minor: number): string {
  return (minor / 100).toFixed(2)
}
