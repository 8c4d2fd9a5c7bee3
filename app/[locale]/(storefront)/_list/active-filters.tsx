import { X } from 'lucide-react'
import { useLocale, useTranslations } from 'next-intl'
import { Link } from '@/i18n/navigation'
import { type ListFilters, type ProductList, writeFilters } from '@/lib/queries/storefront'
import { wholeMoney } from '@/app/[locale]/(storefront)/_components/whole-money'
import { cleared, isNarrowed } from './narrowed'

/** How many there are, and each chosen filter as a link that takes it away. */
export function ActiveFilters({
  path,
  filters,
  facets,
  total,
}: {
  path: string
  filters: ListFilters
  facets: ProductList['facets']
  total: number
}) {
  const t = useTranslations('storefront.list')
  const d = useTranslations('delivery')
  const locale = useLocale()
  const money = (minor: number) => wholeMoney(minor, 'CNY', locale)
  const { category, region, platform, delivery, inStock, minMinor, maxMinor } = filters
  const chips: Array<{ name: string; without: Partial<ListFilters> }> = []
  if (category)
    chips.push({
      name: facets.categories.find(({ value }) => value === category)?.name ?? category,
      without: { category: null },
    })
  if (region) chips.push({ name: region, without: { region: null } })
  if (platform) chips.push({ name: platform, without: { platform: null } })
  if (delivery) chips.push({ name: d(`kind.${delivery}`), without: { delivery: null } })
  if (minMinor !== null && maxMinor !== null) {
    chips.push({
      name: t('priceBetween', { from: money(minMinor), to: money(maxMinor) }),
      without: { minMinor: null, maxMinor: null },
    })
  } else if (minMinor !== null)
    chips.push({ name: t('priceFrom', { price: money(minMinor) }), without: { minMinor: null } })
  else if (maxMinor !== null)
    chips.push({ name: t('priceTo', { price: money(maxMinor) }), without: { maxMinor: null } })
  if (inStock) chips.push({ name: t('inStock'), without: { inStock: false } })

  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-2 py-3 text-sm">
      <p role="status" className="text-ink-soft tabular-nums">
        {t('total', { count: total })}
      </p>
      {isNarrowed(filters) && (
        <ul aria-label={t('active')} className="flex flex-wrap items-center gap-2">
          {chips.map(({ name, without }) => (
            <li key={name}>
              <Link
                href={path + writeFilters({ ...filters, ...without, page: 1 })}
                prefetch={false}
                aria-label={t('remove', { name })}
                className="inline-flex min-h-8 items-center gap-1 rounded-md border border-jade-line bg-jade-wash px-2 text-jade hover:border-jade"
              >
                {name}
                <X aria-hidden className="size-3.5" />
              </Link>
            </li>
          ))}
          <li>
            <Link
              href={path + writeFilters(cleared(filters))}
              prefetch={false}
              className="inline-flex min-h-8 items-center text-ink-soft underline underline-offset-4 hover:text-ink"
            >
              {t('reset')}
            </Link>
          </li>
        </ul>
      )}
    </div>
  )
}
