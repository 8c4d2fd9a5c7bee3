import { useFormatter, useLocale, useTranslations } from 'next-intl'
import { EXPIRIES } from '@/lib/domain/stock'
import { CdkState } from '@/lib/infra/prisma/enums'
import type { BatchChoice, VariantChoice } from '@/lib/queries/merchant'
import { FilterBar, FilterInput, FilterSelect } from '../../../../_console/filter-bar'
import { localText } from '../../../../_console/local'
import { DESK, type DeskFilters } from '../desk-query'

interface Props {
  filters: DeskFilters
  variants: readonly VariantChoice[]
  batches: readonly BatchChoice[]
}

/** The desk's filters; those of a GET form, so they stand in the address. */
export function DeskFilterBar({ filters, variants, batches }: Props) {
  const t = useTranslations('desk')
  const s = useTranslations('console.cdk')
  const locale = useLocale()
  const format = useFormatter()
  const products = [...Map.groupBy(variants, ({ productId }) => productId)].flatMap(([value, [first]]) =>
    first ? [{ value, label: localText(locale, first.titleZh, first.titleEn) }] : [],
  )
  return (
    <FilterBar path={DESK} active={Object.values(filters).some(Boolean)}>
      <FilterSelect label={t('filter.product')} name="product" value={filters.product} choices={products} />
      <FilterSelect
        label={t('filter.variant')}
        name="variant"
        value={filters.variant}
        choices={variants.map((variant) => ({
          value: variant.id,
          label: `${localText(locale, variant.titleZh, variant.titleEn)} · ${localText(locale, variant.nameZh, variant.nameEn)}`,
        }))}
      />
      <FilterSelect
        label={t('filter.batch')}
        name="batch"
        value={filters.batch}
        choices={batches.map((batch) => ({
          value: batch.id,
          label: `${format.dateTime(batch.createdAt, { dateStyle: 'short', timeStyle: 'short' })} · ${batch.fileName ?? localText(locale, batch.nameZh, batch.nameEn)}`,
        }))}
      />
      <FilterSelect
        label={t('filter.state')}
        name="state"
        value={filters.state}
        choices={Object.values(CdkState).map((value) => ({ value, label: s(value) }))}
      />
      <FilterSelect
        label={t('filter.expiry')}
        name="expiry"
        value={filters.expiry}
        choices={EXPIRIES.map((value) => ({ value, label: t(`expiry.${value}`) }))}
      />
      <FilterInput label={t('filter.note')} name="note" value={filters.note} />
    </FilterBar>
  )
}
