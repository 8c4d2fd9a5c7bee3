import { SlidersHorizontal } from 'lucide-react'
import { useLocale, useTranslations } from 'next-intl'
import { Button, buttonClass } from '@/components/ui/button'
import { cx } from '@/components/ui/cx'
import { Input } from '@/components/ui/input'
import { Link, getPathname } from '@/i18n/navigation'
import { type Facet, type ListFilters, type ProductList, priceText, writeFilters } from '@/lib/queries/storefront'

interface Props {
  path: string
  filters: ListFilters
  facets: ProductList['facets']
}

/** What the list can be narrowed by. On phones it opens under a button, by a checkbox, so that no script is needed. */
export function FilterPanel({ path, filters, facets }: Props) {
  const t = useTranslations('storefront.list')
  const d = useTranslations('delivery')
  const hrefOf = (changes: Partial<ListFilters>) => path + writeFilters({ ...filters, page: 1, ...changes })
  return (
    <aside aria-label={t('filters')}>
      <input type="checkbox" id="filters" className="peer sr-only lg:hidden" />
      <label
        htmlFor="filters"
        className={cx(
          buttonClass({ variant: 'secondary', wide: true }),
          'peer-focus-visible:outline-2 peer-focus-visible:outline-jade peer-checked:bg-sunken lg:hidden',
        )}
      >
        <SlidersHorizontal aria-hidden />
        {t('filters')}
      </label>
      <div className="hidden gap-6 peer-checked:grid max-lg:mt-3 max-lg:rounded-lg max-lg:border max-lg:border-line max-lg:bg-surface max-lg:p-4 lg:grid">
        <Choices
          title={t('category')}
          facets={path === '/search' ? facets.categories : []}
          chosen={filters.category}
          hrefOf={(category) => hrefOf({ category })}
        />
        <Choices
          title={d('filter.title')}
          facets={facets.deliveries.map(({ value, count }) => ({ value, name: d(`kind.${value}`), count }))}
          chosen={filters.delivery}
          hrefOf={(value) =>
            hrefOf({ delivery: facets.deliveries.find((facet) => facet.value === value)?.value ?? null })
          }
        />
        <PriceForm path={path} filters={filters} />
        <Choices
          title={t('region')}
          facets={facets.regions}
          chosen={filters.region}
          hrefOf={(region) => hrefOf({ region })}
        />
        <Choices
          title={t('platform')}
          facets={facets.platforms}
          chosen={filters.platform}
          hrefOf={(platform) => hrefOf({ platform })}
        />
      </div>
    </aside>
  )
}

interface ChoicesProps {
  title: string
  facets: readonly Facet[]
  chosen: string | null
  hrefOf: (value: string | null) => string
}

/** More choices than this stand behind a click. */
const SHOWN = 8

const CHOICE =
  'flex min-h-9 items-center justify-between gap-2 rounded-md px-2.5 text-[0.9375rem] leading-snug hover:bg-sunken ' +
  'aria-[current]:bg-jade-wash aria-[current]:font-medium aria-[current]:text-jade'

function Choices({ title, facets, chosen, hrefOf }: ChoicesProps) {
  const t = useTranslations('storefront.list')
  if (facets.length < 2 && chosen === null) return null
  const rest = facets.slice(SHOWN)
  return (
    <nav aria-label={title}>
      <h2 className="mb-1 px-2.5 text-sm font-medium text-ink-soft">{title}</h2>
      <ul className="grid max-lg:grid-cols-2">
        <li>
          <Link
            href={hrefOf(null)}
            prefetch={false}
            aria-current={chosen === null ? 'true' : undefined}
            className={CHOICE}
          >
            {t('any')}
          </Link>
        </li>
        {facets.slice(0, SHOWN).map((facet) => (
          <ChoiceItem key={facet.value} facet={facet} chosen={chosen} href={hrefOf(facet.value)} />
        ))}
      </ul>
      {rest.length > 0 && (
        <details open={rest.some(({ value }) => value === chosen)} className="group">
          <summary className={`${CHOICE} text-jade group-open:hidden`}>
            {t('moreChoices', { count: rest.length })}
          </summary>
          <ul className="grid max-lg:grid-cols-2">
            {rest.map((facet) => (
              <ChoiceItem key={facet.value} facet={facet} chosen={chosen} href={hrefOf(facet.value)} />
            ))}
          </ul>
        </details>
      )}
    </nav>
  )
}

function ChoiceItem({
  facet: { value, name, count },
  chosen,
  href,
}: {
  facet: Facet
  chosen: string | null
  href: string
}) {
  return (
    <li>
      <Link
        href={href}
        prefetch={false}
        rel="nofollow"
        aria-current={chosen === value ? 'true' : undefined}
        className={CHOICE}
      >
        <span className="min-w-0">{name}</span>
        <span className="text-sm text-ink-soft tabular-nums">{count}</span>
      </Link>
    </li>
  )
}

/** The other choices travel along as hidden fields. */
function PriceForm({ path, filters }: { path: string; filters: ListFilters }) {
  const t = useTranslations('storefront.list')
  const action = getPathname({ href: path, locale: useLocale() })
  const kept = new URLSearchParams(
    writeFilters({ ...filters, minMinor: null, maxMinor: null, inStock: false, page: 1 }),
  )
  const price = (minor: number | null) => (minor === null ? '' : priceText(minor))
  const common = { inputMode: 'decimal', autoComplete: 'off', className: 'tabular-nums' } as const
  return (
    <form action={action} className="grid gap-3 px-2.5">
      {[...kept].map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <fieldset className="grid gap-1.5">
        <legend className="mb-1.5 text-sm font-medium text-ink-soft">{t('price')}</legend>
        <div className="flex items-center gap-2">
          <Input
            key={`min${filters.minMinor}`}
            name="min"
            aria-label={t('min')}
            placeholder={t('minShort')}
            defaultValue={price(filters.minMinor)}
            {...common}
          />
          <span aria-hidden>–</span>
          <Input
            key={`max${filters.maxMinor}`}
            name="max"
            aria-label={t('max')}
            placeholder={t('maxShort')}
            defaultValue={price(filters.maxMinor)}
            {...common}
          />
        </div>
      </fieldset>
      <label className="flex min-h-9 items-center gap-2.5">
        <input
          key={String(filters.inStock)}
          type="checkbox"
          name="stock"
          value="1"
          defaultChecked={filters.inStock}
          className="size-5 accent-jade-solid"
        />
        {t('inStock')}
      </label>
      <Button type="submit" variant="secondary" size="sm">
        {t('apply')}
      </Button>
    </form>
  )
}
